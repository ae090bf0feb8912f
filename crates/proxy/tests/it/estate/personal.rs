//! What ChargePoint tells of people and no page needs goes no further than the edge.

use axum::Router;
use axum::routing::post;
use tokio::net::TcpListener;

use crate::support::TestApp;

/// Something in ChargePoint's place that tells too much.
async fn talkative() -> String {
    let answer = async |asked: String| {
        let (call, rows) = if asked.contains("getUsers") {
            let user = "<userID>7</userID><lastName>Vries</lastName><firstName>Anna</firstName>\
                        <driverAddress>Oosteinde 99</driverAddress><driverPhone>+31 6 5550 0001</driverPhone>\
                        <Connection><Status>APPROVED</Status><homeAddress>Oosteinde 99</homeAddress></Connection>";
            (
                "getUsers",
                format!("<users><user>{user}</user><moreFlag>0</moreFlag></users>"),
            )
        } else {
            let station = "<stationID>1:1</stationID><stationName>ACME / One</stationName>\
                           <driverName>Anna de Vries</driverName><driverAddress>Oosteinde 99</driverAddress>\
                           <driverEmail>anna@home.example</driverEmail><driverPhoneNumber>+31 6 5550 0001</driverPhoneNumber>\
                           <orgID>1:ORG1</orgID><organizationName>Acme</organizationName>";
            (
                "getStations",
                format!("<stationData>{station}</stationData><moreFlag>0</moreFlag>"),
            )
        };
        format!(
            "<?xml version=\"1.0\"?><S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\"><S:Body>\
             <n:{call}Response xmlns:n=\"urn:dictionary:com.chargepoint.webservices\"><responseCode>100</responseCode>\
             <responseText>ok</responseText>{rows}</n:{call}Response></S:Body></S:Envelope>"
        )
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/", post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn addresses_and_telephones_of_drivers_are_dropped() {
    let app = TestApp::builder().endpoint(talkative().await).start().await;
    let mut told = String::new();
    for path in [
        "/stations",
        "/stations/1:1",
        "/stations/export?format=json",
        "/stations/export?format=csv",
        "/drivers",
        "/drivers/7",
        "/drivers/export?format=json",
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        told += &answer.text;
    }
    for (known, is_told) in [
        ("ACME / One", true),
        ("Vries", true),
        ("Oosteinde", false),
        ("5550", false),
        ("anna@home", false),
        ("Anna de Vries", false),
    ] {
        assert_eq!(told.contains(known), is_told, "{known}");
    }
}

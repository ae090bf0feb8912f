//! Messages by hand: the forms that clients send, and those that nobody should.

use chargepoint::calls::cpn_instances::GetCpnInstances;
use chargepoint::codec::envelope::{self, UsernameToken};
use sandbox::{LABEL, Running};

use super::support::{http, start};

fn message() -> String {
    let token = UsernameToken {
        username: "sandbox".into(),
        password: "sandbox".into(),
    };
    envelope::write_request(&token, &GetCpnInstances {})
}

async fn post(running: &Running, body: impl Into<Vec<u8>>) -> (u16, String) {
    let answer = http()
        .post(running.endpoint())
        .body(body.into())
        .send()
        .await
        .unwrap();
    assert_eq!(answer.headers()["server"], LABEL);
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn the_body_says_what_is_asked_whatever_the_action_header() {
    let running = start().await;
    for action in [
        None,
        Some("\"\""),
        Some("urn:provider/interface/chargepointservices/getStations"),
    ] {
        let mut request = http().post(running.endpoint()).body(message());
        if let Some(action) = action {
            request = request.header("SOAPAction", action);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert!(answer.text().await.unwrap().contains("getCPNInstancesResponse"));
    }
}

#[tokio::test]
async fn an_unknown_operation_is_the_clients_fault() {
    let running = start().await;
    let other = message().replace("getCPNInstances", "getWeather");
    let foreign = message().replace("urn:dictionary:com.chargepoint.webservices", "urn:other");
    for message in [other, foreign] {
        let (status, body) = post(&running, message).await;
        assert_eq!(status, 500);
        assert!(
            body.contains("<faultcode") && body.contains("SOAP-ENV:Client"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_message_without_a_token_is_refused_before_anything_else() {
    let running = start().await;
    let message = message();
    let from = message.find("<wsse:UsernameToken>").unwrap();
    let to = message.find("</wsse:Security>").unwrap();
    let bare = message
        .replace(&message[from..to], "")
        .replace("getCPNInstances", "getWeather");
    let (status, body) = post(&running, bare).await;
    assert_eq!(status, 500);
    assert!(body.contains("wsse:InvalidSecurity"), "{body}");
    assert!(body.contains("UsernameToken processing failed"), "{body}");
}

#[tokio::test]
async fn hostile_messages_are_refused() {
    let running = start().await;
    let plain = message();
    let utf16: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let body = "<soapenv:Body><urn:getCPNInstances></urn:getCPNInstances></soapenv:Body>";
    let deep = format!("<soapenv:Body>{}", "<a>".repeat(100_000));
    let attributes: String = (0..20_000).map(|n| format!(" xmlns:n{n}='x'")).collect();
    let cases: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"hello".to_vec(),
        utf16,
        plain[..plain.len() / 2].into(),
        plain.replace("?>", "?><!DOCTYPE a [<!ENTITY b \"c\">]>").into(),
        plain.replace("?>", "?><?php x?>").into(),
        plain.replace("<soapenv:Body>", &deep).into(),
        plain.replace(body, &body.repeat(2)).into(),
        plain
            .replace(
                "<urn:getCPNInstances>",
                &format!("<urn:getCPNInstances{attributes}>"),
            )
            .into(),
        plain
            .replace("sandbox</wsse:Username>", "sand&#0;box</wsse:Username>")
            .into(),
        format!("{plain}tail").into(),
        plain
            .replace(
                "schemas.xmlsoap.org/soap/envelope",
                "www.w3.org/2003/05/soap-envelope",
            )
            .into(),
    ];
    for case in cases {
        let shown = String::from_utf8_lossy(&case)
            .chars()
            .take(300)
            .collect::<String>();
        let (status, body) = post(&running, case).await;
        assert_eq!(status, 400, "{shown}");
        assert!(body.contains("SOAP-ENV:Client"), "{body}");
    }
    // It is as well as before.
    assert_eq!(post(&running, plain).await.0, 200);
}

#[tokio::test]
async fn too_large_compressed_and_foreign_encodings_are_refused() {
    let running = start().await;
    let answer = http()
        .post(running.endpoint())
        .body(vec![b' '; 2 * 1024 * 1024])
        .send()
        .await;
    // The server may hang up before it has taken all of it.
    if let Ok(answer) = answer {
        assert_eq!(answer.status(), 413);
    }
    for (name, value) in [
        ("content-encoding", "gzip"),
        ("content-type", "text/xml; charset=utf-16"),
        ("content-type", "text/xml; charset=\"ISO-8859-1\"; x=y"),
    ] {
        let request = http().post(running.endpoint()).header(name, value);
        let answer = request.body(message()).send().await.unwrap();
        assert_eq!(answer.status(), 415, "{value}");
    }
}

#[tokio::test]
async fn the_contract_names_the_address_it_is_reached_at_and_what_it_is() {
    let running = start().await;
    let other = format!("http://localhost:{}/cp_api_5.1.wsdl", running.addr().port());
    for (address, endpoint) in [
        (running.wsdl(), running.endpoint()),
        (
            other.clone(),
            other.replace("/cp_api_5.1.wsdl", sandbox::ENDPOINT),
        ),
    ] {
        let contract = http().get(address).send().await.unwrap().text().await.unwrap();
        assert!(
            contract.contains(&format!("location=\"{endpoint}\"")),
            "{contract}"
        );
        assert!(contract.contains(LABEL));
    }
}

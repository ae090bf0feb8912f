//! What the client sends.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chargepoint::{Client, ClientConfig, Error, Geo, PricingOptions, Station, StationsQuery, Time};

use super::fake::{Fake, http, stations};

#[tokio::test]
async fn a_request_has_the_guides_form() {
    let fake = Fake::always(http(200, "", stations("102", "", 0))).await;
    let query = StationsQuery {
        city: Some("São <Paulo> & Co".to_owned()),
        geo: Some(Geo {
            lat: 37.25,
            long: -121.5,
        }),
        reservable: Some(true),
        pricing: Some(PricingOptions {
            start_time: Some(Time::from("10:00:00")),
            duration: Some(2),
            energy_required: Some(7.5),
            vehicle_power: Some(11.0),
        }),
        ..StationsQuery::default()
    };
    fake.client().stations(&query).await.unwrap();
    let request = fake.requests().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("post /services/5.1 http/1.1"));
    assert!(head.contains("content-type: text/xml; charset=utf-8"));
    assert!(head.contains("soapaction: \"urn:provider/interface/chargepointservices/getstations\""));
    assert!(!head.contains("authorization"));
    assert_eq!(
        body,
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8"?>"#,
            r#"<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:urn="urn:dictionary:com.chargepoint.webservices">"#,
            r#"<soapenv:Header xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">"#,
            r#"<wsse:Security soapenv:mustUnderstand="1"><wsse:UsernameToken><wsse:Username>key-0f31-secret</wsse:Username>"#,
            r#"<wsse:Password Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText">p4ss&amp;&lt;word&gt;</wsse:Password>"#,
            r#"</wsse:UsernameToken></wsse:Security></soapenv:Header><soapenv:Body><urn:getStations><searchQuery>"#,
            r#"<City>São &lt;Paulo&gt; &amp; Co</City><Reservable>1</Reservable><Geo><Lat>37.25</Lat><Long>-121.5</Long></Geo>"#,
            r#"<Pricing><startTime>10:00:00</startTime><Duration>2</Duration><energyRequired>7.5</energyRequired><vehiclePower>11</vehiclePower></Pricing>"#,
            r#"<startRecord>1</startRecord></searchQuery></urn:getStations></soapenv:Body></soapenv:Envelope>"#,
        )
    );
}

/// The server thinks for a while inside each answer, so that calls that may overlap do.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_calls_are_in_flight_than_allowed() {
    let running = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let (counted, top) = (Arc::clone(&running), Arc::clone(&most));
    let fake = Fake::start(move |_, _| {
        top.fetch_max(counted.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(20));
        counted.fetch_sub(1, Ordering::SeqCst);
        http(200, "", stations("102", "", 0))
    })
    .await;
    let config = ClientConfig {
        max_in_flight: 1,
        ..fake.config()
    };
    for result in together(8, Client::new(config).unwrap()).await {
        result.unwrap();
    }
    assert_eq!(fake.requests().len(), 8);
    assert_eq!(most.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn waiting_for_a_turn_counts_as_waiting() {
    let fake = Fake::always(Vec::new()).await;
    let config = ClientConfig {
        max_in_flight: 1,
        timeout: Duration::from_millis(500),
        ..fake.config()
    };
    let start = Instant::now();
    for result in together(20, Client::new(config).unwrap()).await {
        assert!(matches!(result, Err(Error::Timeout)), "{result:?}");
    }
    // One after the other they would need ten seconds.
    assert!(start.elapsed() < Duration::from_secs(8));
}

async fn together(count: usize, client: Client) -> Vec<Result<Vec<Station>, Error>> {
    let call = |_| {
        let client = client.clone();
        tokio::spawn(async move { client.stations(&StationsQuery::default()).await })
    };
    let calls: Vec<_> = (0..count).map(call).collect();
    let mut results = Vec::new();
    for call in calls {
        results.push(call.await.unwrap());
    }
    results
}

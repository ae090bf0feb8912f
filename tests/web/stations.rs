//! What a charge station's page says: ports, facts, and nothing of what nobody tells.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::outline::{Answer, app, ok, page_of};
use crate::page::until;
use crate::portal::{Reply, Seen};

const AT: &str = "2026-11-20T08:00:00Z";
const PAGE: &str = "/cpo/charge-stations/1%3A1";

/// A station of which these facts are told, in a zone that no browser is in.
fn station(facts: &Value) -> Vec<(&'static str, Answer)> {
    let told = json!({"stationId": "1:1", "stationName": "ACME / One", "timeZone": "Asia/Kathmandu"});
    let record = json!({"_id": "1:1", "online": true, "active": true, "chargepoint": told, "facts": facts});
    let port = json!({"portNumber": "1", "status": "AVAILABLE", "connector": "Type 2", "power": "22", "timeStamp": AT});
    vec![
        ("GET /chargestations/1%3A1/page", ok(record)),
        (
            "GET /stations/1%3A1/status",
            ok(json!({"stationId": "1:1", "timeZone": "Asia/Kathmandu", "ports": [port]})),
        ),
    ]
}

#[wasm_bindgen_test]
async fn a_port_says_what_it_is_and_since_when_there() {
    let (page, portal) = app(PAGE, station(&json!([])));
    page.shows("Type 2 · 22 kW").await;
    let since = page.find(".port").get_attribute("title").unwrap();
    assert!(
        since.starts_with("Since ") && since.ends_with("(13:45 there)"),
        "{since}"
    );
    let asked = |seen: &Seen| seen.path == "/stations/1%3A1/status?portDetails=true";
    assert!(portal.seen().iter().any(asked), "what it is must be asked for");
}

#[wasm_bindgen_test]
async fn facts_stand_in_the_servers_words_and_order() {
    let facts = json!([
        {"label": "Location", "text": "Garage", "kind": "locations", "id": "loc_1"},
        {"label": "Organization", "text": "ACME", "kind": "organizations", "id": "ORG1"},
        {"label": "Reception", "text": "-75 dBm", "note": "Excellent with LTE, good with 3G", "part": 100},
        {"label": "Warranty until", "text": "", "at": AT, "timeZone": "Asia/Kathmandu"},
        {"label": "Price 00:00–23:59", "text": "0.45 EUR per kWh"},
    ]);
    let (page, _portal) = app(PAGE, station(&facts));
    page.shows("Price 00:00–23:59\n0.45 EUR per kWh").await;
    let link = |selector: &str| page.find(selector).get_attribute("href").unwrap();
    assert_eq!(link("dl > div:nth-child(1) a"), "/cpo/charge-locations/loc_1");
    assert_eq!(link("dl > div:nth-child(2) a"), "/organizations/all?q=ORG1");
    let meter = page.find("dd > meter");
    let fact = meter.parent_element().unwrap().text_content().unwrap();
    assert_eq!(fact, "-75 dBm Excellent with LTE, good with 3G");
    assert_eq!(meter.get_attribute("value").unwrap(), "100");
    // The words say it; bars are for the eye.
    assert_eq!(meter.get_attribute("aria-hidden").unwrap(), "true");
    // Moments are told by the clock there, too.
    page.shows("13:45 there, Asia/Kathmandu").await;
}

#[wasm_bindgen_test]
async fn a_tab_is_no_blank_while_its_station_is_on_its_way() {
    for tab in ["", "/load", "/sessions", "/alarms", "/configuration", "/history"] {
        let path = format!("{PAGE}{tab}");
        let never: Answer = Box::new(|| Reply::Never);
        let (page, _portal) = app(&path, vec![("GET /chargestations/1%3A1/page", never)]);
        until(&path, || {
            page.root.query_selector(".page .skeleton").unwrap().is_some()
        })
        .await;
    }
}

#[wasm_bindgen_test]
async fn of_ones_own_station_it_is_said_why_nobody_tells() {
    for tab in ["", "/load", "/sessions", "/alarms"] {
        let own = json!({"_id": "chs_1", "endpoint": "OWN-1", "protocol": "ocpp1.6", "active": true, "chargepoint": null});
        let path = format!("/cpo/charge-stations/chs_1{tab}");
        let (page, portal) = app(&path, vec![("GET /chargestations/chs_1/page", ok(own))]);
        page.shows("ChargePoint does not know this station").await;
        assert_eq!(page.find(".page-head .badge").inner_text(), "Unknown");
        assert!(page.root.query_selector(".problem").unwrap().is_none(), "{tab}");
        let asked = |seen: &Seen| {
            ["/stations", "/sessions", "/alarms"]
                .iter()
                .any(|list| seen.path.starts_with(list))
        };
        let seen = portal.seen().into_iter().find(asked);
        assert!(seen.is_none(), "{tab}: {seen:?}");
    }
}

#[wasm_bindgen_test]
async fn a_list_of_stations_tells_times_by_their_clocks() {
    let row = json!({"_id": "1:1", "name": "ACME / One", "active": true, "lastMessageAt": AT, "timeZone": "Asia/Kathmandu"});
    let (page, _portal) = app(
        "/cpo/charge-stations",
        vec![("GET /chargestations", page_of(json!([row])))],
    );
    until("its clock", || page.text().contains("13:45 there")).await;
}

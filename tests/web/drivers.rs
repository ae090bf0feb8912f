//! Drivers: what is known of one, what is decided, and what they are told.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::load::{enter, send};
use crate::outline::{Answer, app, ok};
use crate::page::{Mounted, until};
use crate::portal::Portal;

const PAGE: &str = "/driver-management/drivers/4711";
const STATUS: &str = "/drivers/4711/status";

async fn open(driver: &Value) -> (Mounted, Portal) {
    let mut record = json!({"userId": "4711", "firstName": "Ada", "lastName": "Byron"});
    for (key, value) in driver.as_object().unwrap() {
        record[key] = value.clone();
    }
    let answers: Vec<(&'static str, Answer)> = vec![
        ("GET /drivers/4711", ok(record)),
        ("POST /drivers/4711/status", ok(json!({}))),
    ];
    let opened = app(PAGE, answers);
    until("the driver", || opened.0.find("h1").inner_text() == "Ada Byron").await;
    opened
}

#[wasm_bindgen_test]
async fn a_request_is_rejected_with_a_word() {
    let (page, portal) = open(&json!({"connection": {"status": "PENDING"}})).await;
    page.find(".page-head button[aria-label=More]").click();
    page.press("Reject");
    page.shows("Reject this driver").await;
    enter(&page, "Message", "No room");
    assert_eq!(
        send(&page, &portal, "POST", STATUS).await,
        json!({"customText": "No room", "associationType": "CONNECTION", "status": "REJECTED"})
    );
}

#[wasm_bindgen_test]
async fn a_connected_driver_is_removed() {
    let (page, portal) = open(&json!({"connection": {"status": "APPROVED"}})).await;
    assert!(page.button("Reject").is_none());
    page.press("Remove");
    page.shows("Remove this driver").await;
    assert_eq!(
        send(&page, &portal, "POST", STATUS).await,
        json!({"associationType": "CONNECTION", "status": "REMOVED"})
    );
}

#[wasm_bindgen_test]
async fn a_driver_of_the_realm_has_answers_and_leaves_it() {
    let driver = json!({"connection": {"status": "NOT CONNECTED"},
        "managementRealm": {"status": "APPROVED", "customInfos": [{"key": "Employee ID", "value": "E-77"}]}});
    let (page, portal) = open(&driver).await;
    page.shows("Answers for the management realm").await;
    page.shows("Employee ID\nE-77").await;
    assert!(page.find(".page-head").inner_text().contains("Approved"));
    assert!(page.button("Remove").is_none());
    page.press("Remove from realm");
    page.shows("from the management realm").await;
    assert_eq!(
        send(&page, &portal, "POST", STATUS).await,
        json!({"associationType": "MANAGEMENT_REALM", "status": "REMOVED"})
    );
}

#[wasm_bindgen_test]
async fn a_home_station_is_told_with_what_is_known_of_it() {
    let station = json!({"stationSerialNumber": "101", "stationStatus": "INUSE", "stationModelNumber": "CPH25",
        "stationMacAddress": "00:24:B1:00:00:01", "stationActivationDate": "2025-11-20T08:00:00Z"});
    let (page, _portal) = open(
        &json!({"homeStationDetails": station, "connection": {"status": "APPROVED",
        "customInfos": [{"key": "Badge", "value": "B-1"}]}}),
    )
    .await;
    for words in [
        "Home station\n101",
        "Home station is\nINUSE",
        "Home station's model\nCPH25",
        "Home station's MAC address\n00:24:B1:00:00:01",
        "Home station since\n20 Nov 2025",
        "Answers\nBadge\nB-1",
    ] {
        page.shows(words).await;
    }
}

#[wasm_bindgen_test]
async fn what_a_driver_is_told_is_seen_before() {
    let port = json!({"portNumber": "1", "userId": "4711", "portLoad": 7.2, "sessionId": "9"});
    let station = json!({"_id": "1:1", "active": true, "chargepoint": {"stationId": "1:1", "stationName": "ACME / One"}});
    let (page, portal) = app(
        "/cpo/charge-stations/1%3A1/load",
        vec![
            ("GET /chargestations/1%3A1/page", ok(station)),
            (
                "GET /stations/1%3A1/load",
                ok(json!({"stationId": "1:1", "stationLoad": 7.2, "ports": [port]})),
            ),
            ("POST /stations/1%3A1/ports/1/waitlist-done", ok(json!({}))),
        ],
    );
    page.shows("Tell the driver at port 1").await;
    page.press("Tell the driver at port 1");
    page.shows("“Your vehicle is fully charged. Please move your vehicle within X minutes.")
        .await;
    enter(&page, "Message", "Ten kWh are done.");
    page.shows("“Ten kWh are done. Please move your vehicle within X minutes. There are Y drivers waiting")
        .await;
    page.shows("“Ten kWh are done. We will tell the next person")
        .await;
    // The text may stay empty: then the guide's own is sent.
    enter(&page, "Message", " ");
    page.shows("“Your vehicle is fully charged. We will tell").await;
    assert_eq!(
        send(&page, &portal, "POST", "/stations/1%3A1/ports/1/waitlist-done").await,
        json!({"userId": "4711", "customMessageText": "Your vehicle is fully charged."})
    );
}

//! What a charge station's page says: ports, prices, reception, and nothing of what nobody tells.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::outline::{Answer, app, ok, page_of};
use crate::page::until;
use crate::portal::Seen;

const AT: &str = "2026-11-20T08:00:00Z";
const PAGE: &str = "/cpo/charge-stations/1%3A1";

fn merged(mut into: Value, more: &Value) -> Value {
    for (key, value) in more.as_object().unwrap() {
        into[key] = value.clone();
    }
    into
}

/// A station of which ChargePoint says this, in a zone that no browser is in.
fn station(says: &Value) -> Vec<(&'static str, Answer)> {
    let told = json!({"stationId": "1:1", "stationName": "ACME / One", "timezoneOffset": "+11:30"});
    let record = json!({"_id": "1:1", "online": true, "active": true, "evses": [], "updatedAt": AT,
        "chargepoint": merged(told, says)});
    let port = json!({"portNumber": "1", "status": "AVAILABLE", "connector": "Type 2", "power": "22", "timeStamp": AT});
    vec![
        ("GET /chargestations/1%3A1", ok(record)),
        (
            "GET /stations/1%3A1/status",
            ok(json!({"stationId": "1:1", "timezoneOffset": "+11:30", "ports": [port]})),
        ),
    ]
}

#[wasm_bindgen_test]
async fn a_port_says_what_it_is_and_since_when_there() {
    let (page, portal) = app(PAGE, station(&json!({})));
    page.shows("Type 2 · 22 kW").await;
    let since = page.find(".port").get_attribute("title").unwrap();
    assert!(
        since.starts_with("Since ") && since.ends_with("(19:30 there)"),
        "{since}"
    );
    let asked = |seen: &Seen| seen.path == "/stations/1%3A1/status?portDetails=true";
    assert!(portal.seen().iter().any(asked), "what it is must be asked for");
    // The record's own moments are told by that clock, too.
    page.shows("2026-11-20 19:30 there, UTC+11:30").await;
}

#[wasm_bindgen_test]
async fn prices_say_what_charging_costs() {
    let day = |price: &Value| merged(json!({"startTime": "00:00:00", "endTime": "23:59:59"}), price);
    for (price, said) in [
        (
            json!({"initialUnitPriceDuration": 120, "unitPricePerHour": 1.75, "unitPricePerHourThereafter": 4.0,
                "minPrice": 0.5, "maxPrice": 25.0}),
            "1.75 EUR per hour for the first 120 minutes, then 4.00 EUR per hour, at least 0.50 EUR, at most 25.00 EUR",
        ),
        (
            json!({"initialUnitPriceDuration": 60, "unitPriceForFirst": 0.0, "unitPricePerHourThereafter": 2.5}),
            "0.00 EUR per hour for the first 60 minutes, then 2.50 EUR per hour",
        ),
        (
            json!({"unitPricePerKWh": 0.45, "unitPricePerSession": 1.0, "minPrice": 0.0}),
            "0.45 EUR per kWh, 1.00 EUR per session",
        ),
        (
            json!({"unitPricePerHour": 2.0, "initialUnitPriceDuration": 0}),
            "2.00 EUR per hour",
        ),
        (
            json!({"unitPricePerKWh": 0.0, "minPrice": 0.0, "maxPrice": 60.0}),
            "Free",
        ),
    ] {
        let says = json!({"currencyCode": "EUR", "pricing": [day(&price)]});
        let (page, _portal) = app(PAGE, station(&says));
        page.shows("Price 00:00–23:59").await;
        let facts = page.text();
        let line = facts
            .lines()
            .skip_while(|line| *line != "Price 00:00–23:59")
            .nth(1);
        assert_eq!(line, Some(said), "{price}");
    }
    let (page, _portal) = app(PAGE, station(&json!({"currencyCode": "EUR", "pricing": []})));
    page.shows("Price\nFree").await;
}

#[wasm_bindgen_test]
async fn reception_has_its_bars_by_the_guides_table() {
    // Who has a modem is a gateway, and it may be of two kinds.
    for (model, dbm, said, bars) in [
        ("CPF50-L23", -65, "Excellent", "100"),
        ("CPF50-L23", -66, "Good", "75"),
        ("CPF50-L23", -75, "Good", "75"),
        ("CPF50-L23", -76, "Fair", "50"),
        ("CPF50-L23", -85, "Fair", "50"),
        ("CPF50-L23", -86, "Poor", "25"),
        ("CT4011-GW1", -65, "Excellent", "100"),
        ("CT4011-GW1", -75, "Excellent with LTE, good with 3G", "100"),
        ("CT4011-GW1", -84, "Excellent with LTE, fair with 3G", "100"),
        ("CT4011-GW1", -85, "Good with LTE, fair with 3G", "75"),
        ("CT4011-GW1", -102, "Good with LTE, poor with 3G", "75"),
        ("CT4011-GW1", -103, "Fair with LTE, poor with 3G", "50"),
        ("CT4011-GW1", -111, "Fair with LTE, poor with 3G", "50"),
        ("CT4011-GW1", -112, "Poor", "25"),
    ] {
        let says = json!({"stationModel": model, "stationReception": dbm.to_string(), "ports": []});
        let (page, _portal) = app(PAGE, station(&says));
        page.shows("Reception, dBm").await;
        let meter = page.find("dd > meter");
        let fact = meter.parent_element().unwrap().text_content().unwrap();
        assert_eq!(fact, format!("{dbm} {said}"), "{model}");
        assert_eq!(meter.get_attribute("value").unwrap(), bars, "{model} {dbm}");
        // The words say it; bars are for the eye.
        assert_eq!(meter.get_attribute("aria-hidden").unwrap(), "true");
    }
}

#[wasm_bindgen_test]
async fn warranty_and_firmware_stand_among_the_facts() {
    let says = json!({"warrantyService": "Parts and Labor", "warrantyExpirationDate": AT, "stationFirmware": "5.7.1.4"});
    let (page, _portal) = app(PAGE, station(&says));
    page.shows("Warranty\nParts and Labor").await;
    page.shows("Firmware\n5.7.1.4").await;
    page.shows("Warranty until").await;
}

#[wasm_bindgen_test]
async fn of_ones_own_station_it_is_said_why_nobody_tells() {
    for tab in ["", "/load", "/sessions", "/alarms"] {
        let own = json!({"_id": "chs_1", "endpoint": "OWN-1", "protocol": "ocpp1.6", "active": true, "chargepoint": null});
        let path = format!("/cpo/charge-stations/chs_1{tab}");
        let (page, portal) = app(&path, vec![("GET /chargestations/chs_1", ok(own))]);
        page.shows("ChargePoint does not know this station").await;
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
    let row = json!({"_id": "1:1", "name": "ACME / One", "active": true, "lastMessageAt": AT, "timeZone": "+11:30"});
    let (page, _portal) = app(
        "/cpo/charge-stations",
        vec![("GET /chargestations", page_of(json!([row])))],
    );
    until("its clock", || page.text().contains("19:30 there")).await;
}

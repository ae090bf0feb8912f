//! Vehicles as they are entered, what they charged, and what was paid.

use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use crate::load::{control, enter, send};
use crate::outline::{Answer, app, ok, page_of};
use crate::page::Mounted;
use crate::page::until;
use crate::portal::Portal;

fn vehicles() -> Vec<(&'static str, Answer)> {
    let vehicle = json!({"fleetVehicleId": "1:9", "licensePlate": "AB-1", "fleetName": "Blue", "make": "VW",
        "model": "ID.3", "year": 2024, "vin": "WVW1", "color": "Red", "companyCode": "C1", "fleetDriverId": "12",
        "credentialIds": ["100", "200"]});
    vec![
        ("GET /fleet/vehicles", page_of(json!([vehicle]))),
        ("PATCH /fleet/vehicles", ok(json!({}))),
        ("POST /fleet/vehicles", ok(json!({}))),
    ]
}

async fn edit() -> (Mounted, Portal) {
    let (page, portal) = app("/fleet/vehicles", vehicles());
    page.shows("AB-1").await;
    page.press("Edit");
    page.shows("Edit this vehicle").await;
    (page, portal)
}

fn entered(page: &Mounted, label: &str) -> String {
    let control = control(page, label).unwrap();
    match control.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value(),
        None => control.unchecked_ref::<HtmlTextAreaElement>().value(),
    }
}

#[wasm_bindgen_test]
async fn all_that_is_known_of_a_vehicle_can_be_changed() {
    let (page, portal) = edit().await;
    for (label, text) in [
        ("Cards", "100\n200"),
        ("MIFARE IDs", ""),
        ("VIN", "WVW1"),
        ("Colour", "Red"),
        ("Company code", "C1"),
        ("Driver ID", "12"),
        ("MAC addresses", ""),
    ] {
        assert_eq!(entered(&page, label), text, "{label}");
    }
    enter(&page, "Colour", "Blue");
    enter(&page, "Driver ID", "13");
    enter(&page, "Year", "2025");
    enter(&page, "MAC addresses", "00:0A\n00:0B");
    assert_eq!(
        send(&page, &portal, "PATCH", "/fleet/vehicles").await,
        json!({"year": 2025, "color": "Blue", "driverId": "13", "vehiclePortMacIds": ["00:0A", "00:0B"],
            "fleetVehicleId": "1:9"})
    );
}

#[wasm_bindgen_test]
async fn cards_go_together_and_one_stays() {
    let (page, portal) = edit().await;
    enter(&page, "Cards", "");
    page.find("dialog[open] [type=submit]").click();
    page.shows("A vehicle keeps one card at least").await;
    assert_eq!(portal.count("PATCH", "/fleet/vehicles"), 0);
    // What stands in both fields is what it is entered as.
    enter(&page, "Cards", "100\n04A1");
    enter(&page, "MIFARE IDs", "04A1\n04A2");
    let cards = json!([{"chargePointCardSn": "100"}, {"mifareId": "04A1"}, {"mifareId": "04A2"}]);
    assert_eq!(
        send(&page, &portal, "PATCH", "/fleet/vehicles").await,
        json!({"chargePointCards": cards, "fleetVehicleId": "1:9"})
    );
}

#[wasm_bindgen_test]
async fn several_are_added_by_what_readers_read() {
    let (page, portal) = app("/fleet/vehicles", vehicles());
    page.shows("AB-1").await;
    page.press("Add several");
    page.shows("Add vehicles from a CSV file").await;
    enter(
        &page,
        "Vehicles",
        "Licence plate;Fleet;Make;Model;Year;MIFARE IDs;MAC addresses\nAB-2;Blue;VW;ID.3;2024;04A1 04A2;00:0A",
    );
    let vehicle = json!({"licensePlate": "AB-2", "fleetName": "Blue", "make": "VW", "model": "ID.3", "year": 2024,
        "vehiclePortMacIds": ["00:0A"], "chargePointCards": [{"mifareId": "04A1"}, {"mifareId": "04A2"}]});
    assert_eq!(
        send(&page, &portal, "POST", "/fleet/vehicles").await,
        json!({"vehicles": [vehicle]})
    );
}

#[wasm_bindgen_test]
async fn usage_has_a_bar_for_each_vehicle_of_what_is_chosen() {
    let sum = |plate: &str, energy: &str, currency: &str, cost: &str| -> Value {
        json!({"licensePlate": plate, "currency": currency, "energy": energy, "fee": cost, "gasolineSavings": "1.5",
            "ghgSavings": "2", "sessions": 3, "list": format!("q={plate}%23&match=any")})
    };
    let sums = json!({"items": [sum("AB-1", "200", "EUR", "10.5"), sum("AB-2", "50", "EUR", "21"),
        sum("AB-3", "20", "JPY", "4200")], "total": 14});
    let (page, portal) = app(
        "/fleet/usage",
        vec![
            ("GET /fleet/usage", page_of(json!([]))),
            ("GET /fleet/usage/sums", ok(sums)),
        ],
    );
    page.shows("200.00 kWh · 3×").await;
    let parts = || {
        let bars = page.root.query_selector_all(".tally-bar").unwrap();
        let part = |at: u32| {
            let bar: web_sys::HtmlElement = bars.get(at).unwrap().unchecked_into();
            bar.style().get_property_value("--part").unwrap()
        };
        (0..bars.length()).map(part).collect::<Vec<_>>()
    };
    assert_eq!(parts(), ["100%", "25%", "10%"]);
    page.shows("And 2 more with less.").await;
    assert_eq!(
        page.find("a.tally").get_attribute("href").unwrap(),
        "/fleet/usage?q=AB-1%23&match=any"
    );
    page.choose("For each vehicle", "1");
    page.shows("10.50 EUR · 3×").await;
    // Each currency has a scale of its own.
    assert_eq!(parts(), ["50%", "100%", "100%"]);
    // Those with the most of what is shown are others.
    let asked = |field: &str| {
        let sums = format!("/fleet/usage/sums?sort={field}");
        portal.seen().iter().any(|seen| seen.path.starts_with(&sums))
    };
    assert!(asked("energy"), "{:?}", portal.seen());
    until("asked", || asked("fee")).await;
    page.choose("For each vehicle", "2");
    page.shows("1.50 gallons · 3×").await;
    page.choose("For each vehicle", "3");
    page.shows("2.00 kg · 3×").await;
}

#[wasm_bindgen_test]
async fn transactions_are_summed_by_currency_and_kind() {
    let sums = json!({"items": [
        {"currency": "EUR", "type": "Session", "amount": "1234.5", "revenue": "1", "count": 2},
        {"currency": "USD", "type": "Refund", "amount": "-1003", "revenue": "1", "count": 1},
    ]});
    let (page, portal) = app(
        "/cpo/transactions?filter=currency:is:EUR",
        vec![
            (
                "GET /transactions",
                page_of(
                    json!([{"transactionId": "1", "currency": "EUR", "grossAmount": 1001.5, "netRevenue": null}]),
                ),
            ),
            ("GET /transactions/sums", ok(sums)),
        ],
    );
    page.shows("Session, 2 transactions").await;
    page.shows("1,234.50 EUR").await;
    // Each amount has its currency; where there is none, there is nothing.
    until("the row", || {
        page.root.query_selector("tbody tr").unwrap().is_some()
    })
    .await;
    let row = page.find("tbody tr").inner_text();
    assert!(
        row.contains("1,001.50 EUR") && row.matches("EUR").count() == 1,
        "{row}"
    );
    page.shows("Refund, 1 transaction").await;
    page.shows("-1,003.00 USD").await;
    let of_these = |path: &str| path.starts_with("/transactions/sums?") && path.contains("currency");
    assert!(
        portal.seen().iter().any(|seen| of_these(&seen.path)),
        "of what is listed"
    );
}

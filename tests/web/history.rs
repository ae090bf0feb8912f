//! The audit log's page, and what records tell of their past.

use domain::audit::{Change, Line};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Mounted, app_at, until};
use crate::portal::{Portal, Reply, Seen};
use crate::station_tokens::page_of;

/// A line of somebody who renamed a customer.
pub fn line() -> Line {
    let text = |text: &str| Some(text.to_owned());
    Line {
        id: "7".into(),
        at: "2026-06-01T12:00:00Z".into(),
        who: "Ana Torres".into(),
        action: "Changed".into(),
        resource: "customers".into(),
        kind: "Customer".into(),
        record_id: "c1".into(),
        record: "Volta".into(),
        changes: vec![
            Change::new("Name", text("Volt"), text("Volta")),
            Change::new("Note", text("Ring"), None),
            Change::new("Expires", None, text("2027-01-31T12:00:00Z")),
        ],
        summary: "Name: Volt → Volta".into(),
        address: "10.0.0.7".into(),
        request: "req-1".into(),
        ..Line::default()
    }
}

fn open(path: &str, answer: impl FnMut(&Seen) -> Reply + 'static) -> (Portal, Mounted) {
    (Portal::start(answer), app_at(path))
}

fn customer(version: u64) -> Reply {
    Reply::ok(
        &json!({ "id": "c1", "name": "Volta", "externalId": "", "email": "", "phone": "", "note": "",
        "tokens": 0, "version": version, "createdAt": "", "updatedAt": "" }),
    )
}

#[wasm_bindgen_test]
async fn a_record_tells_who_changed_what_and_reads_it_again_after_a_change() {
    let (portal, page) = open("/customers/c1", |seen| {
        match (seen.method.as_str(), seen.path.split('?').next().unwrap()) {
            ("GET", "/customers/c1") => customer(1),
            ("PATCH", "/customers/c1") => customer(2),
            ("GET", "/customers/c1/history") => page_of(vec![line()]),
            ("GET", "/customers/c1/tokens" | "/customers/c1/locations") => page_of::<()>(vec![]),
            _ => Reply::Lost,
        }
    });
    page.shows("Changed by Ana Torres").await;
    let told = page.find(".changes").inner_text();
    assert!(told.contains("Name: Volt → Volta"), "{told}");
    assert!(told.contains("Note: Ring → nothing"), "{told}");
    // In the reader's own zone.
    assert!(told.contains("Expires: 31 Jan 2027"), "{told}");
    let asked = || portal.count("GET", "/customers/c1/history");
    assert_eq!(asked(), 1);
    page.press("Edit");
    until("the form", || {
        page.root.query_selector("dialog[open] input").unwrap().is_some()
    })
    .await;
    page.fill("dialog[open] input", "Volta Ltd");
    page.press("Save");
    until("read again", || asked() == 2).await;
}

#[wasm_bindgen_test]
async fn what_has_no_past_says_so_and_a_failure_does_not_hide_the_record() {
    let mut tries = 0;
    let (_portal, page) = open("/customers/c1", move |seen| {
        match seen.path.split('?').next().unwrap() {
            "/customers/c1" => customer(1),
            "/customers/c1/history" => {
                tries += 1;
                match tries {
                    1 => Reply::problem(500, domain::problem::kind::INTERNAL),
                    _ => page_of::<()>(vec![]),
                }
            }
            "/customers/c1/tokens" | "/customers/c1/locations" => page_of::<()>(vec![]),
            _ => Reply::Lost,
        }
    });
    page.shows("External ID").await;
    until("why not", || page.button("Try again").is_some()).await;
    page.press("Try again");
    page.shows("Nothing has happened to it since the audit log began.")
        .await;
}

#[wasm_bindgen_test]
async fn the_log_is_a_table_and_a_line_opens_in_full() {
    let (_portal, page) = open("/settings/audit", |seen| {
        match seen.path.split('?').next().unwrap() {
            "/audit" => page_of(vec![line()]),
            _ => Reply::Lost,
        }
    });
    page.shows("Ana Torres").await;
    let link = page.find("td a[href]");
    assert_eq!(link.get_attribute("href").unwrap(), "/customers/c1");
    page.press("Details");
    page.shows("Changed: Volta").await;
    let whole = page.find("dialog[open]").inner_text();
    for words in ["10.0.0.7", "req-1", "Volt → Volta", "Ring → nothing"] {
        assert!(whole.contains(words), "{whole}");
    }
}

//! Actions whose answer comes when something else is looked at by then.

use std::cell::Cell;
use std::rc::Rc;

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::outline::{Answer, app, ok, page_of};
use crate::page::{Mounted, until};
use crate::portal::{Gate, Portal, Reply};

fn is_open(page: &Mounted) -> bool {
    page.root.query_selector("dialog[open]").unwrap().is_some()
}

fn alarms() -> Answer {
    page_of(json!([
        {"id": "1", "alarmType": "contactor fault", "stationId": "1:1", "stationName": "ACME / One", "state": "Open"},
        {"id": "2", "alarmType": "station unreachable", "stationId": "1:2", "stationName": "ACME / Two", "state": "Open"},
    ]))
}

#[wasm_bindgen_test]
async fn alarms_that_were_chosen_are_looked_at_again_when_they_are_others_and_let_go_when_they_are_cleared() {
    let tries = Rc::new(Cell::new(0));
    let counted = tries.clone();
    let clear: Answer = Box::new(move || {
        counted.set(counted.get() + 1);
        match counted.get() {
            1 => Reply::problem(409, "/problems/selection-changed"),
            _ => Reply::ok(&json!({"cleared": 2})),
        }
    });
    let (page, portal) = app(
        "/cpo/alarms",
        vec![("GET /alarms", alarms()), ("POST /alarms/clear", clear)],
    );
    let asked = || {
        portal
            .seen()
            .iter()
            .filter(|seen| seen.method == "GET" && seen.path.starts_with("/alarms"))
            .count()
    };
    page.shows("contactor fault").await;
    page.find("thead input").click();
    page.shows("2 alarms selected").await;
    let before = asked();
    page.press("Clear 2");
    page.shows("Clear 2 alarms").await;
    page.fill("dialog[open] input", "cable replaced");
    page.find("dialog[open] [type=submit]").click();
    page.shows("/problems/selection-changed").await;
    until("the list is read again", || asked() == before + 1).await;
    assert!(is_open(&page) && page.text().contains("2 alarms selected"));
    page.find("dialog[open] [type=submit]").click();
    until("cleared", || !is_open(&page)).await;
    until("nothing is selected", || !page.text().contains("alarms selected")).await;
    until("the list is read again", || asked() == before + 2).await;
    page.dismiss_toasts().await;
}

/// Load, and how the held answer to its *Clear* ends.
fn load(gate: &Gate, reply: fn() -> Reply) -> (Mounted, Portal) {
    let station = json!({"stationId": "1:1", "stationName": "ACME / One", "stationLoad": 20.0, "capacity": 50.0,
        "shed": "40 %", "ports": []});
    let gate = gate.clone();
    let clear: Answer = Box::new(move || gate.hold(reply()));
    app(
        "/cpo/load",
        vec![
            ("GET /load", page_of(json!([station]))),
            ("POST /load/clear", clear),
            ("POST /load/shed/preview", ok(json!({}))),
        ],
    )
}

/// Sends *Clear*, and closes its form before the answer is there.
async fn clear_and_close(page: &Mounted, portal: &Portal) {
    page.shows("ACME / One").await;
    page.find("td button[aria-label=More]").click();
    page.press("Clear");
    page.shows("Let the load flow again").await;
    page.find("dialog[open] [type=submit]").click();
    until("sent", || portal.count("POST", "/load/clear") == 1).await;
    page.press("Cancel");
    until("closed", || !is_open(page)).await;
}

#[wasm_bindgen_test]
async fn what_fails_after_its_form_was_closed_is_said_all_the_same() {
    let gate = Gate::default();
    let (page, portal) = load(&gate, || Reply::problem(503, "/problems/chargepoint-unavailable"));
    clear_and_close(&page, &portal).await;
    assert!(!page.text().contains("chargepoint-unavailable"));
    gate.open();
    page.shows("/problems/chargepoint-unavailable").await;
    page.dismiss_toasts().await;
}

#[wasm_bindgen_test]
async fn what_is_done_after_its_form_was_closed_closes_no_other() {
    let gate = Gate::default();
    let (page, portal) = load(&gate, || Reply::ok(&json!({})));
    clear_and_close(&page, &portal).await;
    page.press("Shed load");
    page.shows("A port that gives no power now is held at 0").await;
    gate.open();
    until("said", || page.root.query_selector(".toast").unwrap().is_some()).await;
    assert!(is_open(&page), "another form");
    page.press("Cancel");
    page.dismiss_toasts().await;
}

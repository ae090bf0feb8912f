//! What pages say of what they show: how old it is, of what time, and why a part of it is not there.

use std::cell::Cell;
use std::rc::Rc;

use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::live::run;
use crate::outline::{Answer, app, ok, page_of};
use crate::page::{app_at, until};
use crate::portal::{Gate, Reply};

const WHY: &str = "ChargePoint does not answer.";

/// The same as ChargePoint told it an hour ago, and why it tells nothing newer.
fn old(mut told: Value) -> Answer {
    told["asOf"] = an_hour_ago().into();
    told["problem"] = json!({"title": "Old", "detail": WHY});
    ok(told)
}

fn an_hour_ago() -> String {
    let at = js_sys::Date::new(&(js_sys::Date::now() - 3_700_000.0).into());
    at.to_iso_string().into()
}

fn refused(kind: &'static str) -> Answer {
    Box::new(move || Reply::problem(403, kind))
}

fn session() -> Value {
    json!({"sessionId": "7", "stationName": "ACME / One", "stationId": "1:1", "energy": 4.5,
        "startTime": "2026-11-20T08:00:00Z", "endTime": "2026-11-20T08:20:00Z", "endedBy": "Customer"})
}

fn items() -> Value {
    json!({"items": [], "total": 0, "page": 1, "pageSize": 50})
}

#[wasm_bindgen_test]
async fn what_is_old_says_how_old_and_why() {
    let station = json!({"_id": "1:1", "online": true, "active": true,
        "chargepoint": {"stationId": "1:1", "asOf": an_hour_ago(), "problem": {"title": "Old", "detail": WHY}}});
    let ports = json!({"stationId": "1:1", "ports": []});
    let pages: Vec<(&str, Vec<(&'static str, Answer)>)> = vec![
        ("/cpo/alarms", vec![("GET /alarms", old(items()))]),
        ("/cpo/sessions/7", vec![("GET /sessions/7", old(session()))]),
        (
            "/cpo/sessions/7",
            vec![
                ("GET /sessions/7", ok(session())),
                ("GET /sessions/7/intervals", old(items())),
            ],
        ),
        (
            "/cpo/charge-stations/1%3A1",
            vec![("GET /chargestations/1%3A1/page", ok(station.clone()))],
        ),
        (
            "/cpo/charge-stations/1%3A1",
            vec![
                (
                    "GET /chargestations/1%3A1/page",
                    ok(json!({"_id": "1:1", "chargepoint": {}})),
                ),
                ("GET /stations/1%3A1/status", old(ports)),
            ],
        ),
        (
            "/cpo/transactions",
            vec![
                ("GET /transactions", ok(items())),
                ("GET /transactions/sums", old(json!({"items": []}))),
            ],
        ),
        ("/cpo/station-groups", vec![("GET /organizations", old(items()))]),
        (
            "/dashboard",
            vec![("GET /dashboard/ports", old(json!({"figures": []})))],
        ),
    ];
    for (path, answers) in pages {
        let (page, _portal) = app(path, answers);
        page.shows("1 hour ago").await;
        page.shows(WHY).await;
    }
}

/// What is fresh is no cause for alarm, though something beside it is missing.
#[wasm_bindgen_test]
async fn what_is_fresh_is_told_quietly() {
    let mut told = items();
    told["asOf"] = String::from(js_sys::Date::new_0().to_iso_string()).into();
    told["problem"] = json!({"title": "Old", "detail": WHY});
    let (page, _portal) = app("/cpo/alarms", vec![("GET /alarms", ok(told))]);
    page.shows(&["As ChargePoint told just now. ", WHY].concat())
        .await;
    assert!(page.root.query_selector(".problem-kept").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_preview_of_what_was_says_so() {
    let stations = json!([{"stationId": "1:1", "stationName": "ACME / One", "stationLoad": 20.0}]);
    let preview = json!({"nowKw": 20.0, "afterKw": 10.0, "freedKw": 10.0, "words": "Frees 10 kW now."});
    let (page, _portal) = app(
        "/cpo/load",
        vec![
            ("GET /load", page_of(stations)),
            ("POST /load/shed/preview", old(preview)),
        ],
    );
    page.shows("ACME / One").await;
    page.press("Shed load");
    page.shows("A port that gives no power now is held at 0").await;
    page.fill("dialog[open] input[type=text]", "50");
    page.shows(&["As of 1 hour ago. ", WHY].concat()).await;
}

/// What was told just now is older a minute later, without being asked for again.
#[wasm_bindgen_test]
async fn how_old_it_is_follows_the_clock() {
    // The timer of the clock takes moments instead of a minute, and the minute is over when the test says so.
    run(
        "window.every = window.setInterval; window.setInterval = (run, time) => window.every(run, time / 200);
         window.real = Date.now; Date.now = () => window.real.call(Date) + (window.later || 0);",
    );
    let now = js_sys::Date::new(&js_sys::Date::now().into());
    let mut told = items();
    told["asOf"] = String::from(now.to_iso_string()).into();
    let (page, portal) = app("/cpo/alarms", vec![("GET /alarms", ok(told))]);
    page.shows("As ChargePoint told just now").await;
    run("window.later = 61_000;");
    page.shows("As ChargePoint told 1 minute ago").await;
    assert_eq!(
        portal
            .seen()
            .iter()
            .filter(|seen| seen.path.starts_with("/alarms"))
            .count(),
        1
    );
    run("window.setInterval = window.every; Date.now = window.real; delete window.later;");
}

#[wasm_bindgen_test]
async fn what_the_plan_lacks_closes_one_panel_with_its_reason() {
    let plan = "/problems/plan-restricted";
    let (page, _portal) = app(
        "/cpo/sessions/7",
        vec![
            ("GET /sessions/7", ok(session())),
            ("GET /sessions/7/intervals", refused(plan)),
        ],
    );
    page.shows(plan).await;
    page.shows("Ended by\nCustomer").await;
    assert!(!page.text().contains("may be old"), "there is nothing to be seen");
    assert!(page.button("Try again").is_none(), "it would be refused again");
    drop(page);
    // What failed otherwise can be tried again; what was there before stands, and is called old.
    let fails = Rc::new(Cell::new(true));
    let own = fails.clone();
    let parts: Answer = Box::new(move || match own.get() {
        true => Reply::problem(502, "/problems/chargepoint-unreachable"),
        false => Reply::ok(&items()),
    });
    let (page, _portal) = app(
        "/cpo/sessions/7",
        vec![
            ("GET /sessions/7", ok(session())),
            ("GET /sessions/7/intervals", parts),
        ],
    );
    page.shows("chargepoint-unreachable").await;
    assert!(!page.text().contains("may be old"));
    fails.set(false);
    page.press("Try again");
    page.shows("nothing of its course yet").await;
}

#[wasm_bindgen_test]
async fn a_list_of_the_last_day_says_so() {
    let mut late = items();
    late["since"] = "2026-11-19T08:00:00Z".into();
    let station = json!({"_id": "1:1", "chargepoint": {}});
    for (path, asked, column) in [
        ("/cpo/sessions?q=7", "GET /sessions", "Started"),
        ("/cpo/charge-stations/1%3A1/sessions", "GET /sessions", "Started"),
        (
            "/cpo/transactions?filter=transactionId:contains:7",
            "GET /transactions",
            "When",
        ),
        ("/fleet/usage", "GET /fleet/usage", "Started"),
    ] {
        let answers = vec![
            (asked, ok(late.clone())),
            ("GET /chargestations/1%3A1/page", ok(station.clone())),
        ];
        let (page, _portal) = app(path, answers);
        let words = format!("Only the last day is listed. Filter by {column} for more.");
        page.shows(&words).await;
        if path.contains('?') {
            until("also where nothing matches", || {
                let empty = page.root.query_selector(".empty").unwrap();
                empty.is_some_and(|empty| empty.text_content().unwrap().contains(&words))
            })
            .await;
        }
    }
    let (page, _portal) = app("/cpo/sessions", vec![("GET /sessions", ok(items()))]);
    page.shows("No sessions in this time").await;
    assert!(!page.text().contains("Only the last day"));
}

#[wasm_bindgen_test]
async fn sessions_under_way_and_near_a_place_are_asked_of_the_call() {
    let going = json!([{"sessionId": "7", "stationName": "ACME / One", "stationId": "1:1", "startTime": "2026-11-20T08:00:00Z"}]);
    let (page, portal) = app(
        "/cpo/sessions?lat=52.37&long=4.89&proximity=5",
        vec![("GET /sessions", page_of(going))],
    );
    page.shows("Only within 5 miles of 52.37, 4.89. Show all").await;
    let asked = |what: &str| portal.seen().iter().any(|seen| seen.path.starts_with(what));
    until("near", || asked("/sessions?lat=52.37&long=4.89&proximity=5")).await;
    // The same place, of those that go on.
    let going = "/cpo/sessions?lat=52.37&long=4.89&proximity=5&activeSessionsOnly=true";
    let tab = page.find(".tabs li:last-child a").get_attribute("href");
    assert_eq!(tab.as_deref(), Some(going));
    drop(page);
    let page = app_at(going);
    let both = |path: &str| path.contains("activeSessionsOnly=true") && path.contains("lat=52.37&long=4.89");
    until("under way", || portal.seen().iter().any(|seen| both(&seen.path))).await;
    until("its tab", || {
        page.find(".tabs [aria-current=page]").inner_text() == "Under way"
    })
    .await;
    page.shows("ACME / One").await;
    // It goes on: nobody ended it.
    assert!(!page.text().contains("Charging"));
}

#[wasm_bindgen_test]
async fn who_asks_for_a_place_keeps_what_else_was_asked_for() {
    let asked = "q=a%26b&filter=energy%3Agt%3A1&activeSessionsOnly=true";
    let (page, _portal) = app(
        &format!("/cpo/sessions?{asked}&page=2&lat=52.37&long=4.89&proximity=5&proximityUnit=K"),
        vec![("GET /sessions", ok(items()))],
    );
    page.shows("Only within 5 km of 52.37, 4.89. Show all").await;
    let all = page.find(".told a").get_attribute("href");
    assert_eq!(all, Some(format!("/cpo/sessions?{asked}")));
    let hidden = page.root.query_selector_all("form input[type=hidden]").unwrap();
    let sent = |at| {
        let input: web_sys::HtmlInputElement = hidden.get(at).unwrap().unchecked_into();
        [input.name(), input.value()]
    };
    assert_eq!(
        (0..hidden.length()).map(sent).collect::<Vec<_>>(),
        [
            ["q", "a&b"],
            ["filter", "energy:gt:1"],
            ["activeSessionsOnly", "true"]
        ]
    );
    // The tabs keep the place, too.
    let tab = page.find(".tabs li:first-child a").get_attribute("href").unwrap();
    assert_eq!(
        tab,
        "/cpo/sessions?q=a%26b&filter=energy%3Agt%3A1&lat=52.37&long=4.89&proximity=5&proximityUnit=K"
    );
}

#[wasm_bindgen_test]
async fn alarms_are_cleared_that_are_selected_or_all_that_match() {
    let row =
        |id: &str| json!({"id": id, "alarmType": "contactor fault", "stationId": "1:1", "state": "Open"});
    let alarms = || json!({"items": [row("1"), row("2")], "total": 60, "page": 1, "pageSize": 50, "asOf": an_hour_ago()});
    for all in [false, true] {
        let (page, portal) = app(
            "/cpo/alarms?filter=state:is:Open",
            vec![
                ("GET /alarms", ok(alarms())),
                (
                    "POST /alarms/clear",
                    ok(json!({"cleared": 60, "left": 3, "problem": "Busy."})),
                ),
            ],
        );
        page.shows("contactor fault").await;
        page.find("thead input")
            .unchecked_into::<HtmlInputElement>()
            .click();
        page.shows("2 alarms selected").await;
        if all {
            page.press("Select all 60 that match");
            page.shows("All 60 alarms that match selected").await;
        }
        let many = if all { "60" } else { "2" };
        page.press(&format!("Clear {many}"));
        page.shows(&format!("Clear {many} alarms")).await;
        page.fill("dialog[open] input", "storm");
        page.find("dialog[open] [type=submit]").click();
        until("sent", || portal.count("POST", "/alarms/clear") == 1).await;
        page.shows("Cleared. 3 of them stay open. Busy.").await;
        let sent = portal
            .seen()
            .into_iter()
            .find(|seen| seen.is("POST", "/alarms/clear"))
            .unwrap()
            .json();
        assert_eq!(sent["reason"], "storm");
        let chosen = &sent["chosen"];
        match all {
            false => assert_eq!(
                (&chosen["ids"], &chosen["query"]),
                (&json!(["1", "2"]), &Value::Null)
            ),
            true => assert_eq!((&chosen["ids"], &chosen["count"]), (&json!([]), &json!(60))),
        }
        if all {
            assert!(chosen["query"].as_str().unwrap().contains("state"), "{chosen}");
        }
        page.dismiss_toasts().await;
    }
}

#[wasm_bindgen_test]
async fn the_connection_to_chargepoint_is_tested() {
    let gate = Gate::default();
    let own = gate.clone();
    let works = Rc::new(Cell::new(true));
    let does = works.clone();
    let test: Answer = Box::new(move || match does.get() {
        true => own.hold(Reply::ok(&json!({"milliseconds": 42}))),
        false => Reply::problem(502, "/problems/chargepoint-unreachable"),
    });
    let status = ok(
        json!({"configured": true, "address": "https://cp.example", "kept": [], "lastAnswer": "2026-11-20T08:00:00Z",
            "region": "na", "regionName": "North America"}),
    );
    let (page, portal) = app(
        "/settings/chargepoint",
        vec![("GET /chargepoint", status), ("POST /chargepoint/test", test)],
    );
    page.shows("https://cp.example").await;
    page.shows("North America").await;
    let before = portal.count("GET", "/chargepoint");
    page.press("Test the connection");
    until("asked", || portal.count("POST", "/chargepoint/test") == 1).await;
    gate.open();
    page.shows("ChargePoint answered in 42 ms.").await;
    until("its state is read again", || {
        portal.count("GET", "/chargepoint") > before
    })
    .await;
    works.set(false);
    page.press("Test the connection");
    page.shows("/problems/chargepoint-unreachable").await;
    page.dismiss_toasts().await;
}

//! What the estate may tell that is odd: each page shows something sensible of it.

use domain::text::isolated;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::outline::{Answer, app, ok, page_of};
use crate::page::{Mounted, until};
use crate::portal::Reply;

const AT: &str = "2026-11-20T08:00:00Z";

/// A station of ChargePoint's with these ports.
fn station(ports: &Value) -> Vec<(&'static str, Answer)> {
    let record = json!({"_id": "1:1", "protocol": "chargepoint", "online": true, "active": true, "status": "Available",
        "evses": [], "updatedAt": AT, "createdAt": AT,
        "chargepoint": {"stationId": "1:1", "stationName": "ACME / One", "ports": ports}});
    vec![
        ("GET /chargestations/1%3A1/page", ok(record)),
        (
            "GET /stations/1%3A1/status",
            ok(json!({"stationId": "1:1", "ports": ports})),
        ),
        (
            "GET /stations/1%3A1/load",
            ok(json!({"stationId": "1:1", "stationLoad": 0, "ports": ports})),
        ),
    ]
}

fn ports(many: usize) -> Value {
    let port = |n: usize| json!({"portNumber": n.to_string(), "status": "AVAILABLE", "portLoad": 0});
    (1..=many).map(port).collect()
}

fn session(fields: &Value, parts: Value) -> Vec<(&'static str, Answer)> {
    let mut whole = json!({"sessionId": "7", "stationName": "ACME / One", "stationId": "1:1", "energy": 0,
        "startTime": AT, "endTime": "2026-11-20T08:20:00Z", "endedBy": "Customer"});
    for (key, value) in fields.as_object().unwrap() {
        whole[key] = value.clone();
    }
    vec![
        ("GET /sessions/7", ok(whole)),
        ("GET /sessions/7/intervals", page_of(parts)),
    ]
}

fn part(at: &str, energy: f64, power: f64) -> Value {
    json!({"stationTime": at, "energy": energy, "energyConsumed": energy, "peakPower": power, "rollingPowerAvg": power})
}

/// Nowhere stands what only a program writes.
fn is_sensible(page: &Mounted) {
    for word in ["NaN", "undefined", "null", "Infinity", "Invalid", "1970"] {
        assert!(!page.text().contains(word), "{word}: {}", page.text());
    }
}

#[wasm_bindgen_test]
async fn a_station_that_vanished() {
    for tab in ["", "/load", "/sessions", "/alarms", "/configuration", "/history"] {
        let (page, _portal) = app(&format!("/cpo/charge-stations/1%3A1{tab}"), vec![]);
        page.shows("There is no such charge station.").await;
        assert_eq!(
            page.find(".empty a").get_attribute("href").unwrap(),
            "/cpo/charge-stations"
        );
        assert!(page.root.query_selector(".tabs").unwrap().is_none(), "{tab}");
    }
}

#[wasm_bindgen_test]
async fn an_id_of_another_organization() {
    for (path, asked) in [
        ("/cpo/sessions/7", "GET /sessions/7"),
        ("/cpo/charge-stations/1%3A1", "GET /chargestations/1%3A1/page"),
        ("/cpo/station-groups/7", "GET /station-groups/7"),
        ("/driver-management/drivers/7", "GET /drivers/7"),
    ] {
        // The portal does not find it, or ChargePoint says whose it is not; a role may lack the permission.
        for (status, kind, words) in [
            (404, "/problems/not-found", "There is no such"),
            (403, "/problems/not-yours", "/problems/not-yours"),
            (403, "/problems/forbidden", "Not allowed"),
        ] {
            let refused = Box::new(move || Reply::problem(status, kind));
            let (page, _portal) = app(path, vec![(asked, refused)]);
            page.shows(words).await;
            for part in [".skeleton", ".tabs", ".facts"] {
                assert!(
                    page.root.query_selector(part).unwrap().is_none(),
                    "{path}: {part}"
                );
            }
            assert!(page.button("Try again").is_none(), "{path}: {kind}");
        }
    }
}

#[wasm_bindgen_test]
async fn a_station_without_ports_and_one_with_fifty() {
    let (page, _portal) = app("/cpo/charge-stations/1%3A1", station(&ports(0)));
    page.shows("ChargePoint tells of no ports.").await;
    is_sensible(&page);
    drop(page);
    let (page, _portal) = app("/cpo/charge-stations/1%3A1", station(&ports(50)));
    page.shows("Port 50").await;
    assert_eq!(page.root.query_selector_all(".port").unwrap().length(), 50);
    drop(page);
    let (page, _portal) = app("/cpo/charge-stations/1%3A1/load", station(&ports(50)));
    page.shows("Port 50").await;
    is_sensible(&page);
}

#[wasm_bindgen_test]
async fn a_session_that_goes_on() {
    let fields = json!({"endTime": null, "endedBy": null, "energy": 1.5});
    let (page, _portal) = app("/cpo/sessions/7", session(&fields, json!([part(AT, 1.5, 6.0)])));
    page.shows("Charging").await;
    page.shows("Mean power: at most 6 kW").await;
    page.shows("goes on").await;
    is_sensible(&page);
    // Stopping it is where one looks for it, with the reason why nobody can.
    page.find(".page-head button[aria-label=More]").click();
    let stop = page
        .find(".page-head [role=menuitem][aria-disabled=true]")
        .inner_text();
    assert!(
        stop.starts_with("Stop") && stop.contains("cannot stop a session"),
        "{stop}"
    );
}

#[wasm_bindgen_test]
async fn a_session_without_energy() {
    let (page, _portal) = app(
        "/cpo/sessions/7",
        session(&json!({}), json!([part(AT, 0.0, 0.0)])),
    );
    page.shows("Mean power: at most 0 kW").await;
    assert_eq!(
        page.find(".curve path").get_attribute("d").unwrap(),
        "M0 200V200H1000V200z"
    );
    is_sensible(&page);
}

#[wasm_bindgen_test]
async fn a_session_that_ends_before_it_starts() {
    let fields = json!({"endTime": "2026-11-20T07:00:00Z"});
    let (page, _portal) = app("/cpo/sessions/7", session(&fields, json!([part(AT, 1.0, 4.0)])));
    page.shows("Mean power: at most 4 kW").await;
    let path = page.find(".curve path").get_attribute("d").unwrap();
    assert!(!path.contains('-'), "{path}");
    is_sensible(&page);
}

#[wasm_bindgen_test]
async fn a_driver_without_a_name() {
    let driver =
        json!({"userId": "4711", "firstName": null, "lastName": "", "connection": {"status": "PENDING"}});
    let (page, _portal) = app(
        "/driver-management/drivers/4711",
        vec![("GET /drivers/4711", ok(driver))],
    );
    until("its number", || page.find("h1").inner_text() == "4711").await;
    page.shows("Pending").await;
    is_sensible(&page);
}

#[wasm_bindgen_test]
async fn names_that_are_long_or_run_the_other_way() {
    let long = "Tiefgarage ".repeat(18) + "Ende";
    for name in [long.as_str(), "\u{645}\u{62d}\u{637}\u{629} / 12"] {
        let fields = json!({ "stationName": name });
        let (page, _portal) = app("/cpo/sessions/7", session(&fields, json!([])));
        until("its name", || {
            page.find("h1")
                .text_content()
                .is_some_and(|title| title.starts_with(&isolated(name)))
        })
        .await;
        is_sensible(&page);
    }
}

#[wasm_bindgen_test]
async fn a_group_of_many_stations_is_a_list_in_pages() {
    let row = |n: usize| json!({"_id": format!("1:{n}"), "name": format!("ACME / {n}"), "online": true, "active": true});
    let items: Vec<Value> = (0..50).map(row).collect();
    let page_of = json!({"items": items, "total": 2_000, "page": 1, "pageSize": 50, "asOf": AT});
    let group = json!({"sgId": "7", "groupName": "All", "numStations": 2_000, "stationIds": []});
    let (page, _portal) = app(
        "/cpo/station-groups/7",
        vec![
            ("GET /station-groups/7", ok(group)),
            ("GET /chargestations", ok(page_of)),
        ],
    );
    page.shows("ACME / 49").await;
    page.shows("of 2,000").await;
    is_sensible(&page);
}

/// What nobody tells is no load of 0 kW; where load is shed is a press away.
#[wasm_bindgen_test]
async fn a_load_that_nobody_tells() {
    let mut answers = station(&ports(1));
    answers[2].1 = ok(json!({"stationId": "1:1", "ports": [{"portNumber": "1"}]}));
    let (page, _portal) = app("/cpo/charge-stations/1%3A1/load", answers);
    page.shows("Station\nUnknown").await;
    page.shows("Port 1\nUnknown").await;
    let link = page.find("a[href*=stationId]");
    assert_eq!(link.inner_text(), "With its capacity, in Load");
    assert_eq!(
        link.get_attribute("href").unwrap(),
        "/cpo/load?filter=stationId:is:1%3A1"
    );
}

//! Pages that are data: lists, records, actions, the dashboard and the palette, in the whole app.

use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{KeyboardEvent, KeyboardEventInit};

use crate::page::{Mounted, app_at, until};
use crate::portal::{Portal, Reply, Seen};

const SESSION: &str = r#"{"id":"a","name":"Ana","permissions":["View:Station","View:Session","Clear:Alarm",
    "Manage:Load","View:Fleet","Manage:Fleet","View:Connection","Approve:Connection","Notify:Driver"]}"#;

/// The app at an address, over a server that answers some paths so and everything else not.
pub fn app(path: &str, answers: Vec<(&'static str, Answer)>) -> (Mounted, Portal) {
    let portal = Portal::start(move |seen: &Seen| {
        let asked = seen.path.split('?').next().unwrap_or_default();
        let key = format!("{} {asked}", seen.method);
        if let Some((_, reply)) = answers.iter().find(|(own, _)| *own == key) {
            return reply();
        }
        match asked {
            "/session" => Reply::Json(200, SESSION.into()),
            _ => Reply::problem(404, "/problems/not-found"),
        }
    });
    (app_at(path), portal)
}

pub type Answer = Box<dyn Fn() -> Reply>;

pub fn ok(value: Value) -> Answer {
    Box::new(move || Reply::ok(&value))
}

pub fn page_of(items: Value) -> Answer {
    let total = items.as_array().map_or(0, Vec::len);
    ok(json!({
        "items": items, "total": total, "page": 1, "pageSize": 50, "asOf": "2026-11-20T08:00:00Z"
    }))
}

fn alarms() -> Answer {
    page_of(json!([
        {"id": "1", "alarmType": "contactor fault", "alarmTime": "2026-11-20T07:00:00Z", "stationId": "1:1",
         "stationName": "ACME / One", "portNumber": "1", "state": "Open"},
        {"id": "2", "alarmType": "station unreachable", "stationId": "1:2", "stationName": "ACME / Two",
         "state": "Cleared", "clearedBy": "Ben"},
    ]))
}

#[wasm_bindgen_test]
async fn an_alarm_is_cleared_with_its_reason() {
    let cleared = ("POST /alarms/clear", ok(json!({"cleared": 1})));
    let (page, portal) = app("/cpo/alarms", vec![("GET /alarms", alarms()), cleared]);
    page.shows("contactor fault").await;
    page.shows("Cleared Ben").await;
    page.press("Clear");
    page.shows("Clear this alarm").await;
    // Of which kind, and where: an alarm has no name.
    let about = page.find("dialog[open] strong").inner_text();
    assert_eq!(about, "contactor fault · ACME / One");
    page.fill("dialog[open] input", "cable replaced");
    page.find("dialog[open] [type=submit]").click();
    until("sent", || portal.count("POST", "/alarms/clear") == 1).await;
    let seen = portal
        .seen()
        .into_iter()
        .find(|seen| seen.is("POST", "/alarms/clear"))
        .unwrap();
    assert_eq!(
        seen.json(),
        json!({"reason": "cable replaced", "chosen": {"ids": ["1"]}})
    );
    page.shows("Cleared.").await;
    page.dismiss_toasts().await;
}

#[wasm_bindgen_test]
async fn a_refusal_stays_in_the_dialog_with_what_was_typed() {
    let refused = Box::new(|| Reply::problem(403, "/problems/plan-restricted"));
    let (page, _portal) = app(
        "/cpo/alarms",
        vec![("GET /alarms", alarms()), ("POST /alarms/clear", refused)],
    );
    page.shows("contactor fault").await;
    page.press("Clear");
    page.shows("Clear this alarm").await;
    page.fill("dialog[open] input", "cable replaced");
    page.find("dialog[open] [type=submit]").click();
    page.shows("plan-restricted").await;
    let input: web_sys::HtmlInputElement = page.find("dialog[open] input").unchecked_into();
    assert_eq!(input.value(), "cable replaced");
}

#[wasm_bindgen_test]
async fn what_is_wrong_with_one_of_several_stands_at_their_field() {
    let refused = Box::new(|| {
        let problem = json!({"type": "/problems/invalid", "title": "Not valid", "status": 422, "detail": "Nothing was added.",
            "errors": [{"field": "vehicles[1].fleetName", "message": "there is no such fleet"}]});
        Reply::Json(422, problem.to_string())
    });
    let (page, portal) = app(
        "/fleet/vehicles",
        vec![
            ("GET /fleet/vehicles", page_of(json!([]))),
            ("POST /fleet/vehicles", refused),
        ],
    );
    page.shows("No vehicles").await;
    page.press("Add several");
    page.shows("Add vehicles from a CSV file").await;
    page.fill(
        "dialog[open] textarea",
        "Licence plate;Fleet;Make;Model;Year;Cards\nAB-1;Blue;VW;ID.3;2024;1\nAB-2;Green;VW;ID.3;2024;2",
    );
    page.find("dialog[open] [type=submit]").click();
    page.shows("No. 2: there is no such fleet").await;
    assert_eq!(portal.count("POST", "/fleet/vehicles"), 1);
}

fn session(part: Value) -> Vec<(&'static str, Answer)> {
    let whole = json!({"sessionId": "7", "stationName": "ACME / One", "stationId": "1:1", "energy": 4.5,
        "startTime": "2026-11-20T08:00:00Z", "endTime": "2026-11-20T08:20:00Z", "endedBy": "Customer"});
    vec![
        ("GET /sessions/7", ok(whole)),
        ("GET /sessions/7/intervals", page_of(part)),
    ]
}

#[wasm_bindgen_test]
async fn a_session_has_a_curve_and_a_table_beside_it() {
    let parts = json!([
        {"stationTime": "2026-11-20T08:00:00Z", "energy": 3.0, "energyConsumed": 3.0, "peakPower": 13.0,
            "rollingPowerAvg": 12.0, "timeZone": "America/Los_Angeles"},
        {"stationTime": "2026-11-20T08:15:00Z", "energy": 1.5, "energyConsumed": 4.5, "peakPower": 9.0,
            "rollingPowerAvg": 6.0, "timeZone": "America/Los_Angeles"},
    ]);
    let (page, _portal) = app("/cpo/sessions/7", session(parts));
    page.shows("ACME / One").await;
    page.shows("Ended by\nCustomer").await;
    page.shows("Mean power: at most 12 kW").await;
    // 15 of 20 minutes at the top, the rest at half.
    assert_eq!(
        page.find(".curve path").get_attribute("d").unwrap(),
        "M0 200V0H750V200zM750 200V100H1000V200z"
    );
    page.choose("Curve", "3");
    page.shows("Energy in each part: at most 3 kWh").await;
    assert_eq!(
        page.find(".curve path").get_attribute("d").unwrap(),
        "M0 200V0H750V200zM750 200V100H1000V200z"
    );
    page.choose("Curve", "2");
    page.shows("Energy so far: at most 4.5 kWh").await;
    page.press("Parts of 15 minutes as a table");
    // One table, each time as clocks there show it, too.
    page.shows("00:15 there").await;
    let second = page.find("tbody tr:nth-child(2)").inner_text();
    assert!(second.contains("1.5") && second.contains("4.5"), "{second}");
    assert_eq!(page.text().matches("as a table").count(), 1);
}

#[wasm_bindgen_test]
async fn a_session_leads_to_its_driver() {
    let whole = json!({"sessionId": "7", "stationName": "ACME / One", "driverName": "Ana", "userId": "12"});
    for (permissions, leads) in [
        (json!(["View:Session", "View:Connection"]), true),
        (json!(["View:Session"]), false),
    ] {
        let session = json!({"id": "a", "name": "Otto", "permissions": permissions});
        let answers = vec![
            ("GET /session", ok(session)),
            ("GET /sessions/7", ok(whole.clone())),
        ];
        let (page, _portal) = app("/cpo/sessions/7", answers);
        page.shows("Driver\nAna").await;
        let link = || {
            page.root
                .query_selector("a[href='/driver-management/drivers/12']")
                .unwrap()
        };
        until("as the role may", || link().is_some() == leads).await;
    }
}

/// Two minutes into its second part, the picture ends now and not when that part will.
#[wasm_bindgen_test]
async fn the_curve_of_a_session_that_goes_on_ends_now() {
    let ago = |minutes: f64| {
        let at = js_sys::Date::new(&(js_sys::Date::now() - minutes * 60_000.0).into());
        String::from(at.to_iso_string())
    };
    let part = |minutes: f64| json!({"stationTime": ago(minutes), "energy": 3.0, "rollingPowerAvg": 12.0});
    let whole = json!({"sessionId": "7", "stationName": "ACME / One", "startTime": ago(17.0)});
    let answers = vec![
        ("GET /sessions/7", ok(whole)),
        (
            "GET /sessions/7/intervals",
            page_of(json!([part(17.0), part(2.0)])),
        ),
    ];
    let (page, _portal) = app("/cpo/sessions/7", answers);
    page.shows("goes on").await;
    let path = page.find(".curve path").get_attribute("d").unwrap();
    let across = path.split(['H', 'V']).nth(2).unwrap();
    // 15 of 17 minutes, as long as this test takes no minute.
    let across: f64 = across.parse().unwrap();
    assert!((830.0..890.0).contains(&across), "{path}");
}

#[wasm_bindgen_test]
async fn the_curve_of_a_long_session_says_that_the_table_has_more() {
    let part = json!({"stationTime": "2026-11-20T08:00:00Z", "energy": 3.0, "rollingPowerAvg": 12.0});
    let mut answers = session(json!([]));
    answers[1].1 = ok(
        json!({"items": [part], "total": 501, "page": 1, "pageSize": 500, "asOf": "2026-11-20T08:00:00Z"}),
    );
    let (page, _portal) = app("/cpo/sessions/7", answers);
    page.shows("and more, in the table").await;
}

#[wasm_bindgen_test]
async fn a_session_without_parts_says_so() {
    let (page, _portal) = app("/cpo/sessions/7", session(json!([])));
    page.shows("nothing of its course yet").await;
}

#[wasm_bindgen_test]
async fn a_record_that_is_gone_says_so() {
    let (page, _portal) = app("/cpo/sessions/8", vec![]);
    page.shows("There is no such session.").await;
}

fn load() -> Vec<(&'static str, Answer)> {
    let stations = json!([{"stationId": "1:1", "stationName": "ACME / One", "stationLoad": 20.0, "capacity": 50.0,
        "shed": "", "ports": []}]);
    let preview = json!({"nowKw": 20.0, "afterKw": 10.0, "freedKw": 10.0, "words": "Frees 10 kW now."});
    vec![
        ("GET /load", page_of(stations)),
        ("POST /load/shed/preview", ok(preview)),
        ("POST /load/shed", ok(json!({}))),
    ]
}

#[wasm_bindgen_test]
async fn shedding_tells_before_what_it_frees() {
    let (page, portal) = app("/cpo/load", load());
    page.shows("ACME / One").await;
    assert_eq!(page.find("td meter").get_attribute("value").unwrap(), "40");
    page.press("Shed load");
    page.shows("A port that gives no power now is held at 0").await;
    page.fill("dialog[open] input[type=text]", "50");
    page.shows("Frees 10 kW now.").await;
    page.find("dialog[open] [type=submit]").click();
    until("sent", || portal.count("POST", "/load/shed") == 1).await;
    let seen = portal
        .seen()
        .into_iter()
        .find(|seen| seen.is("POST", "/load/shed"))
        .unwrap();
    assert_eq!(
        seen.json(),
        json!({"shedStation": {"stationId": "1:1", "percentShedPerStation": 50}, "timeInterval": 60})
    );
    page.dismiss_toasts().await;
}

#[wasm_bindgen_test]
async fn the_dashboard_fails_part_by_part() {
    let ports = ok(
        json!({"figures": [{"label": "Available", "value": 12, "of": 16, "tone": "good",
        "list": "stations", "query": "filter=status:is:Available"}], "asOf": "2026-11-20T08:00:00Z"}),
    );
    let (page, _portal) = app("/dashboard", vec![("GET /dashboard/ports", ports)]);
    page.shows("Available12").await;
    let link = page.find("a.tally");
    assert_eq!(
        link.get_attribute("href").unwrap(),
        "/cpo/charge-stations?filter=status:is:Available"
    );
    // Those that this server does not know say so, each in its place.
    page.shows("not-found").await;
    assert!(page.button("Try again").is_some());
}

#[wasm_bindgen_test]
async fn groups_stand_below_their_own() {
    let groups = json!([{"id": "1:A", "name": "Acme", "groups": [
        {"sgId": "1", "sgName": "All", "parentGroupId": "0"},
        {"sgId": "2", "sgName": "North", "parentGroupId": "1"},
        {"sgId": "3", "sgName": "Strays", "parentGroupId": "99"},
    ]}, {"id": "1:B", "name": "Without groups", "groups": []}]);
    let (page, _portal) = app(
        "/cpo/station-groups",
        vec![("GET /organizations", page_of(groups))],
    );
    page.shows("Strays").await;
    assert_eq!(page.find(".tree .tree").text_content().unwrap(), "North");
    assert!(!page.text().contains("Without groups"));
    assert!(!page.text().contains("more: search"));
}

#[wasm_bindgen_test]
async fn a_tree_that_is_cut_off_says_so() {
    let groups = json!([{"id": "1:A", "name": "Acme", "groups": [{"sgId": "1", "sgName": "All", "parentGroupId": "0"}]}]);
    let page = json!({"items": groups, "total": 1_200, "page": 1, "pageSize": 500});
    let (page, _portal) = app("/cpo/station-groups", vec![("GET /organizations", ok(page))]);
    page.shows("1,199 organizations more: search for theirs.").await;
}

#[wasm_bindgen_test]
async fn the_palette_says_that_nothing_was_found() {
    let (page, _portal) = app("/dashboard", vec![("GET /find", ok(json!({"items": []})))]);
    page.shows("Dashboard").await;
    page.find("[aria-label^='Go to']").click();
    page.shows("by any of their ids").await;
    page.fill("dialog[open] [role=combobox]", "zzz");
    page.shows("Nothing found for “zzz”").await;
}

#[wasm_bindgen_test]
async fn a_station_is_registered_in_the_list_of_stations_alone() {
    for (path, offered) in [("/cpo/charge-stations", true), ("/cpo/station-groups/7", false)] {
        let station = || page_of(json!([{"_id": "1:1", "name": "ACME / One", "active": true}]));
        let session = json!({"id": "a", "name": "Ana", "permissions": ["View:Station", "Manage:Station"]});
        let answers = vec![
            ("GET /session", ok(session)),
            ("GET /chargestations", station()),
            (
                "GET /station-groups/7",
                ok(json!({"groupName": "All", "groups": []})),
            ),
        ];
        let (page, _portal) = app(path, answers);
        page.shows("ACME / One").await;
        assert_eq!(page.button("Register station").is_some(), offered, "{path}");
    }
}

#[wasm_bindgen_test]
async fn the_palette_leads_to_pages_and_records() {
    let found = ok(
        json!({"items": [{"kind": "sessions", "id": "7", "label": "Session 7",
            "detail": "\u{2068}ACME / \u{645}\u{62d}\u{2069} · 04A1", "at": "2026-11-20T08:00:00Z", "timeZone": "Asia/Kathmandu"},
        {"kind": "something new", "id": "1", "label": "Unheard of"}]}),
    );
    let (page, _portal) = app("/dashboard", vec![("GET /find", found)]);
    page.shows("Dashboard").await;
    let init = KeyboardEventInit::new();
    init.set_ctrl_key(true);
    init.set_key("k");
    init.set_cancelable(true);
    let key = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    web_sys::window().unwrap().dispatch_event(&key).unwrap();
    page.shows("Go to").await;
    page.fill("dialog[open] [role=combobox]", "your acc");
    page.shows("Your accountPage").await;
    page.fill("dialog[open] [role=combobox]", "7");
    // A name that runs from right to left keeps to itself, and the time is that of the reader's clock and of theirs.
    let note = "Session · \u{2068}ACME / \u{645}\u{62d}\u{2069} · 04A1 · 20 Nov 2026, 08:00 (13:45 there)";
    page.shows(&["Session 7", note].concat()).await;
    assert!(!page.text().contains("Unheard of"));
    let choice = page.find("dialog[open] [role=option]");
    let down = web_sys::MouseEvent::new("mousedown").unwrap();
    choice.dispatch_event(&down).unwrap();
    until("there", || {
        web_sys::window().unwrap().location().pathname().unwrap() == "/cpo/sessions/7"
    })
    .await;
}

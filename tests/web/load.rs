//! Load: what is held back of stations, ports and groups, what is planned, and what groups draw.

use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlElement, HtmlInputElement, HtmlLabelElement, HtmlTextAreaElement};

use crate::outline::{Answer, app, ok, page_of};
use crate::page::{Mounted, until};
use crate::portal::Portal;

/// The control of a dialog's field with that label, if there is one.
pub fn control(page: &Mounted, label: &str) -> Option<HtmlElement> {
    let labels = page.root.query_selector_all("dialog[open] label").unwrap();
    let mut labels =
        (0..labels.length()).filter_map(|at| labels.get(at)?.dyn_into::<HtmlLabelElement>().ok());
    labels
        .find(|found| found.text_content().unwrap_or_default() == label)?
        .control()
}

/// Types into that control.
pub fn enter(page: &Mounted, label: &str, text: &str) {
    let control = control(page, label).unwrap_or_else(|| panic!("no field {label}\n{}", page.text()));
    match control.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.set_value(text),
        None => control.unchecked_ref::<HtmlTextAreaElement>().set_value(text),
    }
    let init = EventInit::new();
    init.set_bubbles(true);
    let event = Event::new_with_event_init_dict("input", &init).unwrap();
    control.dispatch_event(&event).unwrap();
}

/// Sends the open dialog; what the server then was told there.
pub async fn send(page: &Mounted, portal: &Portal, method: &str, path: &str) -> Value {
    page.find("dialog[open] [type=submit]").click();
    until("sent", || portal.count(method, path) == 1).await;
    let is_closed = || page.root.query_selector("dialog[open]").unwrap().is_none();
    until("the dialog is closed", is_closed).await;
    page.dismiss_toasts().await;
    let seen = portal.seen();
    seen.iter().find(|seen| seen.is(method, path)).unwrap().json()
}

fn stations() -> Vec<(&'static str, Answer)> {
    let station = json!({"stationId": "1:1", "stationName": "ACME / One", "stationLoad": 20.0, "capacity": 50.0,
        "shed": "40 %", "shedUntil": "2026-11-20T08:00:00Z", "timeZone": "Asia/Kathmandu", "ports": []});
    vec![
        ("GET /load", page_of(json!([station]))),
        ("POST /load/shed", ok(json!({}))),
        ("POST /load/clear", ok(json!({}))),
    ]
}

fn group() -> Vec<(&'static str, Answer)> {
    let group = json!({"groupName": "All", "organizationName": "ACME", "numStations": 2, "groups": []});
    let mut answers = stations();
    answers.push(("GET /station-groups/7", ok(group)));
    answers.push(("GET /load/groups", groups(1)));
    answers
}

#[wasm_bindgen_test]
async fn load_is_shed_by_a_limit_until_it_is_cleared() {
    let (page, portal) = app("/cpo/load", stations());
    page.shows("13:45 there").await;
    page.press("Shed load");
    page.shows("until it is cleared").await;
    page.choose("Hold back", "Down to a load, kW");
    enter(&page, "How much", "3,5");
    enter(&page, "Minutes", "0");
    assert_eq!(
        send(&page, &portal, "POST", "/load/shed").await,
        json!({"shedStation": {"stationId": "1:1", "allowedLoadPerStation": 3.5}, "timeInterval": 0})
    );
}

#[wasm_bindgen_test]
async fn load_is_shed_and_given_back_port_by_port() {
    let (page, portal) = app("/cpo/load", stations());
    page.shows("ACME / One").await;
    page.press("Shed load");
    page.shows("until it is cleared").await;
    enter(&page, "How much", "30");
    enter(&page, "Ports", "1, 2");
    let ports =
        json!([{"portNumber": "1", "percentShedPerPort": 30}, {"portNumber": "2", "percentShedPerPort": 30}]);
    assert_eq!(
        send(&page, &portal, "POST", "/load/shed").await,
        json!({"shedStation": {"stationId": "1:1", "ports": ports}, "timeInterval": 60})
    );
    page.find("td button[aria-label=More]").click();
    page.press("Clear");
    page.shows("Let the load flow again").await;
    enter(&page, "Ports", "2");
    assert_eq!(
        send(&page, &portal, "POST", "/load/clear").await,
        json!({"shedStation": {"stationId": "1:1", "ports": [{"portNumber": "2"}]}})
    );
}

#[wasm_bindgen_test]
async fn a_group_is_shed_and_cleared_as_a_whole() {
    let (page, portal) = app("/cpo/station-groups/7", group());
    until("its name", || page.find("h1").inner_text() == "All · ACME").await;
    page.press("Shed load");
    page.shows("until it is cleared").await;
    assert!(control(&page, "Ports").is_none(), "ports are of a station");
    enter(&page, "How much", "30");
    assert_eq!(
        send(&page, &portal, "POST", "/load/shed").await,
        json!({"shedGroup": {"sgId": "7", "percentShedPerStation": 30}, "timeInterval": 60})
    );
    page.find(".page-head button[aria-label=More]").click();
    page.press("Clear");
    page.shows("Let the load flow again").await;
    assert!(control(&page, "Ports").is_none());
    assert_eq!(
        send(&page, &portal, "POST", "/load/clear").await,
        json!({"shedGroup": {"sgId": "7"}})
    );
}

fn groups(many: usize) -> Answer {
    let group = |n: usize| json!({"sgId": (n + 7).to_string(), "sgName": format!("Group {n}"), "stations": 2, "load": 83.04, "capacity": 240.0});
    let items: Vec<Value> = (0..many).map(group).collect();
    ok(json!({"items": items, "total": many}))
}

#[wasm_bindgen_test]
async fn groups_say_what_they_draw_of_what_they_could() {
    let mut answers = stations();
    answers.push(("GET /load/groups", groups(14)));
    let (page, _portal) = app("/cpo/load", answers);
    page.shows("83.0 of 240.0 kW").await;
    assert_eq!(page.root.query_selector_all("a.tally").unwrap().length(), 12);
    assert_eq!(
        page.find("a.tally").get_attribute("href").unwrap(),
        "/cpo/station-groups/7/load"
    );
    page.shows("And 2 groups that draw less").await;
    page.shows("ACME / One").await;
    drop(page);
    let (page, portal) = app("/cpo/station-groups/7/load", group());
    page.shows("83.0 of 240.0 kW").await;
    let bar = page.find(".tally-bar");
    assert_eq!(bar.style().get_property_value("--part").unwrap(), "35%");
    assert_eq!(portal.count("GET", "/load/groups?sgId=7"), 1);
    page.shows("ACME / One").await;
}

/// The line begins now, so that it shows how far off the next is.
#[wasm_bindgen_test]
async fn the_line_of_time_begins_now() {
    let ahead = |minutes: f64| {
        let at = js_sys::Date::new(&(js_sys::Date::now() + minutes * 60_000.0).into());
        String::from(at.to_iso_string())
    };
    let event = json!({"eventId": "1", "name": "One", "held": "40 %", "state": "Planned",
        "eventStartTime": ahead(300.0), "eventEndTime": ahead(600.0)});
    let (page, _portal) = app(
        "/cpo/load-events",
        vec![("GET /load/events", page_of(json!([event])))],
    );
    page.shows("One, 40 %").await;
    let bar = page.find(".tally-bar").style();
    let value = |name: &str| bar.get_property_value(name).unwrap();
    assert!(
        ["49%", "50%"].contains(&value("--from").as_str()),
        "{}",
        value("--from")
    );
    assert!(
        ["50%", "51%"].contains(&value("--part").as_str()),
        "{}",
        value("--part")
    );
}

#[wasm_bindgen_test]
async fn of_many_events_the_line_of_time_says_how_many_follow() {
    let event = |n: usize| {
        json!({"eventId": n.to_string(), "name": format!("Event {n}"), "held": "40 %", "state": "Planned",
            "eventStartTime": "2026-11-20T08:00:00Z", "eventEndTime": "2026-11-20T09:00:00Z"})
    };
    let items: Vec<Value> = (0..25).map(event).collect();
    let events =
        ok(json!({"items": items, "total": 1027, "page": 1, "pageSize": 25, "asOf": "2026-11-20T08:00:00Z"}));
    let (page, _portal) = app("/cpo/load-events", vec![("GET /load/events", events)]);
    page.shows("And 1,002 events later.").await;
    assert_eq!(page.root.query_selector_all(".tally-bar").unwrap().length(), 25);
}

#[wasm_bindgen_test]
async fn what_is_planned_stands_on_a_line_of_time() {
    let event = |name: &str, from: &str, to: &str, state: &str| {
        json!({"eventId": name, "name": name, "held": "40 %", "state": state, "eventStartTime": from,
            "eventEndTime": to, "timeZone": "Asia/Kathmandu"})
    };
    let mut events = json!([
        event("One", "2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z", "Running"),
        // A minute of a hundred hours.
        event("Two", "2026-11-24T11:59:00Z", "2026-11-24T12:00:00Z", "Planned"),
        event("Three", "2026-11-22T08:00:00Z", "2026-11-22T09:00:00Z", "Removed"),
    ]);
    events[0]["stationId"] = json!("1:1");
    events[1]["sgId"] = json!("7");
    events[2]["sgId"] = json!("8");
    let (page, portal) = app("/cpo/load-events", vec![("GET /load/events", page_of(events))]);
    page.shows("One, 40 %").await;
    let bars = page.root.query_selector_all(".tally-bar").unwrap();
    let style = |at: u32| {
        let bar: HtmlElement = bars.get(at).unwrap().unchecked_into();
        let style = bar.style();
        ["--from", "--part"].map(|name| style.get_property_value(name).unwrap())
    };
    assert_eq!(style(0), ["0%", "1%"]);
    assert_eq!(style(1), ["99%", "1%"], "it is to be seen");
    page.shows("13:45 there").await;
    // What runs cannot be removed, and says so.
    let of = |at: u32| -> HtmlElement {
        let rows = page.root.query_selector_all("tbody tr").unwrap();
        rows.get(at).unwrap().unchecked_into()
    };
    assert!(of(0).query_selector("[aria-label=More]").unwrap().is_some());
    assert!(of(1).query_selector("[aria-label=More]").unwrap().is_none());
    let more = of(2).query_selector("[aria-label=More]").unwrap();
    assert!(more.is_none(), "what is removed need not be");
    let more: HtmlElement = of(0)
        .query_selector("[aria-label=More]")
        .unwrap()
        .unwrap()
        .unchecked_into();
    more.click();
    page.shows("only before they begin").await;
    // Each leads to what it is for.
    let links = page.root.query_selector_all("tbody a").unwrap();
    let href = |at: u32| -> String {
        let link: web_sys::Element = links.get(at).unwrap().unchecked_into();
        link.get_attribute("href").unwrap()
    };
    assert_eq!(
        [href(0), href(1)],
        ["/cpo/charge-stations/1%3A1", "/cpo/station-groups/7"]
    );
    let asked = portal.seen().into_iter().any(|seen| {
        seen.path.starts_with("/load/events?") && seen.path.contains("state") && seen.path.contains("Running")
    });
    assert!(asked, "those that are over stand in the list alone");
}

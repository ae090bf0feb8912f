//! What the pages do when the server tells that something is new, and when it tells nothing any more.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Function;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::outline::{Answer, ok, page_of};
use crate::page::{Mounted, app_at, until};
use crate::portal::{Portal, Reply, Seen};

/// Stands in for the browser's `EventSource` until it is dropped, with timers of seconds that take moments. It knows
/// what timers are set to, and what is done time and again.
struct Events;

impl Events {
    fn start() -> Self {
        run("const own = { source: window.EventSource, timer: window.setTimeout, every: window.setInterval, all: [], waits: [], polls: [] };
             window.events = own;
             window.EventSource = class extends EventTarget {
                 constructor() { super(); this.readyState = 0; own.all.push(this); }
                 close() { this.readyState = 2; }
             };
             window.setTimeout = (run, time, ...rest) => {
                 own.waits.push(time);
                 return own.timer.call(window, run, time >= 500 ? time / 200 : time, ...rest);
             };
             window.setInterval = (run, time, ...rest) => {
                 own.polls.push(run);
                 return own.every.call(window, run, time, ...rest);
             };");
        Self
    }

    /// The connection that is open last tells an event: `open`, `error`, or that something is new.
    fn tell(&self, name: &str) {
        run(&format!(
            "window.events.all.at(-1).dispatchEvent(new Event('{name}'));"
        ));
    }

    /// How many connections were tried, and how many of them are not closed.
    fn tried(&self) -> (f64, f64) {
        (
            number("all.length"),
            number("all.filter((one) => one.readyState < 2).length"),
        )
    }

    /// The milliseconds that a timer was set to: -1 is the last one.
    fn wait(&self, at: i32) -> f64 {
        number(&format!("waits.at({at})"))
    }

    /// The time is there for what is done time and again.
    fn poll(&self) {
        assert!(number("polls.length") > 0.0);
        run("window.events.polls.forEach((run) => run());");
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        run(
            "window.EventSource = window.events.source; window.setTimeout = window.events.timer;
             window.setInterval = window.events.every;",
        );
    }
}

fn number(what: &str) -> f64 {
    run(&format!("return window.events.{what};")).as_f64().unwrap()
}

/// Whether the tab is behind another, until that is forgotten.
fn sight(hidden: bool) {
    run(&format!(
        "Object.defineProperty(document, 'hidden', {{ value: {hidden}, configurable: true }});
         document.dispatchEvent(new Event('visibilitychange', {{ bubbles: true }}));"
    ));
}

/// Runs a text of JavaScript.
pub fn run(code: &str) -> JsValue {
    Function::new_no_args(code).call0(&JsValue::UNDEFINED).unwrap()
}

/// The app at an address, over a server whose answers have the number of the time they are given.
fn app(path: &str, asked: &'static str, answer: fn(u32) -> Value) -> (Mounted, Portal, Rc<Cell<u32>>) {
    let times = Rc::new(Cell::new(0));
    let counted = times.clone();
    let portal = Portal::start(move |seen: &Seen| {
        match seen.path.split('?').next() {
            Some(path) if path == asked => {}
            Some("/locations/l") => {
                return Reply::ok(&json!({"id": "l", "name": "Mill", "visibility": "Private"}));
            }
            _ => return Reply::problem(404, "/problems/not-found"),
        }
        counted.set(counted.get() + 1);
        Reply::ok(&answer(counted.get()))
    });
    (app_at(path), portal, times)
}

fn rows(items: Value) -> Value {
    json!({"items": items, "total": 1, "page": 1, "pageSize": 50, "asOf": "2026-11-20T08:00:00Z"})
}

#[wasm_bindgen_test]
async fn an_event_redraws_a_row_and_marks_it() {
    let events = Events::start();
    let station = |time: u32| {
        let status = if time == 1 { "Available" } else { "Charging" };
        rows(json!([{"_id": "1:1", "name": "ACME / One", "online": true, "active": true, "status": status}]))
    };
    let (page, _portal, times) = app("/cpo/charge-stations", "/chargestations", station);
    page.shows("Available").await;
    assert!(page.root.query_selector("tr[data-changed]").unwrap().is_none());
    events.tell("alarm");
    events.tell("port");
    until("the row is marked", || {
        let row = page.root.query_selector("tr[data-changed]").unwrap();
        row.is_some_and(|row| row.text_content().unwrap().contains("Charging"))
    })
    .await;
    assert_eq!(times.get(), 2, "an alarm is no matter of this list");
}

/// Each of these is asked for again after its event, and after a gap.
#[wasm_bindgen_test]
async fn what_is_shown_follows_its_events() {
    let figures = |time: u32| json!({"figures": [{"label": "Told", "value": time}]});
    let station = |time: u32| json!({"_id": "1:1", "online": true, "active": time == 1, "chargepoint": {"stationName": "ACME / One"}});
    let request =
        |time: u32| rows(json!([{"id": "a", "driver": format!("Ana {time}"), "status": "Pending"}]));
    let import =
        |time: u32| rows(json!([{"id": "a", "fileName": "cards.csv", "state": "staged", "added": time}]));
    type Shown = (&'static str, &'static str, fn(u32) -> Value, &'static str);
    let alarm =
        |time: u32| rows(json!([{"id": time.to_string(), "alarmType": "contactor fault", "state": "Open"}]));
    let load =
        |time: u32| rows(json!([{"stationId": "1:1", "stationName": "ACME / One", "stationLoad": time}]));
    let planned = |time: u32| rows(json!([{"eventId": time.to_string(), "state": "Planned"}]));
    let token = |time: u32| rows(json!([{"id": time.to_string(), "tokenSn": "ST-1"}]));
    let stock = |time: u32| json!({"total": time});
    let list = |time: u32| json!({"locationId": "l", "customers": 0, "tokens": time, "version": 1});
    let shows: [Shown; 16] = [
        (
            "/organizations/inventory/station-tokens",
            "/station_tokens",
            token,
            "import",
        ),
        (
            "/organizations/inventory/station-tokens",
            "/station_tokens/summary",
            stock,
            "import",
        ),
        (
            "/cpo/charge-locations/l/authorization/tokens",
            "/locations/l/authorization",
            list,
            "import",
        ),
        ("/dashboard", "/dashboard/ports", figures, "port"),
        ("/dashboard", "/dashboard/alarms", figures, "alarm"),
        ("/dashboard", "/dashboard/requests", figures, "request"),
        ("/dashboard", "/dashboard/alarms", figures, "books"),
        ("/dashboard", "/dashboard/tokens", figures, "books"),
        ("/cpo/alarms", "/alarms", alarm, "alarm"),
        ("/cpo/alarms", "/alarms", alarm, "books"),
        ("/cpo/load", "/load", load, "port"),
        ("/cpo/load", "/load", load, "books"),
        ("/cpo/load-events", "/load/events", planned, "books"),
        (
            "/cpo/charge-stations/1%3A1/history",
            "/chargestations/1%3A1/page",
            station,
            "port",
        ),
        (
            "/driver-management/requests?match=all",
            "/driver_requests",
            request,
            "request",
        ),
        (
            "/cpo/charge-locations/l/authorization/import",
            "/locations/l/authorization/imports",
            import,
            "import",
        ),
    ];
    for (path, asked, answer, event) in shows {
        let events = Events::start();
        let (_page, _portal, times) = app(path, asked, answer);
        until(asked, || times.get() > 0).await;
        events.tell("open");
        for told in [event, "reset"] {
            let before = times.get();
            events.tell(told);
            until(&format!("{asked} after {told}"), || times.get() > before).await;
        }
        // It was gone for a while: what happened is not known.
        let before = times.get();
        events.tell("error");
        until("tried again", || events.tried().1 == 1.0).await;
        events.tell("open");
        until(&format!("{asked} after a gap"), || times.get() > before).await;
    }
}

#[wasm_bindgen_test]
async fn the_load_of_a_station_follows_its_ports() {
    let events = Events::start();
    let drawn = Rc::new(Cell::new(7.0));
    let own = drawn.clone();
    let station: Answer = ok(
        json!({"_id": "1:1", "online": true, "active": true, "chargepoint": {"stationName": "ACME / One"}}),
    );
    let portal = Portal::start(move |seen: &Seen| match seen.path.as_str() {
        "/chargestations/1%3A1/page" => station(),
        "/stations/1%3A1/load" => {
            Reply::ok(&json!({"stationId": "1:1", "stationLoad": own.get(), "ports": []}))
        }
        _ => Reply::problem(404, "/problems/not-found"),
    });
    let page = app_at("/cpo/charge-stations/1%3A1/load");
    page.shows("7 kW").await;
    drawn.set(22.0);
    events.tell("port");
    page.shows("22 kW").await;
    drop(portal);
}

#[wasm_bindgen_test]
async fn an_open_menu_stays() {
    let events = Events::start();
    let station = |time: u32| {
        json!({"_id": "1:1", "online": time == 1, "active": true, "can": ["edit", "activate", "deactivate", "delete"],
               "chargepoint": {"stationName": "ACME / One"}})
    };
    let (page, _portal, times) = app(
        "/cpo/charge-stations/1%3A1/history",
        "/chargestations/1%3A1/page",
        station,
    );
    page.shows("Reachable").await;
    page.find(".page-head button[aria-label=More]").click();
    let menu = || page.root.query_selector(".page-head .menu:popover-open").unwrap();
    until("the menu", || menu().is_some()).await;
    events.tell("port");
    // Later than it would have been asked again.
    let done = Rc::new(Cell::new(false));
    let set = done.clone();
    leptos::prelude::set_timeout(move || set.set(true), std::time::Duration::from_millis(900));
    until("a while", || done.get()).await;
    assert!(menu().is_some() && times.get() == 1);
    menu()
        .unwrap()
        .unchecked_into::<web_sys::HtmlElement>()
        .hide_popover()
        .unwrap();
    page.shows("Unreachable").await;
}

/// A dialog asks about what was seen: the list behind it is asked for when it is closed, however much came.
#[wasm_bindgen_test]
async fn what_comes_while_a_dialog_is_open_is_asked_for_once() {
    let events = Events::start();
    let (page, _portal, times) = app("/cpo/charge-stations", "/chargestations", |_| rows(json!([])));
    until("asked", || times.get() == 1).await;
    page.find("[aria-label^='Go to']").click();
    page.shows("by any of their ids").await;
    for _ in 0..5 {
        let before = number("waits.length");
        events.tell("port");
        // It was gathered, and is waited for again.
        until("waited for", || number("waits.length") > before + 1.0).await;
    }
    assert_eq!(times.get(), 1);
    page.find("dialog[open] [aria-label=Close]").click();
    until("asked again", || times.get() == 2).await;
    for _ in 0..40 {
        crate::page::turn().await;
    }
    assert_eq!(times.get(), 2, "one answer has all that came");
}

#[wasm_bindgen_test]
async fn a_lost_connection_is_said_until_it_is_back() {
    let events = Events::start();
    let answers = vec![(
        "GET /chargepoint",
        ok(json!({"configured": true, "lastAnswer": "2026-11-20T08:00:00Z"})),
    )];
    let (page, _portal) = crate::outline::app(
        "/cpo/alarms",
        [answers, vec![("GET /alarms", page_of(json!([])))]]
            .into_iter()
            .flatten()
            .collect(),
    );
    page.shows("ChargePoint").await;
    events.tell("open");
    events.tell("error");
    assert_eq!(events.wait(-2), 10_000.0, "it is said when it lasts");
    // Not when all others do, later each time, and never later than a minute.
    let waits = |tried: i32| {
        let most = (1_000.0 * 2_f64.powi(tried)).min(60_000.0);
        let wait = events.wait(-1);
        assert!((most / 2.0..=most).contains(&wait), "after {tried}: {wait} ms");
    };
    waits(1);
    assert_eq!(events.tried(), (1.0, 0.0), "the browser does not try by itself");
    // Nobody answers, time after time.
    for tried in 2..9 {
        until("tried again", || events.tried() == (f64::from(tried), 1.0)).await;
        events.tell("error");
        waits(tried);
    }
    page.shows("Not live").await;
    // Its reason is a press away.
    page.press("Not live");
    let why = || page.root.query_selector(".topbar-status :popover-open").unwrap();
    until("its reason", || why().is_some()).await;
    assert!(
        why()
            .unwrap()
            .text_content()
            .unwrap()
            .contains("no longer arrive by themselves")
    );
    until("tried again", || events.tried().1 == 1.0).await;
    events.tell("open");
    until("it is back", || !page.text().contains("Not live")).await;
    page.shows("ChargePoint").await;
}

/// A tab that is opened behind another shows what it was told before it listened.
#[wasm_bindgen_test]
async fn a_tab_that_comes_into_sight_is_asked_for_again() {
    let events = Events::start();
    sight(true);
    let station = |_: u32| rows(json!([]));
    let (_page, _portal, times) = app("/cpo/charge-stations", "/chargestations", station);
    until("asked", || times.get() == 1).await;
    assert_eq!(
        events.tried(),
        (0.0, 0.0),
        "nobody listens for what nobody looks at"
    );
    sight(false);
    assert_eq!(events.tried(), (1.0, 1.0));
    events.tell("open");
    until("asked again", || times.get() == 2).await;
    sight(true);
    assert_eq!(events.tried(), (1.0, 0.0), "nobody looks any more");
    run("delete document.hidden;");
}

#[wasm_bindgen_test]
async fn a_tab_out_of_sight_asks_nothing_by_itself() {
    let events = Events::start();
    let station = |_: u32| rows(json!([]));
    let (_page, portal, _) = app("/cpo/charge-stations", "/chargestations", station);
    let asked =
        || ["/chargepoint", "/driver_requests/pending", "/session"].map(|path| portal.count("GET", path));
    until("asked", || asked().iter().all(|times| *times > 0)).await;
    for hidden in [true, false] {
        sight(hidden);
        let before = asked();
        events.poll();
        if hidden {
            for _ in 0..40 {
                crate::page::turn().await;
            }
            assert_eq!(asked(), before);
        } else {
            until("asked again", || {
                asked().iter().zip(before).all(|(now, then)| *now > then)
            })
            .await;
        }
    }
    run("delete document.hidden;");
}

#[wasm_bindgen_test]
async fn who_has_gone_does_not_listen() {
    let events = Events::start();
    let station = |_: u32| rows(json!([]));
    let (page, _portal, _) = app("/cpo/charge-stations", "/chargestations", station);
    page.shows("Charge stations").await;
    events.tell("open");
    events.tell("error");
    drop(page);
    for _ in 0..40 {
        crate::page::turn().await;
    }
    assert_eq!(events.tried(), (1.0, 0.0));
}

//! Until when load is shed: as it was said last.

use std::collections::HashSet;

use domain::load::{LoadEvent, LoadOfStation, PortLoad};
use proxy::books::load::{self, GROUP, Held, STATION};
use sandbox::estate::Unit;
use sandbox::estate::traits::Shedding;
use serde_json::{Value, json};
use sqlx::Row;

use crate::estate::sample::place;
use crate::support::{TestApp, on_both};

const SOON: &str = "2999-01-01T10:00:00Z";
const LATER: &str = "2999-01-02T10:00:00Z";
const PAST: &str = "2020-01-02T10:00:00Z";
/// It is shed until it is cleared; what nobody knows the end of is none.
const NO_END: &str = "cleared";

/// What is said of a place.
#[derive(Clone, Copy)]
enum Said {
    Until(&'static str),
    /// Until it is cleared.
    Shed,
    Cleared,
}

use Said::{Cleared, Shed, Until};

async fn say(app: &TestApp, place: (&'static str, &str), ports: &[&str], said: Said) {
    let mut tx = app.app.books.write().await.unwrap();
    match said {
        Until(until) => load::shed(&mut tx, place, ports, Some(until.to_owned())).await,
        Shed => load::shed(&mut tx, place, ports, None).await,
        Cleared => load::cleared(&mut tx, place, ports).await,
    }
    .unwrap();
    tx.silently("a test says this");
    tx.commit().await.unwrap();
}

/// A station in a group, which is in the group 1, with these ports of two shed.
fn station(id: &str, group: &str, shed: [bool; 2]) -> LoadOfStation {
    let port = |(n, shed): (usize, bool)| PortLoad {
        port_number: (n + 1).to_string(),
        shed,
        ..PortLoad::default()
    };
    LoadOfStation {
        station_id: id.to_owned(),
        group_ids: vec![group.to_owned()],
        ports: shed.into_iter().enumerate().map(port).collect(),
        ..LoadOfStation::default()
    }
}

async fn until(app: &TestApp, station: &LoadOfStation) -> Option<String> {
    let mut tx = app.app.books.read().await.unwrap();
    let words = load::words(&mut tx).await.unwrap();
    let below = |group: &String| {
        let mut held = HashSet::from([group.clone()]);
        if group == "1" {
            held.extend(station.group_ids.iter().cloned());
        }
        held
    };
    let held: Held = words
        .groups()
        .iter()
        .map(|group| (group.clone(), below(group)))
        .collect();
    let until = words.until(station, &held);
    match words.is_until_cleared(station, &held) {
        true => Some(until.map_or(NO_END.to_owned(), |until| panic!("{until} and no end"))),
        false => until,
    }
}

/// How many words are kept.
async fn kept(app: &TestApp) -> i64 {
    let mut tx = app.app.books.read().await.unwrap();
    let sql = "SELECT COUNT(*) AS found FROM load_words";
    let row = sqlx::query(sql).fetch_one(&mut *tx).await.unwrap();
    row.try_get("found").unwrap()
}

on_both! {
    async fn of_a_station_and_its_group_the_last_word_counts(app) {
        let (one, group) = ((STATION, "1:1"), (GROUP, "11"));
        let shed = station(one.1, group.1, [true, true]);
        say(app, one, &[], Until(LATER)).await;
        say(app, group, &[], Until(SOON)).await;
        assert_eq!(until(app, &shed).await.as_deref(), Some(SOON), "it is shorter than what was said before");
        say(app, group, &[], Cleared).await;
        assert_eq!(until(app, &shed).await, None, "what was said before is past");
        say(app, group, &[], Shed).await;
        assert_eq!(until(app, &shed).await.as_deref(), Some(NO_END));
        say(app, group, &[], Until(SOON)).await;
        say(app, one, &[], Shed).await;
        assert_eq!(until(app, &shed).await.as_deref(), Some(NO_END), "of the station it was said last");
        let beside = station("1:2", group.1, [true, false]);
        assert_eq!(until(app, &beside).await.as_deref(), Some(SOON), "of the others in the group it was not");
        say(app, one, &[], Cleared).await;
        assert_eq!(until(app, &shed).await, None, "others shed it since");
        let elsewhere = station("1:3", "12", [true, true]);
        assert_eq!(until(app, &elsewhere).await, None);
        let free = station("1:2", group.1, [false, false]);
        assert_eq!(until(app, &free).await, None, "nothing is shed");
    }

    async fn what_is_said_of_a_group_is_of_those_below_it(app) {
        let shed = station("1:1", "11", [true, true]);
        say(app, (GROUP, "1"), &[], Until(SOON)).await;
        assert_eq!(until(app, &shed).await.as_deref(), Some(SOON));
        say(app, (GROUP, "11"), &[], Until(LATER)).await;
        assert_eq!(until(app, &shed).await.as_deref(), Some(LATER));
        say(app, (GROUP, "1"), &[], Cleared).await;
        assert_eq!(until(app, &shed).await, None);
    }

    async fn of_ports_the_end_of_those_that_are_shed_counts(app) {
        let one = (STATION, "1:1");
        let (both, first) = (station(one.1, "11", [true, true]), station(one.1, "11", [true, false]));
        say(app, one, &["1"], Until(SOON)).await;
        assert_eq!(until(app, &both).await, None, "who shed the second did not say until when");
        say(app, one, &[" 2 "], Until(LATER)).await;
        assert_eq!(until(app, &both).await.as_deref(), Some(LATER));
        say(app, one, &["2"], Cleared).await;
        assert_eq!(until(app, &first).await.as_deref(), Some(SOON));
        say(app, one, &["1", "2"], Until(LATER)).await;
        assert_eq!(until(app, &first).await.as_deref(), Some(LATER));
        say(app, one, &["2"], Shed).await;
        assert_eq!(until(app, &both).await.as_deref(), Some(NO_END), "the second has no end");
        say(app, one, &[], Until(SOON)).await;
        assert_eq!(until(app, &both).await.as_deref(), Some(SOON));
        assert_eq!(kept(app).await, 1, "of the whole station it takes the place of the ports");
    }

    async fn events_go_on_when_what_was_shed_by_hand_is_over(app) {
        let event = LoadEvent {
            event_id: "7".into(),
            sg_id: Some("11".into()),
            event_start_time: PAST.into(),
            event_end_time: LATER.into(),
            ..LoadEvent::default()
        };
        let mut tx = app.app.books.write().await.unwrap();
        load::planned(&mut tx, &event, "").await.unwrap();
        tx.silently("a test plans this");
        tx.commit().await.unwrap();
        let one = (STATION, "1:1");
        let shed = station(one.1, "11", [true, true]);
        assert_eq!(until(app, &shed).await.as_deref(), Some(LATER));
        for (said, expected) in [(Until(SOON), Some(SOON)), (Shed, Some(NO_END)), (Cleared, Some(LATER))] {
            say(app, one, &[], said).await;
            assert_eq!(until(app, &shed).await.as_deref(), expected);
        }
    }

    async fn what_is_over_is_kept_while_it_hides_something(app) {
        let (one, group) = ((STATION, "1:1"), (GROUP, "11"));
        say(app, one, &[], Until(PAST)).await;
        assert_eq!(kept(app).await, 0);
        say(app, group, &[], Until(LATER)).await;
        say(app, one, &["1"], Cleared).await;
        assert_eq!(kept(app).await, 2);
        say(app, group, &[], Cleared).await;
        assert_eq!(kept(app).await, 0);
    }
}

/// Books of before: nobody knows what was said last, and the latest end stands until something is said.
async fn books_of_before(app: TestApp) {
    let mut tx = app.app.books.write().await.unwrap();
    for sql in [
        "DROP TABLE load_words",
        "CREATE TABLE load_sheds (place TEXT NOT NULL, place_id TEXT NOT NULL, until TEXT NOT NULL)",
        "INSERT INTO load_sheds VALUES ('Station', '1:1', '2999-01-02T10:00:00Z')",
        "INSERT INTO load_sheds VALUES ('Station group', '11', '2999-01-01T10:00:00Z')",
        "DELETE FROM migrations WHERE version = 15",
    ] {
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
    }
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
    let app = app.restart().await;
    let shed = station("1:1", "11", [true, true]);
    assert_eq!(until(&app, &shed).await.as_deref(), Some(LATER));
    say(&app, (GROUP, "11"), &[], Until(SOON)).await;
    assert_eq!(until(&app, &shed).await.as_deref(), Some(SOON));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_said_before_stays_on_sqlite() {
    books_of_before(TestApp::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_said_before_stays_on_postgres() {
    if let Some(app) = TestApp::postgres().await {
        books_of_before(app).await;
    }
}

/// The station's row.
async fn row(app: &TestApp, station: &str) -> Value {
    let found = app
        .get(&format!("/load?filter=stationId:is:{station}"))
        .await
        .ok();
    found["items"][0].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_group_above_a_stations_own_is_heard_too() {
    let app = TestApp::builder().estate(160).start().await;
    let place = place(&app);
    let whole = app.chargepoint().estate(|estate| {
        let unit = estate.unit(&place.station).unwrap();
        unit.traits.groups.last().unwrap().to_string()
    });
    assert_ne!(whole, place.group);
    let shed = json!({ "shedGroup": { "sgId": whole, "percentShedPerStation": 20 }, "timeInterval": 60 });
    app.post("/load/shed", shed).await.ok();
    let told = row(&app, &place.station).await;
    assert_eq!(told["shed"], "20 %", "it has an end");
    assert!(told["shedUntil"].is_string(), "{told}");
    let shed = json!({ "shedStation": { "stationId": place.station, "percentShedPerStation": 10 }, "timeInterval": 0 });
    app.post("/load/shed", shed).await.ok();
    let told = row(&app, &place.station).await;
    assert_eq!(
        (&told["shed"], &told["shedUntil"]),
        (&json!("10 % until cleared"), &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_port_that_is_cleared_leaves_the_end_of_the_other() {
    let app = TestApp::builder().estate(160).start().await;
    let stations: Vec<(String, Vec<String>)> = app.chargepoint().estate(|estate| {
        let units = estate.units().iter().filter(|unit| {
            unit.traits.outlets.len() == 2
                && unit.traits.shed == Shedding::Full
                && unit.traits.organization.unwrap().enterprise
        });
        let numbers = |unit: &Unit| {
            let ports = unit.station.ports.iter();
            ports.map(|port| port.port_number.clone().unwrap()).collect()
        };
        units
            .map(|unit| (unit.station.station_id.clone().unwrap(), numbers(unit)))
            .collect()
    });
    let shed = async |station: &str, port: &str, minutes: i32| {
        let ports = json!([{ "portNumber": port, "percentShedPerPort": 10 }]);
        let shed =
            json!({ "shedStation": { "stationId": station, "ports": ports }, "timeInterval": minutes });
        app.post("/load/shed", shed).await.status < 300
    };
    let mut found = None;
    for (station, ports) in &stations {
        // Some are out of reach, or out of order.
        if shed(station, &ports[0], 60).await && shed(station, &ports[1], 600).await {
            found = Some((station, &ports[1]));
            break;
        }
    }
    let (station, second) = found.unwrap();
    let later = row(&app, station).await["shedUntil"].clone();
    let clear = json!({ "shedStation": { "stationId": station, "ports": [{ "portNumber": second }] } });
    app.post("/load/clear", clear).await.ok();
    let sooner = row(&app, station).await["shedUntil"].clone();
    assert!(
        sooner.as_str().unwrap() < later.as_str().unwrap(),
        "{sooner} {later}"
    );
}

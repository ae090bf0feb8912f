//! What ChargePoint tells.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use reqwest::Method;
use sandbox::Fault;
use serde_json::{Value, json};

use super::{LOOK, PATIENCE, Reader, builder, until};
use crate::estate::sample::place;
use crate::limits::limited;
use crate::support::{Answer, NOW, TestApp};

async fn anew(app: &TestApp, path: &str) -> Vec<Value> {
    let request = app.request(Method::GET, &format!("{path}?pageSize=500"));
    let page = Answer::of(request.header("cache-control", "no-cache")).await.ok();
    page["items"].as_array().unwrap().clone()
}

/// The state of every port, by station and number.
fn ports(rows: &[Value]) -> BTreeMap<(String, String), String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut all = BTreeMap::new();
    for row in rows {
        for port in row["ports"].as_array().unwrap() {
            let place = (text(&row["stationId"]), text(&port["portNumber"]));
            all.insert(place, format!("{} {}", port["status"], row["networkStatus"]));
        }
    }
    all
}

/// The portal with a reader, once it has asked for the first time.
async fn followed(app: &TestApp) -> Reader {
    let before = app.chargepoint().calls();
    let reader = Reader::of(app.request(Method::GET, "/events")).await;
    until("ChargePoint is asked", || app.chargepoint().calls() > before).await;
    // Who asks the same meanwhile waits for the same answers.
    for path in ["/stations", "/stations/status", "/alarms", "/drivers"] {
        app.get(path).await.ok();
    }
    reader
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_readers_cost_one_question_and_none_costs_nothing() {
    let app = builder().estate(24).start().await;
    assert_eq!(app.chargepoint().calls(), 0, "nobody looks");
    let mut one = followed(&app).await;
    let asked = app.chargepoint().calls();
    let mut other = Reader::of(app.request(Method::GET, "/events")).await;
    let customer = app.customer("Acme").await;
    for reader in [&mut one, &mut other] {
        reader.up_to(&customer).await;
    }
    assert_eq!(app.chargepoint().calls(), asked);
    // The page asks for the same, and has it already.
    app.get("/stations/status").await.ok();
    assert_eq!(app.chargepoint().calls(), asked);
    drop((one, other));
    until("nobody reads", || app.app.live.readers() == 0).await;
    // What is kept is old by a change, so that a look would have to ask.
    let alarm =
        json!({ "reason": "seen", "chosen": { "ids": [app.get("/alarms").await.ok()["items"][0]["id"]] } });
    app.post("/alarms/clear", alarm).await.ok();
    let asked = app.chargepoint().calls();
    let left = Instant::now();
    until("it would have looked", || left.elapsed() > 10 * LOOK).await;
    assert_eq!(app.chargepoint().calls(), asked, "nobody looks");
}

/// Whoever looks is told the time at stations, though no page that is open has asked for stations.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clocks_of_stations_are_known_once_somebody_reads() {
    let app = builder().estate(24).start().await;
    let zone = async || app.get("/alarms").await.ok()["items"][0]["timeZone"].clone();
    assert!(zone().await.is_null(), "nobody asked for stations");
    let _reader = Reader::of(app.request(Method::GET, "/events")).await;
    let started = Instant::now();
    while zone().await.is_null() {
        assert!(started.elapsed() < PATIENCE, "no zone is told");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ports_that_change_and_new_alarms_arrive() {
    let app = builder().estate(60).start().await;
    let (before, open) = (anew(&app, "/stations/status").await, anew(&app, "/alarms").await);
    let mut reader = Reader::of(app.request(Method::GET, "/events")).await;
    until("it has looked", || app.app.live.is_connected().is_some()).await;
    let customer = app.customer("Acme").await;
    assert_eq!(
        reader.up_to(&customer).await.len(),
        1,
        "only the greeting: nothing is new yet"
    );
    app.chargepoint().set_clock(NOW + 6 * 3600);
    let (after, now) = (anew(&app, "/stations/status").await, anew(&app, "/alarms").await);
    let (before, after) = (ports(&before), ports(&after));
    let changed: BTreeMap<_, _> = after
        .iter()
        .filter(|(place, state)| before[*place] != **state)
        .collect();
    let key = |row: &Value| ["stationId", "portNumber", "alarmType"].map(|field| row[field].to_string());
    let known: BTreeSet<_> = open
        .iter()
        .map(|row| (key(row), row["alarmTime"].to_string()))
        .collect();
    let is_new = |row: &&Value| !known.contains(&(key(row), row["alarmTime"].to_string()));
    let new: BTreeSet<_> = now.iter().filter(is_new).map(key).collect();
    assert!(
        changed.len() > 5 && !new.is_empty(),
        "{} {}",
        changed.len(),
        new.len()
    );
    let (mut told, mut alarms) = (BTreeMap::new(), BTreeSet::new());
    while told.len() < changed.len() || alarms != new {
        let event = reader.next().await.unwrap();
        let text = |field: &str| event.data[field].as_str().unwrap_or_default().to_owned();
        match event.name.as_str() {
            "port" => {
                let state = format!("{} {}", event.data["status"], event.data["networkStatus"]);
                told.insert((text("stationId"), text("portNumber")), state);
            }
            "alarm" => {
                assert!(text("alarmTime").ends_with('Z') && !text("stationId").is_empty());
                alarms.insert(key(&event.data));
            }
            other => panic!("{other}"),
        }
    }
    let told: BTreeMap<_, _> = told.iter().collect();
    assert_eq!(told, changed);
}

/// Drivers ask at ChargePoint, too: the portal's books say nothing of that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_to_be_connected_at_chargepoint_is_told() {
    let app = builder().estate(160).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    anew(&app, "/drivers").await;
    let officer = app.person("Otto", "connections-officer").await;
    let limited = limited(&app, "Lena", &[place(&app).organization.as_str()]).await;
    let mut told = Reader::of(officer.request(Method::GET, "/events")).await;
    let mut other = Reader::of(limited.request(Method::GET, "/events")).await;
    until("it has looked", || app.app.live.is_connected().is_some()).await;
    let asks = |name: &str| {
        let driver = app
            .chargepoint()
            .estate(|estate| estate.add_driver(name, "Asks", NOW).user.user_id.clone());
        format!("cp_{}", driver.unwrap())
    };
    let pending = async || {
        app.get("/driver_requests/pending").await.ok()["count"]
            .as_u64()
            .unwrap()
    };
    let before = pending().await;

    let one = asks("Noor");
    anew(&app, "/drivers").await;
    let expected = json!({ "id": one, "connectionId": null, "action": "Requested", "count": 1 });
    assert_eq!(told.wait("request").await, expected);
    assert_eq!(
        pending().await,
        before + 1,
        "and what is asked for then is as new"
    );
    // Many at once are one event.
    asks("Ada");
    asks("Ben");
    anew(&app, "/drivers").await;
    let expected = json!({ "id": null, "connectionId": null, "action": "Requested", "count": 2 });
    assert_eq!(told.wait("request").await, expected);
    // Whoever is decided on is no news, and neither is the same answer.
    let decision = json!({ "decision": "Deny", "chosen": { "ids": [one], "count": 1 } });
    app.post("/driver_requests/decide", decision).await.ok();
    anew(&app, "/drivers").await;
    asks("Cem");
    anew(&app, "/drivers").await;
    loop {
        let event = told.wait("request").await;
        if event["action"] == "Requested" {
            assert_eq!(event["count"], 1);
            break;
        }
    }
    let customer = app.customer("Acme").await;
    let seen = other.up_to(&customer).await;
    assert!(seen.iter().all(|told| told.name != "request"), "{seen:?}");
}

/// Whoever is told of a port asks for its station, and must not get what was kept of it from before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_for_after_an_event_is_as_new_as_the_event() {
    let app = builder().estate(24).start().await;
    let stations = anew(&app, "/stations/status").await;
    let pages: Vec<(String, String)> = stations
        .iter()
        .map(|row| row["stationId"].as_str().unwrap().to_owned())
        .map(|id| {
            (
                format!("/stations/{}/status?portDetails=true", id.replace(':', "%3A")),
                id,
            )
        })
        .collect();
    for (page, _) in &pages {
        app.get(page).await.ok();
    }
    let mut reader = Reader::of(app.request(Method::GET, "/events")).await;
    until("it has looked", || app.app.live.is_connected().is_some()).await;
    app.chargepoint().set_clock(NOW + 6 * 3600);
    anew(&app, "/stations/status").await;
    for _ in 0..5 {
        let event = reader.wait("port").await;
        let (page, _) = pages.iter().find(|(_, id)| event["stationId"] == **id).unwrap();
        let station = app.get(page).await.ok();
        let ports = station["ports"].as_array().unwrap();
        let port = ports
            .iter()
            .find(|port| port["portNumber"] == event["portNumber"])
            .unwrap();
        assert_eq!(port["status"], event["status"], "{event}: {port}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_is_limited_is_told_of_its_own_stations() {
    let app = builder().estate(160).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    let person = limited(&app, "Lena", &[place(&app).organization.as_str()]).await;
    let own: BTreeSet<String> = person.get("/stations?pageSize=500").await.ok()["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["stationId"].as_str().unwrap().to_owned())
        .collect();
    let before = ports(&anew(&app, "/stations/status").await);
    anew(&app, "/alarms").await;
    let mut reader = Reader::of(person.request(Method::GET, "/events")).await;
    until("it has looked", || app.app.live.is_connected().is_some()).await;
    let customer = app.customer("Acme").await;
    reader.up_to(&customer).await;
    app.chargepoint().set_clock(NOW + 6 * 3600);
    let after = ports(&anew(&app, "/stations/status").await);
    let changed: Vec<_> = after
        .iter()
        .filter(|(place, state)| before[*place] != **state)
        .collect();
    let expected = changed
        .iter()
        .filter(|((station, _), _)| own.contains(station))
        .count();
    assert!(expected > 0 && expected < changed.len());
    for _ in 0..expected {
        let port = reader.wait("port").await;
        assert!(own.contains(port["stationId"].as_str().unwrap()), "{port}");
    }
    let customer = app.customer("Later").await;
    let rest = reader.up_to(&customer).await;
    assert!(rest.iter().all(|told| told.name != "port"), "{rest:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_chargepoint_is_down_and_is_back_is_told() {
    let app = builder().estate(24).start().await;
    let mut reader = followed(&app).await;
    app.chargepoint().set_fault(Some(Fault::Http500));
    anew(&app, "/stations/status").await;
    let told = reader.wait("chargepoint").await;
    assert_eq!(told["ok"], false);
    // Who comes now is told at once.
    let mut late = Reader::of(app.request(Method::GET, "/events")).await;
    assert_eq!(late.next().await.unwrap().name, "hello");
    assert_eq!(late.next().await.unwrap().data, told);
    app.chargepoint().set_fault(None);
    anew(&app, "/stations/status").await;
    assert_eq!(reader.wait("chargepoint").await["ok"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_chargepoint_the_books_are_told() {
    let app = builder().start().await;
    let mut reader = Reader::of(app.request(Method::GET, "/events")).await;
    let customer = app.customer("Acme").await;
    let before = reader.up_to(&customer).await;
    assert_eq!(before.len(), 1, "{before:?}");
    assert_eq!(before[0].data["heartbeat"], json!(0));
}

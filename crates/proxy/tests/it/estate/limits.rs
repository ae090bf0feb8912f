//! Accounts that are limited to organizations: what of the estate they see, and what they change.

use std::collections::BTreeSet;

use proxy::access::routes;
use reqwest::Method;
use serde_json::{Value, json};

use super::sample::place;
use super::{all, app};
use crate::limits::limited;
use crate::limits::routes::CHARGEPOINTS;
use crate::support::{NOW, Person, TestApp};

async fn items(person: &Person, path: &str) -> Vec<Value> {
    let joint = if path.contains('?') { '&' } else { '?' };
    let answer = person.get(&format!("{path}{joint}pageSize=500")).await.ok();
    answer["items"].as_array().unwrap().clone()
}

fn texts(rows: &[Value], field: &str) -> BTreeSet<String> {
    rows.iter()
        .flat_map(|row| row[field].as_str().map(str::to_owned))
        .collect()
}

/// Somebody who is limited to the organization of [`place`], and its stations.
struct World {
    app: TestApp,
    person: Person,
    own: String,
    stations: BTreeSet<String>,
}

async fn world() -> World {
    let app = app(160).await;
    app.post("/locations/sync", Value::Null).await.ok();
    let own = place(&app).organization;
    let person = limited(&app, "Lena", &[own.as_str()]).await;
    let stations = all(&app, "/stations").await;
    let of_own: Vec<Value> = stations
        .into_iter()
        .filter(|row| row["orgId"] == own.as_str())
        .collect();
    let stations = texts(&of_own, "stationId");
    assert!(!stations.is_empty() && stations.len() < 160);
    World {
        app,
        person,
        own,
        stations,
    }
}

const SPAN: &str = "fromTimeStamp=2026-11-19T00:00:00Z&toTimeStamp=2026-11-19T12:00:00Z";

/// Fleets are of organizations of their own: who is limited to one sees its vehicles and what they used, and who is
/// limited to another organization sees none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fleets_are_seen_by_their_own_organization() {
    let world = world().await;
    let vehicles = all(&world.app, "/fleet/vehicles").await;
    let fleet = vehicles[0]["orgId"].as_str().unwrap();
    let driver = limited(&world.app, "Finn", &[fleet]).await;
    for (path, field) in [
        ("/fleet/vehicles".to_owned(), "orgId"),
        (format!("/fleet/usage?{SPAN}"), "fleetOrgId"),
    ] {
        let whole = texts(&all(&world.app, &path).await, field);
        assert!(whole.contains(fleet) && whole.len() > 1, "{path}: {whole:?}");
        let own = texts(&items(&driver, &path).await, field);
        assert_eq!(own, BTreeSet::from([fleet.to_owned()]), "{path}");
        assert!(items(&world.person, &path).await.is_empty(), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_hold_what_is_of_ones_own_organization() {
    let world = world().await;
    let paid = "fromTransactionTimeStamp=2026-11-19T00:00:00Z&toTransactionTimeStamp=2026-11-19T12:00:00Z";
    for (path, field) in [
        ("/stations".to_owned(), "stationId"),
        ("/stations/status".to_owned(), "stationId"),
        ("/alarms".to_owned(), "stationId"),
        (format!("/sessions?{SPAN}"), "stationId"),
        (format!("/transactions?{paid}"), "stationId"),
    ] {
        let found = texts(&items(&world.person, &path).await, field);
        assert!(
            !found.is_empty() && found.is_subset(&world.stations),
            "{path}: {found:?}"
        );
        let whole = texts(&all(&world.app, &path).await, field);
        let expected: BTreeSet<String> = whole.intersection(&world.stations).cloned().collect();
        assert_eq!(found, expected, "{path}");
        assert!(found.len() < whole.len(), "{path}: the others have some, too");
    }
    let station = |row: &Value| row["station"]["stationId"].as_str().unwrap().to_owned();
    let whole: BTreeSet<String> = all(&world.app, "/station-rights")
        .await
        .iter()
        .map(station)
        .collect();
    let own: BTreeSet<String> = items(&world.person, "/station-rights")
        .await
        .iter()
        .map(station)
        .collect();
    assert!(!own.is_empty() && own.len() < whole.len(), "{own:?}");
    assert!(own.is_subset(&world.stations), "{own:?}");
    assert_eq!(
        items(&world.person, "/drivers").await,
        [] as [Value; 0],
        "they name no organization"
    );
    assert_eq!(items(&world.person, "/cpn-instances").await.len(), 4);
    let groups = items(
        &world.person,
        &format!("/organizations/{}/station-groups", world.own),
    )
    .await;
    assert!(!groups.is_empty());
    let file = world
        .person
        .get("/stations/export?format=csv&columns=orgId")
        .await
        .text;
    assert!(
        file.lines().skip(1).all(|line| line.trim() == world.own),
        "{file}"
    );
}

/// Every route that names something, with what is another organization's.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_route_reaches_what_is_another_organizations() {
    let world = world().await;
    let stations = all(&world.app, "/stations").await;
    let theirs = stations
        .iter()
        .find(|row| row["orgId"] != world.own.as_str())
        .unwrap();
    let station = theirs["stationId"].as_str().unwrap();
    let group = theirs["sgIds"][0].as_str().unwrap();
    let organization = theirs["orgId"].as_str().unwrap();
    let sessions = all(&world.app, &format!("/sessions?{SPAN}")).await;
    let session = sessions
        .iter()
        .find(|row| !world.stations.contains(row["stationId"].as_str().unwrap()));
    let session = session.unwrap()["sessionId"].as_str().unwrap();
    let vehicles = all(&world.app, "/fleet/vehicles").await;
    let vehicle = vehicles
        .iter()
        .find(|row| row["orgId"] != world.own.as_str())
        .unwrap();
    let vehicle = vehicle["fleetVehicleId"].as_str().unwrap();
    let driver = all(&world.app, "/drivers").await[0]["userId"]
        .as_str()
        .unwrap()
        .to_owned();
    let administrator = world.app.person("Ada Admin", "administrator").await;
    let mut asked = 0;
    for (method, pattern, _) in routes::all() {
        if !pattern.contains('{') || !CHARGEPOINTS.iter().any(|own| pattern.starts_with(own)) {
            continue;
        }
        let id = match pattern {
            path if path.starts_with("/station-groups/") => group,
            path if path.starts_with("/sessions/") => session,
            _ => station,
        };
        let path = pattern
            .replace("{id}", id)
            .replace("{orgId}", organization)
            .replace("{userId}", &driver)
            .replace("{eventId}", "1")
            .replace("{port}", "1")
            .replace("{fleetVehicleId}", vehicle);
        let body = match pattern.rsplit('/').next() {
            Some("status") => json!({ "associationType": "CONNECTION", "status": "REMOVED" }),
            Some("waitlist-done") => json!({ "userId": driver }),
            _ => json!({ "format": "csv" }),
        };
        let answer = world.person.send(method.clone(), &path, body).await;
        assert!(
            matches!(answer.status, 403 | 404),
            "{method} {pattern}: {} {}",
            answer.status,
            answer.text
        );
        if *method == Method::GET && !pattern.ends_with("/export") {
            let theirs = administrator.get(&path).await;
            assert_eq!(
                theirs.status, 200,
                "{method} {pattern}: it is there: {}",
                theirs.text
            );
        }
        asked += 1;
    }
    assert!(asked >= 15, "{asked}");
    for (method, path, body) in [
        (
            Method::POST,
            "/load/shed",
            json!({ "shedStation": { "stationId": station, "percentShedPerStation": 5 }, "timeInterval": 5 }),
        ),
        (
            Method::POST,
            "/load/shed",
            json!({ "shedGroup": { "sgId": group, "percentShedPerStation": 5 }, "timeInterval": 5 }),
        ),
        (
            Method::POST,
            "/load/clear",
            json!({ "shedStation": { "stationId": station } }),
        ),
        (
            Method::POST,
            "/load/events",
            json!({ "stationId": station, "eventStartTime": "2026-11-20T11:00:00Z", "eventDuration": 5, "allowedLoadPerPort": 1 }),
        ),
        (Method::POST, "/alarms/clear", json!({ "stationId": station })),
        (Method::POST, "/alarms/clear", json!({ "orgId": organization })),
        (Method::POST, "/alarms/clear", json!({ "portNumber": "1" })),
        (
            Method::PATCH,
            "/fleet/vehicles",
            json!({ "fleetVehicleId": vehicle, "color": "Red" }),
        ),
        (
            Method::POST,
            "/fleet/vehicles",
            json!({ "chargePointCards": [{ "mifareId": "1" }], "licensePlate": "X", "fleetName": "X", "make": "X", "model": "X", "year": 2020 }),
        ),
    ] {
        let answer = world.person.send(method, path, body.clone()).await;
        assert!(
            matches!(answer.status, 403 | 404),
            "{path} {body}: {}",
            answer.text
        );
    }
    let untouched = world.app.chargepoint().estate(|estate| {
        let mut units = estate.units().iter();
        let is_shed = |unit: &sandbox::estate::Unit| {
            (0..unit.traits.outlets.len()).any(|port| estate.shed_at(unit, port, NOW).is_some())
        };
        !units.any(is_shed) && estate.event(1).is_none()
    });
    assert!(untouched);
    let own = world.stations.first().unwrap();
    world.person.get(&format!("/stations/{own}/load")).await.ok();
}

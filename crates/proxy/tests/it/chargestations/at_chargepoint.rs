//! Stations that ChargePoint tells of.

use std::collections::BTreeMap;

use reqwest::Method;
use sandbox::Fault;
use serde_json::{Value, json};

use super::{exact, page};
use crate::estate::sample::place;
use crate::limits::limited;
use crate::support::{Answer, NOW, TestApp};

const PATH: &str = "/chargestations";

async fn app() -> TestApp {
    let app = TestApp::builder().estate(160).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    app
}

/// Every station of the stand-in is in the list, as its ports are.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_are_told_in_the_seeds_words() {
    let app = app().await;
    let own = json!({ "endpoint": "edrv01", "protocol": "ocpp1.6" });
    app.post(PATH, own).await.ok();
    let page = app.get(&format!("{PATH}?pageSize=500")).await;
    assert!(!page.header("age").is_empty());
    let page = page.ok();
    assert_eq!((&page["total"], &page["problem"]), (&json!(161), &Value::Null));
    let rows: BTreeMap<&str, &Value> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["_id"].as_str().unwrap(), row))
        .collect();
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    app.chargepoint().estate(|estate| {
        for unit in estate.units() {
            let id = unit.station.station_id.as_deref().unwrap();
            let (row, state) = (rows[id], estate.status(&unit.station, NOW));
            let is = |word: &str| {
                state
                    .ports
                    .iter()
                    .any(|port| port.status.as_deref() == Some(word))
            };
            let expected = match () {
                () if is("AVAILABLE") => json!("Available"),
                () if is("INUSE") => json!("Charging"),
                () => Value::Null,
            };
            assert_eq!(row["status"], expected, "{id}");
            assert_eq!(
                row["online"],
                state.network_status.as_deref() == Some("Reachable"),
                "{id}"
            );
            assert_eq!(row["evses"].as_array().unwrap().len(), unit.station.ports.len());
            assert_eq!(
                row["organization"],
                unit.station.org_id.as_deref().unwrap().trim()
            );
            assert!(row["location"].as_str().unwrap().starts_with("loc_") && row["timeZone"].is_string());
            *words.entry(expected.to_string()).or_default() += 1;
        }
    });
    assert_eq!(words.len(), 3, "every state is there: {words:?}");
    let charging = app.get(&format!("{PATH}?filter=status:is:Charging")).await.ok();
    assert_eq!(charging["total"], words["\"Charging\""]);
    let some = rows.values().find(|row| row["macAddress"].is_string()).unwrap();
    let mac = some["macAddress"].as_str().unwrap();
    let bare: String = mac.split(':').collect();
    assert!(bare.len() < mac.len(), "{mac}");
    for path in [
        format!("{PATH}?q={mac}"),
        format!("{PATH}?q={bare}"),
        format!("/stations?q={bare}"),
    ] {
        let found = app.get(&path).await.ok();
        let found = &found["items"][0];
        assert!(
            [&found["_id"], &found["stationId"]].contains(&&some["_id"]),
            "{path}: {found}"
        );
    }
    let found = app.get(&format!("/find?q={bare}")).await.ok();
    assert_eq!(found["items"][0]["id"], some["_id"], "{found}");
}

/// The stations of a group, live, as a list like all others.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_groups_stations_are_a_list() {
    let app = app().await;
    let group = place(&app).group;
    let record = app.get(&format!("/station-groups/{group}")).await.ok();
    let mut expected: Vec<&str> = record["stations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["stationId"].as_str().unwrap())
        .collect();
    let page = app.get(&format!("{PATH}?sgId={group}&pageSize=500")).await.ok();
    let rows = page["items"].as_array().unwrap();
    let mut found: Vec<&str> = rows.iter().map(|row| row["_id"].as_str().unwrap()).collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert!(!found.is_empty() && found.len() < 160);
    assert_eq!(found, expected);
    let own = rows[0]["stationGroups"]
        .as_array()
        .unwrap()
        .iter()
        .find(|own| own["id"] == group.as_str());
    assert_eq!(own.unwrap()["name"], record["groupName"]);
    let file = app
        .get(&format!("{PATH}/export?format=csv&sgId={group}"))
        .await
        .text;
    assert_eq!(file.lines().count(), found.len() + 1);
    let body = json!({ "format": "csv", "query": format!("?sgId={group}&filter=online:is:yes") });
    let file = app.post(&format!("{PATH}/export"), body).await.text;
    let online = rows.iter().filter(|row| row["online"] == true).count();
    assert_eq!(file.lines().count(), online + 1);
    assert_eq!(app.get(&format!("{PATH}?sgId=999")).await.ok()["total"], 0);
    app.get(&format!("{PATH}?sgId=1&sgId=2"))
        .await
        .problem(400, "/problems/malformed-request");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_has_chargepoints_own_words_beside_it() {
    let app = app().await;
    let id = place(&app).station;
    let one = format!("{PATH}/{id}");
    let read = app.get(&one).await;
    assert_eq!(read.header("etag"), "\"0\"");
    exact(&read.json);
    for field in [
        "protocol",
        "endpoint",
        "lastConnectAt",
        "lastDisconnectAt",
        "csconfig",
    ] {
        assert_eq!(read.json[field], Value::Null, "{field}");
    }
    let whole = app.get(&format!("{one}/page")).await;
    page(&whole.json);
    assert_eq!(
        (whole.header("etag"), &whole.json["can"]),
        ("\"0\"", &json!(["deactivate"]))
    );
    assert_eq!(
        (whole.header("age").is_empty(), read.header("age").is_empty()),
        (false, false)
    );
    assert_eq!(
        whole.json["chargepoint"]["ports"],
        read.json["chargepoint"]["ports"]
    );
    let station = app.get(&format!("/stations/{id}")).await.ok();
    assert_eq!(read.json["chargepoint"]["ports"], station["ports"]);
    let status = app
        .get(&format!("/stations/{id}/status?portDetails=true"))
        .await
        .ok();
    assert_eq!(read.json["chargepoint"]["status"]["ports"], status["ports"]);
    app.get(&format!("{PATH}/1:999999999"))
        .await
        .problem(404, "/problems/not-found");
    app.get(&format!("{PATH}/nonsense"))
        .await
        .problem(404, "/problems/not-found");

    // The switch, and nothing else.
    let off = app
        .change(Method::PATCH, &one, &json!(0), json!({ "active": false }))
        .await;
    assert_eq!(
        (off.header("etag"), &off.json["active"]),
        ("\"1\"", &json!(false)),
        "{}",
        off.text
    );
    page(&off.json);
    assert_eq!(off.json["can"], json!(["activate"]));
    app.change(Method::PATCH, &one, &json!(0), json!({ "active": true }))
        .await
        .problem(412, "/problems/stale");
    Answer::of(app.request(Method::PATCH, &one).json(&json!({ "active": true })))
        .await
        .problem(428, "/problems/version-required");
    let problem = app
        .change(
            Method::PATCH,
            &one,
            &json!(1),
            json!({ "model": "X", "active": true }),
        )
        .await;
    let problem = problem.problem(422, "/problems/invalid");
    assert_eq!(problem["errors"][0]["field"], "model");
    assert_eq!(app.get(&one).await.json["active"], false);
    let listed = app.get(&format!("{PATH}?filter=active:is:no")).await.ok();
    assert_eq!(
        (&listed["total"], &listed["items"][0]["version"]),
        (&json!(1), &json!(1))
    );
    app.delete(&one).await.problem(409, "/problems/not-ours");
    let history = app.get(&format!("{one}/history")).await.ok();
    assert_eq!(
        (&history["total"], &history["items"][0]["summary"]),
        (&json!(1), &json!("Active: yes → no"))
    );
    let owner = history["items"][0]["organization"].as_str().unwrap();
    assert_eq!(owner, read.json["organization"].as_str().unwrap().to_lowercase());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ones_own_are_listed_while_chargepoint_is_down() {
    let app = TestApp::builder().estate(24).start().await;
    app.post(PATH, json!({ "endpoint": "edrv01", "protocol": "ocpp1.6" }))
        .await
        .ok();
    app.chargepoint().set_fault(Some(Fault::Http500));
    let page = app.get(PATH).await.ok();
    assert_eq!(page["total"], 1);
    assert_eq!(page["problem"]["type"], "/problems/chargepoint-unreadable");
    let id = place(&app).station;
    app.get(&format!("{PATH}/{id}"))
        .await
        .problem(502, "/problems/chargepoint-unreadable");

    // Only the states are missing.
    app.chargepoint().set_fault(None);
    app.chargepoint()
        .set_fault_of::<chargepoint::calls::station_status::GetStationStatus>(Fault::NotInPlan);
    let again = app.request(Method::GET, PATH).header("cache-control", "no-cache");
    let page = Answer::of(again).await.ok();
    assert_eq!(page["total"], 25);
    assert_eq!(page["problem"]["type"], "/problems/plan-restricted");
    let one = app.get(&format!("{PATH}/{id}")).await.ok();
    assert_eq!(
        (&one["status"], &one["chargepoint"]["status"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(one["chargepoint"]["problem"]["type"], "/problems/plan-restricted");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_is_limited_sees_and_switches_its_own() {
    let app = app().await;
    let place = place(&app);
    let person = limited(&app, "Lena", &[place.organization.as_str()]).await;
    let page = person.get(&format!("{PATH}?pageSize=500")).await.ok();
    let rows = page["items"].as_array().unwrap();
    assert!(!rows.is_empty() && rows.len() < 160);
    assert!(
        rows.iter()
            .all(|row| row["organization"] == place.organization.as_str())
    );
    let all = app.get(&format!("{PATH}?pageSize=500")).await.ok();
    let others = all["items"].as_array().unwrap();
    let theirs = others
        .iter()
        .find(|row| row["organization"] != place.organization.as_str());
    let theirs = format!("{PATH}/{}", theirs.unwrap()["_id"].as_str().unwrap());
    for (method, path) in [
        (Method::GET, theirs.clone()),
        (Method::GET, format!("{theirs}/page")),
        (Method::GET, format!("{theirs}/history")),
        (Method::PATCH, theirs.clone()),
        (Method::DELETE, theirs.clone()),
    ] {
        person
            .send(method, &path, json!({ "active": false }))
            .await
            .problem(404, "/problems/not-found");
    }
    let own = format!("{PATH}/{}", rows[0]["_id"].as_str().unwrap());
    person
        .send(Method::PATCH, &own, json!({ "active": false }))
        .await
        .ok();
    assert_eq!(person.get(&format!("{own}/history")).await.ok()["total"], 1);
    let viewer = app.person("Vera", "viewer").await;
    assert_eq!(viewer.get(&format!("{own}/page")).await.ok()["can"], json!([]));
    viewer
        .send(Method::PATCH, &own, json!({ "active": true }))
        .await
        .problem(403, "/problems/forbidden");
}

//! What an estate may hold that a page could stumble over, and what is not there: as REST tells it.

use sandbox::estate::oddities::Odd;
use serde_json::{Value, json};

use super::sample::place;
use super::{all, app};
use crate::support::{NOW, TestApp, query};

/// The span in which the odd stations had sessions.
const SPAN: &str = "fromTimeStamp=2026-11-17T00:00:00Z&toTimeStamp=2026-11-20T09:00:00Z";

/// A portal whose stand-in holds oddities.
async fn odd_app() -> TestApp {
    let app = app(24).await;
    assert!(app.chargepoint().estate(|estate| estate.add_oddities(NOW)));
    app
}

fn station(app: &TestApp, odd: Odd) -> String {
    app.chargepoint().estate(|estate| {
        let mut units = estate.units().iter();
        let unit = units.find(|unit| unit.odd == Some(odd)).unwrap();
        unit.station.station_id.clone().unwrap()
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stations_have_any_number_of_ports() {
    let app = odd_app().await;
    for (odd, ports) in [(Odd::NoPorts, 0), (Odd::ManyPorts, 50)] {
        let id = station(&app, odd);
        let count = |value: &Value| value.as_array().map(Vec::len);
        let record = app.get(&format!("/stations/{id}")).await.ok();
        assert_eq!(count(&record["ports"]), Some(ports), "{record}");
        let status = app.get(&format!("/stations/{id}/status")).await.ok();
        assert_eq!(count(&status["ports"]), Some(ports));
        let own = app.get(&format!("/chargestations/{id}")).await.ok();
        assert_eq!(count(&own["evses"]), Some(ports));
        let row = app.get(&format!("/load?filter=stationId:is:{id}")).await.ok();
        let row = &row["items"][0];
        assert_eq!(count(&row["ports"]), Some(ports), "{row}");
        assert_eq!(row["capacity"].is_null(), ports == 0, "no capacity is no number");
        let shed =
            json!({ "shedStation": { "stationId": id, "percentShedPerStation": 10 }, "timeInterval": 0 });
        let told = app.post("/load/shed/preview", shed).await.ok();
        assert_eq!(told["ports"], ports);
    }
    // They are in the books too, and a location shows them.
    app.post("/locations/sync", Value::Null).await.ok();
    let own = format!("/chargestations/{}", station(&app, Odd::ManyPorts));
    let location = app.get(&own).await.ok()["location"].clone();
    let live = app
        .get(&format!("/locations/{}/stations", location.as_str().unwrap()))
        .await
        .ok();
    assert!(live["items"].as_array().unwrap().len() >= 2 && live["problem"].is_null());
    for part in ["stations", "ports", "load"] {
        let told = app.get(&format!("/dashboard/{part}")).await.ok();
        assert!(told["problem"].is_null(), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_are_long_or_run_from_right_to_left() {
    let app = odd_app().await;
    for odd in [Odd::LongName, Odd::RightToLeft] {
        let id = station(&app, odd);
        let record = app.get(&format!("/stations/{id}")).await.ok();
        let name = record["stationName"].as_str().unwrap().to_owned();
        assert!(odd != Odd::LongName || name.chars().count() == 200, "{name}");
        let filter = format!("stationName:is:{name}");
        let found = app
            .get(&format!("/stations?{}", query(&[("filter", &filter)])))
            .await
            .ok();
        assert_eq!(
            (&found["total"], &found["items"][0]["stationId"]),
            (&json!(1), &json!(id))
        );
        let file = app
            .get(&format!(
                "/stations/export?format=csv&columns=stationName&{}",
                query(&[("filter", &filter)])
            ))
            .await;
        assert!(file.text.contains(&name), "{}", file.text);
        let hits = app.get(&format!("/find?{}", query(&[("q", &name)]))).await.ok();
        assert_eq!(hits["items"][0]["label"], name.as_str());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_without_energy_and_with_a_wrong_end_are_told_as_they_are() {
    let app = odd_app().await;
    let id = station(&app, Odd::NoEnergy);
    let sessions = all(&app, &format!("/sessions?{SPAN}&stationId={id}")).await;
    assert!(!sessions.is_empty() && sessions.iter().all(|one| one["energy"] == 0.0));
    let session = sessions[0]["sessionId"].as_str().unwrap();
    let intervals = all(&app, &format!("/sessions/{session}/intervals")).await;
    assert!(!intervals.is_empty() && intervals.iter().all(|one| one["peakPower"] == 0.0));

    let id = station(&app, Odd::EndsBeforeStart);
    let sessions = all(&app, &format!("/sessions?{SPAN}&stationId={id}")).await;
    assert!(!sessions.is_empty());
    for session in &sessions {
        assert!(
            session["endTime"].as_str() < session["startTime"].as_str(),
            "{session}"
        );
        let one = format!("/sessions/{}", session["sessionId"].as_str().unwrap());
        assert_eq!(app.get(&one).await.ok()["endTime"], session["endTime"]);
    }
    let path = format!("/sessions?{SPAN}&stationId={id}&sort=-endTime&filter=energy:gt:0");
    assert!(app.get(&path).await.ok()["total"].as_u64().unwrap() > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_under_way_is_found_by_its_number() {
    let app = app(160).await;
    let place = place(&app);
    let path = format!("/sessions/{}", place.session);
    let session = app.get(&path).await.ok();
    assert_eq!(
        (&session["stationId"], &session["endTime"]),
        (&json!(place.station), &Value::Null)
    );
    assert!(
        session["energy"].is_number() && session["endedBy"].is_null(),
        "{session}"
    );
    let parts = app.get(&format!("{path}/intervals")).await.ok();
    assert!(parts["total"].as_u64().unwrap() > 0);
    let found = app.get(&format!("/find?q={}", place.session)).await.ok();
    assert_eq!(found["items"][0]["kind"], "sessions");
    app.get("/sessions/7").await.problem(404, "/problems/not-found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_station_that_has_vanished_is_not_found_and_its_sessions_are() {
    let app = odd_app().await;
    let id = station(&app, Odd::Vanished);
    let sessions = all(&app, &format!("/sessions?{SPAN}&stationId={id}")).await;
    assert!(!sessions.is_empty());
    let session = format!("/sessions/{}", sessions[0]["sessionId"].as_str().unwrap());
    assert_eq!(app.get(&session).await.ok()["stationId"], id.as_str());
    for path in [
        format!("/stations/{id}"),
        format!("/stations/{id}/status"),
        format!("/stations/{id}/load"),
        format!("/chargestations/{id}"),
    ] {
        app.get(&path).await.problem(404, "/problems/not-found");
    }
    let shed = json!({ "shedStation": { "stationId": id, "percentShedPerStation": 10 }, "timeInterval": 0 });
    let refused = app
        .post("/load/shed", shed)
        .await
        .problem(422, "/problems/invalid");
    assert_eq!(
        (&refused["code"], &refused["errors"][0]["field"]),
        (&json!("119"), &json!("stationId"))
    );
    let done = json!({ "userId": "28375251" });
    app.post(&format!("/stations/{id}/ports/1/waitlist-done"), done)
        .await
        .problem(404, "/problems/not-found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_another_organizations_says_so_or_is_not_found() {
    let app = app(24).await;
    for path in [
        "/stations/1:900001",
        "/stations/nope",
        "/stations/nope/status",
        "/sessions/nope",
        "/sessions/nope/intervals",
        "/drivers/nope",
        "/station-groups/nope",
        "/station-groups/nope/rights-profile",
        "/station-groups/99999999999",
        "/sessions/99999999999999999999999",
    ] {
        app.get(path).await.problem(404, "/problems/not-found");
    }
    for (path, said) in [
        (
            "/sessions/nope",
            "There is no such session. It may have been deleted.",
        ),
        (
            "/sessions/nope/intervals",
            "There is no such record. It may have been deleted.",
        ),
        (
            "/stations/nope/load",
            "There is no such station. It may have been deleted.",
        ),
    ] {
        let problem = app.get(path).await.problem(404, "/problems/not-found");
        assert_eq!(
            (&problem["title"], &problem["detail"]),
            (&json!("Not found"), &json!(said))
        );
    }
    let both = app.get("/stations/1:100001/load?sgId=3").await;
    assert_eq!(both.problem(422, "/problems/invalid")["code"], "182");
    let refused = app
        .get("/stations/1:900001/load")
        .await
        .problem(403, "/problems/not-yours");
    assert_eq!(refused["code"], "131");
    let refused = app
        .get("/station-groups/9001")
        .await
        .problem(403, "/problems/not-yours");
    assert_eq!(refused["code"], "125");
    let refused = app
        .get("/organizations/1:ORG99001/station-groups")
        .await
        .problem(403, "/problems/not-yours");
    assert_eq!(refused["code"], "178");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_driver_without_a_name_has_one_by_number() {
    let app = odd_app().await;
    let driver = app.chargepoint().estate(|estate| {
        let last = estate.drivers().last().unwrap();
        last.user.user_id.clone().unwrap()
    });
    let told = app.get(&format!("/drivers/{driver}")).await.ok();
    assert!(
        told["firstName"].is_null() && told["lastName"].is_null(),
        "{told}"
    );
    let name = format!("Driver {driver}");
    let found = app
        .get(&format!(
            "/driver_requests?{}",
            query(&[("filter", &format!("driver:is:{name}"))])
        ))
        .await
        .ok();
    assert_eq!(
        (&found["total"], &found["items"][0]["status"]),
        (&json!(1), &json!("Pending"))
    );
    let body = json!({ "chosen": { "ids": [format!("cp_{driver}")] }, "decision": "Approve", "text": "" });
    assert_eq!(app.post("/driver_requests/decide", body).await.ok()["done"], 1);
    let hits = app.get(&format!("/find?q={driver}")).await.ok();
    assert_eq!(hits["items"][0]["id"], driver.as_str());
}

/// Two thousand stations in one group, and so in the group above it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_of_two_thousand_stations_is_listed_loaded_and_shed() {
    const MANY: u64 = 2_000;
    let app = app(24).await;
    let (group, whole, organization) = app.chargepoint().estate(|estate| {
        let mut units = estate.units().iter();
        let unit = units
            .find(|unit| unit.traits.organization.unwrap().enterprise)
            .unwrap();
        let (group, organization) = (unit.traits.groups[0], unit.traits.organization.unwrap());
        let whole = *unit.traits.groups.last().unwrap();
        let site = estate
            .sites()
            .iter()
            .find(|site| estate.units_of(site.id).any(|one| one == unit))
            .unwrap()
            .id;
        estate.extend_site(site, MANY as usize);
        (group, whole, organization.id)
    });
    let total = async |path: String| app.get(&path).await.ok()["total"].as_u64().unwrap();
    let direct = total(format!("/chargestations?sgId={group}&pageSize=1")).await;
    assert!(direct >= MANY, "{direct}");
    // A station names no group above its own.
    let below = total(format!("/chargestations?sgId={whole}&pageSize=1")).await;
    let own = total(format!(
        "/chargestations?pageSize=1&{}",
        query(&[("filter", &format!("organization:is:{organization}"))])
    ))
    .await;
    assert!(below >= direct && below == own, "{below} {own}");
    assert_eq!(total(format!("/load?sgId={group}&pageSize=1")).await, direct);
    assert_eq!(total(format!("/load?sgId={whole}&pageSize=1")).await, below);
    let details = app.get(&format!("/station-groups/{whole}")).await.ok();
    assert_eq!(details["numStations"], below);
    let load = app.get(&format!("/station-groups/{group}/load")).await.ok();
    assert_eq!(load["stations"].as_array().unwrap().len() as u64, direct);
    let shed = json!({ "shedGroup": { "sgId": whole.to_string(), "percentShedPerStation": 20 }, "timeInterval": 15 });
    let told = app.post("/load/shed/preview", shed).await.ok();
    assert_eq!(told["stations"], below);
    assert!(told["freedKw"].as_f64().unwrap() > 0.0);
}

/// More sessions than can be added up: the figure is left out and says why, and is not asked for again and again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_energy_of_a_large_estate_is_left_out_in_words() {
    let app = TestApp::builder().sandbox(24).start().await;
    app.chargepoint().estate(|estate| estate.extend_site(0, 9_000));
    let part = async || app.get("/dashboard/energy").await.ok();
    let told = part().await;
    assert!(told["asOf"].is_string());
    let labels: Vec<&str> = told["figures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|figure| figure["label"].as_str().unwrap())
        .collect();
    // Soon after midnight, today's can still be added up.
    if labels.is_empty() {
        let detail = told["problem"]["detail"].as_str().unwrap();
        assert!(
            detail.starts_with("More sessions began today than can be added up"),
            "{told}"
        );
    } else {
        assert_eq!(labels, ["Energy today, ended sessions", "Sessions today, ended"]);
        assert!(told["figures"][0].get("of").is_none_or(Value::is_null), "{told}");
    }
    let calls = app.chargepoint().calls();
    assert_eq!(part().await["figures"], told["figures"]);
    assert_eq!(
        app.chargepoint().calls(),
        calls,
        "too many an hour ago is too many now"
    );
}

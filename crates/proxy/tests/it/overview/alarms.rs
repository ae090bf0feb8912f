use domain::moment;
use sandbox::Fault;
use serde_json::{Value, json};

use crate::audit::lines;
use crate::estate::all;
use crate::estate::sample::alarmed;
use crate::limits::limited;
use crate::support::{NOW, TestApp, query};

const CHOSEN: &str = "/alarms/clear";

async fn total(app: &TestApp, query: &str) -> u64 {
    app.get(&format!("/alarms?{query}")).await.ok()["total"]
        .as_u64()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_cleared_stays_to_be_seen() {
    let app = TestApp::builder().estate(160).start().await;
    let before = total(&app, "").await;
    assert_eq!(total(&app, "filter=state:is:Open").await, before);
    let one = app.get("/alarms?pageSize=1").await.ok()["items"][0].clone();
    let body = json!({ "chosen": { "ids": [one["id"]] }, "reason": "  Somebody looked  " });
    let done = app.post(CHOSEN, body.clone()).await.ok();
    assert_eq!((&done["cleared"], &done["left"]), (&json!(1), &json!(0)));
    assert_eq!(total(&app, "filter=state:is:Open").await, before - 1);
    assert_eq!(total(&app, "").await, before, "it stays");
    let cleared = app.get("/alarms?filter=state:is:Cleared").await.ok()["items"][0].clone();
    assert_eq!(
        (&cleared["id"], &cleared["alarmTime"]),
        (&one["id"], &one["alarmTime"])
    );
    assert_eq!(cleared["reason"], "Somebody looked");
    assert!(
        cleared["clearedBy"].as_str().unwrap().starts_with("Tess Tester") && cleared["clearedAt"].is_string()
    );
    assert_eq!(lines(&app, "filter=action:is:Alarms%20cleared").await.len(), 1);
    // It is not open any more, and one that nobody knows is none.
    assert_eq!(app.post(CHOSEN, body).await.ok()["cleared"], 0);
    let body = json!({ "chosen": { "ids": ["nothing"] }, "reason": "" });
    app.post(CHOSEN, body)
        .await
        .problem(409, "/problems/selection-changed");
    let station = one["stationId"].as_str().unwrap();
    let of_station = total(&app, &format!("stationId={station}&filter=state:is:Cleared")).await;
    assert_eq!(of_station, 1, "the call's parameters mean cleared ones, too");
    assert_eq!(total(&app, "stationId=1:1").await, 0);
    let (from, to) = ("startTime=2027-01-01T00:00:00Z", "endTime=2020-01-01T00:00:00Z");
    for query in [from, to, "orgId=1:ORG0", "portNumber=77", "sgName=North"] {
        let answer = app.get(&format!("/alarms?{query}&filter=state:is:Cleared")).await;
        assert!(
            answer.status == 422 || answer.json["total"] == 0,
            "{query}: {}",
            answer.text
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_that_match_are_cleared_if_they_are_those_that_were_seen() {
    let app = TestApp::builder().estate(160).start().await;
    let (station, count) = alarmed(&app);
    let query = format!("filter=stationId:is:{station}");
    let chosen = |count: usize, as_of: &Value| json!({ "chosen": { "query": query, "count": count, "asOf": as_of }, "reason": "" });
    let as_of = app.get("/alarms").await.ok()["asOf"].clone();
    app.post(CHOSEN, chosen(count + 1, &as_of))
        .await
        .problem(409, "/problems/selection-changed");
    let early = json!("2020-01-01T00:00:00Z");
    app.post(CHOSEN, chosen(count, &early))
        .await
        .problem(409, "/problems/selection-changed");
    let open = total(&app, "filter=state:is:Open").await;
    let before = app.chargepoint().calls();
    let done = app.post(CHOSEN, chosen(count, &as_of)).await.ok();
    assert_eq!(done["cleared"], count);
    assert_eq!(app.chargepoint().calls() - before, 1, "one call for the station");
    assert_eq!(total(&app, "filter=state:is:Open").await, open - count as u64);
    let cleared = app
        .get(&format!("/alarms?filter=state:is:Cleared&{query}"))
        .await
        .ok();
    assert_eq!(
        (&cleared["total"], &cleared["items"][0]["reason"]),
        (&json!(count), &json!(null))
    );
    let file = app
        .get("/alarms/export?format=csv&columns=alarmType,state,clearedBy")
        .await;
    assert_eq!(
        file.text.lines().filter(|line| line.contains("Cleared")).count(),
        count + 1,
        "{}",
        file.text
    );
}

/// On a station's page its list is asked for by the station, which no filter says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_of_a_stations_list_are_those_of_the_station() {
    let app = TestApp::builder().estate(160).start().await;
    let (station, count) = alarmed(&app);
    let list = app.get(&format!("/alarms?stationId={station}")).await.ok();
    assert_eq!(list["total"], count);
    let open = total(&app, "filter=state:is:Open").await;
    let query = format!("filter=state:is:Open&stationId={station}");
    let chosen = json!({ "chosen": { "query": query, "count": count, "asOf": list["asOf"] }, "reason": "" });
    assert_eq!(app.post(CHOSEN, chosen).await.ok()["cleared"], count);
    assert_eq!(total(&app, "filter=state:is:Open").await, open - count as u64);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_calls_own_face_keeps_what_it_cleared() {
    let app = TestApp::builder().estate(160).start().await;
    let (station, count) = alarmed(&app);
    let clear = json!({ "stationId": station, "clearReason": "seen" });
    app.post("/alarms/clear", clear).await.ok();
    let cleared = all(&app, &format!("/alarms?stationId={station}")).await;
    assert_eq!(cleared.len(), count);
    assert!(
        cleared
            .iter()
            .all(|alarm| alarm["state"] == "Cleared" && alarm["reason"] == "seen")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_cleared_is_said() {
    let app = TestApp::builder().estate(160).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    let nothing = json!({ "chosen": {}, "reason": "" });
    app.post(CHOSEN, nothing).await.problem(422, "/problems/invalid");
    let both = json!({ "chosen": { "ids": ["a"], "query": "" }, "reason": "" });
    app.post(CHOSEN, both).await.problem(422, "/problems/invalid");
    let one = app.get("/alarms?pageSize=1").await.ok()["items"][0].clone();
    let body = json!({ "chosen": { "ids": [one["id"]] }, "reason": "x".repeat(20_000) });
    let refused = app.post(CHOSEN, body).await.problem(422, "/problems/invalid");
    assert_eq!(refused["errors"][0]["field"], "reason");
    let body = json!({ "chosen": { "ids": [one["id"]] }, "reason": "" });
    let viewer = app.person("Vera View", "viewer").await;
    viewer
        .send(reqwest::Method::POST, CHOSEN, body.clone())
        .await
        .problem(403, "/problems/forbidden");
    let other = all(&app, "/stations").await;
    let other = other.iter().find(|row| row["orgId"] != one["orgId"]).unwrap()["orgId"]
        .as_str()
        .unwrap()
        .to_owned();
    let person = limited(&app, "Lena", &[other.as_str()]).await;
    person
        .send(reqwest::Method::POST, CHOSEN, body.clone())
        .await
        .problem(409, "/problems/selection-changed");
    app.chargepoint()
        .set_fault_of::<chargepoint::calls::alarms::ClearAlarms>(Fault::Http503);
    app.post(CHOSEN, body.clone())
        .await
        .problem(503, "/problems/chargepoint-unavailable");
    assert_eq!(total(&app, "filter=state:is:Cleared").await, 0);
    // It may have been done there.
    let told = crate::audit::lines(&app, "filter=action:is:Alarms%20cleared").await;
    assert!(
        told.len() == 1 && told[0].summary.contains("Outcome: not known"),
        "{told:?}"
    );
    app.chargepoint().set_fault(Some(Fault::Http503));
    app.post(CHOSEN, body)
        .await
        .problem(503, "/problems/chargepoint-unavailable");
}

/// More alarms are open than can be read, but not of a station or of a time: these are listed, and these are cleared.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_too_many_alarms_those_are_read_and_cleared_that_filters_mean() {
    let app = TestApp::builder().estate(2_000).start().await;
    let (station, name, times) = app.chargepoint().estate(|estate| {
        let mut units = estate.units().iter();
        let unit = units.find(|unit| estate.alarms(unit, NOW).len() > 3).unwrap();
        let times: Vec<i64> = estate.alarms(unit, NOW).iter().map(|alarm| alarm.at).collect();
        let station = &unit.station;
        (
            station.station_id.clone().unwrap(),
            station.station_name.clone().unwrap(),
            times,
        )
    });
    let by_station = query(&[("filter", &format!("stationId:is:{station}"))]);
    for wide in ["", "filter=state:is:Open", &format!("match=any&{by_station}")] {
        let told = app.get(&format!("/alarms?{wide}")).await;
        let told = told.problem(422, "/problems/invalid");
        assert!(
            told["detail"].as_str().unwrap().contains("a shorter time"),
            "{wide}: {told}"
        );
    }
    assert_eq!(total(&app, &by_station).await, times.len() as u64);
    let by_name = query(&[("filter", &format!("stationName:is:{}", name.to_lowercase()))]);
    assert!(total(&app, &by_name).await >= times.len() as u64);
    let hour = "filter=alarmTime:between:2026-11-20T08:00,2026-11-20T08:59";
    let of_hour = app.chargepoint().estate(|estate| {
        let hour = NOW - 7_200..NOW - 3_600;
        let alarms = estate.units().iter().flat_map(|unit| estate.alarms(unit, NOW));
        alarms.filter(|alarm| hour.contains(&alarm.at)).count()
    });
    assert!(of_hour > 0);
    assert_eq!(total(&app, hour).await, of_hour as u64);

    // Of the station those after one of them, and not those before.
    let middle = times[times.len() / 2];
    let late = format!("{by_station}&filter=alarmTime:after:{}", moment::write(middle));
    let after = times.iter().filter(|at| **at > middle).count();
    let list = app.get(&format!("/alarms?{late}")).await.ok();
    assert!(after > 0 && list["total"] == after, "{list}");
    let before = app.chargepoint().calls();
    let chosen = json!({ "chosen": { "query": late, "count": after, "asOf": list["asOf"] }, "reason": "" });
    assert_eq!(app.post(CHOSEN, chosen).await.ok()["cleared"], after);
    assert_eq!(app.chargepoint().calls() - before, 1, "one call for them");
    let open = app.chargepoint().estate(|estate| {
        let unit = estate.unit(&station).unwrap();
        estate.alarms(unit, NOW).len()
    });
    assert_eq!(open, times.len() - after);
    let cleared = format!("{by_station}&filter=state:is:Cleared");
    assert_eq!(total(&app, &cleared).await, after as u64);
    assert_eq!(total(&app, &by_station).await, times.len() as u64, "they stay");

    // What was ticked in the list of few, each by a call of its own: others of its station are not known.
    let path = format!("/alarms?{by_station}&filter=state:is:Open&sort=alarmTime");
    let first = app.get(&path).await.ok()["items"][0].clone();
    let chosen = json!({ "chosen": { "ids": [first["id"]] }, "reason": "" });
    let before = app.chargepoint().calls();
    assert_eq!(app.post(CHOSEN, chosen).await.ok()["cleared"], 1);
    assert_eq!(app.chargepoint().calls() - before, 1);
    let open = app.chargepoint().estate(|estate| {
        let unit = estate.unit(&station).unwrap();
        let open = estate.alarms(unit, NOW);
        assert!(
            open.iter()
                .all(|alarm| alarm.at > times.iter().copied().min().unwrap())
        );
        open.len()
    });
    assert_eq!(open, times.len() - after - 1);
    // One that was cleared counts as seen, whatever older answer still has it open.
    let again = json!({ "chosen": { "ids": [first["id"]] }, "reason": "" });
    let before = app.chargepoint().calls();
    assert_eq!(app.post(CHOSEN, again).await.ok()["cleared"], 0);
    assert_eq!(app.chargepoint().calls(), before, "nothing is sent");
    let unknown = json!({ "chosen": { "ids": ["nothing"] }, "reason": "" });
    app.post(CHOSEN, unknown)
        .await
        .problem(409, "/problems/selection-changed");

    // Those of a name, too.
    let rest = format!("{by_name}&filter=state:is:Open");
    let list = app.get(&format!("/alarms?{rest}")).await.ok();
    let chosen =
        json!({ "chosen": { "query": rest, "count": list["total"], "asOf": list["asOf"] }, "reason": "" });
    assert_eq!(app.post(CHOSEN, chosen).await.ok()["cleared"], list["total"]);
    assert_eq!(total(&app, &rest).await, 0);
    assert_eq!(total(&app, &by_station).await, times.len() as u64);
}

use sandbox::Fault;
use serde_json::{Value, json};

use crate::audit::lines;
use crate::estate::all;
use crate::estate::sample::alarmed;
use crate::limits::limited;
use crate::support::TestApp;

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

//! What is kept of ChargePoint's answers.

use std::collections::BTreeSet;

use reqwest::Method;
use sandbox::Fault;
use serde_json::{Value, json};

use super::app;
use super::sample::{ended, place};
use crate::support::Answer;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_question_is_one_call_and_then_none() {
    let app = app(24).await;
    let before = app.chargepoint().calls();
    let path = "/stations/status";
    let (a, b, c) = tokio::join!(
        app.get(path),
        app.get("/stations/status?sort=stationName"),
        app.get(path)
    );
    for answer in [a, b, c] {
        assert_eq!(answer.ok()["total"], 24);
    }
    assert_eq!(app.chargepoint().calls() - before, 1);
    app.get("/stations/status?filter=status:contains:AVAIL")
        .await
        .ok();
    app.get("/stations/status/export?format=json").await;
    assert_eq!(
        app.chargepoint().calls() - before,
        1,
        "filters and files are made of the same answer"
    );
    Answer::of(app.request(Method::GET, path).header("cache-control", "no-cache"))
        .await
        .ok();
    assert_eq!(app.chargepoint().calls() - before, 2);
    app.get("/stations/status?portDetails=true").await.ok();
    assert_eq!(app.chargepoint().calls() - before, 3, "another question");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_makes_what_it_changes_old_and_nothing_else() {
    let app = app(160).await;
    let place = place(&app);
    let load = format!("/stations/{}/load", place.station);
    let first = app.get(&load).await.ok();
    assert_eq!(first["ports"][0]["shedState"], false);
    app.get("/stations").await.ok();
    let shed = json!({ "shedStation": { "stationId": place.station, "percentShedPerStation": 40 }, "timeInterval": 0 });
    app.post("/load/shed", shed).await.ok();
    let before = app.chargepoint().calls();
    let now = app.get(&load).await.ok();
    assert_eq!(
        (&now["ports"][0]["shedState"], &now["ports"][0]["percentShed"]),
        (&json!(true), &json!(40))
    );
    assert_eq!(app.chargepoint().calls() - before, 1);
    app.get("/stations").await.ok();
    assert_eq!(app.chargepoint().calls() - before, 1, "stations are as they were");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_chargepoint_is_gone_its_last_answer_stays_with_its_age() {
    let mut app = app(160).await;
    let place = place(&app);
    let load = format!("/stations/{}/load", place.station);
    let first = app.get(&load).await.ok();
    let list = app.get("/alarms").await.ok();
    app.stand_in.take().unwrap().stop().await.unwrap();
    let anew = |path: String| {
        Answer::of(
            app.request(Method::GET, &path)
                .header("cache-control", "no-cache"),
        )
    };
    let old = anew(load.clone()).await;
    assert!(old.header("age").parse::<u64>().is_ok());
    let old = old.ok();
    assert_eq!((&old["ports"], &old["asOf"]), (&first["ports"], &first["asOf"]));
    assert_eq!(old["problem"]["type"], "/problems/chargepoint-unreachable");
    let old = anew("/alarms".into()).await.ok();
    assert_eq!((&old["items"], &old["asOf"]), (&list["items"], &list["asOf"]));
    app.get("/fleet/vehicles")
        .await
        .problem(502, "/problems/chargepoint-unreachable");
}

/// The lists of what ChargePoint tells, as the description has them.
fn lists(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap().iter();
    let is_list = |methods: &Value| {
        let schema = &methods["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        schema["$ref"]
            .as_str()
            .is_some_and(|name| name.contains("/EstatePageOf"))
    };
    let lists = paths.filter(|(_, methods)| is_list(methods));
    lists
        .map(|(path, _)| path.strip_prefix("/api/v1").unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_list_is_an_old_answer_with_its_age_while_chargepoint_fails() {
    let app = app(160).await;
    app.post("/locations/sync", json!(null)).await.ok();
    let (place, ended) = (place(&app), ended(&app));
    let paths = [
        ("{orgId}", place.organization.clone()),
        ("/station-groups/{id}", format!("/station-groups/{}", place.group)),
        ("/sessions/{id}", format!("/sessions/{}", ended.session)),
    ];
    let lists = lists(&app.get("/api/openapi.json").await.ok());
    let lists: Vec<String> = lists
        .into_iter()
        .map(|path| paths.iter().fold(path, |path, (part, is)| path.replace(part, is)))
        .collect();
    assert!(lists.len() >= 16, "{lists:?}");
    assert!(lists.iter().all(|path| !path.contains('{')), "{lists:?}");
    // What is kept of stations tells the zones of other rows.
    app.get("/stations").await.ok();
    // What lists without a time ask for is the last day.
    app.chargepoint()
        .set_clock(time::OffsetDateTime::now_utc().unix_timestamp());
    let mut filled = 0;
    for path in &lists {
        let good = app.get(path).await.ok();
        filled += usize::from(good["total"] != 0);
        app.chargepoint().set_fault(Some(Fault::Http500));
        let request = app.request(Method::GET, path);
        let old = Answer::of(request.header("cache-control", "no-cache")).await;
        assert!(old.header("age").parse::<u64>().is_ok(), "{path}: {}", old.text);
        let old = old.ok();
        assert_eq!(
            old["problem"]["type"], "/problems/chargepoint-unreadable",
            "{path}"
        );
        assert_eq!(
            (&old["asOf"], &old["items"]),
            (&good["asOf"], &good["items"]),
            "{path}"
        );
        let file = app.get(&format!("{path}/export?format=json")).await.ok();
        assert_eq!(json!(file.as_array().unwrap().len()), good["total"], "{path}");
        app.chargepoint().set_fault(None);
    }
    assert!(filled >= 12, "{filled} of {lists:?}");
    app.chargepoint().set_fault(Some(Fault::Http500));
    app.get("/organizations/export?format=csv&sgId=1")
        .await
        .problem(502, "/problems/chargepoint-unreadable");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_plan_that_lacks_one_call_leaves_the_others_alone() {
    let app = app(24).await;
    app.chargepoint()
        .set_fault_of::<chargepoint::calls::alarms::GetAlarms>(Fault::NotInPlan);
    app.get("/alarms").await.problem(403, "/problems/plan-restricted");
    app.get("/stations").await.ok();
    assert_eq!(
        app.get("/chargepoint").await.ok()["problem"],
        json!(null),
        "ChargePoint is well"
    );
}

#[tokio::test]
async fn without_chargepoint_each_face_says_so() {
    let app = crate::support::TestApp::sqlite().await;
    for path in ["/stations", "/alarms", "/sessions/1", "/station-groups/1/load"] {
        app.get(path)
            .await
            .problem(409, "/problems/chargepoint-not-configured");
    }
    let clear = json!({ "stationId": "1:1" });
    app.post("/alarms/clear", clear)
        .await
        .problem(409, "/problems/chargepoint-not-configured");
}

/// Whoever picks an organization is not kept waiting by ChargePoint, and gets what the books know.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn organizations_are_there_without_chargepoint() {
    let app = app(24).await;
    app.post("/locations/sync", json!(null)).await.ok();
    app.chargepoint().set_fault(Some(Fault::Hang));
    let begun = std::time::Instant::now();
    let known = app.get("/organizations").await.ok();
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    assert!(known["total"].as_u64().unwrap() > 0);
    assert_eq!(known["problem"]["type"], "/problems/chargepoint-timeout");
    assert_eq!(known["items"][0]["groups"], json!([]));
}

use std::time::Duration;

use chargepoint::calls::station_status::GetStationStatus;
use chargepoint::calls::stations::GetStations;
use reqwest::Method;
use sandbox::Fault;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp};

/// The stations of a location as they are now.
async fn anew(app: &TestApp, path: &str) -> Answer {
    let request = app.request(Method::GET, path);
    Answer::of(request.header("cache-control", "no-cache")).await
}

async fn first_location(app: &TestApp) -> String {
    app.post("/locations/sync", json!(null)).await.ok();
    app.get("/locations").await.ok()["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn stations_come_with_the_live_state_of_each_port() {
    let app = TestApp::builder().sandbox(24).start().await;
    let id = first_location(&app).await;
    let location = app.get(&format!("/locations/{id}")).await.ok();
    let live = app.get(&format!("/locations/{id}/stations")).await.ok();
    let ids: Vec<&Value> = live["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|station| &station["stationId"])
        .collect();
    assert_eq!(json!(ids), location["stations"]);
    assert_eq!(live["problem"], json!(null));
    assert!(live["asOf"].is_string());
    for station in live["items"].as_array().unwrap() {
        assert_eq!(station["manufacturer"], "ChargePoint");
        let port = &station["ports"][0];
        assert!(["Available", "InUse", "Unreachable", "Unknown"].contains(&port["status"].as_str().unwrap()));
        assert!(
            port["connector"].is_string() && port["powerKw"].as_f64().unwrap() > 0.0,
            "{port}"
        );
        assert!(["L1", "L2", "DC"].contains(&port["level"].as_str().unwrap()));
    }
    app.get("/locations/loc_none/stations")
        .await
        .problem(404, "/problems/not-found");
}

#[tokio::test]
async fn states_are_asked_for_once_however_many_look() {
    let app = TestApp::builder().sandbox(24).start().await;
    let id = first_location(&app).await;
    let before = app.chargepoint().calls();
    let path = format!("/locations/{id}/stations");
    let (a, b, c) = tokio::join!(app.get(&path), app.get(&path), app.get(&path));
    assert_eq!(a.json, b.json);
    assert_eq!(b.json, c.json);
    app.get(&path).await.ok();
    assert_eq!(app.chargepoint().calls() - before, 1);
}

#[tokio::test]
async fn who_asks_anew_gets_a_new_answer() {
    let app = TestApp::builder().sandbox(24).start().await;
    let id = first_location(&app).await;
    let path = format!("/locations/{id}/stations");
    app.get(&path).await.ok();
    let before = app.chargepoint().calls();
    let header = |value| Answer::of(app.request(Method::GET, &path).header("cache-control", value));
    header("max-age=0, No-Cache").await.ok();
    assert_eq!(app.chargepoint().calls() - before, 1);
    let good = header("max-age=60").await.ok();
    assert_eq!(app.chargepoint().calls() - before, 1, "the answer is still fresh");

    app.chargepoint().set_fault(Some(Fault::SoapFault));
    let failed = anew(&app, &path).await.ok();
    assert_eq!(failed["problem"]["type"], "/problems/chargepoint-fault");
    assert_eq!(failed["items"], good["items"]);
    app.chargepoint().set_fault(None);
    assert_eq!(anew(&app, &path).await.ok()["problem"], json!(null));
}

#[tokio::test]
async fn every_failure_keeps_the_last_answer_and_says_what_to_do() {
    let app = TestApp::builder()
        .sandbox(24)
        .timeout(Duration::from_secs(2))
        .start()
        .await;
    let id = first_location(&app).await;
    let path = format!("/locations/{id}/stations");
    let good = app.get(&path).await.ok();
    for (fault, kind, status) in [
        (Fault::InvalidSecurity, "/problems/chargepoint-refused-key", 502),
        (
            Fault::FailedAuthentication,
            "/problems/chargepoint-refused-key",
            502,
        ),
        (Fault::SoapFault, "/problems/chargepoint-fault", 502),
        (Fault::Html, "/problems/chargepoint-unreadable", 502),
        (Fault::Http503, "/problems/chargepoint-unavailable", 503),
        (Fault::Truncated, "/problems/chargepoint-unreadable", 502),
        (Fault::Repeating, "/problems/chargepoint-incomplete", 502),
        (Fault::Hang, "/problems/chargepoint-timeout", 504),
    ] {
        app.chargepoint().set_fault(Some(fault));
        let old = anew(&app, &path).await.ok();
        assert_eq!(old["items"], good["items"], "{fault:?}");
        assert_eq!(old["asOf"], good["asOf"], "{fault:?}");
        assert_eq!(
            (&old["problem"]["type"], &old["problem"]["status"]),
            (&json!(kind), &json!(status)),
            "{fault:?}"
        );
        let refused = app
            .post("/locations/sync", json!(null))
            .await
            .problem(status, kind);
        assert!(
            !refused["detail"].as_str().unwrap().contains('<'),
            "no XML: {refused}"
        );
        let known = app.get("/chargepoint").await.ok();
        assert_eq!(
            (&known["problem"]["type"], &known["configured"]),
            (&json!(kind), &json!(true)),
            "{fault:?}"
        );
        assert!(known["problemAt"].is_string() && known["lastAnswer"].is_string());
        assert!(
            app.get("/locations").await.ok()["total"].as_u64().unwrap() > 0,
            "what there is stays"
        );
    }
    app.chargepoint().set_fault(None);
    let fresh = anew(&app, &path).await.ok();
    assert_eq!(fresh["problem"], json!(null));
    assert_eq!(app.get("/chargepoint").await.ok()["problem"], json!(null));
}

/// Whoever waits for an answer that fails is told with the one who asked, not after another wait.
#[tokio::test]
async fn a_failure_is_waited_for_once() {
    let app = TestApp::builder()
        .sandbox(24)
        .timeout(Duration::from_secs(2))
        .start()
        .await;
    let id = first_location(&app).await;
    app.chargepoint().set_fault(Some(Fault::Hang));
    let before = app.chargepoint().calls();
    let path = format!("/locations/{id}/stations");
    let (a, b, c) = tokio::join!(app.get(&path), anew(&app, &path), anew(&app, &path));
    for answer in [a, b, c] {
        assert_eq!(answer.ok()["problem"]["type"], "/problems/chargepoint-timeout");
    }
    assert_eq!(app.chargepoint().calls() - before, 1);
}

#[tokio::test]
async fn a_wrong_key_is_named_as_such() {
    let app = TestApp::builder()
        .sandbox(4)
        .key("of another region")
        .start()
        .await;
    let refused = app.post("/locations/sync", json!(null)).await;
    let problem = refused.problem(502, "/problems/chargepoint-refused-key");
    assert!(
        !problem.to_string().contains("of another region"),
        "the key stays on the server"
    );
}

#[tokio::test]
async fn nobody_answers() {
    let mut app = TestApp::builder().sandbox(4).start().await;
    let id = first_location(&app).await;
    app.stand_in.take().unwrap().stop().await.unwrap();
    app.post("/locations/sync", json!(null))
        .await
        .problem(502, "/problems/chargepoint-unreachable");
    let path = format!("/locations/{id}/stations");
    let live = app.get(&path).await.ok();
    assert_eq!(
        (&live["asOf"], &live["problem"]["status"]),
        (&json!(null), &json!(502))
    );
    let port = &live["items"][0]["ports"][0];
    assert!(port["connector"].is_string(), "what stations are is still known");
    assert_eq!(port["status"], "Unknown");

    // A portal that was started since knows only what its books say.
    let app = app.restart().await;
    let live = app.get(&path).await.ok();
    assert_eq!(live["problem"]["type"], "/problems/chargepoint-not-configured");
    assert!(live["items"][0]["name"].is_string(), "ids and names");
    assert_eq!(live["items"][0]["ports"], json!([]));
}

/// A plan that lacks one of the two calls leaves what the other tells.
#[tokio::test]
async fn a_plan_without_states_leaves_what_stations_are() {
    let app = TestApp::builder().sandbox(24).start().await;
    let id = first_location(&app).await;
    let path = format!("/locations/{id}/stations");
    app.chargepoint()
        .set_fault_of::<GetStationStatus>(Fault::NotInPlan);
    let live = app.get(&path).await.ok();
    assert_eq!(live["problem"]["type"], "/problems/plan-restricted");
    let port = &live["items"][0]["ports"][0];
    assert!(port["connector"].is_string() && live["asOf"].is_null(), "{live}");
    assert_eq!(port["status"], "Unknown");
    assert_eq!(
        app.get("/chargepoint").await.ok()["problem"],
        json!(null),
        "ChargePoint is well"
    );
    app.chargepoint().set_fault_of::<GetStations>(Fault::NotInPlan);
    app.post("/locations/sync", json!(null))
        .await
        .problem(403, "/problems/plan-restricted");
}

/// What one page has read, another does not ask for again.
#[tokio::test]
async fn what_stations_are_is_asked_for_once_for_all_pages() {
    let app = TestApp::builder().sandbox(24).start().await;
    let id = first_location(&app).await;
    let before = app.chargepoint().calls();
    app.get("/stations").await.ok();
    app.get(&format!("/locations/{id}/stations")).await.ok();
    assert_eq!(app.chargepoint().calls() - before, 1, "the states alone");
}

#[tokio::test]
async fn without_an_account_the_portal_says_so() {
    let app = TestApp::sqlite().await;
    let id = app.location("Oosteinde").await;
    let kind = "/problems/chargepoint-not-configured";
    app.post("/locations/sync", json!(null)).await.problem(409, kind);
    let live = app.get(&format!("/locations/{id}/stations")).await.ok();
    assert_eq!(
        (&live["items"], &live["problem"]["type"]),
        (&json!([]), &json!(kind))
    );
    let status = app.get("/chargepoint").await.ok();
    assert_eq!(
        (&status["configured"], &status["sandbox"]),
        (&json!(false), &json!(false))
    );
}

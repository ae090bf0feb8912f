//! Drivers whom ChargePoint reports, and decisions that go there.

use chargepoint::calls::user_status::UpdateUserStatus;
use chargepoint::calls::users::GetUsers;
use chargepoint::{Association, Decision};
use reqwest::Method;
use sandbox::Fault;
use serde_json::{Value, json};

use crate::connections::{connection, organization};
use crate::driver_requests::{ask, decide, status};
use crate::support::{Answer, TestApp};

async fn with_chargepoint() -> TestApp {
    TestApp::builder().sandbox(8).start().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chargepoints_drivers_stand_in_the_queue_and_decisions_go_there() {
    let app = with_chargepoint().await;
    let pending = app
        .get("/driver_requests?filter=status:is:Pending&pageSize=500")
        .await
        .ok();
    let total = pending["total"].as_u64().unwrap();
    assert!(total > 2 && pending["problem"].is_null(), "{total}");
    assert_eq!(app.get("/driver_requests/pending").await.ok()["count"], total);
    assert!(
        app.get("/driver_requests").await.ok()["total"].as_u64().unwrap() > 500,
        "more than a page"
    );
    let ids: Vec<String> = pending["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|request| request["id"].as_str().unwrap().to_owned())
        .collect();
    let first = &pending["items"][0];
    assert_eq!(
        (&first["source"], &first["connectionId"]),
        (&json!("ChargePoint"), &Value::Null)
    );
    let driver = format!("/drivers/{}", ids[0].strip_prefix("cp_").unwrap());
    app.get(&driver).await.ok();
    let body = json!({ "chosen": { "ids": [ids[0]] }, "decision": "Approve", "text": "Welcome" });
    assert_eq!(app.post("/driver_requests/decide", body).await.ok()["done"], 1);
    let approved = status(&app, &ids[0]).await;
    assert_eq!(
        (&approved["status"], &approved["text"]),
        (&json!("Approved"), &json!("Welcome"))
    );
    assert!(approved["decidedAt"].is_string());
    assert_eq!(
        app.get(&driver).await.ok()["connection"]["status"],
        "APPROVED",
        "the list of drivers knows"
    );
    assert_eq!(decide(&app, "Deny", &[&ids[1]]).await["done"], 1);
    assert_eq!(status(&app, &ids[1]).await["status"], "Denied");
    assert_eq!(decide(&app, "Remove", &[&ids[0]]).await["done"], 1);
    assert_eq!(status(&app, &ids[0]).await["status"], "Removed");
    assert_eq!(app.get("/driver_requests/pending").await.ok()["count"], total - 2);
    let again = decide(&app, "Remove", &[&ids[0]]).await;
    assert_eq!((&again["done"], &again["undoneTotal"]), (&json!(0), &json!(1)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_chargepoint_refuses_stays_undecided_and_says_why() {
    let app = with_chargepoint().await;
    let pending = async || {
        let page = app
            .get("/driver_requests?filter=status:is:Pending&pageSize=500")
            .await
            .ok();
        page["items"].as_array().unwrap().clone()
    };
    let ids: Vec<String> = pending()
        .await
        .iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect();
    app.chargepoint()
        .set_fault_of::<UpdateUserStatus>(Fault::NotInPlan);
    let refused = decide(&app, "Approve", &[&ids[0], &ids[1]]).await;
    assert_eq!(
        (&refused["done"], &refused["undoneTotal"]),
        (&json!(0), &json!(2))
    );
    assert!(
        refused["undone"][0]["reason"].as_str().unwrap().contains("(101)"),
        "{refused}"
    );
    let request = status(&app, &ids[0]).await;
    assert_eq!(
        (&request["status"], &request["decidedAt"]),
        (&json!("Pending"), &Value::Null)
    );
    assert!(
        request["problem"].as_str().unwrap().contains("(101)"),
        "{request}"
    );

    // Where ChargePoint cannot be reached at all, the rest is not tried one by one.
    app.chargepoint().set_fault_of::<UpdateUserStatus>(Fault::Http503);
    let before = app.chargepoint().calls();
    let refused = decide(&app, "Approve", &ids.iter().collect::<Vec<_>>()).await;
    assert_eq!(
        (&refused["done"], &refused["undoneTotal"]),
        (&json!(0), &json!(ids.len()))
    );
    assert!(
        app.chargepoint().calls() - before < ids.len(),
        "given up after the first"
    );

    app.chargepoint().set_fault(None);
    assert_eq!(decide(&app, "Approve", &[&ids[0]]).await["done"], 1);
    assert_eq!(status(&app, &ids[0]).await["problem"], Value::Null);

    // Decided elsewhere since the list was read.
    let user = ids[1].strip_prefix("cp_").unwrap();
    pending().await;
    app.chargepoint().estate(|estate| {
        let driver = estate.driver_mut(user).unwrap();
        driver
            .decide(Association::Connection, Decision::Approved, None, 1_800_000_000)
            .unwrap();
    });
    let late = decide(&app, "Approve", &[&ids[1]]).await;
    assert!(
        late["undone"][0]["reason"]
            .as_str()
            .unwrap()
            .contains("already Approved"),
        "{late}"
    );
    let request = status(&app, &ids[1]).await;
    assert_eq!(
        (&request["status"], &request["problem"]),
        (&json!("Approved"), &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_chargepoint_the_portals_own_requests_answer() {
    let app = with_chargepoint().await;
    organization(&app).await;
    let to = connection(&app, json!({})).await;
    app.chargepoint().set_fault_of::<GetUsers>(Fault::Http503);
    let own = ask(&app, &to, &[("Anna", "")]).await;
    let page = app.get("/driver_requests").await.ok();
    assert_eq!(page["total"], 1);
    assert_eq!(page["problem"]["type"], "/problems/chargepoint-unavailable");
    let calls = app.chargepoint().calls();
    assert_eq!(app.get("/driver_requests/pending").await.ok()["count"], 1);
    assert_eq!(
        app.chargepoint().calls(),
        calls,
        "a failure is passed on for a while"
    );
    assert_eq!(
        decide(&app, "Approve", &own.iter().collect::<Vec<_>>()).await["done"],
        1
    );
    let fresh = async || {
        Answer::of(
            app.request(Method::GET, "/driver_requests?pageSize=1")
                .header("cache-control", "no-cache"),
        )
        .await
        .ok()
    };
    app.chargepoint().set_fault(None);
    let all = fresh().await;
    assert!(
        all["problem"].is_null() && all["total"].as_u64().unwrap() > 500,
        "{all}"
    );

    // What was read stays, for a minute without a question and after it with a word.
    let calls = app.chargepoint().calls();
    assert_eq!(
        app.get("/driver_requests?pageSize=1").await.ok()["total"],
        all["total"]
    );
    assert_eq!(app.chargepoint().calls(), calls);
    app.chargepoint().set_fault(Some(Fault::Truncated));
    let old = fresh().await;
    assert_eq!((&old["total"], old["problem"].is_null()), (&all["total"], false));
    // A plan without the call is no failure of the connection.
    app.chargepoint().set_fault(None);
    fresh().await;
    app.post("/locations/sync", Value::Null).await.ok();
    app.chargepoint().set_fault_of::<GetUsers>(Fault::NotInPlan);
    assert_eq!(fresh().await["problem"]["code"], "101");
    assert_eq!(app.get("/chargepoint").await.ok()["problem"], Value::Null);
}

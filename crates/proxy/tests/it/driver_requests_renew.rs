//! Drivers who are connected and asked again after some days.

use serde_json::{Value, json};

use crate::connections::{connection, organization};
use crate::driver_requests::{decide, status};
use crate::join::{get, link, send};
use crate::support::{TestApp, on_both};

const ANSWER_AGAIN: &str = ">Answer again</a>";

fn form<'a>(email: &'a str, answer: &'a str, card: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("name", "Anna Vries"),
        ("email", email),
        ("answer", answer),
        ("card", card),
    ]
}

/// As if the decisions so far had been made long ago.
async fn long_ago(app: &TestApp) {
    let mut tx = app.app.books.write().await.unwrap();
    sqlx::query(
        "UPDATE driver_requests SET decided_at = '2026-01-05T10:00:00Z' WHERE decided_at IS NOT NULL",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn pending(app: &TestApp) -> Value {
    let page = app.get("/driver_requests?filter=status:is:Pending").await.ok();
    assert_eq!(page["total"], 1);
    page["items"][0].clone()
}

async fn approve_next(app: &TestApp) -> String {
    let id = pending(app).await["id"].as_str().unwrap().to_owned();
    assert_eq!(decide(app, "Approve", &[&id]).await["done"], 1);
    id
}

async fn valid(app: &TestApp, card: &str) -> Value {
    app.get(&format!("/tokens?filter=authId:is:{card}")).await.ok()["items"][0]["valid"].clone()
}

on_both! {
    async fn old_answers_are_due_and_newer_ones_take_their_place(app) {
        organization(app).await;
        let customer = app.customer("Acme").await;
        let to = connection(app, json!({ "askAgainDays": "90", "verifyDriversBy": "Employee ID", "customerId": customer })).await;
        let path = link(app, &to).await;
        let first = send(app, &path, &form("anna@example.com", "E-1", "CARD-0001")).await;
        let old = approve_next(app).await;
        assert_eq!(app.get("/driver_requests?filter=answersDue:isEmpty:").await.ok()["total"], 0);
        assert!(!get(app, &first.path).await.text.contains(ANSWER_AGAIN));
        long_ago(app).await;
        let due = app.get("/driver_requests?filter=answersDue:before:2026-05-01").await.ok();
        assert_eq!((&due["total"], &due["items"][0]["answersDue"]), (&json!(1), &json!("2026-04-05T10:00:00Z")));
        let page = get(app, &first.path).await;
        assert!(page.text.contains(&format!("href=\"{path}\"{ANSWER_AGAIN}")), "{}", page.text);

        // The page says the same to a driver who is connected as to anybody.
        let again = send(app, &path, &form("Anna@Example.com", "E-2", "")).await;
        let stranger = send(app, &link(app, &connection(app, json!({})).await).await, &form("eve@example.com", "", "")).await;
        assert_eq!(again.text, stranger.text);
        let newcomer = app.get("/driver_requests?filter=email:is:eve@example.com").await.ok()["items"][0].clone();
        assert_eq!((&newcomer["renews"], &newcomer["answersDue"]), (&json!(false), &Value::Null));
        decide(app, "Deny", &[&newcomer["id"].as_str().unwrap().to_owned()]).await;

        assert_eq!(pending(app).await["renews"], true);
        assert_eq!(valid(app, "CARD-0001").await, true);
        let new = approve_next(app).await;
        let renewed = status(app, &new).await;
        assert_eq!((&renewed["cardNumber"], &renewed["answers"][0]["answer"]), (&json!("CARD-0001"), &json!("E-2")));
        assert!(renewed["answersDue"].as_str().unwrap() > "2026-06");
        assert_eq!(status(app, &old).await["status"], "Removed");
        assert_eq!(app.get(&format!("/connections/{to}")).await.ok()["connectedDrivers"], 1);
        let page = get(app, &first.path).await;
        assert!(page.text.contains(">Approved</p>") && !page.text.contains(ANSWER_AGAIN), "{}", page.text);
        assert_eq!(valid(app, "CARD-0001").await, true);
        decide(app, "Remove", &[&new]).await;
        assert_eq!(valid(app, "CARD-0001").await, false, "the card went along");
    }

    async fn another_card_takes_the_place_of_the_old_one(app) {
        organization(app).await;
        let customer = app.customer("Acme").await;
        let to = connection(app, json!({ "customerId": customer })).await;
        let path = link(app, &to).await;
        for card in ["CARD-0001", "CARD-0002"] {
            send(app, &path, &form("anna@example.com", "", card)).await;
            approve_next(app).await;
        }
        assert_eq!((valid(app, "CARD-0001").await, valid(app, "CARD-0002").await), (json!(false), json!(true)));
        // A card of the customer's that no approval made stays theirs.
        app.token(json!({ "authId": "CARD-0003", "customerId": customer })).await;
        for card in ["CARD-0003", "CARD-0001"] {
            send(app, &path, &form("anna@example.com", "", card)).await;
            approve_next(app).await;
        }
        assert_eq!((valid(app, "CARD-0003").await, valid(app, "CARD-0001").await), (json!(true), json!(true)));
        assert_eq!(app.get(&format!("/connections/{to}")).await.ok()["connectedDrivers"], 1);
    }

    async fn a_denied_renewal_changes_nothing(app) {
        organization(app).await;
        let to = connection(app, json!({ "askAgainDays": "90" })).await;
        let path = link(app, &to).await;
        send(app, &path, &form("anna@example.com", "E-1", "")).await;
        let old = approve_next(app).await;
        long_ago(app).await;
        send(app, &path, &form("anna@example.com", "E-2", "")).await;
        let new = pending(app).await["id"].as_str().unwrap().to_owned();
        decide(app, "Deny", &[&new]).await;
        let kept = status(app, &old).await;
        assert_eq!((&kept["status"], &kept["answersDue"]), (&json!("Approved"), &json!("2026-04-05T10:00:00Z")));
    }

    async fn who_is_approved_at_once_takes_nobodys_place(app) {
        organization(app).await;
        let customer = app.customer("Acme").await;
        let to = connection(app, json!({ "approvalType": "Auto", "autoApproval": "All requests", "customerId": customer })).await;
        let path = link(app, &to).await;
        let pages = [
            send(app, &path, &form("anna@example.com", "", "CARD-0001")).await,
            send(app, &path, &form("anna@example.com", "", "CARD-0002")).await,
        ];
        assert!(pages[0].text.contains(">Approved</p>"));
        assert_eq!(pages[0].text, pages[1].text);
        assert_eq!((valid(app, "CARD-0001").await, valid(app, "CARD-0002").await), (json!(true), json!(true)));
    }
}

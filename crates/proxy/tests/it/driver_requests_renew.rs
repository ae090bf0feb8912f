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

/// Where the driver whose page that is answers again.
fn from(link: &str, page: &str) -> String {
    format!("{link}?from={}", page.rsplit_once('/').unwrap().1)
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
    tx.silently("a test prepares this");
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
        assert!(page.text.contains(&format!("href=\"{}\"{ANSWER_AGAIN}", from(&path, &first.path))), "{}", page.text);
        assert!(get(app, &from(&path, &first.path)).await.text.contains("Employee ID"));

        // The page says the same to a driver who is connected as to anybody.
        let again = send(app, &from(&path, &first.path), &form("Anna@Example.com", "E-2", "")).await;
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
        let page = send(app, &path, &form("anna@example.com", "", "CARD-0001")).await;
        approve_next(app).await;
        let again = from(&path, &page.path);
        send(app, &again, &form("anna@example.com", "", "CARD-0002")).await;
        approve_next(app).await;
        assert_eq!((valid(app, "CARD-0001").await, valid(app, "CARD-0002").await), (json!(false), json!(true)));
        // A card of the customer's that no approval made stays theirs.
        app.token(json!({ "authId": "CARD-0003", "customerId": customer })).await;
        for card in ["CARD-0003", "CARD-0004"] {
            send(app, &again, &form("anna@example.com", "", card)).await;
            approve_next(app).await;
        }
        assert_eq!((valid(app, "CARD-0003").await, valid(app, "CARD-0002").await), (json!(true), json!(false)));

        // A card that another driver has stays valid.
        let eve = send(app, &path, &form("eve@example.com", "", "CARD-0004")).await;
        approve_next(app).await;
        send(app, &again, &form("anna@example.com", "", "CARD-0005")).await;
        approve_next(app).await;
        assert_eq!((valid(app, "CARD-0004").await, valid(app, "CARD-0005").await), (json!(true), json!(true)));
        assert!(get(app, &eve.path).await.text.contains(">Approved</p>"));
        assert_eq!(app.get(&format!("/connections/{to}")).await.ok()["connectedDrivers"], 2);
    }

    async fn a_denied_renewal_changes_nothing(app) {
        organization(app).await;
        let to = connection(app, json!({ "askAgainDays": "90" })).await;
        let path = link(app, &to).await;
        let page = send(app, &path, &form("anna@example.com", "E-1", "")).await;
        let old = approve_next(app).await;
        long_ago(app).await;
        send(app, &from(&path, &page.path), &form("anna@example.com", "E-2", "")).await;
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

    async fn who_knows_an_address_takes_nobodys_place(app) {
        organization(app).await;
        let customer = app.customer("Acme").await;
        let path = link(app, &connection(app, json!({ "customerId": customer })).await).await;
        let anna = send(app, &path, &form("anna@example.com", "", "CARD-0001")).await;
        let old = approve_next(app).await;
        let elsewhere = connection(app, json!({ "connectionName": "Guests" })).await;
        let foreign = send(app, &link(app, &elsewhere).await, &form("eve@example.com", "", "")).await;
        approve_next(app).await;
        for (address, card) in [(path.clone(), ""), (path.clone(), "CARD-0002"), (from(&path, "/none"), ""), (from(&path, &foreign.path), "")] {
            send(app, &address, &form("anna@example.com", "Mallory", card)).await;
            let request = pending(app).await;
            assert_eq!(request["renews"], false);
            assert!(request["problem"].as_str().unwrap().contains("a driver who is connected"), "{request}");
            let id = approve_next(app).await;
            assert_eq!(status(app, &id).await["cardNumber"], card);
            assert_eq!(status(app, &old).await["status"], "Approved");
            assert_eq!(valid(app, "CARD-0001").await, true);
            assert!(get(app, &anna.path).await.text.contains(">Approved</p>"));
            decide(app, "Remove", &[&id]).await;
            assert!(get(app, &anna.path).await.text.contains(">Approved</p>"));
        }
    }

    async fn only_newer_answers_take_the_place_of_older_ones(app) {
        organization(app).await;
        let path = link(app, &connection(app, json!({ "verifyDriversBy": "Employee ID" })).await).await;
        let page = send(app, &path, &form("anna@example.com", "E-0", "")).await;
        approve_next(app).await;
        let again = from(&path, &page.path);
        let mut ids = Vec::new();
        for (answer, at) in [("E-1", "2027-01-01T00:00:00Z"), ("E-2", "2027-01-02T00:00:00Z"), ("E-3", "2027-01-03T00:00:00Z")] {
            send(app, &again, &form("anna@example.com", answer, "")).await;
            let found = app.get(&format!("/driver_requests?q={answer}")).await.ok();
            ids.push(found["items"][0]["id"].as_str().unwrap().to_owned());
            let mut tx = app.app.books.write().await.unwrap();
            sqlx::query("UPDATE driver_requests SET requested_at = $1 WHERE id = $2")
                .bind(at).bind(ids.last().cloned()).execute(&mut *tx).await.unwrap();
            tx.silently("a test prepares this");
            tx.commit().await.unwrap();
        }
        decide(app, "Deny", &[&ids[0]]).await;
        for (n, others) in [(1, vec![]), (2, vec![(1, "Removed")]), (0, vec![(1, "Removed"), (2, "Approved")])] {
            assert_eq!(decide(app, "Approve", &[&ids[n]]).await["done"], 1);
            assert_eq!(status(app, &ids[n]).await["status"], "Approved");
            for (other, expected) in others {
                assert_eq!(status(app, &ids[other]).await["status"], expected);
            }
        }
    }
}

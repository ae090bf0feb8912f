//! Whose card a request may claim, and which cards a removal blocks.

use reqwest::Method;
use serde_json::{Value, json};

use crate::connections::{connection, organization};
use crate::driver_requests::{ask, decide, status};
use crate::join::{get, link, send};
use crate::support::{TestApp, on_both};

async fn auto(app: &TestApp, customer: &str) -> String {
    let changed = json!({ "approvalType": "Auto", "autoApproval": "All requests", "customerId": customer });
    connection(app, changed).await
}

async fn manual(app: &TestApp, customer: &str) -> String {
    connection(app, json!({ "customerId": customer })).await
}

/// The token of that Auth ID.
async fn token(app: &TestApp, card: &str) -> Value {
    let page = app.get(&format!("/tokens?filter=authId:is:{card}")).await.ok();
    page["items"][0].clone()
}

async fn is_valid(app: &TestApp, card: &str) -> bool {
    token(app, card).await["valid"].as_bool().unwrap()
}

async fn set_valid(app: &TestApp, card: &str, verb: &str) {
    let chosen = json!({ "ids": [token(app, card).await["id"]], "count": 1 });
    app.post(&format!("/tokens/{verb}"), chosen).await.ok();
}

async fn approve(app: &TestApp, id: &String) -> Value {
    decide(app, "Approve", &[id]).await
}

async fn remove(app: &TestApp, id: &String) {
    assert_eq!(decide(app, "Remove", &[id]).await["done"], 1);
}

on_both! {
    async fn what_was_there_before_a_stranger_stays_as_it_was(app) {
        organization(app).await;
        let (customer, other) = (app.customer("Acme").await, app.customer("Other").await);
        let place = app.location("Oosteinde").await;
        let expired = json!({ "authId": "EXPIRED-01", "customerId": customer, "expires": "2026-01-01T00:00:00Z" });
        let free = app.token(json!({ "authId": "FREE-0001" })).await;
        for fields in [json!({ "authId": "OTHER-001", "customerId": other }), expired,
            json!({ "authId": "OWN-00001", "customerId": customer }),
            json!({ "authId": "BLOCKED-01", "customerId": customer, "valid": false })] {
            app.token(fields).await;
        }
        let path = format!("/locations/{place}/authorization/tokens");
        app.change_any(&path, json!({ "tokenIds": [free], "authIds": ["LISTED-01"] })).await.ok();
        let before = app.get("/tokens?sort=authId").await.ok();
        let strangers = [("A", "FREE-0001", "without customer"), ("B", "LISTED-01", "on an Authorization list"),
            ("C", "OTHER-001", "charge token of Other"), ("D", "EXPIRED-01", "expired"),
            ("E", "BLOCKED-01", "blocked"), ("F", "OWN-00001", "")];
        for to in [auto(app, &customer).await, manual(app, &customer).await] {
            let is_auto = app.get(&format!("/connections/{to}")).await.ok()["approvalType"] == "Auto";
            let ids = ask(app, &to, &strangers.map(|(name, card, _)| (name, card))).await;
            for (id, (name, _, why)) in ids.iter().zip(strangers) {
                let page = app.get(&format!("/connections/{to}/driver_requests?filter=driver:is:{name}")).await.ok();
                let request = &page["items"][0];
                let id = if is_auto { id } else { &request["id"].as_str().unwrap().to_owned() };
                if !is_auto {
                    let done = approve(app, id).await;
                    let told = done["undone"][0]["reason"].as_str().unwrap_or_default();
                    assert_eq!(done["done"], u64::from(why.is_empty()), "{done}");
                    assert!(told.contains(why), "{done}");
                }
                let request = status(app, id).await;
                let approved = is_auto || why.is_empty();
                assert_eq!(request["status"], if approved { "Approved" } else { "Pending" }, "{request}");
                assert!(request["problem"].as_str().unwrap_or_default().contains(why), "{request}");
                assert_eq!(request["problem"].is_null(), why.is_empty(), "{request}");
                if approved {
                    remove(app, id).await;
                } else {
                    decide(app, "Deny", &[id]).await;
                }
            }
        }
        assert_eq!(app.get("/tokens?sort=authId").await.ok()["items"], before["items"]);
    }

    async fn a_stranger_sees_the_same_of_every_card(app) {
        organization(app).await;
        let (customer, other) = (app.customer("Acme").await, app.customer("Other").await);
        app.token(json!({ "authId": "OTHER-001", "customerId": other })).await;
        app.token(json!({ "authId": "BLOCKED-01", "customerId": customer, "valid": false })).await;
        let path = link(app, &auto(app, &customer).await).await;
        let mut seen = Vec::new();
        for card in ["NEW-00001", "OTHER-001", "BLOCKED-01"] {
            let email = format!("{card}@example.com");
            let page = send(app, &path, &[("name", "Eve"), ("email", &email), ("card", card)]).await;
            seen.push((page.status, page.text));
        }
        assert!(seen[0].1.contains(">Approved</p>") && seen.iter().all(|one| *one == seen[0]), "{seen:#?}");
    }

    async fn a_card_stays_valid_while_one_approved_driver_has_it(app) {
        organization(app).await;
        let customer = app.customer("Acme").await;
        let (a, b) = (auto(app, &customer).await, manual(app, &customer).await);
        let stranger = &ask(app, &a, &[("Stranger", "CARD-0001")]).await[0];
        let owner = &ask(app, &b, &[("Owner", "card-0001")]).await[0];
        assert_eq!(approve(app, owner).await["done"], 1);
        remove(app, stranger).await;
        assert!(is_valid(app, "CARD-0001").await, "the owner still has it");
        remove(app, owner).await;
        assert!(!is_valid(app, "CARD-0001").await, "nobody has it");

        // Who is approved elsewhere, without that customer, does not stand on the card.
        let first = &ask(app, &b, &[("First", "CARD-0002")]).await[0];
        approve(app, first).await;
        ask(app, &auto(app, &app.customer("Other").await).await, &[("Far", "CARD-0002")]).await;
        remove(app, first).await;
        assert!(!is_valid(app, "CARD-0002").await);
    }

    async fn what_an_operator_blocked_or_removed_only_an_operator_brings_back(app) {
        organization(app).await;
        let customer = app.customer("Acme").await;
        let to = auto(app, &customer).await;
        let anna = &ask(app, &to, &[("Anna", "CARD-0001")]).await[0];
        remove(app, anna).await;
        for name in ["Eve", "Anna"] {
            ask(app, &to, &[(name, "CARD-0001")]).await;
            assert!(!is_valid(app, "CARD-0001").await, "removed");
        }
        set_valid(app, "CARD-0001", "unblock").await;
        set_valid(app, "CARD-0001", "block").await;
        ask(app, &to, &[("Mallory", "CARD-0001")]).await;
        assert!(!is_valid(app, "CARD-0001").await, "blocked");

        // With another card, and however often: it waits for the operator.
        let path = link(app, &to).await;
        for card in ["CARD-0002", "CARD-0003"] {
            let page = send(app, &path, &[("name", "Anna"), ("email", "ANNA@example.com"), ("card", card)]).await;
            assert!(page.text.contains(">Approved</p>"));
            assert_eq!(token(app, card).await, Value::Null);
        }
        let page = app.get("/driver_requests?filter=cardNumber:is:CARD-0002").await.ok();
        let back = page["items"][0]["id"].as_str().unwrap().to_owned();
        assert!(page["items"][0]["problem"].as_str().unwrap().contains("was removed"), "{page}");
        let done = approve(app, &back).await;
        assert_eq!((&done["done"], &done["tokens"]), (&json!(1), &json!(1)), "{done}");
        assert!(is_valid(app, "CARD-0002").await);
        assert_eq!(status(app, &back).await["problem"], Value::Null);
        assert_eq!(approve(app, &back).await["done"], 0, "it is approved");
    }

    async fn what_was_said_of_a_card_is_settled_by_its_token(app) {
        organization(app).await;
        let customer = app.customer("Acme").await;
        let free = app.token(json!({ "authId": "FREE-0001" })).await;
        let id = &ask(app, &auto(app, &customer).await, &[("Anna", "FREE-0001")]).await[0];
        assert!(status(app, id).await["problem"].is_string());
        app.change(Method::PATCH, &format!("/tokens/{free}"), &json!(1), json!({ "customerId": customer })).await.ok();
        assert_eq!(status(app, id).await["problem"], Value::Null);
        remove(app, id).await;
        assert!(is_valid(app, "FREE-0001").await, "an operator gave it");
    }

    async fn a_driver_who_was_taken_back_goes_with_the_card(app) {
        organization(app).await;
        let customer = app.customer("Acme").await;
        let to = manual(app, &customer).await;
        let first = &ask(app, &to, &[("Anna", "CARD-0001")]).await[0];
        approve(app, first).await;
        remove(app, first).await;
        let again = &ask(app, &to, &[("Again", "CARD-0001")]).await[0];
        let done = approve(app, again).await;
        assert!(done["undone"][0]["reason"].as_str().unwrap().contains("blocked"), "{done}");
        set_valid(app, "CARD-0001", "unblock").await;
        assert_eq!(approve(app, again).await["done"], 1);
        remove(app, again).await;
        assert!(!is_valid(app, "CARD-0001").await);
        // Unblocked for somebody else: a stranger who comes and goes leaves it so.
        set_valid(app, "CARD-0001", "unblock").await;
        let stranger = &ask(app, &auto(app, &customer).await, &[("Eve", "CARD-0001")]).await[0];
        remove(app, stranger).await;
        assert!(is_valid(app, "CARD-0001").await);
    }

    async fn the_same_address_with_other_words_waits_beside(app) {
        organization(app).await;
        let path = link(app, &connection(app, json!({ "verifyDriversBy": "Employee ID" })).await).await;
        let form = |name, answer, card| [("name", name), ("email", "anna@example.com"), ("answer", answer), ("card", card)];
        send(app, &path, &form("Mallory", "?", "")).await;
        let waiting = async || app.get("/driver_requests?filter=status:is:Pending&sort=requestedAt").await.ok();
        assert_eq!(waiting().await["items"][0]["problem"], Value::Null);
        for (name, answer, card) in [("Anna", "?", ""), ("Anna", "E-17", ""), ("Anna", "E-17", "CARD-0001"), ("Anna", "E-17", "card 0001")] {
            let page = send(app, &path, &form(name, answer, card)).await;
            assert!(get(app, &page.path).await.text.contains("Your request was received"));
        }
        let page = waiting().await;
        assert_eq!(page["total"], 4, "{page}");
        for request in page["items"].as_array().unwrap() {
            assert!(request["problem"].as_str().unwrap().contains("another request that waits"), "{request}");
        }
        for name in ["Ann", "Annie", "Anne", "Anneke", "Annette"] {
            assert_eq!(send(app, &path, &form(name, "?", "")).await.status, 200);
        }
        let refused = send(app, &path, &form("Mallory", "again", "")).await;
        assert_eq!((refused.status, waiting().await["total"].clone()), (429, json!(9)));
    }

    async fn a_card_that_an_operator_gave_to_another_stays_valid_when_the_driver_goes(app) {
        organization(app).await;
        let (customer, other) = (app.customer("Acme").await, app.customer("Other").await);
        let to = manual(app, &customer).await;
        let ids = ask(app, &to, &[("Anna", "CARD-0001"), ("Bert", "CARD-0002")]).await;
        for id in &ids {
            approve(app, id).await;
        }
        let given = token(app, "CARD-0001").await;
        let path = format!("/tokens/{}", given["id"].as_str().unwrap());
        app.change(Method::PATCH, &path, &given["version"], json!({ "customerId": other })).await.ok();
        // What else an operator changes of a card gives it to nobody.
        let noted = token(app, "CARD-0002").await;
        let path = format!("/tokens/{}", noted["id"].as_str().unwrap());
        app.change(Method::PATCH, &path, &noted["version"], json!({ "note": "x", "customerId": customer })).await.ok();
        for id in &ids {
            remove(app, id).await;
        }
        assert!(is_valid(app, "CARD-0001").await, "it is another customer's");
        assert!(!is_valid(app, "CARD-0002").await);
    }
}

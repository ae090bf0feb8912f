use serde_json::{Value, json};

use crate::connections::{connection, organization};
use crate::join::{ANNA, link, send};
use crate::support::{TestApp, on_both};

/// Sends a request for each name and gives the ids.
pub async fn ask(app: &TestApp, connection: &str, drivers: &[(&str, &str)]) -> Vec<String> {
    let path = link(app, connection).await;
    for (name, card) in drivers {
        let email = format!("{}@example.com", name.to_lowercase());
        let fields = [("name", *name), ("email", email.as_str()), ("card", *card)];
        assert_eq!(send(app, &path, &fields).await.status, 200);
    }
    let page = app.get("/driver_requests?pageSize=500").await.ok();
    let id = |name: &str| {
        let items = page["items"].as_array().unwrap();
        let request = items.iter().find(|request| request["driver"] == name).unwrap();
        request["id"].as_str().unwrap().to_owned()
    };
    drivers.iter().map(|(name, _)| id(name)).collect()
}

pub async fn decide(app: &TestApp, decision: &str, ids: &[&String]) -> Value {
    let body = json!({ "chosen": { "ids": ids }, "decision": decision, "text": "Said" });
    app.post("/driver_requests/decide", body).await.ok()
}

pub async fn status(app: &TestApp, id: &str) -> Value {
    let page = app.get("/driver_requests?pageSize=500").await.ok();
    let items = page["items"].as_array().unwrap();
    items.iter().find(|request| request["id"] == id).unwrap().clone()
}

on_both! {
    async fn one_or_many_are_decided_and_what_cannot_be_says_why(app) {
        organization(app).await;
        let to = connection(app, json!({})).await;
        let ids = ask(app, &to, &[("Anna", ""), ("Bram", ""), ("Chloe", "")]).await;
        assert_eq!(app.get("/driver_requests/pending").await.ok()["count"], 3);
        let done = decide(app, "Approve", &[&ids[0], &ids[1], &ids[0]]).await;
        assert_eq!((&done["done"], &done["undoneTotal"]), (&json!(2), &json!(0)));
        let again = decide(app, "Approve", &[&ids[0], &ids[2], &"req_none".to_owned()]).await;
        assert_eq!((&again["done"], &again["undoneTotal"]), (&json!(1), &json!(2)));
        let reasons: Vec<&str> = again["undone"].as_array().unwrap().iter().map(|one| one["reason"].as_str().unwrap()).collect();
        assert!(reasons.iter().any(|reason| reason.contains("is approved already")), "{reasons:?}");
        assert!(reasons.contains(&"is gone"), "{reasons:?}");
        assert_eq!(decide(app, "Deny", &[&ids[0]]).await["done"], 0);
        assert_eq!(decide(app, "Remove", &[&ids[0]]).await["done"], 1);
        let removed = status(app, &ids[0]).await;
        assert_eq!((&removed["status"], &removed["text"]), (&json!("Removed"), &json!("Said")));
        assert!(removed["decidedAt"].is_string());
        assert_eq!(app.get("/driver_requests/pending").await.ok()["count"], 0);

        let refused = app.delete(&format!("/connections/{to}")).await.problem(409, "/problems/in-use");
        assert!(refused["detail"].as_str().unwrap().contains("2 connected drivers"), "{refused}");
        decide(app, "Remove", &[&ids[1], &ids[2]]).await;
        assert_eq!(app.delete(&format!("/connections/{to}")).await.status, 204);
        assert_eq!(app.get("/driver_requests").await.ok()["total"], 0);
    }

    async fn all_that_match_are_decided_if_they_are_as_many_as_seen(app) {
        organization(app).await;
        let to = connection(app, json!({})).await;
        ask(app, &to, &[("Anna", ""), ("Annabel", ""), ("Bram", "")]).await;
        let body = |count: u64| json!({
            "chosen": { "query": "filter=driver%3Acontains%3Aanna&filter=status:is:Pending", "count": count }, "decision": "Deny",
        });
        app.post("/driver_requests/decide", body(3)).await.problem(409, "/problems/selection-changed");
        assert_eq!(app.post("/driver_requests/decide", body(2)).await.ok()["done"], 2);
        let page = app.get("/driver_requests?filter=status:is:Denied&sort=-driver&q=example").await.ok();
        assert_eq!((&page["total"], &page["items"][0]["driver"]), (&json!(2), &json!("Annabel")));
        for query in ["filter=colour:is:red", "sort=colour"] {
            app.get(&format!("/driver_requests?{query}")).await.problem(422, "/problems/invalid");
            let body = json!({ "chosen": { "query": query, "count": 1 }, "decision": "Deny" });
            app.post("/driver_requests/decide", body).await.problem(422, "/problems/invalid");
        }
        let long = json!({ "chosen": { "ids": [] }, "decision": "Deny", "text": "x".repeat(10_001) });
        app.post("/driver_requests/decide", long).await.problem(422, "/problems/invalid");
        let many: Vec<String> = (0..10_001).map(|n| n.to_string()).collect();
        let many = json!({ "chosen": { "ids": many }, "decision": "Deny" });
        app.post("/driver_requests/decide", many).await.problem(413, "/problems/too-large");
    }

    async fn nobody_is_decided_about_whom_the_sender_did_not_see(app) {
        organization(app).await;
        let to = connection(app, json!({})).await;
        let ids = ask(app, &to, &[("Anna", ""), ("Bram", "")]).await;
        let body = |chosen: Value| json!({ "chosen": chosen, "decision": "Deny" });
        let pending = |as_of: &Value| body(json!({ "query": "filter=status:is:Pending", "count": 2, "asOf": as_of }));
        let before = json!("2026-01-01T00:00:00Z");
        for path in ["/driver_requests/decide".to_owned(), format!("/connections/{to}/driver_requests/decide")] {
            let refused = app.post(&path, pending(&before)).await.problem(409, "/problems/selection-changed");
            assert!(refused["detail"].as_str().unwrap().starts_with("2 were chosen, and 2 of them came or were changed"), "{refused}");
            let wrong = app.post(&path, pending(&json!("soon"))).await.problem(422, "/problems/invalid");
            assert_eq!(wrong["errors"][0]["field"], "asOf");
        }
        assert_eq!(status(app, &ids[0]).await["status"], "Pending");
        let seen = app.get("/driver_requests").await.ok()["asOf"].clone();
        assert_eq!(app.post("/driver_requests/decide", pending(&seen)).await.ok()["done"], 2);

        // A page from before the decision still shows them as pending.
        let again = json!({ "chosen": { "ids": [ids[0]], "asOf": before }, "decision": "Approve" });
        let told = app.post("/driver_requests/decide", again).await.ok();
        assert_eq!((&told["done"], &told["undone"][0]["driver"]), (&json!(0), &json!("Anna")));
        assert!(told["undone"][0]["reason"].as_str().unwrap().starts_with("was decided meanwhile"), "{told}");
        assert_eq!(status(app, &ids[0]).await["status"], "Denied");
        let seen = app.get("/driver_requests").await.ok()["asOf"].clone();
        let anew = json!({ "chosen": { "ids": [ids[0]], "asOf": seen }, "decision": "Approve" });
        assert_eq!(app.post("/driver_requests/decide", anew).await.ok()["done"], 1);
    }

    async fn a_connection_lists_exports_and_decides_its_own_requests_only(app) {
        organization(app).await;
        let one = connection(app, json!({})).await;
        let other = connection(app, json!({ "connectionName": "Visitors" })).await;
        let ids = ask(app, &one, &[("Anna", ""), ("Bram", "")]).await;
        let foreign = ask(app, &other, &[("Chloe", ""), ("Anne", "")]).await;
        let own = format!("/connections/{one}/driver_requests");
        let page = app.get(&format!("{own}?sort=driver&filter=status:is:Pending")).await.ok();
        assert_eq!((&page["total"], &page["items"][0]["driver"]), (&json!(2), &json!("Anna")));
        let file = app.get(&format!("{own}/export?format=csv&columns=driver&sort=-driver")).await;
        assert_eq!(file.text.trim_start_matches('\u{feff}'), "Driver\r\nBram\r\nAnna\r\n");

        // All that match here are not all that match everywhere.
        let all = |count: u64| json!({ "chosen": { "query": "q=ann", "count": count }, "decision": "Deny" });
        app.post(&format!("{own}/decide"), all(2)).await.problem(409, "/problems/selection-changed");
        assert_eq!(app.post(&format!("{own}/decide"), all(1)).await.ok()["done"], 1);
        assert_eq!(status(app, &foreign[1]).await["status"], "Pending");
        let mixed = json!({ "chosen": { "ids": [ids[1], foreign[0]] }, "decision": "Approve" });
        let done = app.post(&format!("{own}/decide"), mixed).await.ok();
        assert_eq!((&done["done"], &done["undone"][0]["reason"]), (&json!(1), &json!("is gone")));
        assert_eq!(status(app, &foreign[0]).await["status"], "Pending");
        for rest in ["", "/export?format=csv"] {
            app.get(&format!("/connections/con_none/driver_requests{rest}")).await.problem(404, "/problems/not-found");
        }
        app.post("/connections/con_none/driver_requests/decide", all(1)).await.problem(404, "/problems/not-found");
    }

    async fn several_operators_decide_at_once(app) {
        organization(app).await;
        let customer = app.customer("Acme").await;
        let to = connection(app, json!({ "customerId": customer })).await;
        let ids = ask(app, &to, &[("Anna", "CARD-0001"), ("Bram", "CARD-0002"), ("Chloe", "CARD-0003")]).await;
        let forth: Vec<&String> = ids.iter().collect();
        let back: Vec<&String> = ids.iter().rev().collect();
        let (a, b, c, d) = tokio::join!(
            decide(app, "Approve", &forth), decide(app, "Approve", &back), decide(app, "Deny", &forth), decide(app, "Approve", &back)
        );
        let sum = |field: &str| [&a, &b, &c, &d].iter().map(|one| one[field].as_u64().unwrap()).sum::<u64>();
        let tokens = app.get(&format!("/customers/{customer}/tokens")).await.ok()["total"].as_u64().unwrap();
        assert_eq!(sum("tokens"), 3, "each card once: {a} {b} {c} {d}");
        assert_eq!(tokens, 3);
        assert!(sum("done") >= 3 && sum("done") + sum("undoneTotal") == 12, "{a} {b} {c} {d}");
        assert_eq!(app.get(&format!("/connections/{to}")).await.ok()["connectedDrivers"], 3);
    }

    async fn the_queue_is_exported_as_it_is_filtered_and_sorted(app) {
        organization(app).await;
        let to = connection(app, json!({})).await;
        let ids = ask(app, &to, &[("Anna", "CARD-0001"), ("=Bram", ""), ("Chloe", "")]).await;
        let file = app.get("/driver_requests/export?format=csv&columns=driver,cardNumber,status&sort=-driver&filter=driver:isNot:Chloe").await;
        assert_eq!((file.status, file.header("x-total-count")), (200, "2"));
        let text = file.text.trim_start_matches('\u{feff}');
        assert_eq!(text, "Driver,Card number,Status\r\nAnna,CARD-0001,Pending\r\n'=Bram,,Pending\r\n");
        let body = json!({ "query": "sort=driver&q=nobody", "format": "json", "ids": [ids[2], ids[0]] });
        let rows = app.post("/driver_requests/export", body).await.ok();
        let names: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["driver"].as_str().unwrap()).collect();
        assert_eq!(names, ["Anna", "Chloe"]);
        for query in ["columns=colour", "format=pdf", "filter=colour:is:red"] {
            app.get(&format!("/driver_requests/export?{query}")).await.problem(422, "/problems/invalid");
        }
    }

    async fn a_card_becomes_a_charge_token_of_the_customer(app) {
        organization(app).await;
        let (customer, other) = (app.customer("Acme").await, app.customer("Other").await);
        let to = connection(app, json!({ "customerId": customer })).await;
        let card = |n: u32| format!("CARD-{n:04}");
        app.token(json!({ "authId": card(2), "customerId": customer })).await;
        let foreign = app.token(json!({ "authId": card(3), "customerId": other })).await;
        let free = app.token(json!({ "authId": card(4) })).await;
        let blocked = app.token(json!({ "authId": card(5), "customerId": customer, "valid": false })).await;
        let cards: Vec<String> = (1..=5).map(card).collect();
        let drivers = [("New", cards[0].as_str()), ("Same", &cards[1]), ("Foreign", &cards[2]), ("Free", &cards[3]), ("Blocked", &cards[4]), ("None", "")];
        let ids = ask(app, &to, &drivers).await;
        let done = decide(app, "Approve", &ids.iter().collect::<Vec<_>>()).await;
        assert_eq!((&done["done"], &done["undoneTotal"], &done["tokens"]), (&json!(3), &json!(3), &json!(1)), "{done}");
        for (n, said) in [(2, "is a charge token of Other"), (3, "without customer"), (4, "which is blocked")] {
            let request = status(app, &ids[n]).await;
            assert_eq!(request["status"], "Pending");
            assert!(request["problem"].as_str().unwrap().contains(said), "{request}");
        }
        assert_eq!(app.get(&format!("/tokens/{foreign}")).await.ok()["customer"]["name"], "Other");
        assert_eq!(app.get(&format!("/tokens/{free}")).await.ok()["customer"], Value::Null);
        assert_eq!(app.get(&format!("/tokens/{blocked}")).await.ok()["valid"], false);
        let tokens = app.get(&format!("/customers/{customer}/tokens?sort=authId")).await.ok();
        assert_eq!((&tokens["total"], &tokens["items"][0]["authId"]), (&json!(3), &json!(card(1))));

        // What an approval made, the removal blocks; what was the customer's before stays valid.
        decide(app, "Remove", &[&ids[0], &ids[1]]).await;
        let tokens = app.get(&format!("/customers/{customer}/tokens?sort=authId")).await.ok();
        let valid: Vec<bool> = tokens["items"].as_array().unwrap().iter().map(|token| token["valid"].as_bool().unwrap()).collect();
        assert_eq!(valid, [false, true, false]);
        // Denied, then the problem is gone.
        decide(app, "Deny", &[&ids[2]]).await;
        assert_eq!(status(app, &ids[2]).await["problem"], Value::Null);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_driver_twice_at_once_is_one_request() {
    let app = TestApp::sqlite().await;
    organization(&app).await;
    let path = link(&app, &connection(&app, json!({})).await).await;
    let (a, b, c) = tokio::join!(
        send(&app, &path, &ANNA),
        send(&app, &path, &ANNA),
        send(&app, &path, &ANNA)
    );
    for page in [a, b, c] {
        assert_eq!(page.status, 200);
    }
    assert_eq!(app.get("/driver_requests").await.ok()["total"], 1);
}

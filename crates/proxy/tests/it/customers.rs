use reqwest::Method;
use serde_json::json;

use crate::support::{TestApp, on_both};

on_both! {
    async fn a_customer_is_added_changed_and_deleted(app) {
        let made = app.post("/customers", json!({ "name": " Acme ", "externalId": "C-1", "email": "a@acme.example" })).await;
        assert_eq!(made.status, 201);
        let customer = made.ok();
        assert_eq!((customer["name"].as_str(), customer["tokens"].as_u64()), (Some("Acme"), Some(0)));
        let path = format!("/customers/{}", customer["id"].as_str().unwrap());

        let changed = app.change(Method::PATCH, &path, &json!(1), json!({ "phone": "+31 85 000 0000" })).await.ok();
        assert_eq!((changed["phone"].as_str(), changed["version"].as_u64()), (Some("+31 85 000 0000"), Some(2)));
        let read = app.get(&path).await;
        assert_eq!(read.header("etag"), "\"2\"");
        assert_eq!(read.ok(), changed);

        let gone = app.delete(&path).await;
        assert_eq!(gone.status, 204);
        app.get(&path).await.problem(404, "/problems/not-found");
    }

    async fn an_external_id_belongs_to_one_customer(app) {
        app.post("/customers", json!({ "name": "Acme", "externalId": "C-1" })).await.ok();
        let refused = app.post("/customers", json!({ "name": "Other", "externalId": "C-1" })).await;
        let problem = refused.problem(409, "/problems/duplicate");
        assert_eq!(problem["errors"][0]["field"], "externalId");
        assert!(problem["detail"].as_str().unwrap().contains("Acme"));
        app.customer("Two").await;
        app.customer("without any").await;
        app.post("/customers", json!({ "name": "" })).await.problem(422, "/problems/invalid");
        app.post("/customers", json!({ "name": "X", "email": "nobody" })).await.problem(422, "/problems/invalid");
    }

    async fn a_customers_tokens_and_where_they_may_charge(app) {
        let (first, second) = (app.location("A").await, app.location("B").await);
        app.location("C").await;
        let customer = app.customer("Acme").await;
        let token = app.token(json!({ "authId": "NL-GFX-C00000001-4", "customerId": customer })).await;
        let list = format!("/locations/{first}/authorization/customers");
        app.change_any(&list, json!({ "customerIds": [customer] })).await.ok();
        let list = format!("/locations/{second}/authorization/tokens");
        app.change_any(&list, json!({ "tokenIds": [token] })).await.ok();

        let tokens = app.get(&format!("/customers/{customer}/tokens")).await.ok();
        assert_eq!((tokens["total"].as_u64(), &tokens["items"][0]["id"]), (Some(1), &json!(token)));
        assert_eq!(app.get(&format!("/customers/{customer}")).await.ok()["tokens"], 1);
        let why = |page: &serde_json::Value| -> Vec<String> {
            page["items"].as_array().unwrap().iter()
                .map(|at| format!("{} {}", at["name"].as_str().unwrap(), at["decision"]["through"].as_str().unwrap()))
                .collect()
        };
        let at = app.get(&format!("/customers/{customer}/locations")).await.ok();
        assert_eq!(why(&at), ["A customer", "B token"]);
        let at = app.get(&format!("/tokens/{token}/locations?sort=-name")).await.ok();
        assert_eq!(why(&at), ["B token", "A customer"]);
        assert_eq!(at["items"][0]["decision"]["reason"], "listed");

        let blocked = app.change(Method::PATCH, &format!("/tokens/{token}"), &json!(1), json!({ "valid": false })).await;
        blocked.ok();
        let at = app.get(&format!("/tokens/{token}/locations")).await.ok();
        assert_eq!(at["items"][0]["decision"]["reason"], "blocked");
    }

    async fn deleting_a_customer_takes_them_off_lists_but_opens_none(app) {
        let (kept, opened) = (app.location("Kept").await, app.location("Opened").await);
        let (customer, other) = (app.customer("Acme").await, app.customer("Other").await);
        let token = app.token(json!({ "authId": "NL-GFX-C00000001-4", "customerId": customer })).await;
        for (location, who) in [(&kept, vec![&customer, &other]), (&opened, vec![&customer])] {
            let path = format!("/locations/{location}/authorization/customers");
            app.change_any(&path, json!({ "customerIds": who })).await.ok();
        }
        let refused = app.delete(&format!("/customers/{customer}")).await.problem(409, "/problems/in-use");
        let detail = refused["detail"].as_str().unwrap();
        assert!(detail.contains("Opened") && !detail.contains("Kept"), "{detail}");
        assert_eq!(app.get(&format!("/locations/{kept}/authorization")).await.ok()["customers"], 2);

        app.list(&opened, &["NL-GFX-C00000009-A"]).await;
        assert_eq!(app.delete(&format!("/customers/{customer}")).await.status, 204);
        let list = app.get(&format!("/locations/{opened}/authorization")).await.ok();
        assert_eq!((list["customers"].as_u64(), list["visibility"].as_str()), (Some(0), Some("Private")));
        assert_eq!(app.get(&format!("/locations/{kept}/authorization")).await.ok()["customers"], 1);
        assert_eq!(app.get(&format!("/tokens/{token}")).await.ok()["customer"], json!(null));
    }
}

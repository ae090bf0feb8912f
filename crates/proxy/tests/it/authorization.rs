use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

fn numbers(list: &Value) -> (&str, u64, u64, u64) {
    let count = |field: &str| list[field].as_u64().unwrap();
    (
        list["visibility"].as_str().unwrap(),
        count("customers"),
        count("tokens"),
        count("version"),
    )
}

on_both! {
    /// The seed's story: private with the first entry, cleared, published again.
    async fn a_location_becomes_private_and_public_again(app) {
        let id = app.location("Oosteinde").await;
        let list = format!("/locations/{id}/authorization");
        let customer = app.customer("Acme").await;
        app.token(json!({ "authId": "NL-GFX-C00000007-5", "customerId": customer })).await;

        let added = app.change(Method::POST, &format!("{list}/customers"), &json!(1), json!({ "customerIds": [customer] })).await;
        assert_eq!(added.header("etag"), "\"2\"");
        let added = added.ok();
        assert_eq!((&added["added"], &added["visibilityBefore"]), (&json!(1), &json!("Published")));
        assert_eq!(numbers(&added["authorization"]), ("Private", 1, 0, 2));
        assert_eq!(added["authorization"]["customerTokens"], 1);
        assert_eq!(added["authorization"]["published"], false, "the first entry takes back publication");

        let token = app.token(json!({ "authId": "NL-GFX-C00000001-4" })).await;
        let which = json!({ "tokenIds": [token], "authIds": ["nl-gfx-c00000001-4", "DE*XYZ*C00000001"] });
        let added = app.change(Method::POST, &format!("{list}/tokens"), &json!(2), which.clone()).await.ok();
        assert_eq!((&added["added"], &added["alreadyListed"]), (&json!(2), &json!(0)), "one id twice is one");
        let again = app.change(Method::POST, &format!("{list}/tokens"), &json!(3), which).await.ok();
        assert_eq!((&again["added"], &again["alreadyListed"]), (&json!(0), &json!(2)));
        assert_eq!(numbers(&again["authorization"]), ("Private", 1, 2, 3), "nothing changed, so the version stays");

        let removed = app.change(Method::POST, &format!("{list}/tokens/remove"), &json!(3), json!({ "all": true })).await.ok();
        assert_eq!((&removed["removed"], &removed["authorization"]["visibility"]), (&json!(2), &json!("Private")));
        let last = json!({ "entryIds": [customer] });
        let refused = app.change(Method::POST, &format!("{list}/customers/remove"), &json!(4), last.clone()).await;
        let problem = refused.problem(409, "/problems/opens-location");
        assert!(problem["detail"].as_str().unwrap().contains("1 customer"), "{problem}");
        assert_eq!(numbers(&app.get(&list).await.ok()), ("Private", 1, 0, 4));

        let confirmed = json!({ "entryIds": [customer], "confirm": true });
        let opened = app.change(Method::POST, &format!("{list}/customers/remove"), &json!(4), confirmed).await.ok();
        assert_eq!(opened["visibilityBefore"], "Private");
        assert_eq!(numbers(&opened["authorization"]), ("Unpublished", 0, 0, 5), "it stays unpublished until somebody publishes");
        let shown = app.change(Method::POST, &format!("/locations/{id}/publish"), &json!(5), json!(null)).await.ok();
        assert_eq!(shown["visibility"], "Published");
    }

    async fn a_customer_without_tokens_keeps_a_location_private(app) {
        let id = app.location("Oosteinde").await;
        let customer = app.customer("Acme").await;
        let path = format!("/locations/{id}/authorization/customers");
        let added = app.change_any(&path, json!({ "customerIds": [customer] })).await.ok();
        assert_eq!(added["authorization"]["visibility"], "Private");
        let entry = app.get(&path).await.ok()["items"][0].clone();
        assert_eq!((&entry["tokens"], &entry["customer"]["name"]), (&json!(0), &json!("Acme")));
    }

    async fn one_entry_is_removed_by_its_id(app) {
        let id = app.location("Oosteinde").await;
        let list = format!("/locations/{id}/authorization");
        app.list(&id, &["NL-GFX-C00000001-4", "A/B#C"]).await;
        let entries = app.get(&format!("{list}/tokens?q=a/b")).await.ok();
        let entry = entries["items"][0]["entryId"].as_str().unwrap().to_owned();
        let gone = app.delete(&format!("{list}/tokens/{entry}")).await.ok();
        assert_eq!(gone["removed"], 1);
        app.delete(&format!("{list}/tokens/{entry}")).await.problem(404, "/problems/not-found");
        let last = app.get(&format!("{list}/tokens")).await.ok()["items"][0]["entryId"].as_str().unwrap().to_owned();
        app.delete(&format!("{list}/tokens/{last}")).await.problem(409, "/problems/opens-location");
        let opened = app.delete(&format!("{list}/tokens/{last}?confirm=true")).await.ok();
        assert_eq!(opened["authorization"]["visibility"], "Unpublished");
        app.delete(&format!("{list}/customers/cus_none")).await.problem(404, "/problems/not-found");
    }

    async fn nothing_is_added_when_one_of_them_is_wrong(app) {
        let id = app.location("Oosteinde").await;
        let list = format!("/locations/{id}/authorization");
        let good = app.customer("Acme").await;
        let body = json!({ "customerIds": [good, "cus_none"] });
        let refused = app.change_any(&format!("{list}/customers"), body).await.problem(422, "/problems/invalid");
        assert_eq!(refused["errors"][0]["field"], "customerIds[1]");
        let body = json!({ "authIds": ["NL-GFX-C00000001-4", "", "=cmd"] });
        let refused = app.change_any(&format!("{list}/tokens"), body).await.problem(422, "/problems/invalid");
        let fields: Vec<&str> = refused["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
        assert_eq!(fields, ["authIds[1]", "authIds[2]"]);
        let body = json!({ "tokenIds": ["tok_none"] });
        app.change_any(&format!("{list}/tokens"), body).await.problem(422, "/problems/invalid");
        assert_eq!(numbers(&app.get(&list).await.ok()), ("Published", 0, 0, 1));
    }

    async fn the_pickers_find_and_say_what_is_listed(app) {
        let id = app.location("Oosteinde").await;
        let customer = app.post("/customers", json!({ "name": "Tulpenveld", "externalId": "C-77" })).await.ok();
        let token = app.token(json!({
            "authId": "NL-GFX-C0B34A240-2", "chipId": "04A1B2C3", "customerId": customer["id"],
        })).await;
        let tokens = format!("/locations/{id}/authorization/tokens");
        app.change_any(&tokens, json!({ "tokenIds": [token] })).await.ok();
        for q in ["nl-gfx-c0b34a240", "NLGFXC0B34", "04:a1:b2", "tulpen"] {
            let found = app.get(&format!("/search?q={q}&in=tokens&locationId={id}")).await.ok();
            assert_eq!(found["tokens"][0]["token"]["id"], json!(token), "{q}");
            assert_eq!((&found["tokens"][0]["listed"], &found["total"]), (&json!(true), &json!(1)), "{q}");
            assert_eq!(found["customers"], json!([]));
        }
        for q in ["c-77", "TULP"] {
            let found = app.get(&format!("/search?q={q}&in=customers&locationId={id}")).await.ok();
            assert_eq!(found["customers"][0]["listed"], false, "{q}");
            assert_eq!(found["customers"][0]["tokens"], 1);
        }
        let both = app.get("/search?q=tulp").await.ok();
        assert_eq!(both["total"], 2);
        assert_eq!(app.get("/search?q=nothing").await.ok()["total"], 0);
        app.get("/search?q=x&locationId=loc_none").await.problem(404, "/problems/not-found");
        app.get("/search?q=x&in=cars").await.problem(400, "/problems/malformed-request");
    }
}

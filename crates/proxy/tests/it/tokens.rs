use reqwest::Method;
use serde_json::json;

use crate::support::{TestApp, on_both};

on_both! {
    async fn a_token_is_added_changed_and_deleted(app) {
        let customer = app.customer("Acme").await;
        let made = app.post("/tokens", json!({
            "authId": " nl-gfx-c00000001-4 ", "chipId": "04:A1:B2:C3", "visualId": "V-1", "type": "Other",
            "customerId": customer, "issuer": "Acme", "expires": "2030-01-01T01:00:00+01:00",
        })).await.ok();
        assert_eq!(made["authId"], "nl-gfx-c00000001-4");
        assert_eq!(made["chipId"], "04:A1:B2:C3");
        assert_eq!(made["type"], "Other");
        assert_eq!(made["customer"]["name"], "Acme");
        assert_eq!(made["expires"], "2030-01-01T00:00:00Z");
        assert_eq!(made["valid"], true);
        let path = format!("/tokens/{}", made["id"].as_str().unwrap());
        let patch = json!({ "chipId": "", "customerId": "", "expires": "", "valid": false });
        let changed = app.change(Method::PATCH, &path, &json!(1), patch).await.ok();
        for field in ["chipId", "customer", "expires"] {
            assert_eq!(changed[field], json!(null), "{field}");
        }
        assert_eq!((&changed["valid"], &changed["version"]), (&json!(false), &json!(2)));
        assert_eq!(app.get(&path).await.ok(), changed);
        app.change(Method::PATCH, &path, &json!(1), json!({})).await.problem(412, "/problems/stale");
        assert_eq!(app.delete(&path).await.status, 204);
        app.delete(&path).await.problem(404, "/problems/not-found");
    }

    async fn an_id_belongs_to_one_token_however_it_is_typed(app) {
        app.token(json!({ "authId": "NL-GFX-C00000001-4", "chipId": "04A1B2C3" })).await;
        let refused = app.post("/tokens", json!({ "authId": "nl*gfx*c00000001" })).await;
        assert_eq!(refused.problem(409, "/problems/duplicate")["errors"][0]["field"], "authId");
        let refused = app.post("/tokens", json!({ "authId": "NL-GFX-C00000002-1", "chipId": "0x04:a1:b2:c3" })).await;
        assert_eq!(refused.problem(409, "/problems/duplicate")["errors"][0]["field"], "chipId");
        // Several tokens without a Chip ID are none of each other's business.
        app.token(json!({ "authId": "NL-GFX-C00000002-1" })).await;
        app.token(json!({ "authId": "NL-GFX-C00000003-3" })).await;
    }

    async fn what_a_token_cannot_be(app) {
        for (body, field) in [
            (json!({}), "authId"),
            (json!({ "authId": "=1+1" }), "authId"),
            (json!({ "authId": "NL-GFX-C00000001-4", "chipId": "04A1B2" }), "chipId"),
            (json!({ "authId": "NL-GFX-C00000001-4", "expires": "tomorrow" }), "expires"),
            (json!({ "authId": "NL-GFX-C00000001-4", "customerId": "cus_none" }), "customerId"),
        ] {
            let refused = app.post("/tokens", body).await;
            assert_eq!(refused.problem(422, "/problems/invalid")["errors"][0]["field"], field);
        }
        assert_eq!(app.get("/tokens").await.ok()["total"], 0);
    }

    async fn an_external_entry_becomes_known_when_its_token_is_made(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &["NL GFX C00000001"]).await;
        let tokens = format!("/locations/{id}/authorization/tokens");
        assert_eq!(app.get(&tokens).await.ok()["items"][0]["token"], json!(null));
        app.token(json!({ "authId": "NL-GFX-C00000001-4" })).await;
        let entry = app.get(&tokens).await.ok()["items"][0].clone();
        assert_eq!((entry["id"].as_str(), entry["token"]["state"].as_str()), (Some("NL-GFX-C00000001-4"), Some("Valid")));
    }

    async fn a_listed_chip_id_becomes_the_auth_id_of_its_token(app) {
        let id = app.location("Oosteinde").await;
        let import = app.stage(&id, "chip-id", &[&["04A1B2C3", "04A1B2C4"]]).await;
        app.change_any(&format!("{import}/finalise"), json!({ "ids": 2 })).await.ok();
        assert_eq!(app.listed(&id).await, ["04A1B2C3", "04A1B2C4"]);
        app.token(json!({ "authId": "NL-GFX-C00000001-4", "chipId": "04:A1:B2:C3" })).await;
        assert_eq!(app.listed(&id).await, ["NL-GFX-C00000001-4", "04A1B2C4"]);
        let list = app.get(&format!("/locations/{id}/authorization")).await.ok();
        assert_eq!((&list["tokens"], &list["version"]), (&json!(2), &json!(3)));

        // Listed by both ids, it is one entry from now on.
        app.list(&id, &["NL-GFX-C00000002-1"]).await;
        app.token(json!({ "authId": "NL-GFX-C00000002-1", "chipId": "04A1B2C4" })).await;
        assert_eq!(app.listed(&id).await, ["NL-GFX-C00000001-4", "NL-GFX-C00000002-1"]);
        assert_eq!(app.get(&format!("/locations/{id}/authorization")).await.ok()["tokens"], 2);
    }

    async fn a_listed_token_keeps_its_auth_id_and_opens_nothing_when_deleted(app) {
        let id = app.location("Oosteinde").await;
        let token = app.token(json!({ "authId": "NL-GFX-C00000001-4" })).await;
        let tokens = format!("/locations/{id}/authorization/tokens");
        app.change_any(&tokens, json!({ "tokenIds": [token] })).await.ok();
        let path = format!("/tokens/{token}");
        let patch = json!({ "authId": "NL-GFX-C00000002-1" });
        let refused = app.change(Method::PATCH, &path, &json!(1), patch.clone()).await.problem(409, "/problems/in-use");
        assert!(refused["detail"].as_str().unwrap().contains("Oosteinde"));
        let respelled = json!({ "authId": "nl gfx c00000001" });
        app.change(Method::PATCH, &path, &json!(1), respelled).await.ok();

        app.delete(&path).await.problem(409, "/problems/in-use");
        app.list(&id, &["NL-GFX-C00000009-A"]).await;
        assert_eq!(app.delete(&path).await.status, 204);
        assert_eq!(app.listed(&id).await, ["NL-GFX-C00000009-A"]);
        assert_eq!(app.get(&format!("/locations/{id}/authorization")).await.ok()["tokens"], 1);
    }
}

//! Accounts, roles and API keys.

use domain::limits::MAX_KEYS;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, http, on_both};

on_both! {
    async fn accounts_are_added_changed_and_deleted(app) {
        let new = json!({ "name": "Ana Torres", "email": "ana@acme.example", "roleId": "viewer" });
        let made = app.post("/accounts", new.clone()).await.ok();
        assert_eq!((&made["role"], &made["hasPassword"], &made["status"]), (&json!("Viewer"), &json!(false), &json!("Enabled")));
        let mut twice = new;
        twice["email"] = "ANA@acme.example".into();
        app.post("/accounts", twice).await.problem(409, "/problems/duplicate");
        for (body, field) in [
            (json!({ "email": "b@acme.example", "roleId": "viewer" }), "name"),
            (json!({ "name": "B", "email": "b", "roleId": "viewer" }), "email"),
            (json!({ "name": "B", "email": "b@acme.example" }), "roleId"),
            (json!({ "name": "B", "email": "b@acme.example", "roleId": "king" }), "roleId"),
            (json!({ "name": "B", "email": "b@acme.example", "roleId": "viewer", "status": "Asleep" }), "status"),
        ] {
            let refused = app.post("/accounts", body).await.problem(422, "/problems/invalid");
            assert_eq!(refused["errors"][0]["field"], field);
        }
        let path = format!("/accounts/{}", made["id"].as_str().unwrap());
        let changed = app.change(Method::PATCH, &path, &json!(1), json!({ "roleId": "operations" })).await.ok();
        assert_eq!((&changed["role"], &changed["version"]), (&json!("Operations"), &json!(2)));
        app.change(Method::PATCH, &path, &json!(1), json!({ "name": "X" })).await.problem(412, "/problems/stale");
        let found = app.get("/accounts?filter=role:is:Operations").await.ok();
        assert_eq!((&found["total"], &found["items"][0]["name"]), (&json!(1), &json!("Ana Torres")));
        assert_eq!(app.delete(&path).await.status, 204);
        app.get(&path).await.problem(404, "/problems/not-found");
    }

    async fn somebody_stays_who_can_give_permissions(app) {
        let list = app.get("/accounts").await.ok();
        let path = format!("/accounts/{}", list["items"][0]["id"].as_str().unwrap());
        for body in [json!({ "status": "Disabled" }), json!({ "roleId": "viewer" })] {
            app.change(Method::PATCH, &path, &json!(1), body).await.problem(409, "/problems/in-use");
        }
        let last = app.delete(&path).await.problem(409, "/problems/in-use");
        assert!(last["detail"].as_str().unwrap().contains("last administrator"));
        assert_eq!(app.get(&path).await.ok()["fixed"], last["detail"]);
        let other = app.person("Other Admin", "administrator").await;
        // Nobody keeps themselves out by a slip.
        for body in [json!({ "status": "Disabled" }), json!({ "roleId": "viewer" })] {
            let own = app.change(Method::PATCH, &path, &json!(1), body).await.problem(409, "/problems/in-use");
            assert!(own["detail"].as_str().unwrap().contains("your own account"));
            assert_eq!(app.get(&path).await.ok()["fixed"], own["detail"]);
        }
        app.delete(&path).await.problem(409, "/problems/in-use");
        app.change(Method::PATCH, &path, &json!(1), json!({ "name": "Tess T" })).await.ok();
        assert_eq!(other.get(&path).await.ok()["fixed"], Value::Null);
        other.send(Method::PATCH, &path, json!({ "roleId": "viewer" })).await.ok();
        let own = format!("/accounts/{}", other.account.id);
        let listed = other.get("/accounts?q=Other").await.ok();
        assert!(listed["items"][0]["fixed"].as_str().unwrap().contains("last administrator"));
        other.send(Method::DELETE, &own, Value::Null).await.problem(409, "/problems/in-use");
    }

    async fn an_administrator_signs_somebody_out_everywhere(app) {
        let person = app.person("Ana Torres", "viewer").await;
        let path = format!("/accounts/{}/sessions", person.account.id);
        person.send(Method::DELETE, &path, Value::Null).await.problem(403, "/problems/forbidden");
        person.get("/session").await.ok();
        assert_eq!(app.delete(&path).await.status, 204);
        person.get("/session").await.problem(401, "/problems/signed-out");
        app.delete("/accounts/nobody/sessions").await.problem(404, "/problems/not-found");
    }

    async fn a_role_of_ones_own_counts_at_once(app) {
        let role = json!({ "name": "Night shift", "permissions": ["View:Token", "View:Location"] });
        let role = app.post("/roles", role).await.ok();
        assert_eq!(role["permissions"], json!(["View:Location", "View:Token"]), "in their usual order");
        let id = role["id"].as_str().unwrap();
        let person = app.person("Nina Night", id).await;
        person.get("/tokens").await.ok();
        let path = format!("/roles/{id}");
        app.change(Method::PATCH, &path, &json!(1), json!({ "permissions": ["View:Location"] })).await.ok();
        person.get("/tokens").await.problem(403, "/problems/forbidden");
        app.delete(&path).await.problem(409, "/problems/in-use");
        app.post("/roles", json!({ "name": "night SHIFT" })).await.problem(409, "/problems/duplicate");
        let refused = app.post("/roles", json!({ "name": "X", "permissions": ["Fly:Plane"] })).await;
        refused.problem(422, "/problems/invalid");
        app.change(Method::PATCH, "/roles/viewer", &json!(1), json!({ "name": "X" })).await.problem(409, "/problems/in-use");
        assert_eq!(app.get("/roles").await.ok()["total"], 7);
    }

    async fn an_account_has_only_so_many_keys(app) {
        let (person, other) = (app.person("Ana Torres", "viewer").await, app.person("Ben Li", "viewer").await);
        let new = |name: &str| json!({ "name": name, "permissions": ["View:Token"], "days": 1 });
        for n in 0..MAX_KEYS {
            let made = person.send(Method::POST, "/keys", new(&format!("key {n}"))).await;
            assert_eq!(made.status, 201, "{}", made.text);
        }
        let refused = person.send(Method::POST, "/keys", new("one more")).await.problem(422, "/problems/invalid");
        let said = "at most 50 API keys of an account, expired ones too; revoke one first";
        assert_eq!(refused["errors"], json!([{ "field": "name", "message": said }]));
        assert_eq!(other.send(Method::POST, "/keys", new("mine")).await.status, 201);
        let keys = person.get("/keys?pageSize=1").await.ok();
        assert_eq!(keys["total"], MAX_KEYS);
        let path = format!("/keys/{}", keys["items"][0]["id"].as_str().unwrap());
        assert_eq!(person.send(Method::DELETE, &path, Value::Null).await.status, 204);
        assert_eq!(person.send(Method::POST, "/keys", new("one more")).await.status, 201);
    }

    async fn a_key_does_what_it_was_made_for_until_it_is_taken_away(app) {
        let person = app.person("Ana Torres", "location-manager").await;
        let new = json!({ "name": "nightly", "permissions": ["View:Token", "Manage:Account"], "days": 30 });
        let made = person.send(Method::POST, "/keys", new).await;
        assert_eq!(made.status, 201);
        let made = made.ok();
        let secret = made["secret"].as_str().unwrap().to_owned();
        let ask = async |method: Method, path: &str| {
            let url = format!("{}/api/v1{path}", app.site());
            Answer::of(http().request(method, url).bearer_auth(&secret)).await
        };
        ask(Method::GET, "/tokens").await.ok();
        ask(Method::GET, "/customers").await.problem(403, "/problems/forbidden");
        // A key never does more than its account.
        ask(Method::GET, "/accounts").await.problem(403, "/problems/forbidden");
        ask(Method::DELETE, "/sign-ins").await.problem(403, "/problems/forbidden");
        let list = person.get("/keys").await.ok();
        assert_eq!(list["items"][0]["name"], "nightly");
        assert!(!list.to_string().contains(&secret));
        assert_eq!(person.get("/keys?filter=permissions:contains:view:token").await.ok()["total"], 1);
        let stranger = app.person("Ben Li", "viewer").await;
        let path = format!("/keys/{}", made["id"].as_str().unwrap());
        assert_eq!(stranger.get("/keys").await.ok()["total"], 0);
        stranger.send(Method::DELETE, &path, Value::Null).await.problem(404, "/problems/not-found");
        assert_eq!(person.send(Method::DELETE, &path, Value::Null).await.status, 204);
        ask(Method::GET, "/tokens").await.problem(401, "/problems/signed-out");
        for wrong in [
            json!({ "name": "", "permissions": ["View:Token"], "days": 1 }),
            json!({ "name": "x", "permissions": [], "days": 1 }),
            json!({ "name": "x", "permissions": ["View:Token"], "days": 367 }),
        ] {
            person.send(Method::POST, "/keys", wrong).await.problem(422, "/problems/invalid");
        }
    }
}

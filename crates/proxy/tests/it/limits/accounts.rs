//! Limits of accounts: given, taken, told, and never beyond what the giver has.

use reqwest::Method;
use serde_json::{Value, json};

use super::{OURS, World, limited, ours};
use crate::support::{Answer, TestApp, http, on_both};

on_both! {
    async fn limits_are_given_and_count_at_once(app) {
        World::of(app).await;
        let person = app.person("Lena", "administrator").await;
        assert_eq!(person.get("/session").await.ok()["organizations"], json!([]));
        let path = format!("/accounts/{}", person.account.id);
        let unknown = json!({ "organizations": [OURS, "1:NONE"] });
        let told = app.change(Method::PATCH, &path, &json!(1), unknown).await.problem(422, "/problems/invalid");
        assert_eq!(told["errors"], json!([{ "field": "organizations[1]", "message": "there is no such organization" }]));
        let set = json!({ "organizations": [OURS.to_lowercase(), OURS] });
        let changed = app.change(Method::PATCH, &path, &json!(1), set).await.ok();
        assert_eq!(changed["organizations"], json!([OURS]));
        assert_eq!(person.get("/locations").await.status, 401, "its sessions have ended");
        let found = app.get(&format!("/accounts?filter=organizations:is:{OURS}")).await.ok();
        assert_eq!((&found["total"], &found["items"][0]["name"]), (&json!(1), &json!("Lena")));

        let person = app.signed_in(person.account).await;
        let session = person.get("/session").await.ok();
        assert_eq!(session["organizations"], json!([ours()]));
        let held = session["permissions"].as_array().unwrap();
        for everywhere in ["Manage:Customer", "Manage:Token", "Sync:Location", "Manage:Account"] {
            assert!(!held.contains(&json!(everywhere)), "{everywhere}");
        }
        assert!(held.contains(&json!("Manage:Location")) && held.contains(&json!("View:Customer")));
        let refused = person.send(Method::POST, "/customers", json!({ "name": "X" })).await.problem(403, "/problems/forbidden");
        assert_eq!(
            refused["detail"],
            "You need permission to manage customers (Manage:Customer). It reaches beyond Alpha, which your account is limited to. \
             Tess Tester can give it to you."
        );
        // A key does no more than its account.
        let scope = json!({ "name": "program", "permissions": ["View:Location", "Manage:Customer"], "days": 1 });
        let key = person.send(Method::POST, "/keys", scope).await.json["secret"].clone();
        let by_key = async |path: &str| {
            let request = http().get(format!("{}/api/v1{path}", app.site())).bearer_auth(key.as_str().unwrap());
            Answer::of(request).await
        };
        assert_eq!(by_key("/locations").await.ok()["total"], 1);
        let session = by_key("/session").await.ok();
        assert_eq!((&session["permissions"], &session["organizations"]), (&json!(["View:Location"]), &json!([ours()])));
        // What is gone meanwhile stays, and keeps nobody from changing the rest.
        crate::limits::lists::sqlx_execute(app, "UPDATE accounts SET organizations = '[\"1:GONE\"]' WHERE name = 'Lena'").await;
        let more = app.change(Method::PATCH, &path, &json!(2), json!({ "organizations": ["1:GONE", OURS] })).await.ok();
        assert_eq!(more["organizations"], json!(["1:GONE", OURS]));
        // Without limits again.
        app.change(Method::PATCH, &path, &json!(3), json!({ "organizations": [] })).await.ok();
        assert_eq!(by_key("/locations").await.ok()["total"], 2);
    }

    async fn the_last_administrator_without_limits_stays_one(app) {
        World::of(app).await;
        limited(app, "Lena", &[OURS]).await;
        let tess = app.get("/accounts?q=tess").await.ok()["items"][0].clone();
        let path = format!("/accounts/{}", tess["id"].as_str().unwrap());
        let told = app.change(Method::PATCH, &path, &tess["version"], json!({ "organizations": [OURS] })).await.problem(409, "/problems/in-use");
        assert!(told["detail"].as_str().unwrap().contains("not limited to organizations"), "{told}");
        assert_eq!(app.get(&path).await.ok(), tess);
    }
}

/// Whoever manages accounts, and may little else, cannot help themselves to more.
#[tokio::test]
async fn nobody_gives_more_than_they_have() {
    let app = TestApp::sqlite().await;
    let role = json!({ "name": "Receptionist", "permissions": ["View:Location", "Manage:Account"] });
    let role = app.post("/roles", role).await.json["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let person = app.person("Rita", &role).await;
    let tess = app.get("/accounts?q=tess").await.ok()["items"][0].clone();
    let admin = format!("/accounts/{}", tess["id"].as_str().unwrap());
    let new = |role: &str| json!({ "name": "New", "email": "new@portal.example", "roleId": role });
    let more: [(Method, String, Value); 8] = [
        (Method::POST, "/accounts".into(), new("viewer")),
        (
            Method::PATCH,
            format!("/accounts/{}", person.account.id),
            json!({ "roleId": "administrator" }),
        ),
        (
            Method::PATCH,
            admin.clone(),
            json!({ "email": "rita@portal.example2" }),
        ),
        (Method::DELETE, admin.clone(), Value::Null),
        (Method::POST, format!("{admin}/set-up"), Value::Null),
        (
            Method::POST,
            "/roles".into(),
            json!({ "name": "Mine", "permissions": ["Manage:Customer"] }),
        ),
        (
            Method::PATCH,
            format!("/roles/{role}"),
            json!({ "permissions": ["Manage:Account", "Sync:Location"] }),
        ),
        (
            Method::PATCH,
            format!("/accounts/{}", app.person("Vera", "viewer").await.account.id),
            json!({ "status": "Disabled" }),
        ),
    ];
    for (method, path, body) in more {
        let told = person
            .send(method.clone(), &path, body)
            .await
            .problem(403, "/problems/forbidden");
        assert!(
            told["detail"]
                .as_str()
                .unwrap()
                .contains("Nobody gives more than they have"),
            "{method} {path}: {told}"
        );
    }
    assert_eq!(app.get(&admin).await.ok()["version"], tess["version"]);
    assert_eq!(person.get(&admin).await.ok()["can"], json!([]));
    // What they have, they give.
    let less = json!({ "name": "Looker", "permissions": ["View:Location"] });
    let less = person.send(Method::POST, "/roles", less).await;
    assert_eq!(
        (less.status, &less.json["can"]),
        (201, &json!(["edit", "delete"]))
    );
    let made = person
        .send(Method::POST, "/accounts", new(less.json["id"].as_str().unwrap()))
        .await;
    assert_eq!(
        (made.status, &made.json["can"]),
        (201, &json!(["edit", "setUp", "signOut", "disable", "delete"]))
    );
    let link = person
        .send(
            Method::POST,
            &format!("/accounts/{}/set-up", made.json["id"].as_str().unwrap()),
            Value::Null,
        )
        .await;
    assert_eq!(link.status, 200);
}

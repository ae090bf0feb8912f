//! What is wrong with a question, who may ask it, and what it must never tell.

use domain::accounts::NewApiKey;
use proxy::books::keys;
use serde_json::{Value, json};

use super::world::execute;
use crate::audit::whole;
use crate::limits::{OURS, World, limited};
use crate::support::{Answer, TestApp, http_of, on_both};

/// A key with one permission.
pub async fn key_for(app: &TestApp, account: &str, permission: &str) -> reqwest::Client {
    let new = NewApiKey {
        name: permission.into(),
        permissions: vec![permission.into()],
        days: 1,
    };
    let mut tx = app.app.books.write().await.unwrap();
    let made = keys::create(&mut tx, account, new).await.unwrap();
    tx.commit().await.unwrap();
    http_of(&made.secret)
}

on_both! {
    async fn a_question_that_is_none_is_told_why(app) {
        let id = app.location("Oosteinde").await;
        for (field, body) in [
            ("authId", json!({ "locationId": id })),
            ("chipId", json!({ "locationId": id, "authId": "CARD-1", "chipId": "04A1B2C3" })),
            ("type", json!({ "locationId": id, "authId": "CARD-1", "type": "RFID" })),
            ("locationId", json!({ "authId": "CARD-1" })),
            ("authId", json!({ "locationId": id, "authId": "" })),
            ("authId", json!({ "locationId": id, "authId": "#REF!" })),
            ("chipId", json!({ "locationId": id, "chipId": "04A1B" })),
        ] {
            let problem = app.post("/authorize", body.clone()).await.problem(422, "/problems/invalid");
            assert_eq!(problem["errors"][0]["field"], field, "{body}");
        }
        app.post("/authorize", json!({ "locationId": id, "chipId": "04A1B2C3", "type": "Watch" }))
            .await
            .problem(400, "/problems/malformed-request");
        for (status, kind, query) in [
            (422, "invalid", "authId=%23REF!"),
            (422, "invalid", "authId=CARD-1&chipId=04A1B2C3"),
            (422, "invalid", "authId=CARD-1&type=RFID"),
            (422, "invalid", "chipId=04A1B2C3&type=Watch"),
            (400, "malformed-request", "authId=CARD-1&authId=CARD-2"),
            (400, "malformed-request", "token=CARD-1"),
        ] {
            app.get(&format!("/locations/visible?{query}")).await.problem(status, &format!("/problems/{kind}"));
        }
        app.get("/locations/visible/x?token=CARD-1").await.problem(400, "/problems/malformed-request");
    }

    /// Searched, filtered, sorted and counted, a private location is not there for a stranger.
    async fn a_private_location_is_in_no_search_and_no_count(app) {
        let id = app.location("Oosteinde").await;
        app.location("Haven").await;
        app.list(&id, &["CARD-1"]).await;
        for query in ["", "q=oosteinde", "filter=name:is:Oosteinde", "filter=city:is:Leiden", "sort=-name", "match=any&filter=name:is:Oosteinde&filter=name:is:x"] {
            let seen = async |who: &str| {
                let page = app.get(&format!("/locations/visible?{query}&{who}")).await.ok();
                let names = page["items"].as_array().unwrap().iter();
                (names.filter(|item| item["name"] == "Oosteinde").count(), page["total"].as_u64().unwrap(), page.to_string())
            };
            let ((listed, all, _), (stranger, fewer, text)) = (seen("authId=CARD-1").await, seen("authId=CARD-2").await);
            assert_eq!((listed, stranger, fewer), (1, 0, all - 1), "{query}");
            assert!(!text.contains(&id), "{text}");
            assert_eq!(seen("").await.1, fewer, "{query}");
        }
        let row = app.get("/locations/visible?authId=CARD-1&q=oosteinde").await.ok()["items"][0].clone();
        for own in ["notes", "customers", "tokens", "visibility", "published", "version"] {
            assert!(row[own].is_null(), "{row}");
        }
        // No file is made of it.
        assert_eq!(app.get("/locations/visible/export").await.status, 404);
    }

    async fn who_may_ask_one_question_may_not_ask_the_other(app) {
        let id = app.location("Oosteinde").await;
        let account = app.account("Ana Torres", "administrator").await.id;
        let question = json!({ "locationId": id, "authId": "CARD-1" });
        let url = |path: &str| format!("{}/api/v1{path}", app.site());
        for (permission, system, driver) in [("Ask:Authorization", 200, 403), ("Ask:Visibility", 403, 200), ("View:Location", 403, 403)] {
            let http = key_for(app, &account, permission).await;
            let authorize = Answer::of(http.post(url("/authorize")).json(&question)).await;
            assert_eq!(authorize.status, system, "{permission}");
            for path in ["/locations/visible", &format!("/locations/visible/{id}")] {
                assert_eq!(Answer::of(http.get(url(path))).await.status, driver, "{permission} {path}");
            }
        }
    }

    async fn another_organizations_location_is_unknown(app) {
        let world = World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        let ask = async |location: &str| {
            let body = json!({ "locationId": location, "authId": "NL-GFX-C00000001-4" });
            person.send(reqwest::Method::POST, "/authorize", body).await.ok()
        };
        assert_eq!(ask(world.ours()).await["via"]["name"], "Common");
        let theirs = ask(world.theirs()).await;
        assert_eq!((&theirs["allowed"], &theirs["reason"], &theirs["location"]), (&json!(false), &json!("unknownLocation"), &Value::Null));
        let seen = person.get("/locations/visible?authId=NL-GFX-C00000001-4").await.ok();
        assert_eq!((&seen["total"], &seen["items"][0]["id"]), (&json!(1), &json!(world.ours())));
        let detail = format!("/locations/visible/{}?authId=NL-GFX-C00000001-4", world.theirs());
        person.get(&detail).await.problem(404, "/problems/not-found");
        assert_eq!(app.get(&detail).await.status, 200);
    }

    async fn a_question_changes_nothing(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &["CARD-1"]).await;
        let before = (whole(app).await, app.get(&format!("/locations/{id}")).await.ok());
        for card in ["CARD-1", "CARD-2"] {
            app.post("/authorize", json!({ "locationId": id, "authId": card })).await.ok();
            app.get(&format!("/locations/visible?authId={card}")).await.ok();
        }
        assert_eq!((whole(app).await, app.get(&format!("/locations/{id}")).await.ok()), before);
    }

    /// Books that cannot be read open nothing.
    async fn without_the_books_there_is_an_error_and_no_answer(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &["CARD-1"]).await;
        for table in ["authorization_tokens", "location_stations", "tokens", "locations"] {
            execute(app, &format!("ALTER TABLE {table} RENAME TO away")).await;
            let body = json!({ "locationId": id, "authId": "CARD-2", "evseId": "1:1-1" });
            let problem = app.post("/authorize", body).await.problem(500, "/problems/internal");
            assert!(problem["allowed"].is_null());
            for path in ["/locations/visible?authId=CARD-2", &format!("/locations/visible/{id}?authId=CARD-2")] {
                app.get(path).await.problem(500, "/problems/internal");
            }
            execute(app, &format!("ALTER TABLE away RENAME TO {table}")).await;
        }
        let told = app.post("/authorize", json!({ "locationId": id, "authId": "CARD-2" })).await.ok();
        assert_eq!((&told["allowed"], &told["reason"]), (&json!(false), &json!("unknownToken")));
    }
}

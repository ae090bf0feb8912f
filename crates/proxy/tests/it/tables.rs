//! What is kept of tables: columns, row height, views, for each person.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::support::{Answer, Person, TestApp, on_both};

/// Somebody at their browser.
struct Browser(Person);

impl Browser {
    async fn of(app: &TestApp, name: &str) -> Self {
        Self(app.person(name, "viewer").await)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.0.request(method, path)
    }

    async fn get(&self) -> Value {
        Answer::of(self.request(Method::GET, "/tables/tokens")).await.ok()
    }

    async fn put(&self, body: Value) -> Answer {
        Answer::of(self.request(Method::PUT, "/tables/tokens").json(&body)).await
    }

    async fn save(&self, name: &str, everyone: bool) -> Answer {
        let view = json!({ "name": name, "query": "sort=-authId", "everyone": everyone });
        Answer::of(self.request(Method::POST, "/tables/tokens/views").json(&view)).await
    }

    async fn change(&self, id: &Value, body: Value) -> Answer {
        let path = format!("/tables/tokens/views/{}", id.as_str().unwrap());
        Answer::of(self.request(Method::PUT, &path).json(&body)).await
    }

    async fn delete(&self, id: &Value) -> Answer {
        let path = format!("/tables/tokens/views/{}", id.as_str().unwrap());
        Answer::of(self.request(Method::DELETE, &path)).await
    }
}

fn names(settings: &Value) -> Vec<&str> {
    let views = settings["views"].as_array().unwrap();
    views.iter().map(|view| view["name"].as_str().unwrap()).collect()
}

on_both! {
    async fn columns_are_kept_for_each_person(app) {
        let usual = json!({ "columns": null, "compact": false, "defaultView": null, "views": [] });
        assert_eq!(app.get("/tables/tokens").await.ok(), usual);
        let (one, other) = (Browser::of(app, "Ana Torres").await, Browser::of(app, "Ben Li").await);
        let columns = json!({ "shown": ["note", "authId"], "known": ["authId", "note"] });
        one.put(json!({ "columns": columns })).await.ok();
        assert_eq!(one.put(json!({ "compact": true })).await.ok(), json!({ "columns": columns, "compact": true, "defaultView": null, "views": [] }));
        assert_eq!(one.get().await["columns"], columns);
        assert_eq!(other.get().await, usual);
        let elsewhere = Answer::of(one.request(Method::GET, "/tables/customers")).await.ok();
        assert_eq!(elsewhere, usual);
        assert_eq!(one.put(json!({ "columns": null })).await.ok()["columns"], Value::Null);
        assert_eq!(one.get().await["compact"], true);
    }

    async fn views_are_for_oneself_or_for_everyone(app) {
        let (one, other) = (Browser::of(app, "Ana Torres").await, Browser::of(app, "Ben Li").await);
        let own = one.save("Blocked", false).await;
        assert_eq!(own.status, 201);
        let own = own.ok();
        let shared = one.save("Älter", true).await.ok();
        assert_eq!(own["query"], "sort=-authId");
        assert_eq!(names(&one.get().await), ["Älter", "Blocked"]);
        let seen = other.get().await;
        assert_eq!((names(&seen), &seen["views"][0]["mine"]), (vec!["Älter"], &json!(false)));
        assert_eq!(names(&app.get("/tables/tokens").await.ok()), ["Älter"]);
        // Another person may use the same name.
        other.save("blocked", false).await.ok();
        one.save("BLOCKED", false).await.problem(409, "/problems/duplicate");
        one.change(&shared["id"], json!({ "name": "blocked", "query": "" })).await.problem(409, "/problems/duplicate");

        other.change(&shared["id"], json!({ "name": "x", "query": "" })).await.problem(403, "/problems/not-yours");
        other.delete(&shared["id"]).await.problem(403, "/problems/not-yours");
        other.change(&own["id"], json!({ "name": "x", "query": "" })).await.problem(404, "/problems/not-found");
        other.put(json!({ "defaultView": own["id"] })).await.problem(422, "/problems/invalid");
        app.delete(&format!("/tables/tokens/views/{}", own["id"].as_str().unwrap())).await.problem(404, "/problems/not-found");

        for browser in [&one, &other] {
            assert_eq!(browser.put(json!({ "defaultView": shared["id"] })).await.ok()["defaultView"], shared["id"]);
        }
        one.change(&shared["id"], json!({ "name": "Old", "query": "a=b" })).await.ok();
        assert_eq!((&one.get().await["defaultView"], &other.get().await["defaultView"]), (&shared["id"], &Value::Null));
        one.change(&shared["id"], json!({ "name": "Old", "query": "a=b", "everyone": true })).await.ok();
        other.put(json!({ "defaultView": shared["id"] })).await.ok();
        assert_eq!(one.delete(&shared["id"]).await.status, 204);
        for browser in [&one, &other] {
            assert_eq!(browser.get().await["defaultView"], Value::Null);
        }
        assert_eq!(names(&one.get().await), ["Blocked"]);
    }

    async fn what_cannot_be_kept_is_named(app) {
        let one = Browser::of(app, "Ana Torres").await;
        for (columns, field) in [
            (json!({ "shown": [], "known": [] }), "columns.shown"),
            (json!({ "shown": ["a b"], "known": [] }), "columns.shown"),
            (json!({ "shown": ["a"], "known": vec!["a"; 201] }), "columns.known"),
        ] {
            let refused = one.put(json!({ "columns": columns })).await.problem(422, "/problems/invalid");
            assert_eq!(refused["errors"][0]["field"], field);
        }
        for body in [json!({ "compact": 1 }), json!({ "colour": "red" }), json!({ "columns": { "shown": [] } })] {
            one.put(body).await.problem(400, "/problems/malformed-request");
        }
        let made = one.save("A", false).await.ok();
        for (view, field) in [
            (json!({ "name": " ", "query": "" }), "name"),
            (json!({ "name": "a\0b", "query": "" }), "name"),
            (json!({ "name": "ö".repeat(121), "query": "" }), "name"),
            (json!({ "name": "B", "query": "a\u{0}" }), "query"),
            (json!({ "name": "B", "query": "x".repeat(60_001) }), "query"),
        ] {
            let refused = one.change(&made["id"], view).await.problem(422, "/problems/invalid");
            assert_eq!(refused["errors"][0]["field"], field);
        }
        for number in 1..200 {
            one.save(&format!("view {number}"), false).await.ok();
        }
        let refused = one.save("one more", false).await.problem(422, "/problems/invalid");
        assert_eq!(refused["errors"][0]["message"], "at most 200 views of a table; delete one first");
        app.get("/tables/nothing").await.problem(404, "/problems/not-found");
        app.put("/tables/nothing", json!({})).await.problem(404, "/problems/not-found");
        app.post("/tables/nothing/views", json!({ "name": "x", "query": "" })).await.problem(404, "/problems/not-found");
    }
}

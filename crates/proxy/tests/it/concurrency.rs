use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both};

on_both! {
    /// Two operators had the same list open: the second is told, and nothing is lost.
    async fn the_second_of_two_operators_is_told(app) {
        let id = app.location("Oosteinde").await;
        let path = format!("/locations/{id}/authorization/tokens");
        let change = |id: &str| {
            let body = json!({ "authIds": [id] });
            let request = app.request(Method::POST, &path).header("if-match", "\"1\"").json(&body);
            Answer::of(request)
        };
        let (a, b) = tokio::join!(change("NL-GFX-C00000001-4"), change("NL-GFX-C00000002-1"));
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        for answer in [a, b] {
            if answer.status == 412 {
                answer.problem(412, "/problems/stale");
            }
        }
        assert_eq!(app.listed(&id).await.len(), 1);
    }

    async fn every_change_needs_the_version_it_was_made_for(app) {
        let id = app.location("Oosteinde").await;
        let customer = app.customer("Acme").await;
        let token = app.token(json!({ "authId": "NL-GFX-C00000001-4" })).await;
        let import = app.stage(&id, "auth-id", &[&["NL-GFX-C00000002-1"]]).await;
        let list = format!("/locations/{id}/authorization");
        for (method, path, body) in [
            (Method::PATCH, format!("/locations/{id}"), json!({ "notes": "x" })),
            (Method::POST, format!("/locations/{id}/publish"), json!(null)),
            (Method::POST, format!("/locations/{id}/unpublish"), json!(null)),
            (Method::POST, format!("{list}/customers"), json!({ "customerIds": [customer] })),
            (Method::POST, format!("{list}/tokens"), json!({ "tokenIds": [token] })),
            (Method::POST, format!("{list}/customers/remove"), json!({ "all": true })),
            (Method::POST, format!("{list}/tokens/remove"), json!({ "all": true })),
            (Method::DELETE, format!("{list}/customers/{customer}"), json!(null)),
            (Method::DELETE, format!("{list}/tokens/a-X"), json!(null)),
            (Method::POST, format!("{import}/finalise"), json!({ "ids": 1 })),
            (Method::POST, format!("{import}/undo"), json!({})),
            (Method::PATCH, format!("/customers/{customer}"), json!({ "note": "x" })),
            (Method::DELETE, format!("/customers/{customer}"), json!(null)),
            (Method::PATCH, format!("/tokens/{token}"), json!({ "note": "x" })),
            (Method::DELETE, format!("/tokens/{token}"), json!(null)),
        ] {
            let without = Answer::of(app.request(method.clone(), &path).json(&body)).await;
            without.problem(428, "/problems/version-required");
            let stale = app.change(method.clone(), &path, &json!(99), body.clone()).await;
            stale.problem(412, "/problems/stale");
            let odd = Answer::of(app.request(method, &path).header("if-match", "W/\"1\"").json(&body)).await;
            odd.problem(412, "/problems/stale");
        }
        assert_eq!(app.get(&list).await.ok()["version"], 1);
    }

    async fn an_id_taken_at_the_same_moment_is_taken_once(app) {
        let create = |name: &str| app.post("/customers", json!({ "name": name, "externalId": "C-1" }));
        let token = || app.post("/tokens", json!({ "authId": "NL-GFX-C00000001-4" }));
        let (a, b, c) = tokio::join!(create("A"), create("B"), create("C"));
        let (d, e, f) = tokio::join!(token(), token(), token());
        for answers in [[a, b, c], [d, e, f]] {
            let (made, refused): (Vec<Answer>, Vec<Answer>) = answers.into_iter().partition(|a| a.status == 201);
            assert_eq!(made.len(), 1);
            for answer in refused {
                answer.problem(409, "/problems/duplicate");
            }
        }
    }

    /// A customer deleted while put on a list is on it and kept, or gone and not on it.
    async fn a_customer_is_not_listed_and_deleted_at_once(app) {
        let id = app.location("Oosteinde").await;
        app.list(&id, &["NL-GFX-C00000001-4"]).await;
        let list = format!("/locations/{id}/authorization");
        for turn in 0..10 {
            let customer = app.customer(&format!("Customer {turn}")).await;
            let (path, add) = (format!("/customers/{customer}"), format!("{list}/customers"));
            let (_, gone) = tokio::join!(
                app.change_any(&add, json!({ "customerIds": [customer] })),
                app.delete(&path),
            );
            let listed = app.get(&format!("{add}?q=Customer+{turn}")).await.ok()["total"].clone();
            let known = app.get(&path).await.status;
            assert_eq!((listed, known), if gone.status == 204 { (json!(0), 404) } else { (json!(1), 200) });
        }
        let list = app.get(&list).await.ok();
        let entries = app.get(&format!("/locations/{id}/authorization/customers")).await.ok();
        assert_eq!(list["customers"], entries["items"].as_array().unwrap().len());
    }

    /// While a list is replaced over and over, no page of it shows an empty or a mixed list.
    async fn readers_see_the_old_list_or_the_new_one(app) {
        let id = app.location("Oosteinde").await;
        let ids = |from: usize| -> Vec<String> { (from..from + 400).map(|n| format!("CARD{n:05}")).collect() };
        let generations = [ids(0), ids(400)];
        let stage = async |ids: &Vec<String>| {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            app.stage(&id, "auth-id", &[&ids]).await
        };
        let first = stage(&generations[0]).await;
        app.change_any(&format!("{first}/finalise"), json!({ "ids": 400, "clear": true })).await.ok();

        let done = Arc::new(AtomicBool::new(false));
        let read = async || {
            let mut looks = 0;
            while !done.load(Ordering::Relaxed) || looks == 0 {
                let page = app.get(&format!("/locations/{id}/authorization/tokens?pageSize=500")).await.ok();
                let found: Vec<&str> =
                    page["items"].as_array().unwrap().iter().map(|entry| entry["id"].as_str().unwrap()).collect();
                assert!(generations.iter().any(|ids| *ids == found), "{} rows, first {:?}", found.len(), found.first());
                assert_eq!(page["total"], 400);
                let list: Value = app.get(&format!("/locations/{id}/authorization")).await.ok();
                assert_eq!((&list["tokens"], &list["visibility"]), (&json!(400), &json!("Private")));
                looks += 1;
            }
        };
        let replace = async || {
            for turn in 1..8 {
                let import = stage(&generations[turn % 2]).await;
                app.change_any(&format!("{import}/finalise"), json!({ "ids": 400, "clear": true })).await.ok();
            }
            done.store(true, Ordering::Relaxed);
        };
        tokio::join!(read(), read(), replace());
    }

    async fn many_writers_at_once_lose_nothing(app) {
        let id = app.location("Oosteinde").await;
        let path = format!("/locations/{id}/authorization/tokens");
        let write = async |from: usize| {
            for n in from..from + 10 {
                app.change_any(&path, json!({ "authIds": [format!("CARD{n:05}")] })).await.ok();
            }
        };
        tokio::join!(write(0), write(10), write(20), write(30));
        let list = app.get(&format!("/locations/{id}/authorization")).await.ok();
        assert_eq!((&list["tokens"], &list["version"]), (&json!(40), &json!(41)));
        assert_eq!(app.listed(&id).await.len(), 40);
    }
}

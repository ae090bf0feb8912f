//! Changes of many records: by id, or all that a query matches.

use serde_json::{Value, json};

use crate::export::many;
use crate::support::{TestApp, on_both};

/// Tokens CARD1, CARD2 …, and their ids.
async fn cards(app: &TestApp, count: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for number in 1..=count {
        ids.push(app.token(json!({ "authId": format!("CARD{number}") })).await);
    }
    ids
}

async fn total(app: &TestApp, path: &str) -> Value {
    app.get(path).await.ok()["total"].clone()
}

on_both! {
    async fn tokens_are_blocked_by_id_and_by_query(app) {
        let ids = cards(app, 5).await;
        let done = app.post("/tokens/block", json!({ "ids": [ids[0], ids[1], ids[0]] })).await.ok();
        assert_eq!(done, json!({ "changed": 2 }));
        assert_eq!(total(app, "/tokens?filter=valid:is:no").await, 2);
        let changed = app.get(&format!("/tokens/{}", ids[0])).await.ok();
        assert_eq!((&changed["valid"], &changed["version"]), (&json!(false), &json!(2)));
        let rest = json!({ "query": "filter=authId:in:card1,card2,card3&page=7", "count": 3 });
        assert_eq!(app.post("/tokens/block", rest.clone()).await.ok(), json!({ "changed": 1 }));
        assert_eq!(app.post("/tokens/unblock", rest).await.ok(), json!({ "changed": 3 }));
        assert_eq!(app.post("/tokens/delete", json!({ "query": "q=card", "count": 5 })).await.ok(), json!({ "changed": 5 }));
        assert_eq!(total(app, "/tokens").await, 0);
    }

    async fn a_choice_that_is_not_what_it_was_changes_nothing(app) {
        let ids = cards(app, 3).await;
        for (chosen, said) in [
            (json!({ "query": "", "count": 2 }), "2 were chosen, and now there are 3."),
            (json!({ "query": "filter=valid:is:yes", "count": 4 }), "4 were chosen, and now there are 3."),
            (json!({ "ids": [ids[0], "tok_gone"] }), "2 were chosen, and now there are 1."),
        ] {
            for path in ["/tokens/block", "/tokens/delete"] {
                let refused = app.post(path, chosen.clone()).await.problem(409, "/problems/selection-changed");
                assert!(refused["detail"].as_str().unwrap().starts_with(said), "{refused}");
            }
        }
        for (chosen, field) in [
            (json!({}), "ids"), (json!({ "ids": ["x"], "query": "" }), "ids"), (json!({ "ids": vec!["x"; 10_001] }), "ids"),
            (json!({ "query": "filter=colour:is:red", "count": 1 }), "filter[0]"),
        ] {
            let refused = app.post("/tokens/delete", chosen).await.problem(422, "/problems/invalid");
            assert_eq!(refused["errors"][0]["field"], field);
        }
        // Misspelt, it would mean all three.
        for query in ["page=x", "fliter=authId:is:card1", "filter[]=authId:is:card1", "q=card1&q="] {
            for path in ["/tokens/block", "/tokens/delete"] {
                app.post(path, json!({ "query": query, "count": 3 })).await.problem(400, "/problems/malformed-request");
            }
        }
        assert_eq!(total(app, "/tokens?filter=valid:is:yes").await, 3);
    }

    async fn a_choice_means_the_rows_that_were_seen(app) {
        cards(app, 3).await;
        let (location, acme) = (app.location("A").await, app.customer("Acme").await);
        app.list(&location, &["CARD1", "CARD2", "OTHER"]).await;
        let list = format!("/locations/{location}/authorization");
        app.change_any(&format!("{list}/customers"), json!({ "customerIds": [acme] })).await.ok();
        let before = json!("2026-01-01T00:00:00Z");
        let all = |count: u64, as_of: &Value| json!({ "query": "", "count": count, "asOf": as_of });
        for path in ["/tokens/block", "/tokens/unblock", "/tokens/delete"] {
            let refused = app.post(path, all(3, &before)).await.problem(409, "/problems/selection-changed");
            assert!(refused["detail"].as_str().unwrap().starts_with("3 were chosen, and 3 of them came or were changed"), "{refused}");
        }
        for (kind, count) in [("tokens", 3), ("customers", 1)] {
            let remove = json!({ "chosen": all(count, &before), "confirm": true });
            app.change_any(&format!("{list}/{kind}/remove"), remove).await.problem(409, "/problems/selection-changed");
        }
        let wrong = app.post("/tokens/block", all(3, &json!("yesterday"))).await.problem(422, "/problems/invalid");
        assert_eq!(wrong["errors"][0]["field"], "asOf");

        let seen = app.get(&format!("{list}/tokens")).await.ok()["asOf"].clone();
        let remove = json!({ "chosen": { "query": "q=other", "count": 1, "asOf": seen } });
        assert_eq!(app.change_any(&format!("{list}/tokens/remove"), remove).await.ok()["removed"], 1);
        let seen = app.get("/tokens").await.ok()["asOf"].clone();
        assert_eq!(app.post("/tokens/block", all(3, &seen)).await.ok(), json!({ "changed": 3 }));
    }

    async fn what_would_open_a_location_deletes_none(app) {
        let ids = cards(app, 3).await;
        let location = app.location("A").await;
        app.list(&location, &["CARD1", "CARD2"]).await;
        let refused = app.post("/tokens/delete", json!({ "query": "", "count": 3 })).await.problem(409, "/problems/in-use");
        assert!(refused["detail"].as_str().unwrap().contains("list of A"), "{refused}");
        assert_eq!(total(app, "/tokens").await, 3);
        assert_eq!(app.listed(&location).await, ["CARD1", "CARD2"]);
        app.post("/tokens/delete", json!({ "ids": [ids[0], ids[2]] })).await.ok();
        assert_eq!(app.listed(&location).await, ["CARD2"]);
    }

    async fn many_are_deleted_at_once_and_each_list_changes_once(app) {
        // More than one statement takes.
        many(app, 1_234).await;
        let cards: Vec<String> = (0..1_234).map(|n| format!("CARD{}", 100_000_000 + n)).collect();
        let cards: Vec<&str> = cards.iter().map(String::as_str).collect();
        let (a, b, c) = (app.location("A").await, app.location("B").await, app.location("C").await);
        app.list(&a, &cards).await;
        app.list(&a, &["FOREIGN1"]).await;
        app.list(&b, &[cards[700], cards[1_233]]).await;
        app.list(&c, &["FOREIGN1"]).await;
        let version = async |location: &str| app.get(&format!("/locations/{location}")).await.ok()["version"].as_u64().unwrap();
        let before = (version(&a).await, version(&b).await, version(&c).await);
        let all = json!({ "query": "", "count": 1_234 });
        let refused = app.post("/tokens/delete", all.clone()).await.problem(409, "/problems/in-use");
        let said = refused["detail"].as_str().unwrap();
        assert!(said.starts_with("Nothing else stands on the Authorization list of B, and"), "{said}");
        assert_eq!(total(app, "/tokens").await, 1_234);
        assert_eq!(before, (version(&a).await, version(&b).await, version(&c).await));

        app.list(&b, &["FOREIGN2"]).await;
        assert_eq!(app.post("/tokens/delete", all).await.ok(), json!({ "changed": 1_234 }));
        assert_eq!(total(app, "/tokens").await, 0);
        assert_eq!((app.listed(&a).await, app.listed(&b).await), (vec!["FOREIGN1".to_owned()], vec!["FOREIGN2".to_owned()]));
        assert_eq!((version(&a).await, version(&b).await, version(&c).await), (before.0 + 1, before.1 + 2, before.2));
        assert_eq!(app.get(&format!("/locations/{a}/authorization")).await.ok()["tokens"], 1);
    }

    async fn entries_are_removed_by_query_and_the_last_only_when_confirmed(app) {
        cards(app, 2).await;
        let location = app.location("A").await;
        let acme = app.customer("Acme").await;
        app.list(&location, &["CARD1", "CARD2", "A/B~C", "OTHER"]).await;
        let list = format!("/locations/{location}/authorization");
        app.change_any(&format!("{list}/customers"), json!({ "customerIds": [acme] })).await.ok();
        let remove = |query: &str, count: u64| json!({ "chosen": { "query": query, "count": count } });
        let tokens = format!("{list}/tokens/remove");
        app.change_any(&tokens, remove("filter=state:is:external", 3)).await.problem(409, "/problems/selection-changed");
        let done = app.change_any(&tokens, remove("filter=state:is:external", 2)).await.ok();
        assert_eq!((&done["removed"], &done["authorization"]["tokens"]), (&json!(2), &json!(2)));
        let entries = app.get(&format!("{list}/tokens")).await.ok();
        let chosen = json!({ "chosen": { "ids": [entries["items"][0]["entryId"], entries["items"][1]["entryId"]], "count": 2 } });
        assert_eq!(app.change_any(&tokens, chosen).await.ok()["removed"], 2);
        let customers = format!("{list}/customers/remove");
        app.change_any(&customers, remove("filter=name:is:acme", 1)).await.problem(409, "/problems/opens-location");
        let mut confirmed = remove("filter=name:is:acme", 1);
        confirmed["confirm"] = json!(true);
        assert_eq!(app.change_any(&customers, confirmed).await.ok()["authorization"]["visibility"], "Unpublished");
    }

    async fn more_entries_than_can_be_named_go_by_their_query(app) {
        let location = app.location("A").await;
        let ids: Vec<String> = (0..10_200).map(|n| format!("XX-EXT-{n:09}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let import = app.stage(&location, "auth-id", &[&ids]).await;
        app.change_any(&format!("{import}/finalise"), json!({ "ids": 10_200 })).await.ok();
        let remove = format!("/locations/{location}/authorization/tokens/remove");
        let chosen = |count: u64| json!({ "chosen": { "query": "filter=id:isNot:XX-EXT-000000007", "count": count } });
        app.change_any(&remove, chosen(10_200)).await.problem(409, "/problems/selection-changed");
        let done = app.change_any(&remove, chosen(10_199)).await.ok();
        assert_eq!((&done["removed"], &done["authorization"]["tokens"]), (&json!(10_199), &json!(1)));
        assert_eq!(app.listed(&location).await, ["XX-EXT-000000007"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_none_matches_nothing_is_deleted_and_that_is_no_failure() {
    let app = TestApp::sqlite().await;
    app.token(json!({ "authId": "CARD1" })).await;
    let as_of = app.get("/tokens").await.ok()["asOf"].clone();
    let none = json!({ "ids": [], "count": 0, "query": "filter=note:is:nobody", "asOf": as_of });
    let changed = app.post("/tokens/delete", none).await.ok();
    assert_eq!(changed["changed"], 0);
    assert_eq!(app.get("/tokens").await.ok()["total"], 1);
}

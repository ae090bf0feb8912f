//! Lists that change at the moment at which a customer or a token on them is deleted.

use std::time::Duration;

use domain::authorization::RemoveEntries;
use domain::tokens::TokenInput;
use proxy::books::{Engine, authorization, tokens};
use proxy::middleware::if_match::IfMatch;
use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, TestApp, on_both};

/// Waits until another change waits for this one's locks; on SQLite all changes wait in line anyway.
async fn until_one_waits(app: &TestApp) {
    if app.app.books.engine() == Engine::Sqlite {
        return;
    }
    let waiting = "SELECT 1 AS found FROM pg_stat_activity \
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let found = async {
        loop {
            let mut tx = app.app.books.read().await.unwrap();
            if sqlx::query(waiting)
                .fetch_optional(&mut *tx)
                .await
                .unwrap()
                .is_some()
            {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), found)
        .await
        .unwrap();
}

on_both! {
    /// The entry is taken off first; the count does not go down for it twice, which would show a
    /// private location as open.
    async fn an_entry_that_is_just_being_removed_is_counted_once(app) {
        let place = app.location("Oosteinde").await;
        let list = format!("/locations/{place}/authorization");
        let customer = app.customer("Acme").await;
        let token = app.token(json!({ "authId": "NL-GFX-C00000001-4" })).await;
        app.list(&place, &["NL-GFX-C00000002-1"]).await;
        let both = json!({ "customerIds": [customer] });
        app.change_any(&format!("{list}/customers"), both).await.ok();
        app.change_any(&format!("{list}/tokens"), json!({ "tokenIds": [token] })).await.ok();

        let all = RemoveEntries { all: true, ..RemoveEntries::default() };
        let one = RemoveEntries { entry_ids: vec!["a-NLGFXC00000001".into()], ..RemoveEntries::default() };
        for (path, is_customer) in [(format!("/customers/{customer}"), true), (format!("/tokens/{token}"), false)] {
            let mut tx = app.app.books.write().await.unwrap();
            if is_customer {
                authorization::customers::remove(&mut tx, &place, IfMatch::Any, &all).await.unwrap();
            } else {
                authorization::tokens::remove(&mut tx, &place, IfMatch::Any, &one).await.unwrap();
            }
            let request = app.request(Method::DELETE, &path).header("if-match", "*");
            let delete = tokio::spawn(Answer::of(request));
            until_one_waits(app).await;
            tx.silently("a test prepares this");
            tx.commit().await.unwrap();
            assert_eq!(delete.await.unwrap().status, 204);
        }
        let numbers = app.get(&list).await.ok();
        assert_eq!(
            (&numbers["customers"], &numbers["tokens"], &numbers["visibility"]),
            (&json!(0), &json!(1), &json!("Private"))
        );
        assert_eq!(app.listed(&place).await, ["NL-GFX-C00000002-1"]);
    }

    /// A Chip ID that is taken off a list at the moment at which a token gets it.
    async fn a_chip_id_that_is_just_being_removed_is_counted_once(app) {
        let place = app.location("Oosteinde").await;
        app.list(&place, &["NL-GFX-C00000002-1"]).await;
        let import = app.stage(&place, "chip-id", &[&["04A1B2C3"]]).await;
        app.change_any(&format!("{import}/finalise"), json!({ "ids": 1 })).await.ok();
        let one = RemoveEntries { entry_ids: vec!["c-04A1B2C3".into()], ..RemoveEntries::default() };
        let mut tx = app.app.books.write().await.unwrap();
        authorization::tokens::remove(&mut tx, &place, IfMatch::Any, &one).await.unwrap();
        let token = json!({ "authId": "NL-GFX-C00000001-4", "chipId": "04A1B2C3" });
        let create = tokio::spawn(Answer::of(app.request(Method::POST, "/tokens").json(&token)));
        until_one_waits(app).await;
        tx.silently("a test prepares this");
        tx.commit().await.unwrap();
        assert_eq!(create.await.unwrap().status, 201);
        let numbers = app.get(&format!("/locations/{place}/authorization")).await.ok();
        assert_eq!(numbers["tokens"], 1, "{numbers}");
        assert_eq!(app.listed(&place).await, ["NL-GFX-C00000002-1"]);
    }

    /// A token that gets its Chip ID while an import lists that Chip ID.
    async fn an_import_waits_for_a_token_that_is_being_made(app) {
        let place = app.location("Oosteinde").await;
        let import = app.stage(&place, "chip-id", &[&["04A1B2C3"]]).await;
        let input = TokenInput {
            auth_id: Some("NL-GFX-C00000001-4".into()),
            chip_id: Some("04A1B2C3".into()),
            ..TokenInput::default()
        };
        let mut tx = app.app.books.write().await.unwrap();
        tokens::create(&mut tx, input).await.unwrap();
        let path = format!("{import}/finalise");
        let request = app.request(Method::POST, &path).header("if-match", "*").json(&json!({ "ids": 1 }));
        let finalise = tokio::spawn(Answer::of(request));
        until_one_waits(app).await;
        tx.silently("a test prepares this");
        tx.commit().await.unwrap();
        assert_eq!(finalise.await.unwrap().status, 200);
        assert_eq!(app.listed(&place).await, ["NL-GFX-C00000001-4"]);
    }

    /// A token that is deleted while it is put on a list.
    async fn a_token_that_is_being_deleted_is_not_listed(app) {
        let place = app.location("Oosteinde").await;
        app.list(&place, &["NL-GFX-C00000002-1"]).await;
        let token = app.token(json!({ "authId": "NL-GFX-C00000001-4" })).await;
        let mut tx = app.app.books.write().await.unwrap();
        tokens::delete(&mut tx, &token, IfMatch::Any).await.unwrap();
        let path = format!("/locations/{place}/authorization/tokens");
        let request = app.request(Method::POST, &path).header("if-match", "*");
        let add = tokio::spawn(Answer::of(request.json(&json!({ "tokenIds": [token] }))));
        until_one_waits(app).await;
        tx.silently("a test prepares this");
        tx.commit().await.unwrap();
        add.await.unwrap().problem(422, "/problems/invalid");
        assert_eq!(app.listed(&place).await, ["NL-GFX-C00000002-1"]);
    }
}

//! Lists as files.

use std::time::Duration;

use domain::csv_out::BOM;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

/// The rows of a CSV of plain cells, the header first.
fn rows(text: &str) -> Vec<Vec<&str>> {
    let text = text.strip_prefix(std::str::from_utf8(BOM).unwrap()).unwrap();
    let lines = text.strip_suffix("\r\n").unwrap().split("\r\n");
    lines.map(|line| line.split(',').collect()).collect()
}

/// Puts many tokens into the books.
pub async fn many(app: &TestApp, count: usize) {
    let mut tx = app.app.books.write().await.unwrap();
    let sql = format!(
        "WITH RECURSIVE numbers(n) AS (SELECT 100000000 UNION ALL SELECT n + 1 FROM numbers WHERE n < {}) \
         INSERT INTO tokens (id, auth_id, auth_key, type, issuer, valid, note, search, version, created_at, updated_at) \
         SELECT 'tok_' || n, 'CARD' || n, 'CARD' || n, 'RFID', '{}', 1, '', '', 1, '2026-01-01T00:00:00Z', \
         '2026-01-01T00:00:00Z' FROM numbers",
        99_999_999 + count,
        "x".repeat(200)
    );
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.silently("a test prepares this");
    tx.commit().await.unwrap();
}

/// How an export stands once it has ended.
pub async fn ended(app: &TestApp, name: &str) -> Value {
    loop {
        let progress = app.get(&format!("/exports/{name}")).await.ok();
        if progress["done"] == true || progress["failed"].is_string() {
            return progress;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

on_both! {
    async fn a_list_is_exported_as_it_is_filtered_and_sorted(app) {
        let acme = app.customer("Acme; Söhne").await;
        for n in 0..3 {
            app.token(json!({ "authId": format!("CARD{n}"), "customerId": acme, "note": "=1+1", "valid": n != 1 })).await;
        }
        let last = app.token(json!({ "authId": "OTHER1", "expires": "2030-01-02T03:04:05Z" })).await;
        let answer = app.get("/tokens/export?filter=authId:startsWith:card&sort=-authId&columns=authId,valid,note,expires").await;
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(answer.header("x-total-count"), "3");
        let name = answer.header("content-disposition").to_owned();
        assert!(name.starts_with("attachment; filename=\"tokens-20") && name.ends_with(".csv\""), "{name}");
        assert_eq!(rows(&answer.text), [
            vec!["Auth ID", "Valid", "Note", "Expires"],
            vec!["CARD2", "yes", "'=1+1", ""],
            vec!["CARD1", "no", "'=1+1", ""],
            vec!["CARD0", "yes", "'=1+1", ""],
        ]);

        let json = app.post("/tokens/export", json!({
            "query": "filter=authId:is:card0&filter=expires:isNotEmpty:&match=any&page=9",
            "format": "json", "columns": ["expires", "authId", "valid", "customer"],
        })).await.ok();
        assert_eq!(json, json!([
            { "expires": null, "authId": "CARD0", "valid": true, "customer": "Acme; Söhne" },
            { "expires": "2030-01-02T03:04:05Z", "authId": "OTHER1", "valid": true, "customer": null },
        ]));
        let counts = app.get("/customers/export?format=json&columns=tokens").await.ok();
        assert_eq!(counts, json!([{ "tokens": 3 }]));
        let chosen = app.post("/tokens/export", json!({ "ids": [last], "query": "q=nothing", "format": "json", "columns": ["authId"] })).await;
        assert_eq!(chosen.header("x-total-count"), "1");
        assert_eq!(chosen.ok(), json!([{ "authId": "OTHER1" }]));
        assert_eq!(app.post("/tokens/export", json!({ "ids": [], "format": "json" })).await.ok(), json!([]));
        let all = app.get("/tokens/export").await;
        assert_eq!(rows(&all.text)[0].len(), 10);
    }

    async fn every_list_has_its_export(app) {
        let id = app.location("A").await;
        let customer = app.customer("Acme").await;
        let token = app.token(json!({ "authId": "CARD1", "customerId": customer })).await;
        app.list(&id, &["CARD1", "A/B"]).await;
        app.change_any(&format!("/locations/{id}/authorization/customers"), json!({ "customerIds": [customer] })).await.ok();
        let import = app.stage(&id, "auth-id", &[&["CARD1"]]).await;
        for (path, total) in [
            ("/locations".to_owned(), "1"), ("/customers".into(), "1"), ("/tokens".into(), "1"),
            (format!("/customers/{customer}/tokens"), "1"), (format!("/customers/{customer}/locations"), "1"),
            (format!("/tokens/{token}/locations"), "1"), (format!("/locations/{id}/authorization/customers"), "1"),
            (format!("/locations/{id}/authorization/tokens"), "2"), (format!("/locations/{id}/authorization/imports"), "1"),
            (format!("{import}/removed"), "1"), ("/station_tokens".into(), "0"), ("/connections".into(), "0"),
        ] {
            let answer = app.get(&format!("{path}/export?format=json")).await;
            assert_eq!(answer.header("x-total-count"), total, "{path}");
            assert_eq!(answer.ok().as_array().unwrap().len(), total.parse::<usize>().unwrap(), "{path}");
        }
        let entries = app.get(&format!("/locations/{id}/authorization/tokens")).await.ok();
        let entry = entries["items"].as_array().unwrap().iter().find(|entry| entry["id"] == "A/B").unwrap();
        let one = app.post(&format!("/locations/{id}/authorization/tokens/export"),
            json!({ "ids": [entry["entryId"]], "format": "json", "columns": ["id", "state"] })).await.ok();
        assert_eq!(one, json!([{ "id": "A/B", "state": "External" }]));
        app.get("/customers/none/tokens/export").await.problem(404, "/problems/not-found");
    }

    async fn what_cannot_be_exported_is_named(app) {
        for (rest, field) in [
            ("columns=authId,colour", "columns"), ("columns=", "columns"), ("columns=note,note", "columns"),
            ("format=pdf", "format"), ("progress=short", "progress"), ("sort=colour", "sort"), ("filter=a:b:c", "filter[0]"),
        ] {
            let refused = app.get(&format!("/tokens/export?{rest}")).await.problem(422, "/problems/invalid");
            assert_eq!(refused["errors"][0]["field"], field, "{rest}");
        }
        let refused = app.post("/tokens/export", json!({ "ids": vec!["x"; 10_001] })).await.problem(422, "/problems/invalid");
        assert_eq!(refused["errors"][0]["field"], "ids");
        let long = format!("filter=authId:is:{}", "a".repeat(100_000));
        let refused = app.post("/tokens/export", json!({ "query": long })).await.problem(422, "/problems/invalid");
        assert_eq!(refused["errors"][0]["message"], "a value has at most 255 characters, this one has 100000");
        app.post("/tokens/export", json!({ "format": "pdf" })).await.problem(400, "/problems/malformed-request");
        app.get("/exports/0123456789abcdef").await.problem(404, "/problems/not-found");
    }

    async fn progress_is_told_until_the_end(app) {
        many(app, 1_234).await;
        app.get("/tokens/export?progress=0123456789abcdef").await;
        let progress = ended(app, "0123456789abcdef").await;
        assert_eq!(progress, json!({ "rows": 1234, "total": 1234, "done": true, "failed": null }));
        app.get("/tokens/export?progress=0123456789abcdef").await.problem(409, "/problems/duplicate");
    }

    async fn cells_of_a_workbook_have_types(app) {
        use calamine::{Data, Reader, Xlsx};
        let acme = app.customer("=Acme").await;
        app.token(json!({ "authId": "CARD1", "customerId": acme, "valid": false, "expires": "2030-01-02T12:00:00Z" })).await;
        app.token(json!({ "authId": "CARD2" })).await;
        let book = async |path: &str| {
            let answer = app.request(Method::GET, path).send().await.unwrap();
            assert!(answer.headers()["content-disposition"].to_str().unwrap().ends_with(".xlsx\""));
            let bytes = answer.bytes().await.unwrap().to_vec();
            let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
            let rows: Vec<Vec<Data>> = book.worksheets()[0].1.rows().map(<[Data]>::to_vec).collect();
            rows
        };
        let tokens = book("/tokens/export?format=xlsx&columns=authId,customer,valid,expires").await;
        let text = |text: &str| Data::String(text.into());
        assert_eq!(tokens[0], [text("Auth ID"), text("Customer"), text("Valid"), text("Expires (UTC)")]);
        assert_eq!(tokens[1][..3], [text("CARD1"), text("=Acme"), Data::Bool(false)]);
        let Data::DateTime(expires) = &tokens[1][3] else { panic!("{tokens:?}") };
        assert!((expires.as_f64() - 47_485.5).abs() < 1e-9, "{expires:?}");
        assert_eq!(tokens[2][1..], [Data::Empty, Data::Bool(true), Data::Empty]);
        assert_eq!(book("/customers/export?format=xlsx&columns=tokens").await[1], [Data::Float(1.0)]);
    }

    async fn an_export_is_one_snapshot_however_long_it_takes(app) {
        many(app, 30_000).await;
        let mut answer = app.request(Method::GET, "/tokens/export?columns=authId,issuer,note").send().await.unwrap();
        assert_eq!(answer.headers()["x-total-count"], "30000");
        // The file is far larger than what waits between the two sides, so it is not written yet.
        let mut tx = app.app.books.write().await.unwrap();
        sqlx::query("UPDATE tokens SET note = 'changed'").execute(&mut *tx).await.unwrap();
        sqlx::query("DELETE FROM tokens WHERE id > 'tok_100010000'").execute(&mut *tx).await.unwrap();
        tx.silently("a test prepares this");
        tx.commit().await.unwrap();
        let mut text = Vec::new();
        while let Some(piece) = answer.chunk().await.unwrap() {
            text.extend_from_slice(&piece);
        }
        let text = String::from_utf8(text).unwrap();
        assert_eq!(rows(&text).len(), 30_001);
        assert!(!text.contains("changed"));
        assert_eq!(app.get("/tokens/export").await.header("x-total-count"), "10001");
    }

    async fn a_reader_who_leaves_stops_the_work(app) {
        many(app, 30_000).await;
        let answer = app.request(Method::GET, "/tokens/export?progress=0123456789abcdef").send().await.unwrap();
        drop(answer);
        let progress = ended(app, "0123456789abcdef").await;
        assert_eq!(progress["failed"], "the download was broken off");
        assert!(progress["rows"].as_u64().unwrap() < 30_000);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_list_comes_whole_and_in_order() {
    let app = TestApp::sqlite().await;
    many(&app, 200_000).await;
    let answer = app.get("/tokens/export?columns=authId&sort=-authId").await;
    let rows = rows(&answer.text);
    assert_eq!(rows.len(), 200_001);
    assert_eq!((rows[1][0], rows[200_000][0]), ("CARD100199999", "CARD100000000"));
}

//! Changes are made from the portal's own pages, by requests that say that they change something.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::Value;
use sqlx::Row;

use super::routes;
use crate::support::{Answer, TestApp};

/// Every change of the API, tried with an administrator's session, as another site's page would.
#[tokio::test]
async fn no_change_is_taken_from_another_site() {
    let app = TestApp::sqlite().await;
    let person = app.person("Ana Torres", "administrator").await;
    let mut tried = 0;
    for (method, path) in routes() {
        if method == Method::GET {
            continue;
        }
        for headers in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[
                ("sec-fetch-site", "same-origin"),
                ("origin", "https://evil.example"),
            ],
            &[("origin", "http://127.0.0.1:1")],
        ] {
            let mut request = person.request(method.clone(), &path);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let refused = Answer::of(request).await;
            assert_eq!(
                (refused.status, refused.json["type"].as_str()),
                (403, Some("/problems/cross-site")),
                "{method} {path} {headers:?}"
            );
            tried += 1;
        }
    }
    assert!(tried > 300, "{tried}");
    person.get("/session").await.ok();
}

/// Everything in the books but when somebody was last seen, as text.
async fn contents(app: &TestApp) -> BTreeMap<String, Vec<String>> {
    let mut tx = app.app.books.read().await.unwrap();
    let tables =
        sqlx::query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            .fetch_all(&mut *tx)
            .await
            .unwrap();
    let mut contents = BTreeMap::new();
    for table in tables {
        let table: String = table.get(0);
        let columns = sqlx::query(sqlx::AssertSqlSafe(format!(
            "SELECT name FROM pragma_table_info('{table}')"
        )))
        .fetch_all(&mut *tx)
        .await
        .unwrap();
        let columns: Vec<String> = columns
            .iter()
            .map(|column| column.get::<String, _>(0))
            .filter(|name| !name.starts_with("last_") && name != "seen_at")
            .map(|name| format!("quote({name})"))
            .collect();
        let select = format!(
            "SELECT {} AS line FROM {table} ORDER BY 1",
            columns.join(" || ',' || ")
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(select))
            .fetch_all(&mut *tx)
            .await
            .unwrap();
        contents.insert(table, rows.iter().map(|row| row.get(0)).collect());
    }
    contents
}

/// Every address that is read, with ids of records that are there, leaves the books as they were.
#[tokio::test]
async fn reading_changes_nothing() {
    let app = TestApp::builder().sandbox(8).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    proxy::seed::fill(&app.app.books).await.unwrap();
    let person = app.person("Ana Torres", "administrator").await;
    let mut ids = BTreeMap::new();
    for list in [
        "locations",
        "customers",
        "tokens",
        "station_tokens",
        "connections",
        "accounts",
        "roles",
    ] {
        let first = app.get(&format!("/{list}?pageSize=1")).await.ok();
        ids.insert(list, first["items"][0]["id"].as_str().unwrap().to_owned());
    }
    let before = contents(&app).await;
    assert!(before["tokens"].len() > 100);
    let mut read = 0;
    for (method, path) in routes() {
        if method != Method::GET {
            continue;
        }
        let list = path.split('/').nth(1).unwrap();
        let id = ids.get(list).map_or("x", String::as_str);
        let path = path.replacen("/x", &format!("/{id}"), 1);
        for method in [Method::GET, Method::HEAD] {
            let answer = Answer::of(person.request(method, &path)).await;
            read += u32::from((200..300).contains(&answer.status));
        }
    }
    assert!(read > 80, "{read}");
    let after = contents(&app).await;
    for (table, lines) in before {
        assert_eq!(lines, after[&table], "{table}");
    }
}

//! A list as large as lists get. Run by hand with an optimised build, for its figures:
//! `cargo test --profile server -p proxy --test it bulk -- --ignored --nocapture`.

use std::time::Instant;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::TestApp;

const ROWS: usize = 1_000_000;

/// Every id once, in an order that is none.
fn ids() -> Vec<String> {
    (0..ROWS)
        .map(|n| format!("NLGFXC{:08}", n * 611_953 % ROWS))
        .collect()
}

async fn run(app: &TestApp, location: &str, ids: &[String], clear: bool) -> Value {
    let begun = Instant::now();
    let import = app.stage(location, "auth-id", &[]).await;
    for (seq, chunk) in ids.chunks(50_000).enumerate() {
        app.put(&format!("{import}/chunks/{seq}"), json!({ "ids": chunk }))
            .await
            .ok();
    }
    let staged = begun.elapsed();
    let preview = app.get(&format!("{import}/preview?clear={clear}")).await.ok();
    let previewed = begun.elapsed();
    let body = json!({ "ids": ids.len(), "clear": clear });
    let done = app
        .change(
            Method::POST,
            &format!("{import}/finalise"),
            &preview["version"],
            body,
        )
        .await
        .ok();
    let finalised = begun.elapsed();
    eprintln!(
        "staged {staged:?}, previewed {:?}, finalised {:?}, all {finalised:?}: added {}, listed {}, removed {}",
        previewed - staged,
        finalised - previewed,
        done["import"]["added"],
        done["import"]["alreadyListed"],
        done["import"]["removed"],
    );
    assert_eq!(
        (&preview["added"], &preview["removed"]),
        (&done["import"]["added"], &done["import"]["removed"])
    );
    json!([import, done["import"]["added"], done["authorization"]["tokens"]])
}

async fn a_million(app: TestApp) {
    let location = app.location("Oosteinde").await;
    let ids = ids();
    let first = run(&app, &location, &ids, false).await;
    assert_eq!((&first[1], &first[2]), (&json!(ROWS), &json!(ROWS)));
    let again = run(&app, &location, &ids, false).await;
    assert_eq!((&again[1], &again[2]), (&json!(0), &json!(ROWS)));
    let replaced = run(&app, &location, &ids[ROWS / 2..], true).await;
    assert_eq!((&replaced[1], &replaced[2]), (&json!(0), &json!(ROWS / 2)));
    for path in ["", "?q=c0000012", "?page=9000", "?sort=-addedAt"] {
        let begun = Instant::now();
        let page = app
            .get(&format!("/locations/{location}/authorization/tokens{path}"))
            .await
            .ok();
        eprintln!(
            "tokens{path}: {:?}, {} of {}",
            begun.elapsed(),
            page["items"].as_array().unwrap().len(),
            page["total"]
        );
    }
    for import in [&replaced[0], &first[0]] {
        let begun = Instant::now();
        let path = format!("{}/undo", import.as_str().unwrap());
        let undone = app.change_any(&path, json!({ "confirm": true })).await.ok();
        eprintln!(
            "undone in {:?}: {} left",
            begun.elapsed(),
            undone["authorization"]["tokens"]
        );
    }
    assert_eq!(
        app.get(&format!("/locations/{location}/authorization"))
            .await
            .ok()["tokens"],
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "for its figures, in an optimised build"]
async fn a_million_ids_on_sqlite() {
    a_million(TestApp::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "for its figures, in an optimised build"]
async fn a_million_ids_on_postgres() {
    if let Some(app) = TestApp::postgres().await {
        a_million(app).await;
    }
}

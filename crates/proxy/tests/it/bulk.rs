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

/// Time on the clock, and of the processor: on a busy machine the second says more. Client and server
/// are one process here; PostgreSQL's own is not counted.
struct Watch(Instant, f64);

impl Watch {
    fn start() -> Self {
        Self(Instant::now(), processor())
    }

    fn lap(&mut self) -> String {
        let lap = format!(
            "{:.2} s ({:.2} s processor)",
            self.0.elapsed().as_secs_f64(),
            processor() - self.1
        );
        *self = Self::start();
        lap
    }
}

fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    fields
        .iter()
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}

async fn run(app: &TestApp, location: &str, ids: &[String], clear: bool) -> Value {
    let mut watch = Watch::start();
    let import = app.stage(location, "auth-id", &[]).await;
    for (seq, chunk) in ids.chunks(50_000).enumerate() {
        app.put(&format!("{import}/chunks/{seq}"), json!({ "ids": chunk }))
            .await
            .ok();
    }
    let staged = watch.lap();
    let preview = app.get(&format!("{import}/preview?clear={clear}")).await.ok();
    let previewed = watch.lap();
    let body = json!({ "ids": ids.len(), "clear": clear });
    let path = format!("{import}/finalise");
    let done = app
        .change(Method::POST, &path, &preview["version"], body)
        .await
        .ok();
    let result = &done["import"];
    eprintln!(
        "staged {staged}, previewed {previewed}, finalised {}: added {}, listed {}, removed {}",
        watch.lap(),
        result["added"],
        result["alreadyListed"],
        result["removed"],
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
        let mut watch = Watch::start();
        let page = app
            .get(&format!("/locations/{location}/authorization/tokens{path}"))
            .await
            .ok();
        eprintln!(
            "tokens{path}: {}, {} of {}",
            watch.lap(),
            page["items"].as_array().unwrap().len(),
            page["total"]
        );
    }
    for import in [&replaced[0], &first[0]] {
        let mut watch = Watch::start();
        let path = format!("{}/undo", import.as_str().unwrap());
        let undone = app.change_any(&path, json!({ "confirm": true })).await.ok();
        eprintln!(
            "undone in {}: {} left",
            watch.lap(),
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

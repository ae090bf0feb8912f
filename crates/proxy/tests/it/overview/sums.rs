use std::collections::BTreeMap;

use serde_json::Value;

use crate::estate::all;
use crate::support::TestApp;

const DAY: &str = "fromTransactionTimeStamp=2026-11-19T00:00:00Z&toTransactionTimeStamp=2026-11-19T12:00:00Z";

/// Cents, from the text of a number.
fn cents(text: &str) -> i64 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    whole.parse::<i64>().unwrap() * 100 + format!("{rest:0<2}").parse::<i64>().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn transactions_are_summed_to_the_cent() {
    let app = TestApp::builder().estate(160).start().await;
    for filter in ["", "&filter=netRevenue:gt:5", "&filter=currency:is:EUR", "&q=a"] {
        let rows = all(&app, &format!("/transactions?{DAY}{filter}")).await;
        let mut expected: BTreeMap<(String, String), (i64, u64)> = BTreeMap::new();
        for row in &rows {
            let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
            let sum = expected
                .entry((text("currency"), text("transactionType")))
                .or_default();
            sum.0 += if row["grossAmount"].is_null() {
                0
            } else {
                cents(&row["grossAmount"].to_string())
            };
            sum.1 += 1;
        }
        let told = app.get(&format!("/transactions/sums?{DAY}{filter}")).await.ok();
        let items = told["items"].as_array().unwrap();
        let found: BTreeMap<(String, String), (i64, u64)> = items
            .iter()
            .map(|item| {
                let text = |field: &str| item[field].as_str().unwrap().to_owned();
                (
                    (text("currency"), text("type")),
                    (cents(&text("amount")), item["count"].as_u64().unwrap()),
                )
            })
            .collect();
        assert!(!rows.is_empty() && told["asOf"].is_string(), "{filter}");
        assert_eq!(found, expected, "{filter}");
    }
    let none = app
        .get(&format!("/transactions/sums?{DAY}&filter=currency:is:XXX"))
        .await
        .ok();
    assert_eq!(none["items"], Value::Array(Vec::new()));
    app.get("/transactions/sums?filter=colour:is:red")
        .await
        .problem(422, "/problems/invalid");
    let person = app.person("Ivo Stock", "inventory-manager").await;
    person
        .get("/transactions/sums")
        .await
        .problem(403, "/problems/forbidden");
}

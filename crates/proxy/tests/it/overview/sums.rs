use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::estate::all;
use crate::support::TestApp;

const DAY: &str = "fromTransactionTimeStamp=2026-11-19T00:00:00Z&toTransactionTimeStamp=2026-11-19T12:00:00Z";

/// Cents, from the text of a number.
fn cents(text: &str) -> i64 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    whole.parse::<i64>().unwrap() * 100 + format!("{rest:0<2}").parse::<i64>().unwrap()
}

/// The page shows an amount's currency beside it; so does a file, whichever columns are asked for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn amounts_bring_their_currency_along() {
    let app = TestApp::builder().estate(24).start().await;
    for (columns, head) in [
        ("transactionId,grossAmount", "Transaction ID,Paid,Currency"),
        ("currency,netRevenue", "Currency,Revenue"),
        ("transactionId,energy", "Transaction ID,\"Energy, kWh\""),
    ] {
        let path = format!("/transactions/export?format=csv&columns={columns}&{DAY}");
        let file = app.get(&path).await.text;
        assert_eq!(
            file.trim_start_matches('\u{feff}').lines().next(),
            Some(head),
            "{columns}"
        );
    }
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

/// Millionths, from the text of a number.
fn millionths(text: &str) -> i128 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    whole.parse::<i128>().unwrap() * 1_000_000 + format!("{rest:0<6}").parse::<i128>().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn usage_is_summed_by_vehicle_and_currency() {
    const DAYS: &str = "fromTimeStamp=2026-11-18T00:00:00Z&toTimeStamp=2026-11-20T00:00:00Z";
    let app = TestApp::builder().estate(160).start().await;
    for filter in ["", "&filter=energy:gt:5", "&filter=city:contains:a"] {
        let rows = all(&app, &format!("/fleet/usage?{DAYS}{filter}")).await;
        let mut expected: BTreeMap<(String, String), (i128, i128, u64)> = BTreeMap::new();
        for row in &rows {
            let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
            let of = |field: &str| match row[field].is_null() {
                true => 0,
                false => millionths(&row[field].to_string()),
            };
            let sum = expected
                .entry((text("fleetVehicleId"), text("currency")))
                .or_default();
            sum.0 += of("energy");
            sum.1 += of("fee");
            sum.2 += 1;
        }
        let told = app.get(&format!("/fleet/usage/sums?{DAYS}{filter}")).await.ok();
        let items = told["items"].as_array().unwrap();
        let text = |item: &Value, field: &str| item[field].as_str().unwrap().to_owned();
        let found: BTreeMap<(String, String), (i128, i128, u64)> = items
            .iter()
            .map(|item| {
                let key = (text(item, "fleetVehicleId"), text(item, "currency"));
                let sums = [text(item, "energy"), text(item, "fee")].map(|sum| millionths(&sum));
                (key, (sums[0], sums[1], item["sessions"].as_u64().unwrap()))
            })
            .collect();
        assert!(!rows.is_empty() && told["asOf"].is_string(), "{filter}");
        assert_eq!(found, expected, "{filter}");
        assert_eq!(told["total"], items.len());
        let most: Vec<i128> = items
            .iter()
            .map(|item| millionths(&text(item, "energy")))
            .collect();
        assert!(most.is_sorted_by(|a, b| a >= b), "{most:?}");
        for sort in ["fee", "-gasolineSavings", "ghgSavings"] {
            let told = app
                .get(&format!("/fleet/usage/sums?{DAYS}{filter}&sort={sort}"))
                .await
                .ok();
            let sorted = told["items"].as_array().unwrap();
            assert_eq!(sorted.len(), items.len());
            let field = sort.trim_start_matches('-');
            let currencies: BTreeSet<String> = sorted.iter().map(|item| text(item, "currency")).collect();
            // Of amounts, each currency's most stands before all that is less of its own.
            for currency in currencies {
                let of_it = sorted
                    .iter()
                    .filter(|item| field != "fee" || text(item, "currency") == currency);
                let most: Vec<i128> = of_it.map(|item| millionths(&text(item, field))).collect();
                assert!(most.is_sorted_by(|a, b| a >= b), "{sort}: {most:?}");
            }
        }
        let first = &items[0];
        // What a bar leads to holds its rows, and keeps to what was asked for.
        let of_first = format!("{DAYS}&{}", text(first, "list"));
        let behind = all(&app, &format!("/fleet/usage?{of_first}")).await;
        let sessions = behind
            .iter()
            .filter(|row| row["fleetVehicleId"] == first["fleetVehicleId"]);
        assert_eq!(sessions.count() as u64, first["sessions"], "{of_first}");
        assert_eq!(of_first.contains("filter="), !filter.is_empty());
        assert!(!text(first, "licensePlate").is_empty() && !text(first, "fleetName").is_empty());
        assert!(millionths(&text(first, "ghgSavings")) > 0, "{first}");
    }
    let person = app.person("Ivo Stock", "inventory-manager").await;
    person
        .get("/fleet/usage/sums")
        .await
        .problem(403, "/problems/forbidden");
    app.get("/fleet/usage/sums?fleetVehicleId=x")
        .await
        .problem(422, "/problems/invalid");
}

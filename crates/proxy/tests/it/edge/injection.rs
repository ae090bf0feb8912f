//! Texts that would be SQL, in every filter of every column, in the order, the search and the ids.

use domain::accounts::{Account, Role};
use domain::column::{Head, Listed};
use domain::connections::Connection;
use domain::customers::Customer;
use domain::locations::Location;
use domain::station_tokens::StationToken;
use domain::tokens::Token;
use serde_json::Value;

use crate::support::{TestApp, on_both, query};

const LISTS: &[(&str, &[Head])] = &[
    ("/customers", Customer::HEADS),
    ("/tokens", Token::HEADS),
    ("/locations", Location::HEADS),
    ("/connections", Connection::HEADS),
    ("/station_tokens", StationToken::HEADS),
    ("/accounts", Account::HEADS),
    ("/roles", Role::HEADS),
];

const EVIL: &[&str] = &[
    "' OR '1'='1",
    "x') OR 1=1 --",
    "x'; DROP TABLE customers; --",
    "%",
    "_",
    "\\",
    "$1",
    "?1",
    "1 OR 1=1",
    "\u{0}",
];

async fn totals(app: &TestApp) -> Vec<Value> {
    let mut totals = Vec::new();
    for (list, _) in LISTS {
        totals.push(app.get(list).await.ok()["total"].clone());
    }
    totals
}

on_both! {
    async fn nothing_that_is_asked_becomes_sql(app) {
        for name in ["Acme", "Beta"] {
            app.customer(name).await;
        }
        app.location("Oosteinde").await;
        app.token(serde_json::json!({ "authId": "NL-GFX-C00000001-4" })).await;
        let before = totals(app).await;
        let mut asked = 0;
        for (list, heads) in LISTS {
            for evil in EVIL {
                for head in *heads {
                    for condition in ["is", "contains", "in", "startsWith"] {
                        let filter = format!("{}:{condition}:{evil}", head.key);
                        let answer = app.get(&format!("{list}?{}", query(&[("filter", &filter)]))).await;
                        let found = answer.json["total"].as_u64().unwrap_or_default();
                        assert!(matches!(answer.status, 200 | 400 | 422), "{list} {filter}: {}", answer.text);
                        assert_eq!(found, 0, "{list} {filter}");
                        asked += 1;
                    }
                }
                for pair in [("sort", format!("name {evil}")), ("filter", format!("name{evil}:is:x")), ("match", (*evil).into())] {
                    let answer = app.get(&format!("{list}?{}", query(&[(pair.0, &pair.1)]))).await;
                    assert!(matches!(answer.status, 400 | 422), "{list} {pair:?}: {}", answer.text);
                }
                let one = app.get(&format!("{list}/{}", &query(&[("", evil)])[1..])).await;
                assert!(matches!(one.status, 400 | 404), "{list}/{evil}: {}", one.text);
            }
        }
        assert!(asked > 1_500, "{asked}");
        assert_eq!(totals(app).await, before);
    }
}

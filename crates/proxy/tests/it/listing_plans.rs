//! Filters by id go through an index, whatever else the books hold.

use domain::listing::ListQuery;
use proxy::books::listing::{Source, bind_all};
use proxy::books::{Engine, authorization, tokens};
use sqlx::{AssertSqlSafe, Row};

use crate::support::{TestApp, on_both};

/// The engine's plan for a list with that filter.
async fn plan<S: Source>(app: &TestApp, path: S::Path, filter: &str) -> String {
    let mut tx = app.app.books.read().await.unwrap();
    let query = ListQuery {
        filter: vec![filter.to_owned()],
        ..ListQuery::default()
    };
    let rows = S::rows(&mut tx, path).await.unwrap();
    let export = rows.export(&mut tx, &query, None).await.unwrap();
    let (sql, binds) = export.statement().unwrap();
    let (explain, column) = match app.app.books.engine() {
        Engine::Sqlite => ("EXPLAIN QUERY PLAN", "detail"),
        Engine::Postgres => ("EXPLAIN", "QUERY PLAN"),
    };
    if app.app.books.engine() == Engine::Postgres {
        // The tables are nearly empty here, and PostgreSQL would read them whole.
        sqlx::query("SET LOCAL enable_seqscan = off")
            .execute(&mut *tx)
            .await
            .unwrap();
    }
    let sql = format!("{explain} {sql}");
    let lines = bind_all(sqlx::query(AssertSqlSafe(sql)), binds)
        .fetch_all(&mut *tx)
        .await
        .unwrap();
    lines
        .iter()
        .map(|line| line.try_get::<String, _>(column).unwrap() + "\n")
        .collect()
}

on_both! {
    async fn ids_are_found_by_index(app) {
        let location = app.location("A").await;
        app.list(&location, &["CARD1"]).await;
        for (filter, indexes) in [
            ("authId:is:card1", vec!["tokens_auth_key"]),
            ("authId:in:card1,card2,card3", vec!["tokens_auth_key"]),
            ("authId:is:NL-GFX-C00000001", vec!["tokens_auth_key", "tokens_contract"]),
            ("authId:in:NL-GFX-C00000001,NL-GFX-C00000002,card1", vec!["tokens_auth_key", "tokens_contract"]),
            ("chipId:is:04A1B2C3", vec!["tokens_chip_key"]),
            ("chipId:in:04A1B2C3,04A1B2C4", vec!["tokens_chip_key"]),
        ] {
            let plan = plan::<tokens::Tokens>(app, (), filter).await;
            for index in indexes {
                assert!(plan.contains(index), "{filter}\n{plan}");
            }
            for whole in ["SCAN t\n", "SCAN t ", "Seq Scan on tokens"] {
                assert!(!plan.contains(whole), "{filter}\n{plan}");
            }
        }
        let plan = plan::<authorization::tokens::OnList>(app, location, "id:in:card1,card2").await;
        assert!(plan.contains("key=?)") || plan.contains("(key = ANY"), "{plan}");
    }
}

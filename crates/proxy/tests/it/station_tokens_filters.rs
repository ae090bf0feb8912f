//! The stock asked by SQL and the same rows asked in memory: the same answer.

use domain::column::{Cell, Column, Kind, Listed};
use domain::filter::{Condition, Filter, Operand, join};
use domain::listing::ListQuery;
use domain::moment::{Zone, local};
use domain::rows;
use domain::station_tokens::StationToken;

use crate::station_tokens::estate;
use crate::support::{TestApp, on_both, query};

async fn stock(app: &TestApp) -> Vec<StationToken> {
    let mut all = Vec::new();
    for page in 1.. {
        let page = app
            .get(&format!("/station_tokens?pageSize=500&page={page}"))
            .await
            .ok();
        let items: Vec<StationToken> = serde_json::from_value(page["items"].clone()).unwrap();
        all.extend(items);
        if all.len() as u64 == page["total"] {
            return all;
        }
    }
    all
}

/// Texts of a column as somebody would type them, taken from rows here and there.
fn typed(column: &Column<StationToken>, rows: &[StationToken]) -> Vec<String> {
    let text = |row: &StationToken| match (column.get)(row) {
        Cell::Text(at) if column.kind == Kind::Pacific => local(&at, Zone::Pacific),
        Cell::Text(text) => Some(text),
        _ => None,
    };
    let found: Vec<String> = rows.iter().filter_map(text).collect();
    let pick = |n: usize| found.get(n * found.len() / 7).cloned();
    (0..7).step_by(3).filter_map(pick).collect()
}

fn filters(column: &'static Column<StationToken>, condition: Condition, typed: &[String]) -> Vec<String> {
    let (Some(first), Some(last)) = (typed.first(), typed.last()) else {
        return Vec::new();
    };
    let day = |text: &String| text.get(..10).unwrap_or_default().to_owned();
    let is_time = matches!(column.kind, Kind::Pacific | Kind::Date);
    let part: String = first.chars().skip(2).take(4).collect();
    let values = match condition.operand() {
        Operand::None => vec![String::new()],
        Operand::Two => vec![join([day(first), day(last)]), join([day(last), day(first)])],
        Operand::Many => vec![join(typed), first.to_lowercase()],
        Operand::One if is_time => vec![
            day(first),
            last.clone(),
            first.get(..7).unwrap_or_default().to_owned(),
        ],
        Operand::One => vec![first.to_uppercase(), part, last.chars().take(3).collect()],
    };
    let write = |value: String| format!("{}:{}:{value}", column.key, condition.word());
    values.into_iter().map(write).collect()
}

on_both! {
    async fn every_column_and_condition_answers_as_in_memory(app) {
        estate(app).await;
        proxy::seed::fill(&app.app.books).await.unwrap();
        // A fifth of it will do.
        let mut tx = app.app.books.write().await.unwrap();
        sqlx::query("DELETE FROM station_tokens WHERE SUBSTR(id, 5, 1) > 'e'").execute(&mut *tx).await.unwrap();
        tx.silently("a test prepares this");
        tx.commit().await.unwrap();
        let rows = stock(app).await;
        assert!(rows.len() > 800);
        let mut asked = 0;
        for column in StationToken::COLUMNS {
            let typed = typed(column, &rows);
            for condition in Condition::of_kind(column.kind) {
                for filter in filters(column, condition, &typed) {
                    let sort = if asked % 2 == 0 { column.key.to_owned() } else { format!("-{}", column.key) };
                    let is_understood = Filter::read(&filter, StationToken::HEADS).unwrap().test().is_ok();
                    let path = format!("/station_tokens?pageSize=40&{}", query(&[("filter", &filter), ("sort", &sort)]));
                    let answer = app.get(&path).await;
                    if !is_understood {
                        assert_eq!(answer.problem(422, "/problems/invalid")["errors"][0]["field"], "filter[0]");
                        continue;
                    }
                    let page = answer.ok();
                    let asking = ListQuery { filter: vec![filter.clone()], sort, ..ListQuery::default() };
                    let meant = rows::matching(&rows, &asking, |_, _| std::cmp::Ordering::Equal).unwrap();
                    assert_eq!(page["total"], meant.len(), "{filter}");
                    let ids: Vec<&str> = page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
                    let expected: Vec<&str> = meant.iter().take(40).map(|row| row.id.as_str()).collect();
                    assert_eq!(ids, expected, "{filter}");
                    asked += 1;
                }
            }
        }
        assert!(asked > 250, "{asked}");
    }
}

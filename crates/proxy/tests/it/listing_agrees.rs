//! Random filters over random rows: SQL gives the answer that the same rows give in memory.

use std::cmp::Ordering;

use domain::column::{Cell, Column, Kind, Listed};
use domain::filter::{Condition, Operand, comparable, join};
use domain::listing::ListQuery;
use domain::rows;
use proxy::books::listing::Source;
use proxy::books::{authorization, customers, locations, tokens};
use reqwest::Method;
use serde_json::json;

use crate::random::{Dice, pool};
use crate::support::{TestApp, on_both};

const QUERIES: usize = 400;

/// Texts that fold, quote, escape and match in different ways.
const TEXTS: &[&str] = &[
    "",
    "Österreich",
    "osterreich",
    "A%b_c\\",
    "O'Neill \"x\"",
    "😀 Ça",
    "50%",
    "5",
    "e\u{301}x, y",
    "straße ẞ",
    "İstanbul",
    "NULL",
    "2026-11",
    "a:b:c",
    "a-b",
    "a c",
    "ab",
    "_",
    "Ʒ",
    "Ω",
];
const DAYS: &[&str] = &["2025-03-01", "2026-11-20", "2031-07-01"];

fn text(dice: &mut Dice) -> String {
    (*dice.any(TEXTS).unwrap()).to_owned()
}

/// A value that somebody might type for a column: of a row, of a part of one, or any other.
fn value<T: Listed>(dice: &mut Dice, column: &Column<T>, all: &[T]) -> String {
    let own = dice.any(0..all.len()).map(|row| (column.get)(&all[row]));
    let own = match own {
        Some(Cell::Text(text)) => text,
        Some(Cell::Number(number)) => number.to_string(),
        Some(Cell::Bool(yes)) => if yes { "yes" } else { "no" }.to_owned(),
        _ => text(dice),
    };
    let length = own.chars().count();
    match dice.below(8) {
        0..=2 => own,
        3 => own.to_uppercase(),
        4 => own.chars().skip(dice.below(length + 1)).take(3).collect(),
        5 => own.chars().take(dice.below(length + 1)).collect(),
        6 if column.kind == Kind::Number => dice.any(["0", "1", "2.5", "-1", "1e3", "x"]).unwrap().to_owned(),
        6 if column.kind == Kind::Time => (*dice.any(DAYS).unwrap()).to_owned(),
        6 => pool::auth(dice, 0).to_owned(),
        _ => text(dice),
    }
}

fn filter<T: Listed>(dice: &mut Dice, all: &[T]) -> String {
    let filtered = T::COLUMNS.iter().filter(|column| column.filtered);
    let column = &T::COLUMNS[dice.below(filtered.count())];
    let condition = dice.any(Condition::of_kind(column.kind)).unwrap();
    let value = match condition.operand() {
        Operand::None => String::new(),
        Operand::One => value(dice, column, all),
        Operand::Two => join([value(dice, column, all), value(dice, column, all)]),
        Operand::Many => {
            let count = 1 + dice.below(4);
            join((0..count).map(|_| value(dice, column, all)))
        }
    };
    format!("{}:{}:{value}", column.key, condition.word())
}

/// Asks both, many times. Gives how often there was something to find.
async fn agree<S: Source>(app: &TestApp, dice: &mut Dice, path: S::Path)
where
    S::Path: Clone,
{
    let mut tx = app.app.books.read().await.unwrap();
    let every = ListQuery {
        page_size: 500,
        ..ListQuery::default()
    };
    let rows = S::rows(&mut tx, path.clone()).await.unwrap();
    let all = rows.page(&mut tx, &every).await.unwrap().items;
    let mut told_apart = 0;
    for _ in 0..QUERIES {
        let query = ListQuery {
            filter: (0..1 + dice.below(3)).map(|_| filter(dice, &all)).collect(),
            any: dice.one_in(2),
            ..every.clone()
        };
        let rows = S::rows(&mut tx, path.clone()).await.unwrap();
        let sql = rows.page(&mut tx, &query).await;
        let memory = rows::matching(&all, &query, |_, _| Ordering::Equal);
        match (sql, memory) {
            (Ok(page), Ok(found)) => {
                let mut ids: Vec<&str> = page.items.iter().map(Listed::id).collect();
                ids.sort_unstable();
                let mut expected: Vec<&str> = found.iter().map(|row| row.id()).collect();
                expected.sort_unstable();
                assert_eq!(ids, expected, "{} {query:?}", S::Row::NAME);
                assert_eq!(page.total as usize, expected.len());
                told_apart += usize::from((1..all.len()).contains(&expected.len()));
            }
            (Err(error), Err(errors)) => assert_eq!(error.problem().errors, errors),
            (sql, memory) => panic!(
                "{query:?}: {:?}, {:?}",
                sql.map(|page| page.total),
                memory.map(|found| found.len())
            ),
        }
    }
    assert!(told_apart > QUERIES / 8, "{} {told_apart}", S::Row::NAME);
}

/// Asks both for every order.
async fn agree_in_order<S: Source>(app: &TestApp, path: S::Path)
where
    S::Path: Clone,
{
    let mut tx = app.app.books.read().await.unwrap();
    let mut query = ListQuery {
        page_size: 500,
        ..ListQuery::default()
    };
    let rows = S::rows(&mut tx, path.clone()).await.unwrap();
    let all = rows.page(&mut tx, &query).await.unwrap().items;
    for column in S::Row::COLUMNS.iter().filter(|column| column.filtered) {
        for sign in ["", "-"] {
            query.sort = format!("{sign}{}", column.key);
            let rows = S::rows(&mut tx, path.clone()).await.unwrap();
            let page = rows.page(&mut tx, &query).await.unwrap();
            let memory = rows::matching(&all, &query, |_, _| Ordering::Equal).unwrap();
            // Rows of one place may stand in any order.
            let place = |row: &S::Row| comparable(column.kind, &(column.get)(row));
            let sql: Vec<String> = page.items.iter().map(place).collect();
            let memory: Vec<String> = memory.into_iter().map(place).collect();
            assert_eq!(sql, memory, "{} by {}", S::Row::NAME, query.sort);
        }
    }
}

/// Customers, tokens and locations with lists.
async fn fill(app: &TestApp, dice: &mut Dice) -> String {
    let mut owners = Vec::new();
    for number in 0..25 {
        let made = app.post("/customers", json!({
            "name": format!("{}{number}", text(dice)),
            "externalId": if dice.one_in(2) { format!("{}{number}", text(dice)) } else { String::new() },
            "email": if dice.one_in(2) { format!("{}@x.org", text(dice).replace('"', "")) } else { String::new() },
            "phone": text(dice),
        }));
        owners.push(made.await.ok()["id"].as_str().unwrap().to_owned());
    }
    for number in 0..pool::AUTHS + 60 {
        let known = number < pool::AUTHS;
        let auth_id = if known {
            pool::auth(dice, number).to_owned()
        } else {
            format!("NL-GFX-C{number:08}")
        };
        let chip_id = (number < pool::CHIPS / 2).then(|| pool::chip(dice, number).to_owned());
        let owner = dice.any(&owners).filter(|_| number % 3 > 0);
        app.token(json!({
            "authId": auth_id,
            "chipId": chip_id,
            "visualId": text(dice),
            "type": if dice.one_in(2) { "RFID" } else { "Other" },
            "customerId": owner,
            "issuer": text(dice),
            "valid": !dice.one_in(4),
            "expires": dice.any(DAYS).filter(|_| number % 2 > 0).map(|day| format!("{day}T08:00:00Z")),
            "note": format!("{}\n{}", text(dice), text(dice)),
        }))
        .await;
    }
    let mut last = String::new();
    for number in 0..20 {
        last = app.location(&format!("Place {number}")).await;
        let address = json!({ "streetAndNumber": text(dice), "city": text(dice), "country": text(dice) });
        let path = format!("/locations/{last}");
        let patch = app
            .request(Method::PATCH, &path)
            .header("if-match", "*")
            .json(&json!({ "address": address }));
        crate::support::Answer::of(patch).await.ok();
        if dice.one_in(2) {
            app.list(&last, &["CARD1", "CARD_1"][..1 + dice.below(2)]).await;
        }
    }
    let own: Vec<String> = (pool::AUTHS..pool::AUTHS + 20)
        .map(|n| format!("NL-GFX-C{n:08}"))
        .collect();
    let mut listed: Vec<&str> = own.iter().map(String::as_str).collect();
    listed.extend(["DE-XYZ-C00000001", "FOREIGN/1", "nl gfx c00000001"]);
    app.list(&last, &listed).await;
    let chips: Vec<&str> = (pool::CHIPS / 2..pool::CHIPS)
        .map(|n| pool::chip(dice, n))
        .collect();
    let import = app.stage(&last, "chip-id", &[&chips]).await;
    let ids = chips.len();
    app.change_any(&format!("{import}/finalise"), json!({ "ids": ids }))
        .await
        .ok();
    let path = format!("/locations/{last}/authorization/customers");
    app.change_any(&path, json!({ "customerIds": owners[..12] }))
        .await
        .ok();
    last
}

on_both! {
    async fn sql_and_memory_find_the_same_rows(app) {
        for seed in 1..=2 {
            let mut dice = Dice::of(seed);
            let location = if seed == 1 { fill(app, &mut dice).await } else { "loc_place19".into() };
            agree::<tokens::Tokens>(app, &mut dice, ()).await;
            agree::<customers::Customers>(app, &mut dice, ()).await;
            agree::<locations::Locations>(app, &mut dice, ()).await;
            agree::<authorization::tokens::OnList>(app, &mut dice, location.clone()).await;
            agree::<authorization::customers::OnList>(app, &mut dice, location).await;
        }
    }

    async fn sql_and_memory_order_alike(app) {
        let location = fill(app, &mut Dice::of(3)).await;
        agree_in_order::<tokens::Tokens>(app, ()).await;
        agree_in_order::<customers::Customers>(app, ()).await;
        agree_in_order::<locations::Locations>(app, ()).await;
        // Not entries, which go by kind first.
        agree_in_order::<authorization::customers::OnList>(app, location).await;
    }
}

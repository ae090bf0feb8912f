//! Records read without their types.

use domain::authorization::{CustomerEntry, TokenEntry, TokenRef};
use domain::column::{Cell, Listed};
use domain::connections::Connection;
use domain::customers::Customer;
use domain::identifiers::IdKind;
use domain::locations::{Address, Location};
use domain::privacy::Visibility;
use domain::station_tokens::{StationToken, Status};
use domain::tokens::{CustomerRef, Token, TokenState, TokenType};
use ev_portal::api::{Record, Rows};
use serde::Serialize;
use wasm_bindgen_test::wasm_bindgen_test;

/// A record as the app has it.
pub fn record(value: &impl Serialize) -> Record {
    Record::parse(&serde_json::to_string(value).unwrap()).unwrap()
}

const AT: &str = "2026-11-20T08:15:00Z";

/// Every column of a sample is read from its JSON as its getter reads it; how many are not empty.
fn agrees<T: Listed + Serialize>(sample: &T) -> usize {
    let record = record(sample);
    assert_eq!(record.text(T::ID), sample.id(), "{}", T::NAME);
    let read = T::COLUMNS.iter().map(|column| {
        let cell = record.cell(column);
        assert_eq!(cell, (column.get)(sample), "{}.{}", T::NAME, column.key);
        cell
    });
    read.filter(|cell| *cell != Cell::Empty).count()
}

fn customer() -> CustomerRef {
    CustomerRef {
        id: "c1".into(),
        external_id: "K-1".into(),
        name: "Volta".into(),
    }
}

#[wasm_bindgen_test]
fn cells_of_the_books_are_read_by_the_column_table() {
    let listed = Customer {
        id: "c1".into(),
        external_id: "K-1".into(),
        name: "Volta".into(),
        email: "a@b".into(),
        phone: String::new(),
        note: String::new(),
        tokens: 3,
        version: 1,
        created_at: AT.into(),
        updated_at: AT.into(),
    };
    assert_eq!(agrees(&listed), 5);
    let mut token = Token {
        id: "t1".into(),
        auth_id: "NL-GFX-1".into(),
        chip_id: Some("04A1".into()),
        visual_id: None,
        token_type: TokenType::Rfid,
        customer: Some(customer()),
        issuer: String::new(),
        valid: true,
        expires: Some(AT.into()),
        note: "n".into(),
        version: 1,
        created_at: AT.into(),
        updated_at: AT.into(),
    };
    assert_eq!(agrees(&token), 8);
    token.customer = None;
    assert_eq!(agrees(&token), 7);
    let location = Location {
        id: "L1".into(),
        name: "Depot".into(),
        address: Address {
            city: "Utrecht".into(),
            ..Address::default()
        },
        coordinates: None,
        timezone: None,
        opening_hours: None,
        operator_name: String::new(),
        notes: String::new(),
        published: true,
        visibility: Visibility::Published,
        stations: vec!["1:1".into(), "1:2".into()],
        customers: 0,
        tokens: 2,
        gone: false,
        version: 1,
        created_at: AT.into(),
        updated_at: AT.into(),
    };
    assert_eq!(agrees(&location), 7);
}

#[wasm_bindgen_test]
fn cells_of_entries_are_read_by_the_column_table() {
    let entry = CustomerEntry {
        entry_id: "e1".into(),
        customer: customer(),
        tokens: 0,
        added_at: AT.into(),
    };
    assert_eq!(agrees(&entry), 4);
    let token = TokenRef {
        id: "t1".into(),
        auth_id: "NL-GFX-1".into(),
        chip_id: Some("04A1".into()),
        visual_id: None,
        customer: Some(customer()),
        state: TokenState::Blocked,
    };
    let entry = TokenEntry {
        entry_id: "e1".into(),
        kind: IdKind::AuthId,
        id: "NL-GFX-1".into(),
        token: Some(token),
        added_at: AT.into(),
        import_id: None,
        in_apps: false,
    };
    assert_eq!(agrees(&entry), 6);
}

#[wasm_bindgen_test]
fn cells_of_inventory_and_connections_are_read_by_the_column_table() {
    let token = StationToken {
        id: "s1".into(),
        token_sn: "T-1".into(),
        activation_date: Some(AT.into()),
        order_date: Some("2026-11-20".into()),
        status: Status::Active,
        ..StationToken::default()
    };
    assert_eq!(agrees(&token), 4);
    let connection = Connection {
        id: "n1".into(),
        connection_name: "Staff".into(),
        benefits: vec!["Home charging".into(), "Discount".into()],
        customer: Some(customer()),
        ..Connection::default()
    };
    assert!(agrees(&connection) >= 4);
}

#[wasm_bindgen_test]
fn what_is_not_there_is_empty() {
    let record =
        Record::parse(r#"{"a":{"b":null,"name":"x"},"list":[{"name":"y"},2,true],"n":1.5}"#).unwrap();
    assert_eq!(
        (record.text("a"), record.text("a.b.c"), record.text("n")),
        ("x".into(), String::new(), "1.5".into())
    );
    assert_eq!(record.texts("list"), ["y", "2", "Yes"]);
    assert!(record.has("a.name") && !record.has("a.b") && !record.has("z"));
    assert_eq!(
        (record.count("z"), record.flag("z"), record.records("z").len()),
        (0, false, 0)
    );
    assert!(Record::parse("<html>").is_none() && Rows::parse("{}").is_none());
}

#[wasm_bindgen_test]
fn records_are_equal_by_what_they_say() {
    let of = |text| Record::parse(text).unwrap();
    assert!(of(r#"{"a":1}"#) == of(r#"{ "a": 1 }"#));
    assert!(of(r#"{"a":1}"#) != of(r#"{"a":2}"#));
}

//! Exports as the dialog sends them.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::until;
use crate::tokens_table::{Table, nothing_kept, table};

#[wasm_bindgen_test]
async fn an_export_sends_what_is_seen_and_says_how_much() {
    let table = table(nothing_kept(), 60);
    let Table {
        page, query, portal, ..
    } = &table;
    page.shows("1–50 of 60").await;
    query.sort("note");
    page.find("[aria-label='Select NL-GFX-2']").click();
    page.shows("1 charge token selected").await;
    page.press("Export data");
    page.shows("Only the 1 selected").await;
    page.shows("Items included: 1").await;
    page.find("dialog[open] fieldset:nth-of-type(2) label").click();
    page.shows("Items included: 60").await;
    page.find("dialog[open] fieldset:nth-of-type(3) label:nth-of-type(2)")
        .click();
    page.shows(".xlsx").await;
    page.find("dialog[open] [type=submit]").click();
    until("sent", || portal.count("POST", "/tokens/export") == 1).await;
    let sent = portal
        .seen()
        .into_iter()
        .find(|seen| seen.path == "/tokens/export")
        .unwrap()
        .json();
    assert_eq!(
        (&sent["query"], &sent["format"], &sent["ids"]),
        (&json!("sort=note"), &json!("xlsx"), &Value::Null)
    );
    assert_eq!(sent["columns"][0], "authId");
    assert!(sent["progress"].as_str().unwrap().len() >= 16);
    page.shows("is saved.").await;
    page.dismiss_toasts().await;
}

#[wasm_bindgen_test]
async fn an_export_that_fails_says_why_and_can_be_tried_again() {
    let table = table(nothing_kept(), 60);
    let Table {
        page, server, portal, ..
    } = &table;
    page.shows("1–50 of 60").await;
    server.borrow_mut().refuses = true;
    page.press("Export data");
    page.shows("Items included: 60").await;
    page.find("dialog[open] [type=submit]").click();
    // Other questions are refused, too, and toasts of earlier tests may say that something is saved.
    until("refused", || {
        let said = page.find("dialog[open]").inner_text();
        portal.count("POST", "/tokens/export") == 1 && said.contains("/problems/refused")
    })
    .await;
    server.borrow_mut().refuses = false;
    page.find("dialog[open] [type=submit]").click();
    until("sent again", || portal.count("POST", "/tokens/export") == 2).await;
    page.shows("is saved.").await;
    page.dismiss_toasts().await;
}

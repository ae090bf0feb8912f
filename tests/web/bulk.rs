//! Changes of many records, by the page or all that match.

use ev_portal::prelude::*;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::until;
use crate::tokens_table::{Table, nothing_kept, table};

#[wasm_bindgen_test]
async fn all_that_match_are_selected_and_changed_with_their_number() {
    let table = table(nothing_kept(), 1_204);
    let Table {
        page,
        query,
        selection,
        portal,
        ..
    } = &table;
    page.shows("1–50 of 1,204").await;
    page.find("thead input").click();
    page.shows("50 charge tokens selected").await;
    page.press("Select all 1,204 that match");
    page.shows("All 1,204 charge tokens that match selected").await;
    query.turn(2);
    page.shows("51–100 of 1,204").await;
    until("selected", || {
        page.root
            .query_selector_all("tbody [aria-selected=true]")
            .unwrap()
            .length()
            == 50
    })
    .await;
    page.press("Block 1,204");
    page.shows("1,204 charge tokens blocked.").await;
    let sent = portal
        .seen()
        .into_iter()
        .find(|seen| seen.is("POST", "/tokens/block"))
        .unwrap();
    let sent = sent.json();
    assert_eq!(
        (&sent["ids"], &sent["query"], &sent["count"]),
        (&json!([]), &json!(""), &json!(1_204))
    );
    until("unselected", || untrack(|| selection.is_empty())).await;
    page.dismiss_toasts().await;
}

#[wasm_bindgen_test]
async fn one_taken_out_of_all_leaves_the_rest_of_the_page() {
    let table = table(nothing_kept(), 60);
    let Table {
        page,
        query,
        selection,
        ..
    } = &table;
    page.shows("1–50 of 60").await;
    page.find("thead input").click();
    page.shows("50 charge tokens selected").await;
    page.press("Select all 60 that match");
    page.shows("All 60").await;
    page.find("[aria-label='Select NL-GFX-2']").click();
    page.shows("49 charge tokens selected").await;
    query.search("x".into());
    until("another question", || untrack(|| selection.is_empty())).await;
}

#[wasm_bindgen_test]
async fn a_refused_change_says_why_and_keeps_the_selection() {
    let table = table(nothing_kept(), 60);
    let Table {
        page,
        selection,
        server,
        ..
    } = &table;
    page.shows("1–50 of 60").await;
    page.find("[aria-label='Select NL-GFX-2']").click();
    page.shows("1 charge token selected").await;
    server.borrow_mut().refuses = true;
    page.press("Block 1");
    page.shows("/problems/refused").await;
    assert_eq!(untrack(|| selection.len()), 1);
}

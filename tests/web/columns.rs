//! Columns of a table: which, in which order, and how that is kept.

use domain::column::Listed;
use domain::tokens::Token;
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::page::until;
use crate::tokens_table::{Table, heads, nothing_kept, shows_in, table};

#[wasm_bindgen_test]
async fn columns_are_hidden_ordered_kept_and_reset() {
    let table = table(nothing_kept(), 3);
    let Table {
        page, portal, query, ..
    } = &table;
    page.shows("3 charge tokens").await;
    let usual = heads(page);
    assert!(!usual.contains(&"Note".to_owned()));
    page.press("Show/hide columns");
    until("the sheet", || {
        page.root
            .query_selector("dialog[open] .columns")
            .unwrap()
            .is_some()
    })
    .await;
    page.fill(".columns [type=search]", "no");
    until("found", || {
        page.root.query_selector_all(".columns li").unwrap().length() == 1
    })
    .await;
    page.find(".columns li input").click();
    until("shown", || heads(page).contains(&"Note".to_owned())).await;
    page.shows("note 3").await;
    page.fill(".columns [type=search]", "");
    until("all", || {
        page.root.query_selector_all(".columns li").unwrap().length() == Token::HEADS.len() as u32
    })
    .await;
    page.find("[aria-label='Move Chip ID down']").click();
    until("moved", || heads(page)[1] == "Visual ID").await;
    for (head, text) in [
        ("Auth ID", "NL-GFX-1"),
        ("Visual ID", "V-1"),
        ("Chip ID", "C-1"),
        ("Note", "note 1"),
    ] {
        until(head, || shows_in(page, head) == text).await;
    }
    page.find(".columns li:nth-child(2) input").click();
    until("gone", || heads(page)[1] == "Chip ID").await;
    until("its cells", || shows_in(page, "Chip ID") == "C-1").await;
    page.find(".columns li:nth-child(2) input").click();
    until("back", || heads(page)[1] == "Visual ID").await;
    until("its cells", || shows_in(page, "Visual ID") == "V-1").await;
    assert_eq!(shows_in(page, "Note"), "note 1");
    let first: HtmlInputElement = page.find(".columns li input").unchecked_into();
    assert!(first.disabled(), "the first column names the record");
    page.press("Done");
    until("kept", || portal.seen().iter().any(|seen| seen.method == "PUT")).await;
    let sent = portal
        .seen()
        .into_iter()
        .find(|seen| seen.method == "PUT")
        .unwrap()
        .json();
    assert_eq!(
        sent["columns"]["shown"].as_array().unwrap().len(),
        usual.len() + 1
    );
    assert_eq!(
        sent["columns"]["known"].as_array().unwrap().len(),
        Token::HEADS.len()
    );
    assert_eq!(query.columns()[1], "visualId");

    page.press("Show/hide columns");
    until("open again", || {
        page.root
            .query_selector("dialog[open] .columns")
            .unwrap()
            .is_some()
    })
    .await;
    page.press("Reset");
    until("as usual", || heads(page) == usual).await;
    until("kept", || portal.seen().last().unwrap().method == "PUT").await;
    assert_eq!(portal.seen().last().unwrap().json()["columns"], Value::Null);
}

#[wasm_bindgen_test]
async fn a_new_column_never_wipes_a_choice() {
    let mut kept = nothing_kept();
    // "customer" came later, and so did the hidden "note"; "gone" is no column any more.
    let known = [
        "authId",
        "chipId",
        "visualId",
        "type",
        "issuer",
        "valid",
        "expires",
        "updatedAt",
        "gone",
    ];
    kept["columns"] = json!({"shown": ["type", "gone", "authId"], "known": known});
    let table = table(kept, 3);
    let Table { page, query, .. } = &table;
    page.shows("3 charge tokens").await;
    until("chosen", || heads(page) == ["Auth ID", "Type", "Customer"]).await;
    until("in the address", || {
        query.columns() == ["type", "authId", "customer"]
    })
    .await;
}

//! Views of a table: a query and its columns under a name.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{turn, until};
use crate::portal::{Gate, Portal};
use crate::tokens_table::{Table, heads, nothing_kept, table, table_of};

fn view(id: &str, name: &str, query: &str, mine: bool) -> Value {
    json!({"id": id, "name": name, "query": query, "everyone": true, "mine": mine})
}

/// How often rows were asked for.
fn asked(portal: &Portal) -> usize {
    let seen = portal.seen();
    seen.iter()
        .filter(|seen| seen.path.starts_with("/tokens"))
        .count()
}

/// The usual rows have been asked for beside what is kept of the table, are here, and do not show.
async fn usual_rows_wait(table: &Table) {
    until("asked for rows and for what is kept", || {
        table.portal.seen().len() == 2
    })
    .await;
    assert_eq!(asked(&table.portal), 1);
    for _ in 0..20 {
        turn().await;
        assert!(
            table
                .page
                .root
                .query_selector("tbody tr[data-id]")
                .unwrap()
                .is_none()
        );
    }
}

#[wasm_bindgen_test]
async fn usual_rows_are_asked_for_once_and_show_with_the_columns_that_were_chosen() {
    let mut kept = nothing_kept();
    kept["columns"] = json!({"shown": ["authId", "note"], "known": ["authId", "chipId", "visualId", "note"]});
    for kept in [nothing_kept(), kept] {
        let gate = Gate::default();
        let table = table_of(kept.clone(), gate.clone(), 60);
        usual_rows_wait(&table).await;
        gate.open();
        table.page.shows("1–50 of 60").await;
        assert_eq!(
            heads(&table.page).contains(&"Chip ID".to_owned()),
            kept["columns"].is_null()
        );
        assert_eq!(asked(&table.portal), 1);
    }
}

#[wasm_bindgen_test]
async fn a_bare_address_opens_the_default_view_and_never_shows_the_usual_rows() {
    let (mut kept, gate) = (nothing_kept(), Gate::default());
    kept["views"] = json!([view(
        "v1",
        "Blocked",
        "filter=valid%3Ais%3ANo&columns=authId,note",
        false
    )]);
    kept["defaultView"] = json!("v1");
    let table = table_of(kept, gate.clone(), 60);
    usual_rows_wait(&table).await;
    gate.open();
    let Table {
        page, query, portal, ..
    } = &table;
    until("rows are there", || {
        assert!(!page.text().contains("of 60"), "the usual rows show");
        page.text().contains("7 charge tokens")
    })
    .await;
    page.shows("Valid is No").await;
    assert_eq!(heads(page), ["Auth ID", "Note"]);
    assert_eq!(asked(portal), 2);
    page.shows("Blocked").await;
    // Asking for everything is possible all the same.
    page.press("Clear all");
    page.shows("1–50 of 60").await;
    query.open(Vec::new());
    page.shows("Views").await;
}

#[wasm_bindgen_test]
async fn a_view_is_saved_changed_updated_and_deleted() {
    let table = table(nothing_kept(), 60);
    let Table {
        page, query, portal, ..
    } = &table;
    page.shows("1–50 of 60").await;
    query.filter(vec!["note:contains:x".into()], false);
    page.shows("7 charge tokens").await;
    page.press("Save view");
    until("asked", || {
        page.root
            .query_selector("dialog[open] [required]")
            .unwrap()
            .is_some()
    })
    .await;
    page.fill("dialog[open] [required]", "Mine");
    page.find("dialog[open] [type=submit]").click();
    until("saved", || {
        portal
            .seen()
            .iter()
            .any(|seen| seen.is("POST", &views_path(portal)))
    })
    .await;
    let sent = portal
        .seen()
        .into_iter()
        .find(|seen| seen.method == "POST")
        .unwrap()
        .json();
    assert_eq!(
        (&sent["name"], &sent["everyone"]),
        (&json!("Mine"), &json!(false))
    );
    assert!(
        sent["query"]
            .as_str()
            .unwrap()
            .starts_with("filter=note%3Acontains%3Ax&columns=authId")
    );
    until("named", || page.button("Mine").is_some()).await;

    query.sort("note");
    until("changed", || page.button("Mine · changed").is_some()).await;
    page.press("Update “Mine”");
    until("updated", || page.button("Mine · changed").is_none()).await;
    page.press("Delete “Mine”");
    until("gone", || page.button("Views").is_some()).await;
    page.press("Undo");
    until("back", || page.button("Mine").is_some()).await;
    page.dismiss_toasts().await;
}

fn views_path(portal: &Portal) -> String {
    let posted = portal
        .seen()
        .into_iter()
        .find(|seen| seen.path.ends_with("/views"));
    posted.map(|seen| seen.path).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn what_is_not_kept_says_so_and_is_so_for_now() {
    let table = table(nothing_kept(), 3);
    let Table { page, server, .. } = &table;
    page.shows("3 charge tokens").await;
    server.borrow_mut().refuses = true;
    page.press("Compact rows");
    until("compact", || page.find(".table").has_attribute("data-compact")).await;
    page.shows("Not kept for the next visit.").await;
    page.dismiss_toasts().await;
}

//! Filters of a table: built, applied, refused.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::until;
use crate::tokens_table::{Table, asked, nothing_kept, table};

#[wasm_bindgen_test]
async fn a_filter_is_built_counted_applied_edited_and_removed() {
    let table = table(nothing_kept(), 60);
    let Table {
        page, query, portal, ..
    } = &table;
    page.shows("1–50 of 60 charge tokens").await;
    page.press("Add filter");
    page.shows("60 charge tokens match").await;
    page.choose("Field", "note");
    page.choose("Condition", "in");
    page.shows("One per line").await;
    page.fill("dialog textarea", "a\nb,c\td");
    page.shows("4 values").await;
    page.shows("7 charge tokens match").await;
    assert!(query.get().filter.is_empty(), "nothing is applied yet");
    page.press("Apply filters");
    page.shows("Note is any of 4 values").await;
    page.shows("7 charge tokens").await;
    assert_eq!(query.get().filter, ["note:in:a,b,c,d"]);
    assert_eq!(asked(portal), "/tokens?filter=note:in:a,b,c,d");

    page.press("Note is any of 4 values");
    until("the builder", || {
        page.root
            .query_selector("dialog[open] textarea")
            .unwrap()
            .is_some()
    })
    .await;
    page.fill("dialog textarea", "a\nb");
    page.press("Apply filters");
    page.shows("Note is any of a, b").await;
    page.find("[aria-label='Remove the filter: Note is any of a, b']")
        .click();
    page.shows("1–50 of 60 charge tokens").await;
}

#[wasm_bindgen_test]
async fn any_of_two_filters_and_clear_all() {
    let table = table(nothing_kept(), 60);
    let Table { page, query, .. } = &table;
    page.shows("1–50 of 60").await;
    query.filter(vec!["note:contains:x".into(), "valid:is:No".into()], true);
    page.shows("Any of:").await;
    page.press("Valid is No");
    until("the builder", || {
        page.root
            .query_selector_all("dialog[open] .filter")
            .unwrap()
            .length()
            == 2
    })
    .await;
    page.choose("Rows", "all");
    page.press("Apply filters");
    page.shows("All of:").await;
    assert_eq!(query.get().filter, ["note:contains:x", "valid:is:No"]);
    page.press("Clear all");
    page.shows("1–50 of 60").await;
    assert!(query.get().filter.is_empty() && !query.get().any);
}

#[wasm_bindgen_test]
async fn a_value_that_does_not_fit_is_named_and_nothing_is_applied() {
    let table = table(nothing_kept(), 60);
    let Table { page, query, .. } = &table;
    page.shows("1–50 of 60").await;
    page.press("Add filter");
    page.shows("60 charge tokens match").await;
    page.fill("dialog .filter-value input", "--");
    page.shows("nothing of “--” can be compared").await;
    page.press("Apply filters");
    page.shows("A value does not fit").await;
    assert!(query.get().filter.is_empty());
    page.press("Cancel");
    until("closed", || {
        page.root.query_selector("dialog[open]").unwrap().is_none()
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_moment_is_told_by_the_readers_clock() {
    let at = "2026-11-20T08:00:00Z";
    let table = table(nothing_kept(), 60);
    let Table { page, query, .. } = &table;
    query.filter(vec![format!("expires:before:{at}")], false);
    let told = ["Expires before ", &ev_portal::kit::time::local(at)].concat();
    page.shows(&told).await;
    assert!(told.contains("Nov 2026, "), "{told}");
    assert_eq!(query.get().filter, [format!("expires:before:{at}")]);
    // Each of two is told once.
    let to = "2026-11-27T08:00:00Z";
    query.filter(vec![format!("expires:between:{at},{to}")], false);
    let [at, to] = [at, to].map(ev_portal::kit::time::local);
    page.shows(&format!("Expires between {at} and {to}")).await;
    assert!(!page.text().contains(&format!("{to}Z")));
    // Words are words, whatever their letters.
    for condition in ["contains", "notContains"] {
        query.filter(vec![format!("expires:{condition}:２０２６年")], false);
        page.shows("２０２６年").await;
    }
}

#[wasm_bindgen_test]
async fn a_day_is_the_readers_own_day() {
    let table = table(nothing_kept(), 60);
    let Table { page, query, .. } = &table;
    page.shows("1–50 of 60").await;
    page.press("Add filter");
    page.shows("60 charge tokens match").await;
    page.choose("Field", "expires");
    page.shows("Between").await;
    page.choose("Condition", "between");
    until("two days", || {
        page.root
            .query_selector_all("dialog [type=date]")
            .unwrap()
            .length()
            == 2
    })
    .await;
    page.fill("dialog [type=date]", "2026-11-19");
    page.fill("dialog .field + .field [type=date]", "2026-11-20");
    page.press("Apply filters");
    page.shows("Expires between 2026-11-19 and 2026-11-20").await;
    let filter = query.get().filter.remove(0);
    let minutes = -js_sys::Date::new(&"2026-11-20T00:00".into()).get_timezone_offset() as i64;
    let offset = format!(
        "{}{:02}:{:02}",
        if minutes < 0 { '-' } else { '+' },
        minutes.abs() / 60,
        minutes.abs() % 60
    );
    assert_eq!(
        filter,
        format!("expires:between:2026-11-19{offset},2026-11-20{offset}")
    );
}

#[wasm_bindgen_test]
async fn what_cannot_be_understood_is_said_and_only_that_is_left_out() {
    let table = table(nothing_kept(), 60);
    let Table {
        page, query, portal, ..
    } = &table;
    page.shows("1–50 of 60").await;
    let parts = [
        "filter=colour:is:red",
        "filter=note:contains:x'%\"",
        "sort=colour",
        "page=x",
    ];
    query.open(parts.map(str::to_owned).to_vec());
    page.shows(
        "Ignored: there is no field “colour” here; nothing can be sorted by “colour”; there is no page “x”.",
    )
    .await;
    page.shows("Note contains x'%\"").await;
    assert_eq!(asked(portal), "/tokens?filter=note:contains:x'%\"");
}

#[wasm_bindgen_test]
async fn nothing_matches_and_the_way_back() {
    let table = table(nothing_kept(), 60);
    let Table {
        page, query, server, ..
    } = &table;
    page.shows("1–50 of 60").await;
    server.borrow_mut().tokens = 0;
    query.search("zzz".into());
    page.shows("No charge token matches “zzz”").await;
    server.borrow_mut().tokens = 60;
    page.press("Clear search");
    page.shows("1–50 of 60").await;
}

#[wasm_bindgen_test]
async fn a_filter_without_its_value_stays_and_says_what_is_missing() {
    let table = table(nothing_kept(), 60);
    let Table { page, query, .. } = &table;
    page.shows("1–50 of 60").await;
    query.filter(vec!["note:contains:x".into()], false);
    page.shows("7 charge tokens").await;
    page.press("Add filter");
    until("both rows", || {
        page.root
            .query_selector_all("dialog[open] .filter")
            .unwrap()
            .length()
            == 2
    })
    .await;
    page.press("Apply filters");
    page.shows("a value is missing; fill it in, or remove this filter")
        .await;
    assert!(
        page.root.query_selector("dialog[open]").unwrap().is_some(),
        "nothing is applied"
    );
    let wrong = page.find("dialog[open] .filter:last-child, dialog[open] .filter + .filter");
    assert!(
        wrong.query_selector("[aria-invalid]").unwrap().is_some(),
        "the row is marked"
    );
    page.find("dialog[open] .filter + .filter [aria-label='Remove this filter']")
        .click();
    page.press("Apply filters");
    until("closed", || {
        page.root.query_selector("dialog[open]").unwrap().is_none()
    })
    .await;
    assert_eq!(query.get().filter, ["note:contains:x"]);
}

#[wasm_bindgen_test]
async fn more_values_than_an_address_takes_are_refused_before_they_are_sent() {
    let table = table(nothing_kept(), 60);
    let Table {
        page, query, portal, ..
    } = &table;
    page.shows("1–50 of 60").await;
    page.press("Add filter");
    page.shows("60 charge tokens match").await;
    page.choose("Condition", "in");
    page.shows("One per line").await;
    page.fill("dialog textarea", &vec!["x".repeat(200); 1_000].join("\n"));
    page.shows("paste fewer, about 29 of 100 fit").await;
    page.press("Apply filters");
    assert!(query.get().filter.is_empty());
    // A thousand usual ids go through.
    page.fill("dialog textarea", &vec!["x".repeat(40); 1_000].join("\n"));
    page.shows("7 charge tokens match").await;
    page.press("Apply filters");
    page.shows("Auth ID is any of 1,000 values").await;
    assert!(asked(portal).len() < 60_000);
}

#[wasm_bindgen_test]
async fn a_page_that_is_not_there_is_said() {
    let table = table(nothing_kept(), 60);
    let Table { page, query, .. } = &table;
    page.shows("Page 1 of 2").await;
    query.open(["pageSize=7", "page=9999"].map(str::to_owned).to_vec());
    page.shows("Ignored: a page has 25 to 500 rows, not “7”.").await;
    page.shows("This page lies behind the last row").await;
    page.shows("2 pages").await;
    assert!(!page.text().contains("9,999"));
    page.find("[aria-label='Previous page']").click();
    page.shows("Page 2 of 2").await;
}

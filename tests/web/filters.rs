//! Filters, columns and views of a table, over a portal that answers as a test says.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::column::Listed;
use domain::tokens::Token;
use ev_portal::prelude::*;
use ev_portal::table::{BulkAction, DataTable, List, QueryState, Selection};
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement};

use super::page::{Mounted, mount, until};
use super::portal::{Portal, Reply, Seen};

/// A portal with charge tokens, of which a filter leaves seven, and with what is kept of the table.
struct Server {
    settings: Value,
    tokens: u64,
    /// What the portal answers to the next change.
    refuses: bool,
}

impl Server {
    fn answer(&mut self, seen: &Seen) -> Reply {
        let (path, query) = seen.path.split_once('?').unwrap_or((&seen.path, ""));
        match (seen.method.as_str(), path) {
            ("GET", "/tokens") => Reply::ok(&self.page(query)),
            (_, _) if self.refuses => Reply::problem(409, "/problems/refused"),
            ("GET", path) if path.starts_with("/tables/") => Reply::ok(&self.settings),
            ("PUT", path) if path.starts_with("/tables/") && !path.contains("/views/") => {
                let sent = seen.json();
                for key in ["columns", "compact", "defaultView"] {
                    self.settings[key] = sent[key].clone();
                }
                Reply::ok(&self.settings)
            }
            ("POST", path) if path.ends_with("/views") => {
                let mut view = seen.json();
                view["id"] = json!("v9");
                view["mine"] = json!(true);
                self.settings["views"].as_array_mut().unwrap().push(view.clone());
                Reply::ok(&view)
            }
            ("PUT", path) => {
                let views = self.settings["views"].as_array_mut().unwrap();
                let view = views
                    .iter_mut()
                    .find(|view| path.ends_with(view["id"].as_str().unwrap()));
                let view = view.unwrap();
                for (key, value) in seen.json().as_object().unwrap() {
                    view[key] = value.clone();
                }
                Reply::ok(view)
            }
            ("DELETE", path) => {
                let views = self.settings["views"].as_array_mut().unwrap();
                views.retain(|view| !path.ends_with(view["id"].as_str().unwrap()));
                Reply::Json(200, String::new())
            }
            ("POST", "/tokens/block") => Reply::ok(&json!({"changed": seen.json()["count"]})),
            ("POST", "/tokens/export") => Reply::Json(200, "authId\r\n".into()),
            _ => Reply::problem(404, "/problems/not-found"),
        }
    }

    fn page(&self, query: &str) -> Value {
        let number = |key: &str, usual: u64| {
            let mut parts = query.split('&').filter_map(|part| part.split_once('='));
            parts
                .find(|(own, _)| *own == key)
                .map_or(usual, |(_, value)| value.parse().unwrap())
        };
        let total = if query.contains("filter=") { 7 } else { self.tokens };
        let (page, size) = (number("page", 1), number("pageSize", 50));
        let token = |n: u64| json!({"id": format!("t{n}"), "authId": format!("NL-GFX-{n}"), "visualId": format!("V-{n}"), "chipId": format!("C-{n}"), "type": "RFID", "valid": true, "note": format!("note {n}")});
        let items: Vec<Value> = (1..=total)
            .skip(((page - 1) * size) as usize)
            .take(size as usize)
            .map(token)
            .collect();
        json!({"items": items, "total": total, "page": page, "pageSize": size})
    }
}

struct Table {
    page: Mounted,
    query: QueryState,
    selection: Selection,
    portal: Portal,
    server: Rc<RefCell<Server>>,
}

/// A table of charge tokens. Settings are kept for the whole app: each test has a list of its own.
fn table(settings: Value, tokens: u64) -> Table {
    thread_local! {
        static NEXT: Cell<usize> = const { Cell::new(0) };
    }
    let number = NEXT.replace(NEXT.get() + 1);
    let server = Rc::new(RefCell::new(Server {
        settings,
        tokens,
        refuses: false,
    }));
    let own = server.clone();
    let portal = Portal::start(move |seen| own.borrow_mut().answer(seen));
    let made = Rc::new(Cell::new(None));
    let slot = made.clone();
    let page = mount(move || {
        let list = List {
            name: format!("test-{number}").leak(),
            ..List::of::<Token>("/tokens")
        };
        let (query, selection) = (QueryState::local(list), Selection::new());
        slot.set(Some((query, selection)));
        view! {
            <DataTable
                label="Charge tokens"
                noun=("charge token", "charge tokens")
                query
                page=query.load()
                selection
                bulk=vec![BulkAction::post("Block", "/tokens/block", "blocked")]
                search="Search"
                empty=|| "Nothing here"
            />
            <ev_portal::kit::toast::ToastRegion />
        }
    });
    let (query, selection) = made.get().unwrap();
    Table {
        page,
        query,
        selection,
        portal,
        server,
    }
}

fn nothing_kept() -> Value {
    json!({"columns": null, "compact": false, "defaultView": null, "views": []})
}

fn heads(page: &Mounted) -> Vec<String> {
    let all = page.root.query_selector_all("thead th").unwrap();
    let texts = (0..all.length()).map(|at| all.get(at).unwrap().text_content().unwrap());
    texts
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

/// What the first row shows in the column with that head.
fn shows_in(page: &Mounted, head: &str) -> String {
    let at = heads(page).iter().position(|own| own == head);
    let cells = page
        .find("tbody tr[data-id]")
        .query_selector_all("td:not(.pick), th")
        .unwrap();
    let cell = at.and_then(|at| cells.get(at as u32));
    cell.and_then(|cell| cell.text_content()).unwrap_or_default()
}

/// The last request for rows, without the one that counts.
fn asked(portal: &Portal) -> String {
    let rows = portal
        .seen()
        .into_iter()
        .filter(|seen| seen.path.starts_with("/tokens"));
    let mut rows = rows.filter(|seen| !seen.path.contains("pageSize=1"));
    String::from(js_sys::decode_uri_component(&rows.next_back().unwrap().path).unwrap())
}

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

fn view(id: &str, name: &str, query: &str, mine: bool) -> Value {
    json!({"id": id, "name": name, "query": query, "everyone": true, "mine": mine})
}

#[wasm_bindgen_test]
async fn a_bare_address_opens_the_default_view_and_asks_once() {
    let mut kept = nothing_kept();
    kept["views"] = json!([view(
        "v1",
        "Blocked",
        "filter=valid%3Ais%3ANo&columns=authId,note",
        false
    )]);
    kept["defaultView"] = json!("v1");
    let table = table(kept, 60);
    let Table {
        page, query, portal, ..
    } = &table;
    page.shows("Valid is No").await;
    page.shows("7 charge tokens").await;
    assert_eq!(heads(page), ["Auth ID", "Note"]);
    let rows = portal
        .seen()
        .iter()
        .filter(|seen| seen.path.starts_with("/tokens"))
        .count();
    assert_eq!(rows, 1);
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
    page.shows("/problems/refused").await;
    server.borrow_mut().refuses = false;
    page.find("dialog[open] [type=submit]").click();
    page.shows("is saved.").await;
    assert_eq!(portal.count("POST", "/tokens/export"), 2);
    page.dismiss_toasts().await;
}

#[wasm_bindgen_test]
async fn arrow_keys_move_over_cells() {
    let table = table(nothing_kept(), 3);
    let Table { page, .. } = &table;
    page.shows("3 charge tokens").await;
    let press = |key: &str| {
        let init = web_sys::KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        document()
            .active_element()
            .unwrap()
            .dispatch_event(&event)
            .unwrap();
    };
    page.find("[aria-label='Select NL-GFX-1']").focus().unwrap();
    press("ArrowDown");
    let active = || {
        document()
            .active_element()
            .unwrap()
            .unchecked_into::<HtmlElement>()
    };
    assert_eq!(
        active().get_attribute("aria-label").as_deref(),
        Some("Select NL-GFX-2")
    );
    press("ArrowRight");
    assert_eq!(active().inner_text(), "NL-GFX-2");
    press("ArrowUp");
    assert_eq!(active().inner_text(), "NL-GFX-1");
}

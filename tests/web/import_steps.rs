//! The wizard as an operator uses it.

use ev_portal::kit::toast::ToastRegion;
use ev_portal::pages::locations::import::WizardSteps;
use ev_portal::pages::locations::import::wizard::Wizard;
use ev_portal::prelude::*;
use leptos_router::components::Router;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::import_server;
use crate::page::{Mounted, mount, until};
use crate::portal::Reply;

fn page() -> Mounted {
    mount(|| {
        let wizard = Wizard::new("L1".into());
        view! {
            <Router>
                <WizardSteps wizard />
            </Router>
            <ToastRegion />
        }
    })
}

async fn paste(page: &Mounted, text: &str) {
    page.shows("Drop a CSV file here").await;
    page.press("Paste ids instead");
    page.fill("textarea", text);
    until("enabled", || {
        page.button("Check the pasted ids")
            .is_some_and(|button| !button.has_attribute("disabled"))
    })
    .await;
    page.press("Check the pasted ids");
}

#[wasm_bindgen_test]
async fn from_the_file_to_done_and_undone() {
    let (_portal, server) = import_server::start(&["NL-OLD-C00000001"]);
    let page = page();
    paste(&page, "Auth ID\nNL-GFX-C00000001\nNL-GFX-C00000001\nn/a\n").await;
    page.shows("Preview the import of 1 id").await;
    page.shows("The cell holds a placeholder").await;
    page.press("Preview the import of 1 id");
    page.shows("Finalise import").await;
    page.shows("Added").await;
    page.find("input[role=switch]").click();
    page.shows("NL-OLD-C00000001").await;
    page.shows("Removed: 1 charge token").await;
    until("ready", || {
        page.button("Finalise import")
            .is_some_and(|b| !b.has_attribute("disabled"))
    })
    .await;
    page.press("Finalise import");
    page.shows("The import is final").await;
    assert_eq!(
        server.borrow().listed.iter().collect::<Vec<_>>(),
        ["NL-GFX-C00000001"]
    );
    page.press("Undo");
    page.shows("The import is undone").await;
    assert_eq!(
        server.borrow().listed.iter().collect::<Vec<_>>(),
        ["NL-OLD-C00000001"]
    );
}

#[wasm_bindgen_test]
async fn an_unknown_header_asks_for_the_column() {
    let (_portal, _server) = import_server::start(&[]);
    let page = page();
    paste(&page, "Card;Holder\nNL-GFX-C00000001;Ada\n").await;
    page.shows("No column has a known name").await;
    page.shows("Nothing has changed on the list").await;
    page.choose("Column with the Auth IDs", "0");
    until("enabled", || {
        page.button("Read this column")
            .is_some_and(|b| !b.has_attribute("disabled"))
    })
    .await;
    page.press("Read this column");
    page.shows("Preview the import of 1 id").await;
}

#[wasm_bindgen_test]
async fn nothing_good_says_so_and_cannot_go_on() {
    let (portal, _server) = import_server::start(&["NL-OLD-C00000001"]);
    let page = page();
    paste(&page, "Auth ID\nn/a\n").await;
    page.shows("Nothing can be imported").await;
    assert!(
        page.button("Preview the import")
            .unwrap()
            .has_attribute("disabled")
    );
    page.shows("Download the 1 bad row").await;
    assert!(portal.seen().iter().all(|seen| seen.method == "GET"));
}

#[wasm_bindgen_test]
async fn a_group_opens_to_its_rows_and_shows_more() {
    let (_portal, _server) = import_server::start(&[]);
    let page = page();
    let mut text = String::from("Auth ID\nNL-GFX-C00000001\n");
    (0..50).for_each(|_| text.push_str("n/a\n"));
    paste(&page, &text).await;
    page.shows("50 rows").await;
    page.find(".group summary").click();
    page.shows("20 of 50 rows").await;
    page.press("Show more");
    page.shows("40 of 50 rows").await;
    assert_eq!(
        page.root
            .query_selector_all(".group-rows tbody tr")
            .unwrap()
            .length(),
        40
    );
}

#[wasm_bindgen_test]
async fn an_unfinished_import_can_be_discarded() {
    let (_portal, server) = import_server::start(&[]);
    {
        let page = page();
        paste(&page, "Auth ID\nNL-GFX-C00000001\n").await;
        page.shows("Preview the import of 1 id").await;
        page.press("Preview the import of 1 id");
        page.shows("Finalise import").await;
    }
    let page = page();
    page.shows("was not finalised: 1 id sent, nothing has changed")
        .await;
    page.press("Discard");
    until("gone", || !page.text().contains("was not finalised")).await;
    assert!(server.borrow().import.is_none());
}

#[wasm_bindgen_test]
async fn an_earlier_import_is_undone_after_a_question() {
    let (_portal, server) = import_server::start(&[]);
    {
        let page = page();
        paste(&page, "Auth ID\nNL-GFX-C00000001\n").await;
        page.shows("Preview the import of 1 id").await;
        page.press("Preview the import of 1 id");
        until("ready", || {
            page.button("Finalise import")
                .is_some_and(|b| !b.has_attribute("disabled"))
        })
        .await;
        page.press("Finalise import");
        page.shows("The import is final").await;
    }
    let page = page();
    page.shows("Earlier imports").await;
    let cell = |at: usize| {
        let row = page
            .root
            .query_selector_all(".earlier tbody:last-of-type tr > *")
            .unwrap();
        row.get(at as u32)
            .map(|cell| cell.text_content().unwrap_or_default())
    };
    until("the import's row", || cell(0).as_deref() == Some("Pasted ids")).await;
    assert_eq!(
        (cell(1).as_deref(), cell(4).as_deref()),
        (Some("Finalised"), Some("1"))
    );
    // The list goes when a file is picked, and comes again.
    paste(&page, "n/a").await;
    page.shows("Choose another file").await;
    page.press("Choose another file");
    until("the import's row", || cell(0).as_deref() == Some("Pasted ids")).await;
    page.press("Undo");
    page.shows("Open the location to everybody?").await;
    assert_eq!(server.borrow().listed.len(), 1);
    page.press("Undo the import and open the location");
    page.shows("The import of Pasted ids is undone.").await;
    until("undone", || cell(1).as_deref() == Some("Undone")).await;
    assert!(page.button("Undo").is_none());
    assert!(server.borrow().listed.is_empty());
    until("closed", || {
        !page.text().contains("Open the location to everybody?")
    })
    .await;
    page.dismiss_toasts().await;
}

fn leave_allowed() -> bool {
    let init = web_sys::EventInit::new();
    init.set_cancelable(true);
    let event = web_sys::Event::new_with_event_init_dict("beforeunload", &init).unwrap();
    window().dispatch_event(&event).unwrap()
}

#[wasm_bindgen_test]
async fn leaving_is_held_back_only_while_ids_are_sent() {
    let (_portal, server) = import_server::start(&[]);
    let page = page();
    paste(&page, "Auth ID\nNL-GFX-C00000001\n").await;
    page.shows("Preview the import of 1 id").await;
    assert!(leave_allowed());
    server.borrow_mut().trouble = Some(("PUT", "/chunks/0", Reply::Never, false));
    page.press("Preview the import of 1 id");
    page.shows("Nothing changes yet.").await;
    assert!(!leave_allowed());
    page.press("Cancel");
    page.shows("Preview the import of 1 id").await;
    assert!(leave_allowed());
    until("discarded", || server.borrow().import.is_none()).await;
}

#[wasm_bindgen_test]
async fn what_was_detected_can_be_changed_and_reads_again() {
    let (_portal, _server) = import_server::start(&[]);
    let page = page();
    paste(&page, "NL-GFX-C00000001\nNL-GFX-C00000002\n").await;
    page.shows("Preview the import of 2 ids").await;
    page.choose("First row", "Column names");
    page.shows("Choose the column that holds the ids.").await;
    page.choose("First row", "An id");
    page.shows("Preview the import of 2 ids").await;
    page.choose("Ids", "Chip ID");
    page.shows("Nothing can be imported").await;
}

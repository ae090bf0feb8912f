//! Moving over the cells of a table, and what they tell in full.

use ev_portal::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::tokens_table::{Table, nothing_kept, table};

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

#[wasm_bindgen_test]
async fn what_is_cut_off_is_told_in_full_under_the_mouse() {
    let table = table(nothing_kept(), 3);
    let Table { page, query, .. } = &table;
    page.shows("3 charge tokens").await;
    query.show(vec!["authId".into(), "note".into()]);
    page.shows("note 3").await;
    let over = |cell: &HtmlElement| {
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        let event = web_sys::Event::new_with_event_init_dict("mouseover", &init).unwrap();
        cell.dispatch_event(&event).unwrap();
        cell.get_attribute("title")
    };
    let cell = page.find("tbody tr[data-id] td:last-child");
    assert_eq!(over(&cell), None, "all of it is in sight");
    for (name, value) in [("display", "block"), ("width", "20px"), ("overflow", "clip")] {
        cell.style().set_property(name, value).unwrap();
    }
    cell.set_text_content(Some("a note of many words"));
    assert_eq!(over(&cell).as_deref(), Some("a note of many words"));
}

//! What the app's `view!` makes, in the page.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use ev_portal::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use super::page::{Mounted, mount, until};

fn html(page: &Mounted) -> String {
    page.root.inner_html()
}

#[wasm_bindgen_test]
async fn values_follow_their_signals() {
    let (word, on) = (RwSignal::new("one".to_owned()), RwSignal::new(false));
    let page = mount(move || {
        view! {
            <input
                class="input"
                class:mono=on
                title=move || on.get().then_some("there")
                disabled=on
                prop:value=word
                prop:indeterminate=move || on.get()
            />
            <p data-word=word autofocus>"Now: " {word} {move || on.get().then(|| view! { <b>"on"</b> })}</p>
        }
    });
    let input: HtmlInputElement = page.find("input").unchecked_into();
    until("valued", || input.value() == "one").await;
    assert_eq!(input.class_name(), "input");
    assert!(!input.has_attribute("title") && !input.disabled() && !input.indeterminate());
    assert_eq!(page.find("p").text_content().unwrap(), "Now: one");
    assert!(page.find("p").has_attribute("autofocus"));
    word.set("two".into());
    on.set(true);
    until("changed", || {
        page.find("p").text_content().unwrap() == "Now: twoon"
    })
    .await;
    until("valued again", || input.value() == "two").await;
    assert_eq!(input.class_name(), "input mono");
    assert_eq!(input.title(), "there");
    assert!(input.disabled() && input.indeterminate());
    assert_eq!(page.find("p").get_attribute("data-word").unwrap(), "two");
    on.set(false);
    until("gone", || page.root.query_selector("b").unwrap().is_none()).await;
    assert_eq!(input.class_name(), "input");
    assert!(!input.has_attribute("title"));
}

#[wasm_bindgen_test]
async fn what_is_drawn_again_from_the_same_place_stays() {
    let at = RwSignal::new(0);
    let pressed = Rc::new(RefCell::new(Vec::new()));
    let heard = send_wrapper::SendWrapper::new(pressed.clone());
    let page = mount(move || {
        let draw = move || {
            let (at, heard) = (at.get(), heard.clone());
            let name = format!("at {at}");
            view! { <button title=name on:click=move |_| heard.borrow_mut().push(at)>{name.clone()}</button> }
        };
        view! { <div>{draw}</div> }
    });
    let before = page.find("button");
    at.set(1);
    page.shows("at 1").await;
    assert_eq!(page.find("button"), before);
    assert_eq!(before.title(), "at 1");
    before.click();
    assert_eq!(*pressed.borrow(), [1], "only the handler of the last drawing");
}

#[wasm_bindgen_test]
async fn what_is_drawn_from_another_place_takes_its_place() {
    let first = RwSignal::new(true);
    let page = mount(move || {
        let draw = move || match first.get() {
            true => view! { <i>"first"</i> "!" },
            false => view! { <i>"second"</i> },
        };
        view! { <p>"<" {draw} ">"</p> }
    });
    let before = page.find("i");
    assert_eq!(page.find("p").text_content().unwrap(), "<first!>");
    first.set(false);
    until("second", || page.find("p").text_content().unwrap() == "<second>").await;
    assert_ne!(page.find("i"), before);
    first.set(true);
    until("first", || page.find("p").text_content().unwrap() == "<first!>").await;
}

#[wasm_bindgen_test]
async fn items_that_stay_keep_their_elements() {
    let keys = RwSignal::new(vec![1, 2, 3]);
    let drawn = Rc::new(Cell::new(0));
    let count = send_wrapper::SendWrapper::new(drawn.clone());
    let page = mount(move || {
        let items = move || {
            let item = |key: u64| {
                let count = count.clone();
                let draw = move || {
                    count.set(count.get() + 1);
                    view! { <li id=format!("item-{key}")>{key.to_string()}</li> }.into_any()
                };
                Keyed {
                    key,
                    draw: Box::new(draw),
                }
            };
            keys.get().into_iter().map(item).collect()
        };
        view! { <ul>{each(items)}</ul> }
    });
    let two = page.find("#item-2");
    keys.set(vec![4, 2, 1]);
    until("changed", || page.find("ul").text_content().unwrap() == "421").await;
    assert_eq!(page.find("#item-2"), two);
    assert_eq!(drawn.get(), 4);
}

#[wasm_bindgen_test]
async fn something_is_shown_while_a_condition_holds() {
    let many = RwSignal::new(1);
    let page = mount(move || {
        let when = move || many.get() > 1;
        view! { <Show when fallback=|| "few">"many"</Show> }
    });
    page.shows("few").await;
    many.set(2);
    page.shows("many").await;
    assert!(!html(&page).contains("few"));
    many.set(0);
    page.shows("few").await;
    assert!(!html(&page).contains("many"));
}

#[wasm_bindgen_test]
async fn the_reference_of_a_later_drawing_is_filled_too() {
    let (at, last) = (RwSignal::new(0), StoredValue::new(None));
    let page = mount(move || {
        let draw = move || {
            let node = NodeRef::<web_sys::HtmlElement>::new();
            last.set_value(Some(node));
            view! { <p node_ref=node>{at.get()}</p> }
        };
        view! { {draw} }
    });
    at.set(1_u32);
    page.shows("1").await;
    let node = last.get_value().unwrap();
    assert_eq!(node.get_untracked().unwrap(), page.find("p").unchecked_into());
}

#[wasm_bindgen_test]
fn references_and_drawings() {
    let node = NodeRef::<web_sys::HtmlElement>::new();
    let page = mount(move || {
        view! {
            <p node_ref=node></p>
            <svg viewBox="0 0 1 1"><path d="M0 0" /></svg>
        }
    });
    assert_eq!(node.get_untracked().unwrap(), page.find("p").unchecked_into());
    assert_eq!(
        page.find("path").namespace_uri().unwrap(),
        "http://www.w3.org/2000/svg"
    );
}

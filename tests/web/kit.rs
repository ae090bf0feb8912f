//! The kit: what its pieces do under keyboard and mouse.

use ev_portal::kit::toast::ToastRegion;
use ev_portal::kit::{
    Button, Choice, Combobox, ConfirmDialog, Dialog, Item, Menu, Progress, SearchBox, SelectField,
    SplitButton, Switch, TextField, Toast, announce,
};
use ev_portal::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

use super::page::{Mounted, at_once, mount, until};

/// Presses a key where the focus is; whether the page left the key to the browser.
pub fn key(name: &str) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(name);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    document()
        .active_element()
        .unwrap()
        .dispatch_event(&event)
        .unwrap()
}

fn focused() -> String {
    document()
        .active_element()
        .and_then(|element| element.text_content())
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn is_open(page: &Mounted) -> bool {
    page.root.query_selector(":popover-open").unwrap().is_some()
}

fn counter() -> (RwSignal<u32>, Callback<()>) {
    let presses = RwSignal::new(0);
    (
        presses,
        Callback::new(move |()| presses.update(|presses| *presses += 1)),
    )
}

#[wasm_bindgen_test]
async fn a_busy_button_keeps_the_focus_and_does_nothing() {
    let (presses, press) = counter();
    let busy = RwSignal::new(false);
    let page = mount(move || view! { <Button busy on_press=press>"Save"</Button> });
    page.find("button").focus().unwrap();
    page.press("Save");
    busy.set(true);
    until("busy", || {
        page.find("button").get_attribute("aria-disabled").is_some()
    })
    .await;
    page.press("Save");
    assert_eq!(presses.get_untracked(), 1);
    assert_eq!(focused(), "Save");
}

#[wasm_bindgen_test]
async fn the_keys_of_a_menu() {
    let chosen = RwSignal::new("");
    let items = move || {
        vec![
            Item::press("Publish", move || chosen.set("publish")),
            Item::press("Unpublish", move || chosen.set("unpublish")).refused(Some("It is unpublished.")),
            Item::link("Details", "/details"),
        ]
    };
    let page = mount(move || view! { <Menu label="More" items=items /> });
    let button = page.find("button[aria-haspopup]");
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("false"));
    button.focus().unwrap();

    assert!(!key("ArrowDown"));
    until("open at the first line", || focused() == "Publish").await;
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("true"));
    key("ArrowUp");
    assert_eq!(focused(), "Details");
    key("Home");
    assert_eq!(focused(), "Publish");
    key("u");
    assert!(focused().starts_with("Unpublish"));

    // A refused line says why and does nothing.
    document()
        .active_element()
        .unwrap()
        .unchecked_into::<HtmlElement>()
        .click();
    assert_eq!(chosen.get_untracked(), "");
    assert!(is_open(&page));
    assert!(focused().ends_with("It is unpublished."));

    key("Home");
    document()
        .active_element()
        .unwrap()
        .unchecked_into::<HtmlElement>()
        .click();
    assert_eq!(chosen.get_untracked(), "publish");
    assert!(!is_open(&page));
    assert_eq!(document().active_element().unwrap(), button.unchecked_into());

    key("ArrowUp");
    until("open at the last line", || focused() == "Details").await;
    key("Tab");
    assert!(!is_open(&page));
}

#[wasm_bindgen_test]
async fn a_split_button_acts_and_its_arrow_offers_the_rest() {
    let (presses, press) = counter();
    let (others, other) = counter();
    let items = move || vec![Item::press("Remove all customers", move || other.run(())).danger()];
    let page = mount(move || {
        view! {
            <SplitButton
                label="Add customers"
                menu_label="More for customers"
                on_press=press
                items=items
            />
        }
    });
    page.press("Add customers");
    assert_eq!(presses.get_untracked(), 1);
    assert!(!is_open(&page));
    let arrow = page.find("[aria-haspopup=menu]");
    assert_eq!(
        arrow.get_attribute("aria-label").as_deref(),
        Some("More for customers")
    );
    arrow.click();
    until("the menu", || is_open(&page)).await;
    page.press("Remove all customers");
    assert_eq!((presses.get_untracked(), others.get_untracked()), (1, 1));
}

#[wasm_bindgen_test]
async fn a_dialog_takes_the_focus_and_gives_it_back() {
    let open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let page = mount(move || {
        view! {
            <Button on_press=move |()| open.set(true)>"Edit"</Button>
            <Dialog open title="Edit location">
                <TextField label="Name" value=name autofocus=true />
            </Dialog>
        }
    });
    page.find("button").focus().unwrap();
    page.press("Edit");
    until("the field has the focus", || {
        document().active_element().unwrap().tag_name() == "INPUT"
    })
    .await;
    assert_eq!(
        page.find("dialog").get_attribute("aria-labelledby"),
        page.find("dialog h2").get_attribute("id")
    );

    page.find("[aria-label=Close]").click();
    until("closed", || {
        page.root.query_selector("dialog[open]").unwrap().is_none()
    })
    .await;
    until("the focus is back", || focused() == "Edit").await;
    assert!(!open.get_untracked());

    // Closed by the browser, as Escape does.
    open.set(true);
    until("open", || {
        page.root.query_selector("dialog[open]").unwrap().is_some()
    })
    .await;
    page.find("dialog")
        .unchecked_into::<web_sys::HtmlDialogElement>()
        .close();
    until("known", || !open.get_untracked()).await;
    until("emptied", || {
        page.root.query_selector("dialog input").unwrap().is_none()
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_question_names_what_goes_and_can_be_left() {
    let open = RwSignal::new(true);
    let (removals, remove) = counter();
    let page = mount(move || {
        view! {
            <ConfirmDialog open title="Remove?" confirm="Remove 12 charge tokens" on_confirm=remove>
                <p>"Everybody may charge then."</p>
            </ConfirmDialog>
        }
    });
    page.shows("Everybody may charge then.").await;
    page.press("Cancel");
    until("closed", || page.button("Remove 12 charge tokens").is_none()).await;
    assert_eq!(removals.get_untracked(), 0);
    open.set(true);
    until("open", || page.button("Remove 12 charge tokens").is_some()).await;
    page.press("Remove 12 charge tokens");
    assert_eq!(removals.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn what_is_announced_is_seen_and_spoken_even_twice() {
    let page = mount(|| view! { <ToastRegion /> });
    page.dismiss_toasts().await;
    for _ in 0..2 {
        announce("Harbour Garage is private.");
        at_once("unspoken first", || {
            page.find("[aria-live]").inner_text().is_empty()
        })
        .await;
        until("spoken", || {
            page.find("[aria-live]").text_content().unwrap() == "Harbour Garage is private."
        })
        .await;
    }
    assert_eq!(
        page.find(".toasts")
            .text_content()
            .unwrap()
            .matches("is private")
            .count(),
        2
    );
    page.dismiss_toasts().await;
    assert!(page.root.query_selector(".toast").unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_toast_offers_a_way_back() {
    let (undone, undo) = counter();
    let page = mount(|| view! { <ToastRegion /> });
    page.dismiss_toasts().await;
    Toast::new("12 charge tokens are removed.")
        .action("Undo", move || undo.run(()))
        .show();
    page.shows("12 charge tokens are removed.").await;
    page.press("Undo");
    assert_eq!(undone.get_untracked(), 1);
    until("gone", || page.root.query_selector(".toast").unwrap().is_none()).await;
}

#[wasm_bindgen_test]
async fn fields_say_what_they_want_and_what_is_wrong() {
    let value = RwSignal::new("x".to_owned());
    let error = RwSignal::new(None::<String>);
    let on = RwSignal::new(false);
    let page = mount(move || {
        let options = vec![
            ("a".to_owned(), "Auth ID".to_owned()),
            ("c".to_owned(), "Chip ID".to_owned()),
        ];
        view! {
            <TextField label="Name" value hint="As it is signed" error />
            <SelectField label="Column" value=value options />
            <Switch label="Clear list" checked=on hint="Replaces it." />
        }
    });
    let input = page.find("input.input");
    let help = format!("#{}", input.get_attribute("aria-describedby").unwrap());
    assert_eq!(page.find(&help).inner_text(), "As it is signed");
    error.set(Some("A name is needed.".into()));
    until("invalid", || input.get_attribute("aria-invalid").is_some()).await;
    assert_eq!(page.find(&help).inner_text(), "A name is needed.");
    page.fill("input.input", "Mill");
    assert_eq!(value.get_untracked(), "Mill");
    page.find("[role=switch]").click();
    assert!(on.get_untracked());
}

#[wasm_bindgen_test]
async fn the_search_box_waits_for_the_typing_to_rest() {
    let searches = RwSignal::new(Vec::<String>::new());
    let value = RwSignal::new(String::new());
    let on_search = move |text: String| {
        value.set(text.clone());
        searches.update(|searches| searches.push(text));
    };
    let page = mount(move || view! { <SearchBox label="Search" value on_search /> });
    for text in ["a", "ac", "acme "] {
        page.fill("input", text);
    }
    assert!(searches.with_untracked(Vec::is_empty));
    until("searched", || {
        searches.with_untracked(|searches| searches.len() == 1)
    })
    .await;
    assert_eq!(searches.get_untracked(), ["acme"]);

    page.fill("input", "acme l");
    page.find("input").focus().unwrap();
    key("Enter");
    assert_eq!(searches.get_untracked(), ["acme", "acme l"]);
    key("Escape");
    assert_eq!(searches.get_untracked(), ["acme", "acme l", ""]);
    assert_eq!(
        page.find("input").unchecked_into::<HtmlInputElement>().value(),
        ""
    );
}

#[wasm_bindgen_test]
async fn a_combobox_chooses_by_keyboard() {
    let chosen = RwSignal::new(None::<Choice>);
    let choices = ["Acme", "Blue Cab"].map(|name| Choice {
        key: name.into(),
        label: name.into(),
        note: "K".into(),
        refused: false,
    });
    let choices = Signal::stored(choices.to_vec());
    let page = mount(move || {
        let label = Signal::derive(move || chosen.get().map(|choice| choice.label));
        view! { <Combobox label="Customer" chosen=label choices on_type=|_| () on_choose=move |c| chosen.set(c) /> }
    });
    let input = page.find("[role=combobox]");
    input.focus().unwrap();
    key("ArrowDown");
    key("ArrowDown");
    until("the second is active", || {
        input
            .get_attribute("aria-activedescendant")
            .is_some_and(|id| id.ends_with("-1"))
    })
    .await;
    key("Enter");
    assert_eq!(chosen.get_untracked().unwrap().key, "Blue Cab");
    until("named", || {
        input.clone().unchecked_into::<HtmlInputElement>().value() == "Blue Cab"
    })
    .await;

    // The first Escape closes the list only; what was chosen stays.
    key("ArrowDown");
    assert!(!key("Escape"));
    assert!(key("Escape"));
    assert_eq!(chosen.get_untracked().unwrap().key, "Blue Cab");

    page.fill("[role=combobox]", "");
    assert_eq!(chosen.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn a_key_leads_to_a_choice_and_not_to_what_takes_its_place() {
    let named = |names: [&str; 2]| {
        let choice = |name: &str| Choice {
            key: name.into(),
            label: name.into(),
            note: String::new(),
            refused: false,
        };
        names.map(choice).to_vec()
    };
    let choices = RwSignal::new(named(["Acme", "Blue Cab"]));
    let page = mount(move || {
        view! { <Combobox label="Customer" chosen=Signal::stored(None) choices on_type=|_| () on_choose=|_| () /> }
    });
    let input = page.find("[role=combobox]");
    input.focus().unwrap();
    key("ArrowUp");
    let second = || {
        let active = input.get_attribute("aria-activedescendant");
        active.is_some_and(|id| id.ends_with("-1"))
    };
    until("the second is active", second).await;
    choices.set(named(["Cabs", "Blue Cab"]));
    page.shows("Cabs").await;
    assert!(second(), "it is still there");
    choices.set(named(["Cabs", "Delta"]));
    page.shows("Delta").await;
    until("none is", || !input.has_attribute("aria-activedescendant")).await;
}

#[wasm_bindgen_test]
async fn progress_says_how_far_it_is_and_can_be_stopped() {
    let part = RwSignal::new(None);
    let (cancels, cancel) = counter();
    let page = mount(move || view! { <Progress label="Reading" part on_cancel=Some(cancel) /> });
    assert_eq!(page.find("progress").get_attribute("value"), None);
    part.set(Some(0.429));
    page.shows("42 %").await;
    page.press("Cancel");
    assert_eq!(cancels.get_untracked(), 1);
}

#[wasm_bindgen_test]
fn times_elsewhere_are_told_where_clocks_differ() {
    use ev_portal::kit::time::elsewhere;
    let here =
        js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    let here = js_sys::Reflect::get(&here, &"timeZone".into())
        .unwrap()
        .as_string()
        .unwrap();
    let (winter, summer) = ("2026-01-15T12:00:00Z", "2026-07-15T12:00:00Z");
    assert_eq!(elsewhere(winter, &here, true), "");
    // Summer time there is there's own: these two share their clock in winter alone.
    let told = [winter, summer]
        .map(|at| ["America/Denver", "America/Phoenix"].map(|zone| elsewhere(at, zone, true)));
    assert_eq!(
        told[0],
        ["Denver", "Phoenix"].map(|city| format!("05:00 there, America/{city}"))
    );
    assert_eq!(
        told[1],
        ["06:00 there, America/Denver", "05:00 there, America/Phoenix"]
    );
    // On the same day the time says enough.
    assert_eq!(elsewhere(winter, "Asia/Kathmandu", false), "17:45 there");
    assert_eq!(
        elsewhere("2026-01-15T23:00:00Z", "Asia/Kathmandu", false),
        "16 Jan 2026, 04:45 there"
    );
    for nothing in ["somewhere", "Mars/Phobos", ""] {
        assert_eq!(elsewhere(winter, nothing, true), "", "{nothing}");
    }
    assert_eq!(elsewhere("never", "Asia/Kathmandu", false), "");
}

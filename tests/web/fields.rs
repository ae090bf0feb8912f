//! The form that a field table draws, and what asks before typed changes are thrown away.

use domain::field::{Field, Input};
use domain::problem::{FieldError, Problem, kind};
use ev_portal::api::{Loaded, Record, records};
use ev_portal::kit::time::{from_input, to_input};
use ev_portal::pages::record::{EditRecord, Kind, RecordSheet};
use ev_portal::prelude::*;
use serde_json::json;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};

use crate::kit::key;
use crate::page::{Mounted, mount, turn, until};
use crate::portal::{Portal, Reply, Seen};

const FIELDS: &[Field] = &[
    Field::new("name", "Name", Input::Line).required(),
    Field::new("email", "E-mail", Input::Email).hint("Where to write to"),
    Field::new("note", "Note", Input::Note),
    Field::new("days", "Days", Input::Number(1, 30)),
    Field::new("kind", "Kind", Input::Choice(&["Open", "Closed"])).required(),
    Field::new("plan", "Plan", Input::Suggested(&["Fleet", "Home"])),
    Field::new("benefits", "Benefits", Input::Some(&["Free", "Cheap", "Early"])),
    Field::new("domains", "Domains", Input::Lines),
    Field::new("since", "Since", Input::Pacific),
    Field::new("until", "Until", Input::Moment),
    Field::new("live", "Live", Input::Flag),
];

static THINGS: Kind = Kind {
    path: "/things",
    areas: &[],
    records: "Things",
    record: "Thing",
    name: "name",
    before: "",
    needs: "",
    create: "New thing",
    save: "Create",
    created: "created",
    list: "/",
    page: |id| format!("/things/{id}"),
    form: |form| {
        view! { <EditRecord kind=&THINGS form fields=FIELDS start=r#"{"kind":"Closed"}"# /> }.into_any()
    },
};

const UNTIL: &str = "2026-07-01T15:15:00Z";

fn stored() -> serde_json::Value {
    json!({
        "id": "r1", "version": 7, "name": "Depot", "email": "a@b.c", "note": "", "days": 3, "kind": "Closed",
        "plan": "Fleet", "benefits": ["Cheap"], "domains": ["a.nl", "b.nl"], "since": "2026-07-01T15:15:00Z",
        "until": UNTIL, "live": true,
    })
}

/// A sheet with the form of a new record, or of the stored one.
async fn open(
    edit: bool,
    mut answer: impl FnMut(&Seen) -> Reply + 'static,
) -> (Portal, Mounted, RwSignal<bool>) {
    let portal = Portal::start(move |seen| match seen.method.as_str() {
        "GET" => Reply::ok(&stored()),
        _ => answer(seen),
    });
    let open = RwSignal::new(false);
    let page = mount(move || {
        let record: Loaded<Record> = Loaded::new(|| records::get("/things/r1"));
        let saved = Callback::new(move |saved| {
            if edit {
                record.set(saved);
            }
        });
        view! {
            <Show when=move || record.is_loaded()>
                <p>"Loaded"</p>
            </Show>
            <RecordSheet kind=&THINGS open record=edit.then_some(record) on_saved=saved />
        }
    });
    page.shows("Loaded").await;
    open.set(true);
    until("open", || is_open(&page)).await;
    (portal, page, open)
}

fn is_open(page: &Mounted) -> bool {
    page.root.query_selector("dialog[open]").unwrap().is_some()
}

/// The control under a label.
fn control(page: &Mounted, label: &str) -> HtmlElement {
    let labels = page.root.query_selector_all("label").unwrap();
    for at in 0..labels.length() {
        let found: web_sys::HtmlLabelElement = labels.get(at).unwrap().unchecked_into();
        if found.text_content().unwrap_or_default().trim() == label {
            return found.control().unwrap();
        }
    }
    panic!("no {label}\n{}", page.text());
}

fn id(page: &Mounted, label: &str) -> String {
    format!("#{}", control(page, label).id())
}

fn value(page: &Mounted, label: &str) -> String {
    let control = control(page, label);
    match control.dyn_ref::<HtmlSelectElement>() {
        Some(select) => select.value(),
        None => control
            .dyn_ref::<HtmlInputElement>()
            .map(HtmlInputElement::value)
            .unwrap_or_else(|| control.unchecked_into::<web_sys::HtmlTextAreaElement>().value()),
    }
}

fn leave(page: &Mounted, label: &str) {
    let control = control(page, label);
    control.focus().unwrap();
    control.blur().unwrap();
}

#[wasm_bindgen_test]
async fn every_kind_of_field_starts_with_what_the_record_says() {
    let (_portal, page, _) = open(true, |_| unreachable!()).await;
    let said = [
        "Name", "E-mail", "Days", "Kind", "Plan", "Domains", "Since", "Until",
    ]
    .map(|label| value(&page, label));
    assert_eq!(
        said,
        [
            "Depot",
            "a@b.c",
            "3",
            "Closed",
            "Fleet",
            "a.nl\nb.nl",
            "2026-07-01T08:15",
            &to_input(UNTIL),
        ]
    );
    let ticked = |label| {
        control(&page, label)
            .unchecked_into::<HtmlInputElement>()
            .checked()
    };
    assert_eq!(
        ["Free", "Cheap", "Early", "Live"].map(ticked),
        [false, true, false, true]
    );
    let list = control(&page, "Plan").get_attribute("list").unwrap();
    assert_eq!(page.find(&format!("#{list}")).child_element_count(), 2);
    assert!(page.text().contains("Where to write to") && page.text().contains("Pacific Time"));
}

#[wasm_bindgen_test]
async fn only_what_differs_is_sent_for_the_version_that_was_read() {
    let (portal, page, open) = open(true, |_| Reply::ok(&stored())).await;
    page.fill(&id(&page, "Name"), " Depot North ");
    page.fill(&id(&page, "Domains"), "a.nl\n\n c.nl ");
    page.fill(&id(&page, "E-mail"), "");
    control(&page, "Early").click();
    control(&page, "Free").click();
    control(&page, "Live").click();
    page.fill(&id(&page, "Until"), "2026-08-01T10:00");
    page.press("Save");
    until("closed", || !open.get_untracked()).await;
    let sent = portal.seen().pop().unwrap();
    assert!(sent.is("PATCH", "/things/r1"));
    assert_eq!(sent.if_match.as_deref(), Some("\"7\""));
    assert_eq!(
        sent.json(),
        json!({
            "name": "Depot North", "email": "", "benefits": ["Free", "Cheap", "Early"], "domains": ["a.nl", "c.nl"],
            "live": false, "until": from_input("2026-08-01T10:00"),
        })
    );
}

#[wasm_bindgen_test]
async fn saving_without_a_change_asks_nothing_of_the_server() {
    let (portal, page, open) = open(true, |_| unreachable!()).await;
    page.press("Save");
    until("closed", || !open.get_untracked()).await;
    assert!(portal.seen().iter().all(|seen| seen.method == "GET"));
}

#[wasm_bindgen_test]
async fn a_field_is_checked_when_it_is_left_and_all_when_saving() {
    let (portal, page, _) = open(false, |_| unreachable!()).await;
    page.fill(&id(&page, "Days"), "99");
    assert!(!page.text().contains("A whole number"));
    leave(&page, "Days");
    page.shows("A whole number from 1 to 30.").await;
    page.fill(&id(&page, "Days"), "9");
    until("taken back", || !page.text().contains("A whole number")).await;

    page.fill(&id(&page, "E-mail"), "nobody");
    page.press("Create");
    page.shows("An e-mail address has an @.").await;
    assert_eq!(page.text().matches("This cannot stay empty.").count(), 1);
    until("focus at the first", || {
        document().active_element().unwrap() == control(&page, "Name").unchecked_into()
    })
    .await;
    assert_eq!(value(&page, "E-mail"), "nobody");
    assert_eq!(value(&page, "Kind"), "Closed", "what a new one starts with");
    assert!(portal.seen().iter().all(|seen| seen.method == "GET"));
}

#[wasm_bindgen_test]
async fn what_the_server_finds_wrong_stands_at_its_field_and_what_was_typed_stays() {
    let refusal = || {
        let errors = vec![FieldError {
            field: "name".into(),
            message: "another thing has that name".into(),
        }];
        let problem = Problem {
            kind: kind::DUPLICATE.into(),
            title: "There is one already".into(),
            status: 409,
            errors,
            ..Problem::default()
        };
        Reply::Json(409, serde_json::to_string(&problem).unwrap())
    };
    let (_portal, page, open) = open(false, move |_| refusal()).await;
    page.fill(&id(&page, "Name"), "Depot");
    page.choose("Kind", "Open");
    page.press("Create");
    page.shows("Another thing has that name.").await;
    page.shows("There is one already").await;
    until("focus", || {
        document().active_element().unwrap() == control(&page, "Name").unchecked_into()
    })
    .await;
    assert_eq!(
        (value(&page, "Name").as_str(), open.get_untracked()),
        ("Depot", true)
    );
    // It is gone as soon as something else is typed.
    page.fill(&id(&page, "Name"), "Depot 2");
    until("taken back", || {
        !page.text().contains("Another thing has that name.")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_second_click_sends_nothing_twice() {
    let (portal, page, _) = open(true, |_| Reply::Never).await;
    page.fill(&id(&page, "Name"), "Twice");
    page.press("Save");
    until("busy", || {
        page.root.query_selector("[data-busy]").unwrap().is_some()
    })
    .await;
    page.press("Save");
    turn().await;
    assert_eq!(portal.count("PATCH", "/things/r1"), 1);
}

#[wasm_bindgen_test]
async fn after_somebody_else_changed_it_saving_again_means_the_newer_version() {
    let mut tries = 0;
    let (portal, page, open) = open(true, move |_| {
        tries += 1;
        match tries {
            1 => Reply::problem(412, kind::STALE),
            _ => Reply::ok(&stored()),
        }
    })
    .await;
    page.fill(&id(&page, "Name"), "Mine");
    page.press("Save");
    page.shows("Somebody else changed this meanwhile").await;
    until("read again", || portal.count("GET", "/things/r1") == 2).await;
    assert_eq!(value(&page, "Name"), "Mine");
    page.press("Save");
    until("saved", || !open.get_untracked()).await;
    assert_eq!(portal.seen().pop().unwrap().json(), json!({ "name": "Mine" }));
}

#[wasm_bindgen_test]
async fn what_was_typed_is_not_thrown_away_without_a_question() {
    let (_portal, page, open) = open(true, |_| unreachable!()).await;
    let asks = || page.root.query_selector("[role=alertdialog]").unwrap().is_some();
    page.fill(&id(&page, "Name"), "Typed");
    page.press("Cancel");
    until("asked", asks).await;
    until("the safe way has the focus", || {
        document().active_element().unwrap().text_content().unwrap() == "Keep editing"
    })
    .await;
    page.press("Keep editing");
    until("back", || !asks()).await;
    assert_eq!(value(&page, "Name"), "Typed");

    control(&page, "Name").focus().unwrap();
    assert!(!key("Escape"), "the browser does not close it");
    until("asked", asks).await;
    // Closed by the browser, as a phone's Back does: asked twice, it stays open.
    page.find("dialog")
        .unchecked_into::<web_sys::HtmlDialogElement>()
        .close();
    until("not asked", || !asks() && is_open(&page)).await;
    assert_eq!(value(&page, "Name"), "Typed");
    page.find("[aria-label=Close]").click();
    until("asked", asks).await;
    page.press("Discard changes");
    until("closed", || !is_open(&page)).await;
    assert!(!open.get_untracked());

    // What was discarded is not asked about again.
    open.set(true);
    until("open", || is_open(&page)).await;
    assert_eq!(value(&page, "Name"), "Depot");
    page.press("Cancel");
    until("closed", || !is_open(&page)).await;
}

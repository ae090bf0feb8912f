//! A role: what it allows, and who has it.

use super::{KIND, edit};
use crate::api::{Loaded, Record};
use crate::kit::format::count;
use crate::kit::{Button, Item, Sheet, SplitButton, Symbol, Tone};
use crate::pages::record::{DeleteRecord, Deletion, Form, RecordPage, RecordSheet, allowed, facts};
use crate::prelude::*;
use crate::routes::{self, Place};
use crate::table::Shown;

#[component]
pub fn RolePage() -> impl IntoView {
    let record = KIND.load(Place::current().id, "");
    let actions = move || view! { <Actions record /> };
    view! { <RecordPage kind=&KIND record state actions facts=said /> }
}

fn state(role: &Record) -> (Tone, String) {
    let word = match role.flag("builtIn") {
        true => "Built in",
        false => "Custom",
    };
    (Tone::Neutral, word.to_owned())
}

fn said(role: Record) -> AnyView {
    let many = role.count("accounts");
    let accounts = match many {
        0 => Shown::text("None"),
        _ => Shown::link(
            count(many, "account", "accounts"),
            routes::accounts_of(&role.text("name")),
        ),
    };
    let kind = match role.flag("builtIn") {
        true => "Comes with the portal and stays as it is; a copy can be changed",
        false => "Made here",
    };
    view! {
        {facts(vec![("Given to", accounts), ("Kind", Shown::text(kind))])}
        <section class="section">
            <h2>"What it allows"</h2>
            {allowed(&role.texts("permissions"))}
        </section>
    }
    .into_any()
}

#[component]
fn Actions(record: Loaded<Record>) -> impl IntoView {
    let (editing, copying) = (RwSignal::new(false), RwSignal::new(false));
    let deletion = Deletion::new(&KIND, record);
    let built_in = move || record.with(|role| role.flag("builtIn"));
    let items = move || {
        let many = record.with(|role| role.count("accounts")).unwrap_or_default();
        let taken = (many > 0).then(|| {
            let have = if many == 1 { "has" } else { "have" };
            let accounts = count(many, "account", "accounts");
            format!("{accounts} {have} it: give them another role first.")
        });
        vec![
            Item::press("Make a copy", move || copying.set(true)).icon(Symbol::Copy),
            deletion.item().refused(taken),
        ]
    };
    let form = Form {
        open: copying,
        record: None,
        on_saved: KIND.created(),
    };
    let copy = move || record.with_untracked(|role| edit::copy(form, role));
    view! {
        <Show when=move || built_in() == Some(true)>
            <Button icon=Symbol::Copy on_press=move |()| copying.set(true)>"Make a copy"</Button>
        </Show>
        <Show when=move || built_in() == Some(false)>
            <SplitButton
                label="Edit"
                menu_label="More for this role"
                icon=Symbol::Edit
                on_press=move |()| editing.set(true)
                items=items
            />
        </Show>
        <RecordSheet kind=&KIND open=editing record=Some(record) on_saved=KIND.saved(record) />
        <Sheet open=copying title=KIND.create>
            {copy()}
        </Sheet>
        <DeleteRecord deletion>
            <p>"The role goes. No account has it."</p>
        </DeleteRecord>
    }
}

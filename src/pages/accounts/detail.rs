//! An account: the facts, and what can be done with it.

use domain::accounts::STATUSES;

use super::KIND;
use super::set_up::{SetUp, SetUpDialog};
use super::state::{is_enabled, status};
use crate::api::{Call, Loaded, Record, Write, records};
use crate::kit::{Item, ProblemLine, SplitButton, Symbol, announce};
use crate::pages::record::{DeleteRecord, Deletion, Fact, RecordPage, RecordSheet, facts, organizations};
use crate::prelude::*;
use crate::routes::{self, Place};
use crate::table::Shown;

#[component]
pub fn AccountPage() -> impl IntoView {
    let record = KIND.load(Place::current().id, "");
    let write = Write::new();
    write.refetch(record);
    let actions = move || view! { <Actions record write /> };
    let above = move || view! { <ProblemLine problem=write.problem() /> };
    view! { <RecordPage kind=&KIND record state=status actions above facts=said /> }
}

fn said(account: Record) -> AnyView {
    let text = |key: &str| Shown::text(account.text(key));
    let limits = limits(account.texts("organizations"));
    let password = match account.flag("hasPassword") {
        true => "Set",
        false => "Not set yet: a set-up link sets it",
    };
    let above = facts(vec![
        ("E-mail", text("email")),
        (
            "Role",
            Shown::link(account.text("role"), routes::role(&account.text("roleId"))),
        ),
    ]);
    let below = facts(vec![
        ("Password", Shown::text(password)),
        ("Last sign-in", Shown::moment(account.text("signedInAt"))),
        ("Created", Shown::moment(account.text("createdAt"))),
        ("Updated", Shown::moment(account.text("updatedAt"))),
    ]);
    view! {
        {above}
        <dl class="facts">
            <Fact label="Limited to">{limits}</Fact>
        </dl>
        {below}
    }
    .into_any()
}

/// The names of those organizations; the ids until they are known.
fn limits(ids: Vec<String>) -> AnyView {
    if ids.is_empty() {
        return "Nothing: it reaches every organization".into_any();
    }
    let known = organizations();
    let name = move |id: &String| {
        let found = known.with(|known| {
            let mut all = known.records("items").into_iter();
            all.find(|one| one.text("id") == *id).map(|one| one.text("name"))
        });
        found.flatten().unwrap_or_else(|| id.clone())
    };
    let names = move || ids.iter().map(name).collect::<Vec<_>>().join(", ");
    view! { <span>{names}</span> }.into_any()
}

#[component]
fn Actions(record: Loaded<Record>, write: Write) -> impl IntoView {
    let editing = RwSignal::new(false);
    let set_up = SetUp::new();
    let deletion = Deletion::new(&KIND, record);
    let sign_out = move |account: &Record| {
        let name = account.text("name");
        let asked = Call::delete(&KIND.at(&account.text("id"), "/sessions")).run();
        write.run(asked, move |()| {
            announce(format!("{name} is signed out everywhere."))
        });
    };
    let enable = move |account: &Record, enabled: bool| {
        let word = STATUSES[usize::from(!enabled)];
        let path = KIND.at(&account.text("id"), "");
        let asked = records::patch(&path, account.count("version"), &[("status", word.into())]);
        write.run(asked, move |saved: Record| {
            let what = match enabled {
                true => "enabled",
                false => "disabled, and signed out everywhere",
            };
            announce(format!("{} is {what}.", saved.text("name")));
            record.set(saved);
        });
    };
    let items = move || {
        let Some(account) = record.get() else {
            return vec![];
        };
        let fixed = Some(account.text("fixed")).filter(|why| !why.is_empty());
        let now = move |run: &dyn Fn(&Record)| {
            if let Some(account) = record.with_untracked(Clone::clone) {
                run(&account);
            }
        };
        let switch = match is_enabled(&account) {
            true => Item::press("Disable account", move || now(&|account| enable(account, false)))
                .icon(Symbol::Lock)
                .refused(fixed.clone()),
            false => Item::press("Enable account", move || now(&|account| enable(account, true)))
                .icon(Symbol::Check),
        };
        vec![
            Item::press("New set-up link", move || now(&|account| set_up.make(account))).icon(Symbol::Link),
            Item::press("Sign out everywhere", move || now(&sign_out)).icon(Symbol::Close),
            switch,
            deletion.item().refused(fixed),
        ]
    };
    view! {
        <SplitButton
            label="Edit"
            menu_label="More for this account"
            icon=Symbol::Edit
            disabled=Signal::derive(move || !record.is_loaded() || write.pending().get())
            on_press=move |()| editing.set(true)
            items=items
        />
        <RecordSheet kind=&KIND open=editing record=Some(record) on_saved=KIND.saved(record) />
        <SetUpDialog set_up />
        <DeleteRecord deletion>
            <p>"The account goes, with its sessions, API keys, columns and own views. What it did stays."</p>
        </DeleteRecord>
    }
}

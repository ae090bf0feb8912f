//! One's own API keys.

use domain::accounts::{ApiKey, KEY_FIELDS};

use crate::api::{Call, Record, Write};
use crate::kit::format::count;
use crate::kit::{Button, ConfirmDialog, EmptyState, SelectField, Symbol, announce};
use crate::pages::record::{EditRecord, Form, Kind, More, OnceDialog, RecordSheet};
use crate::prelude::*;
use crate::routes;
use crate::table::{Cells, DataTable, List, QueryState, RowAction, Shown};

static KIND: Kind = Kind {
    path: "/keys",
    areas: &[],
    records: "API keys",
    record: "API key",
    name: "name",
    before: "API key ",
    needs: "",
    create: "New API key",
    save: "Make API key",
    created: "made",
    list: routes::YOUR_ACCOUNT,
    page: |_| routes::YOUR_ACCOUNT.to_owned(),
    form,
};

/// How long a key may hold, in days.
const DAYS: &[(&str, &str)] = &[
    ("7", "7 days"),
    ("30", "30 days"),
    ("90", "90 days"),
    ("366", "A year"),
];

#[component]
pub fn Keys() -> impl IntoView {
    let query = QueryState::in_url(List::of::<ApiKey>(KIND.path), "keys.");
    let page = query.load();
    let (adding, showing, asking) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let secret = RwSignal::new(String::new());
    let made = Callback::new(move |made: Record| {
        page.reload();
        secret.set(made.text("secret"));
        showing.set(true);
    });
    // What was shown once is not kept for longer.
    effect(move || {
        if !showing.get() {
            secret.set(String::new());
        }
    });
    let chosen = RwSignal::new(None::<Record>);
    let text = move |key: &str| chosen.with(|chosen| chosen.as_ref().map(|chosen| chosen.text(key)));
    let write = Write::new();
    let revoke = move |()| {
        let (id, name) = untrack(|| (text("id"), text("name")));
        let asked = Call::delete(&KIND.at(&id.unwrap_or_default(), "")).run();
        write.run(asked, move |()| {
            announce(format!("API key {} is revoked.", name.unwrap_or_default()));
            asking.try_set(false);
            page.reload();
        });
    };
    let ask = move |key: Record| {
        write.clear();
        chosen.set(Some(key));
        asking.set(true);
    };
    let add = move || {
        view! { <Button icon=Symbol::Plus on_press=move |()| adding.set(true)>{KIND.create}</Button> }
    };
    let cells = Cells::new().with("permissions", |key| {
        let many = key.texts("permissions").len() as u64;
        Shown::text(count(many, "permission", "permissions"))
    });
    view! {
        <DataTable
            label="API keys"
            noun=("API key", "API keys")
            query
            page
            cells
            row_action=RowAction::new("Revoke", "", ask)
            search="Search by name"
            tools=move || page.with(|page| page.total > 0).unwrap_or_default().then(add)
            empty=move || {
                view! {
                    <EmptyState
                        title="No API keys"
                        detail="With a key a program does what you may do, or less, until the key expires or is revoked."
                    >
                        {add()}
                    </EmptyState>
                }
            }
        />
        <RecordSheet kind=&KIND open=adding on_saved=made />
        <OnceDialog
            open=showing
            title="Your new API key"
            label="API key"
            hint="It is not shown again. If it is lost, revoke it and make another one."
            text=secret
        >
            <p>
                "Programs send it with each request, as "<code>"Authorization: Bearer …"</code>
                ". Keep it where you keep passwords."
            </p>
        </OnceDialog>
        <ConfirmDialog
            open=asking
            title=Signal::derive(move || format!("Revoke {}?", text("name").unwrap_or_default()))
            confirm="Revoke API key"
            busy=write.pending()
            problem=write.problem()
            on_confirm=revoke
        >
            <p>"Programs that use it are refused from now on. It does not come back."</p>
        </ConfirmDialog>
    }
}

fn form(form: Form) -> AnyView {
    let days = RwSignal::new(DAYS[1].0.to_owned());
    let more: More = Callback::new(move |()| {
        let days = days.get_untracked().parse::<u64>().unwrap_or_default();
        vec![("days", days.into())]
    });
    let choice = |(key, words): &(&str, &str)| ((*key).to_owned(), (*words).to_owned());
    let options: Vec<(String, String)> = DAYS.iter().map(choice).collect();
    view! {
        <EditRecord kind=&KIND form fields=KEY_FIELDS more above=1>
            <SelectField
                label="Expires after"
                value=days
                options=options
                hint="Then programs that use it are refused."
            />
        </EditRecord>
    }
    .into_any()
}

//! *Views*: a query and its columns under a name, for me or for everyone; a view is a link.

use super::address::{parts_of, read, text_of, write};
use super::settings::Settings;
use super::{QueryState, Table};
use crate::api::{Record, Write, views};
use crate::kit::{
    Button, Dialog, Item, Look, Menu, ModalFooter, ProblemLine, Switch, Symbol, TextField, Toast, announce,
    copy,
};
use crate::prelude::*;

/// The menu and the dialog that saves.
#[component]
pub fn Views(table: Table) -> impl IntoView {
    let QueryState { settings, .. } = table.query;
    let saving = RwSignal::new(false);
    // The view that is renamed; empty: a new one.
    let renamed = RwSignal::new(String::new());
    let last = RwSignal::new(String::new());
    // The view that is open: the one that the address says, or the one that was opened and changed since.
    let current = move || {
        let views = settings.views();
        let same = views.iter().find(|view| is_open(table, &view.text("query")));
        let id = same.map_or_else(|| last.get(), |view| view.text("id"));
        let changed = same.is_none();
        views
            .into_iter()
            .find(|view| view.text("id") == id)
            .map(|view| (view, changed))
    };
    let label = move || match current() {
        Some((view, true)) => format!("{} · changed", view.text("name")),
        Some((view, false)) => view.text("name"),
        None => "Views".to_owned(),
    };
    let ask = move |id: String| {
        renamed.set(id);
        saving.set(true);
    };
    let items = move || {
        let default = settings.default_view();
        let current = current();
        let now = current.as_ref().map(|(view, _)| view.text("id"));
        let open = |view: Record| {
            let id = view.text("id");
            let mut label = view.text("name");
            if id == default {
                label.push_str(" · default");
            }
            if view.flag("everyone") {
                label.push_str(" · for everyone");
            }
            let is_now = now.as_ref() == Some(&id);
            if is_now {
                label.push_str(" (now)");
            }
            let item = Item::press(label, move || {
                last.set(id.clone());
                table.query.open(parts_of(&view.text("query")));
            });
            if is_now { item.icon(Symbol::Check) } else { item }
        };
        let mut items: Vec<Item> = settings.views().into_iter().map(open).collect();
        items.push(Item::press("Save view", move || ask(String::new())).icon(Symbol::Plus));
        if let Some((view, changed)) = current {
            items.extend(own(table, view, changed, &default, Callback::new(ask)));
        }
        items.push(
            Item::press("Copy link", || {
                if let Ok(link) = window().location().href() {
                    copy(link, "The link to this view is copied.");
                }
            })
            .icon(Symbol::Copy),
        );
        let compact = settings.compact();
        let density = if compact {
            "Comfortable rows"
        } else {
            "Compact rows"
        };
        items.push(Item::press(density, move || settings.keep_compact(!compact)));
        items
    };
    let title = move || {
        if renamed.with(String::is_empty) {
            "Save view"
        } else {
            "Rename view"
        }
    };
    view! {
        <Menu label=Signal::derive(label) items=items />
        <Dialog open=saving title=Signal::derive(move || title().to_owned())>
            <SaveView table open=saving id=renamed.get_untracked() last />
        </Dialog>
    }
}

/// What can be done with the view that is open.
fn own(table: Table, view: Record, changed: bool, default: &str, rename: Callback<String>) -> Vec<Item> {
    let settings = table.query.settings;
    let (id, name) = (view.text("id"), view.text("name"));
    let mut items = Vec::new();
    if view.flag("mine") {
        if changed {
            let view = view.clone();
            items.push(Item::press(format!("Update “{name}”"), move || {
                let (id, name) = (view.text("id"), view.text("name"));
                let said = format!("View “{name}” is updated.");
                let asked = views::save(settings.list(), &id, name, text(table), view.flag("everyone"));
                spawn_local(async move { told(settings, asked.await.map(drop), said) });
            }));
        }
        let own = id.clone();
        items.push(Item::press(format!("Rename “{name}”"), move || {
            rename.run(own.clone())
        }));
        let delete = move || {
            let view = view.clone();
            spawn_local(async move {
                let answer = views::delete(settings.list(), &view.text("id")).await;
                let gone = answer.is_ok();
                if !gone {
                    return told(settings, answer, String::new());
                }
                settings.reload();
                let toast = Toast::new(format!("View “{}” is deleted.", view.text("name")));
                toast
                    .action("Undo", move || {
                        let (name, query) = (view.text("name"), view.text("query"));
                        let again = views::save(settings.list(), "", name, query, view.flag("everyone"));
                        spawn_local(async move {
                            told(settings, again.await.map(drop), "The view is back.".into())
                        });
                    })
                    .show();
            });
        };
        items.push(
            Item::press(format!("Delete “{name}”"), delete)
                .icon(Symbol::Trash)
                .danger(),
        );
    }
    let (words, kept) = match id == default {
        true => (format!("No longer open “{name}” by default"), String::new()),
        false => (format!("Open “{name}” by default"), id),
    };
    items.push(Item::press(words, move || settings.keep_default(kept.clone())));
    items
}

fn told(settings: Settings, answer: crate::api::transport::Answer<()>, said: String) {
    match answer {
        Ok(()) => {
            announce(said);
            settings.reload();
        }
        Err(problem) => {
            let words = format!("The view is as it was. {}. {}", problem.title, problem.detail);
            Toast::new(words).tone(crate::kit::Tone::Bad).show();
        }
    }
}

/// The view as a text: with its columns, so that it looks the same to everybody.
fn text(table: Table) -> String {
    let mut query = untrack(|| table.query.get());
    query.page = 1;
    text_of(&write(&query, &untrack(|| table.shown.get())))
}

/// Whether the table shows what that view says, tracked.
fn is_open(table: Table, view: &str) -> bool {
    let view = read(&parts_of(view), table.query.list.heads);
    let mut now = table.query.get();
    now.page = 1;
    now == view.query && (view.columns.is_empty() || table.shown.with(|shown| *shown == view.columns))
}

#[component]
fn SaveView(table: Table, open: RwSignal<bool>, id: String, last: RwSignal<String>) -> impl IntoView {
    let settings = table.query.settings;
    let view = untrack(|| settings.view(&id));
    let default = id.is_empty() || untrack(|| settings.default_view()) == id;
    let name = RwSignal::new(view.as_ref().map(|view| view.text("name")).unwrap_or_default());
    let everyone = RwSignal::new(view.as_ref().is_some_and(|view| view.flag("everyone")));
    let by_default = RwSignal::new(default && !id.is_empty());
    let write = Write::new();
    let save = move || {
        let query = view
            .as_ref()
            .map_or_else(|| text(table), |view| view.text("query"));
        let name = name.get_untracked().trim().to_owned();
        let asked = views::save(
            settings.list(),
            &id,
            name.clone(),
            query,
            everyone.get_untracked(),
        );
        let was_default = untrack(|| settings.default_view());
        let by_default = by_default.get_untracked();
        write.run(asked, move |view: Record| {
            open.try_set(false);
            announce(format!("View “{name}” is saved."));
            let id = view.text("id");
            last.try_set(id.clone());
            match (by_default, was_default == id) {
                (true, false) => settings.keep_default(id),
                (false, true) => settings.keep_default(String::new()),
                _ => settings.reload(),
            }
        });
    };
    view! {
        <form
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <div class="dialog-body">
                <TextField label="Name" value=name required=true autofocus=true error=write.field("name") />
                <Switch
                    label="For everyone"
                    checked=everyone
                    hint="Everybody finds it under Views. Otherwise only you do; the link works for everybody."
                />
                <Switch label="Open by default" checked=by_default hint="Whenever you come to this table." />
                <ProblemLine problem=write.problem() />
            </div>
            <ModalFooter>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
                <Button look=Look::Primary submit=true busy=write.pending()>"Save view"</Button>
            </ModalFooter>
        </form>
    }
}

//! One of the two lists: its table, and what is done to its entries.

use domain::authorization::{CustomerEntry, TokenEntry};
use domain::tokens::TokenState;
use wasm_bindgen::JsCast;

use super::Shared;
use super::add::AddDialog;
use super::change::{CHIP_ID, Change};
use super::editor::Editor;
use super::list::List;
use crate::api::{self, Loaded, Record, Rows, Seen};
use crate::kit::{EmptyState, Item, LinkButton, Look, SplitButton, Symbol, Tone, focus_is_lost};
use crate::pages::shell::{follow, may};
use crate::prelude::*;
use crate::routes;
use crate::table::{self, BulkAction, Cells, DataTable, QueryState, Shown};

/// The permission to change the list.
const CHANGE: &str = "Manage:Location";

#[component]
pub fn EntryList(list: List, shared: Shared) -> impl IntoView {
    let editor = shared.editor;
    let words = list.words();
    let selection = shared.selection(list);
    let path = shared
        .location
        .with_value(|id| api::authorization::path(id, &format!("/{}", words.key)));
    let of = match list {
        List::Customers => table::List::of::<CustomerEntry>(path),
        List::Tokens => table::List::of::<TokenEntry>(path),
    };
    let query = QueryState::in_url(of, "");
    let page = Loaded::new(move || {
        editor.changes.track();
        query.fetch()
    });
    follow(&["import"], page.status());
    keep_focus(editor, page);
    // The selection reaches over pages; what was seen of the entries can be put back.
    let seen = Seen::default();
    let own = seen.clone();
    effect(move || {
        page.with(|page| {
            for entry in &page.items {
                own.put(&entry.text(of.id), entry);
            }
        });
    });
    let narrowed = move || query.with(|query| !query.q.is_empty() || !query.filter.is_empty());
    let selected = Callback::new(move |()| match untrack(|| (selection.is_all(), narrowed())) {
        (true, true) => Change::remove_chosen(list, selection.chosen()),
        (true, false) => Change::remove_all(list, 0),
        _ => {
            let ids = untrack(|| selection.ids());
            let entries: Vec<Record> = ids.iter().filter_map(|id| seen.get(id)).collect();
            Change::remove(list, &entries)
        }
    });
    let (title, detail) = words.empty;
    let empty = move || match list {
        List::Customers => view! { <EmptyState title detail /> },
        List::Tokens => {
            let href = shared.location.with_value(|id| routes::location_import(id));
            let import = may(CHANGE).then(|| view! { <LinkButton href>"Import charge tokens"</LinkButton> });
            view! { <EmptyState title detail>{import}</EmptyState> }
        }
    };
    view! {
        <DataTable
            label=words.label
            noun=(words.noun, words.nouns)
            query
            page
            cells=cells()
            selection
            bulk=vec![BulkAction::run("Remove", CHANGE, move |_| editor.start(selected.run(())))]
            row_actions=Callback::new(move |entry| row_actions(editor, list, entry))
            search=words.search
            tools=move || tools(shared, list, selected)
            empty
        />
        <AddDialog list shared />
    }
}

/// The cells of both lists.
fn cells() -> Cells {
    Cells::new()
        .with("name", |entry| {
            Shown::link(
                entry.text("customer"),
                routes::customer(&entry.text("customer.id")),
            )
        })
        .with("tokens", |entry| match entry.count("tokens") {
            0 => Shown::badge(Tone::Attention, "No charge tokens: admits nobody"),
            tokens => Shown::number(tokens),
        })
        .with("id", id)
        .with("state", state)
        .with("inApps", |entry| match entry.flag("inApps") {
            true => Shown::badge(Tone::Good, "Visible in apps"),
            false => Shown::badge(Tone::Neutral, "Enforced only"),
        })
}

/// What an entry or a refusal names: the portal's own token, or an id that it does not know.
pub fn id(entry: &Record) -> Shown {
    let id = entry.text("id");
    match entry.has("token") {
        true => Shown::link(id, routes::token(&entry.text("token.id"))),
        false if entry.text("kind") == CHIP_ID => Shown::text(id).note("Chip ID"),
        false => Shown::text(id),
    }
}

fn state(entry: &Record) -> Shown {
    let word = entry.text("token.state");
    let refused = format!("{word}: refused though listed");
    if word == TokenState::Valid.word() {
        Shown::badge(Tone::Good, word)
    } else if word == TokenState::Expired.word() {
        Shown::badge(Tone::Attention, refused)
    } else if word.is_empty() {
        Shown::badge(Tone::Neutral, "External")
    } else {
        Shown::badge(Tone::Bad, refused)
    }
}

/// *Remove*, and behind its arrow the way to the entry's own record.
fn row_actions(editor: Editor, list: List, entry: Record) -> AnyView {
    if !entry.can("remove") {
        return ().into_any();
    }
    let words = list.words();
    let own = entry.text(&format!("{}.id", words.own));
    let (name, href) = match list {
        List::Customers => (entry.text("customer"), routes::customer(&own)),
        List::Tokens => (entry.text("id"), routes::token(&own)),
    };
    let external = own
        .is_empty()
        .then_some("The portal has no charge token of this id.");
    let details = Item::link(words.details, href).refused(external);
    view! {
        <SplitButton
            label="Remove"
            menu_label=format!("More for {name}")
            look=Look::Quiet
            small=true
            on_press=move |()| editor.start(Change::remove(list, std::slice::from_ref(&entry)))
            items=vec![details]
        />
    }
    .into_any()
}

/// *Add customers* or *Add charge token*, and behind its arrow what imports and removes.
fn tools(shared: Shared, list: List, selected: Callback<(), Change>) -> AnyView {
    if !may(CHANGE) {
        return ().into_any();
    }
    let editor = shared.editor;
    let words = list.words();
    let selection = shared.selection(list);
    let items = move || {
        let listed = editor.list.with(|numbers| list.listed(numbers));
        let none = (listed == Some(0)).then_some("The list is empty.");
        let unselected = selection
            .is_empty()
            .then(|| format!("Select {} in the list first.", words.nouns));
        let all = Item::press(format!("Remove all {}", words.nouns), move || {
            editor.start(Change::remove_all(list, 0));
        });
        let picked = Item::press(format!("Remove selected {}", words.nouns), move || {
            editor.start(selected.run(()));
        });
        let mut items = Vec::new();
        if list == List::Tokens {
            let href = shared.location.with_value(|id| routes::location_import(id));
            items.push(Item::link("Import charge tokens", href).icon(Symbol::File));
        }
        items.push(all.danger().refused(none));
        items.push(picked.danger().refused(unselected));
        items
    };
    view! {
        <SplitButton
            label=words.add
            menu_label=words.more
            look=Look::Primary
            icon=Symbol::Plus
            disabled=Signal::derive(move || !editor.list.is_loaded())
            on_press=move |()| editor.adding.set(true)
            items=items
        />
    }
    .into_any()
}

/// Where the row that had the focus went away with its change, the focus goes to the list.
fn keep_focus(editor: Editor, page: Loaded<Rows>) {
    watch(move |before: Option<u64>| {
        page.with(|_| ());
        let changes = editor.changes.get_untracked();
        if before.is_some_and(|before| before < changes) {
            request_animation_frame(|| {
                let list = document()
                    .query_selector(".authorization .table-region")
                    .ok()
                    .flatten();
                if let Some(list) = list.and_then(|list| list.dyn_into::<web_sys::HtmlElement>().ok())
                    && focus_is_lost()
                {
                    let _ = list.focus();
                }
            });
        }
        changes
    });
}

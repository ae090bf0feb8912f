//! *Show/hide columns*: which, and in which order, by buttons and by drag.

use domain::column::{self, Head};

use super::Table;
use crate::kit::format::lower;
use crate::kit::{Button, IconButton, ModalFooter, Sheet, Symbol, toast::speak};
use crate::prelude::*;

/// The button and its sheet.
#[component]
pub fn Columns(table: Table) -> impl IntoView {
    let open = RwSignal::new(false);
    let before = StoredValue::new(Vec::<String>::new());
    effect(move || {
        let now = untrack(|| table.shown.get());
        if open.get() {
            before.set_value(now);
        } else if before.with_value(|before| !before.is_empty() && *before != now) {
            before.set_value(Vec::new());
            let chosen = (now != usual(table)).then_some(now);
            if chosen.is_none() {
                table.query.show(Vec::new());
            }
            table.query.settings.keep_columns(chosen, table.query.list.heads);
        }
    });
    view! {
        <Button icon=Symbol::Columns on_press=move |()| open.set(true)>"Show/hide columns"</Button>
        <Sheet open title="Show/hide columns">
            <Chooser table open />
        </Sheet>
    }
}

/// The keys of the columns that are shown before anybody chooses.
pub fn usual(table: Table) -> Vec<String> {
    let heads = column::usual(table.query.list.heads).map(|head| head.key);
    let here = heads.filter(|key| !table.without.contains(key));
    here.map(str::to_owned).collect()
}

/// The columns there are to choose from.
pub fn heads(table: Table) -> impl Iterator<Item = &'static Head> {
    let heads = table.query.list.heads.iter();
    heads.filter(move |head| !table.without.contains(&head.key))
}

#[component]
fn Chooser(table: Table, open: RwSignal<bool>) -> impl IntoView {
    let words = RwSignal::new(String::new());
    // Shown columns in their order, then the rest in the order of all.
    let all = move |mut shown: Vec<String>| {
        for head in heads(table) {
            if !shown.iter().any(|key| key == head.key) {
                shown.push(head.key.to_owned());
            }
        }
        shown
    };
    let order = RwSignal::new(all(untrack(|| table.shown.get())));
    let dragged = RwSignal::new(String::new());

    let show = move |keys: Vec<String>| table.query.show(keys);
    let put = move |keys: Vec<String>| {
        let now = table.shown.get_untracked();
        show(keys.iter().filter(|key| now.contains(key)).cloned().collect());
        order.set(keys);
    };
    let toggle = move |key: &str, on: bool| {
        let now = table.shown.get_untracked();
        let keys = order.get_untracked();
        let stays = |own: &&String| if *own == key { on } else { now.contains(own) };
        show(keys.iter().filter(stays).cloned().collect());
    };
    let move_to = move |key: &str, to: usize| {
        let mut keys = order.get_untracked();
        let Some(from) = keys.iter().position(|own| own == key) else {
            return;
        };
        // The first column names the record and stays first.
        let to = to.clamp(1, keys.len() - 1);
        let label = table.query.list.head(key).map_or("", |head| head.label);
        let key = keys.remove(from);
        keys.insert(to, key);
        speak(format!("{label}: {} of {}", to + 1, keys.len()));
        put(keys);
    };
    let step = move |key: &'static str, down: bool| {
        let at = order.with_untracked(|keys| keys.iter().position(|own| own == key));
        move_to(
            key,
            at.map_or(0, |at| if down { at + 1 } else { at.saturating_sub(1) }),
        );
    };
    let reset = move |()| {
        order.set(all(usual(table)));
        table.query.settings.keep_columns(None, table.query.list.heads);
        show(Vec::new());
    };
    let line = move |at: usize, head: &'static Head| {
        let key = head.key;
        let first = at == 0;
        let dropped = move || {
            let moved = dragged.get_untracked();
            let to = order.with_untracked(|keys| keys.iter().position(|own| own == key));
            if let Some(to) = to.filter(|_| !moved.is_empty()) {
                move_to(&moved, to);
            }
        };
        let checked = move || table.shown.with(|shown| shown.iter().any(|own| own == key));
        let arrows = (!first).then(|| {
            view! {
                <IconButton icon=Symbol::ArrowUp label=format!("Move {} up", head.label) on_press=move |()| step(key, false) />
                <IconButton icon=Symbol::ArrowDown label=format!("Move {} down", head.label) on_press=move |()| step(key, true) />
            }
        });
        view! {
            <li
                draggable=(!first).then_some("true")
                on:dragstart=move |_| dragged.set(key.to_owned())
                on:dragover=move |event| event.prevent_default()
                on:drop=move |event| {
                    event.prevent_default();
                    dropped();
                }
            >
                <label>
                    <input
                        type="checkbox"
                        class="checkbox"
                        disabled=first
                        prop:checked=checked
                        on:change:target=move |event| toggle(key, event.target().checked())
                    />
                    <span>{head.label}</span>
                </label>
                {arrows}
            </li>
        }
        .into_any()
    };
    let lines = move || {
        let keys = order.get();
        let words = lower(&words.get());
        let keys = keys
            .iter()
            .enumerate()
            .filter_map(|(at, key)| Some((at, table.query.list.head(key)?)));
        let found = keys.filter(|(_, head)| lower(head.label).contains(&words));
        let item = |(at, head): (usize, &'static Head)| Keyed {
            // A column is drawn anew only where it becomes the first one, or no longer is.
            key: table
                .query
                .list
                .heads
                .iter()
                .position(|own| own == head)
                .unwrap_or_default() as u64
                * 2
                + u64::from(at == 0),
            draw: Box::new(move || line(at, head)),
        };
        found.map(item).collect()
    };
    view! {
        <div class="dialog-body columns">
            <input
                type="search"
                class="input"
                aria-label="Search columns"
                placeholder="Search columns"
                autofocus=true
                on:input:target=move |event| words.set(event.target().value())
            />
            <ul>{each(lines)}</ul>
        </div>
        <ModalFooter>
            <Button on_press=reset>"Reset"</Button>
            <Button on_press=move |()| open.set(false)>"Done"</Button>
        </ModalFooter>
    }
}

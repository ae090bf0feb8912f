//! The button above a list that adds, and behind its arrow what imports and removes.

use crate::prelude::*;

use super::Shared;
use super::change::{Change, List, Removal};
use crate::kit::{Item, Look, SplitButton, Symbol};
use crate::routes;

/// *Add customers* or *Add charge token* with the arrow beside it.
#[component]
pub fn ListTools(
    shared: Shared,
    list: List,
    /// Opens the dialog that adds.
    adding: RwSignal<bool>,
    /// The entries that are selected, as a removal.
    selected: Callback<(), Removal>,
) -> impl IntoView {
    let editor = shared.editor;
    let (label, menu_label) = match list {
        List::Customers => ("Add customers", "More for the list of customers"),
        List::Tokens => ("Add charge token", "More for the list of charge tokens"),
    };
    let selection = shared.selection(list);
    let items = move || {
        let listed = editor.list.with(|counts| match list {
            List::Customers => counts.customers,
            List::Tokens => counts.tokens,
        });
        let none = (listed == Some(0)).then_some("The list is empty.");
        let unselected = selection
            .is_empty()
            .then(|| format!("Select {}s in the list first.", list.noun()));
        let all = Item::press(format!("Remove all {}s", list.noun()), move || {
            editor.start(Change::Remove(Removal::all(list, 0)));
        });
        let picked = Item::press(format!("Remove selected {}s", list.noun()), move || {
            editor.start(Change::Remove(selected.run(())));
        });
        let import = (list == List::Tokens).then(|| {
            let href = shared.location.with_value(|id| routes::location_import(id));
            Item::link("Import charge tokens", href).icon(Symbol::File)
        });
        let remove = [all.danger().refused(none), picked.danger().refused(unselected)];
        import.into_iter().chain(remove).collect::<Vec<_>>()
    };
    view! {
        <SplitButton
            label
            menu_label
            look=Look::Primary
            icon=Symbol::Plus
            disabled=Signal::derive(move || !editor.list.is_loaded())
            on_press=move |()| adding.set(true)
            items=Signal::derive(items)
        />
    }
}

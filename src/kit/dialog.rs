//! Modal dialogs for one decision and side sheets for a record's form: the native element, which keeps
//! the focus inside, closes on Escape, and gives the focus back to where it came from.

use std::time::Duration;

use domain::problem::Problem;
use leptos::html;

use super::button::{Button, IconButton, Look};
use super::icon::Symbol;
use super::problem::ProblemLine;
use super::unique_id;
use crate::prelude::*;

/// A dialog in the middle of the page. Its content is made anew each time it opens.
#[component]
pub fn Dialog(
    /// Opens and closes it; closing by keyboard or by the cross sets it to false.
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// For pickers and tables: as wide as the page allows within reason.
    #[prop(optional)]
    wide: bool,
    children: ChildrenFn,
) -> impl IntoView {
    view! { <Modal open title class=if wide { "dialog dialog-wide" } else { "dialog" } children /> }
}

/// A sheet at the side of the page for a record's form; the whole width on phones.
#[component]
pub fn Sheet(
    /// Opens and closes it; closing by keyboard or by the cross sets it to false.
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    view! { <Modal open title class="dialog sheet" children /> }
}

#[component]
fn Modal(
    open: RwSignal<bool>,
    title: Signal<String>,
    class: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let id = StoredValue::new(unique_id("dialog"));
    let dialog = NodeRef::<html::Dialog>::new();
    let shown = StoredValue::new(false);
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            // After the content is there, so that `autofocus` in it is found.
            (true, false) => set_timeout(
                move || {
                    if open.try_get_untracked() == Some(true) && dialog.is_connected() {
                        // Refused when it is open already, which is as well.
                        let _ = dialog.show_modal();
                        shown.set_value(true);
                    }
                },
                Duration::ZERO,
            ),
            (false, true) => {
                shown.set_value(false);
                dialog.close();
            }
            _ => {}
        }
    });
    // Says that the browser closed it, by Escape; of a closing from here the event comes late, perhaps
    // when the dialog is to open again.
    let closed = move |_| {
        let is_open = dialog.get_untracked().is_some_and(|dialog| dialog.open());
        if shown.get_value() && !is_open {
            shown.set_value(false);
            open.set(false);
        }
    };
    view! {
        <dialog
            class=class
            node_ref=dialog
            aria-labelledby=id.get_value()
            on:close=closed
        >
            <Show when=move || open.get()>
                <header class="dialog-head">
                    <h2 id=id.get_value()>{title}</h2>
                    <IconButton icon=Symbol::Close label="Close" on_press=move |()| open.set(false) />
                </header>
                {children()}
            </Show>
        </dialog>
    }
}

/// The buttons at the end of a dialog or sheet, the main one last.
#[component]
pub fn ModalFooter(children: Children) -> impl IntoView {
    view! { <footer class="dialog-foot">{children()}</footer> }
}

/// A question with one action that cannot be taken back.
#[component]
pub fn ConfirmDialog(
    open: RwSignal<bool>,
    /// Asks, in the words of what happens.
    #[prop(into)]
    title: Signal<String>,
    /// Names what is destroyed, in numbers: "Remove 12 charge tokens".
    #[prop(into)]
    confirm: Signal<String>,
    #[prop(optional)] look: Option<Look>,
    /// The action is on its way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why the action failed.
    #[prop(optional, into)]
    problem: Signal<Option<Problem>>,
    /// Close the dialog yourself when the action is done.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// What follows from it, and what stays.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    view! {
        <Dialog open title>
            <div class="dialog-body">
                {children.with_value(|children| children())}
                <ProblemLine problem />
            </div>
            <ModalFooter>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
                <Button look=look.unwrap_or(Look::Danger) busy on_press=on_confirm>{confirm}</Button>
            </ModalFooter>
        </Dialog>
    }
}

//! Modal dialogs for one decision and side sheets for a record's form: the native element, which keeps
//! the focus inside, closes on Escape, and gives the focus back to where it came from.

use std::time::Duration;

use domain::problem::Problem;
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget, HtmlElement, KeyboardEvent};

use super::button::{Button, IconButton, Look};
use super::icon::Symbol;
use super::problem::ProblemLine;
use super::unique_id;
use crate::prelude::*;

/// What the content of a dialog tells the dialog around it: that something was typed, which closing would
/// throw away. Then Escape, the cross, *Cancel* and Back ask first.
#[derive(Clone, Copy)]
pub struct Guard {
    open: RwSignal<bool>,
    typed: RwSignal<bool>,
    asking: RwSignal<bool>,
}

impl Guard {
    /// The guard of the dialog around, if there is one.
    pub fn current() -> Option<Self> {
        use_context()
    }

    /// Whether anything is lost by closing; takes back a question about what was lost before.
    pub fn typed(self, typed: bool) {
        self.typed.set(typed);
        self.asking.set(false);
    }

    /// Closes the dialog, or asks; asked again, it stays open.
    pub fn close(self) {
        if self.typed.get_untracked() {
            self.asking.update(|asking| *asking = !*asking);
        } else {
            self.open.set(false);
        }
    }
}

/// Asks too before the window is left, or the page by *Back*, with something typed in a dialog.
pub fn guard_window() {
    let typed = || document().query_selector("dialog[data-typed]").ok().flatten();
    let leaving = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if typed().is_some() {
            event.prevent_default();
        }
    });
    listen(&window(), "beforeunload", leaving);
    let going = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let back = Reflect::get(&event, &"navigationType".into()).is_ok_and(|kind| kind == "traverse");
        if back
            && event.cancelable()
            && let Some(dialog) = typed()
        {
            event.prevent_default();
            let cross = dialog.query_selector(".dialog-head button").ok().flatten();
            if let Some(cross) = cross.and_then(|cross| cross.dyn_into::<HtmlElement>().ok()) {
                cross.click();
            }
        }
    });
    // Not every browser has it; there the page is left without a question.
    let navigation = Reflect::get(&window(), &"navigation".into());
    if let Some(navigation) = navigation
        .ok()
        .and_then(|target| target.dyn_into::<EventTarget>().ok())
    {
        listen(&navigation, "navigate", going);
    }
}

fn listen(target: &EventTarget, event: &str, run: Closure<dyn Fn(Event)>) {
    let _ = target.add_event_listener_with_callback(event, run.into_js_value().unchecked_ref());
}

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
    let dialog = NodeRef::<web_sys::HtmlDialogElement>::new();
    let shown = StoredValue::new(false);
    let (typed, asking) = (RwSignal::new(false), RwSignal::new(false));
    let guard = Guard { open, typed, asking };
    effect(move || {
        let Some(dialog) = dialog.get() else { return };
        typed.set(false);
        asking.set(false);
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
        let Some(dialog) = dialog
            .get_untracked()
            .filter(|dialog| shown.get_value() && !dialog.open())
        else {
            return;
        };
        // A phone's Back closes without a key.
        if typed.get_untracked() {
            let _ = dialog.show_modal();
            guard.close();
        } else {
            shown.set_value(false);
            open.set(false);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() && typed.get_untracked() {
            event.prevent_default();
            guard.close();
        }
    };
    let keep = NodeRef::<web_sys::HtmlElement>::new();
    effect(move || {
        let button = keep.get().and_then(|keep| keep.query_selector("button").ok()?);
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            let _ = button.focus();
        }
    });
    view! {
        <dialog
            class=class
            node_ref=dialog
            aria-labelledby=id.get_value()
            data-typed=move || typed.get().then_some("true")
            on:close=closed
            on:keydown=key
        >
            <Show when=move || open.get()>
                <header class="dialog-head">
                    <h2 id=id.get_value()>{title}</h2>
                    <IconButton icon=Symbol::Close label="Close" on_press=move |()| guard.close() />
                </header>
                {
                    provide_context(guard);
                    children.run()
                }
            </Show>
            <Show when=move || asking.get()>
                <div class="dialog-ask" role="alertdialog" aria-label="Discard changes?" node_ref=keep>
                    <p>"What you entered is not saved."</p>
                    <Button on_press=move |()| guard.close()>"Keep editing"</Button>
                    <Button look=Look::Danger on_press=move |()| open.set(false)>"Discard changes"</Button>
                </div>
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
                {children.with_value(ChildrenFn::run)}
                <ProblemLine problem />
            </div>
            <ModalFooter>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
                <Button look=look.unwrap_or(Look::Danger) busy on_press=on_confirm>{confirm}</Button>
            </ModalFooter>
        </Dialog>
    }
}

//! What is shown this once: a link, a secret.

use crate::api::Write;
use crate::kit::{Button, CopyField, Dialog, Look, ModalFooter, ProblemLine, Skeleton};
use crate::prelude::*;

/// What is shown this once, and *Done*.
pub fn shown_once(open: RwSignal<bool>, inside: AnyView) -> AnyView {
    view! {
        <div class="dialog-body">{inside}</div>
        <ModalFooter>
            <Button look=Look::Primary on_press=move |()| open.set(false)>"Done"</Button>
        </ModalFooter>
    }
    .into_any()
}

/// A text to copy before the dialog is closed.
#[component]
pub fn OnceDialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// What it is: "Set-up link".
    label: &'static str,
    /// What becomes of it when it is lost.
    hint: &'static str,
    /// Empty: it is on its way.
    #[prop(into)]
    text: Signal<String>,
    /// What makes it.
    #[prop(optional)]
    write: Write,
    /// What it is for.
    children: ChildrenFn,
) -> impl IntoView {
    let field = move || match (text.get(), write.problem().with(Option::is_some)) {
        (text, _) if !text.is_empty() => view! { <CopyField label hint text /> }.into_any(),
        (_, true) => ().into_any(),
        _ => view! { <Skeleton lines=2 /> }.into_any(),
    };
    let children = StoredValue::new(children);
    view! {
        <Dialog open title>
            {
                let inside = view! {
                    {children.with_value(ChildrenFn::run)}
                    {field}
                    <ProblemLine problem=write.problem() />
                };
                shown_once(open, inside.into_any())
            }
        </Dialog>
    }
}

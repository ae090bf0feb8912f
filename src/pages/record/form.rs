//! The form of a record in a side sheet.

use leptos::html;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::api::Write;
use crate::kit::{Banner, Button, Look, ModalFooter, ProblemLine, Tone};
use crate::prelude::*;

/// A form whose values stay when saving fails, with *Cancel* and *Save*.
#[component]
pub fn RecordForm(
    /// The sheet around it.
    open: RwSignal<bool>,
    write: Write,
    /// The words on the main button: "Save", "Create customer".
    #[prop(into)]
    save: String,
    /// Sends what was entered.
    #[prop(into)]
    on_save: Callback<()>,
    children: Children,
) -> impl IntoView {
    let form = NodeRef::<html::Form>::new();
    // After a refusal the focus goes to the first field that is named in it.
    effect(move || {
        if write
            .problem()
            .with(|problem| problem.as_ref().is_some_and(|problem| !problem.errors.is_empty()))
        {
            request_animation_frame(move || {
                let field = form
                    .get_untracked()
                    .and_then(|form| form.query_selector("[aria-invalid]").ok()?);
                if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
                    let _ = field.focus();
                }
            });
        }
    });
    let stale = write.stale();
    view! {
        <form
            node_ref=form
            on:submit=move |event| {
                event.prevent_default();
                on_save.run(());
            }
        >
            <div class="dialog-body">{children()}</div>
            // Above the buttons, where it is in sight however long the form is.
            <div class="dialog-problem">
                <Show when=move || !stale.get()>
                    <ProblemLine problem=write.problem() />
                </Show>
                <div role="alert">
                    <Show when=move || stale.get()>
                        <Banner tone=Tone::Attention>
                            <strong>"Somebody else changed this meanwhile"</strong>
                            ". What you entered is still here. Save again to put it over the newer version, or cancel to keep that one."
                        </Banner>
                    </Show>
                </div>
            </div>
            <ModalFooter>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
                <Button look=Look::Primary submit=true busy=write.pending()>{save}</Button>
            </ModalFooter>
        </form>
    }
}

//! The form of a record in a side sheet.

use crate::api::Write;
use crate::kit::{Banner, Button, Guard, Look, ModalFooter, ProblemLine, Tone, focus_wrong};
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
    /// What it takes away does not come back.
    #[prop(optional)]
    takes_away: bool,
    /// Sends what was entered.
    #[prop(into)]
    on_save: Callback<()>,
    children: Children,
) -> impl IntoView {
    // After a refusal the focus goes to the first field that is named in it.
    effect(move || {
        if write
            .problem()
            .with(|problem| problem.as_ref().is_some_and(|problem| !problem.errors.is_empty()))
        {
            focus_wrong();
        }
    });
    let stale = write.stale();
    let guard = Guard::current();
    view! {
        <form
            on:input=move |_| {
                if let Some(guard) = guard {
                    guard.typed(true);
                }
            }
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
                            ". What you entered is still here. Save again to replace the newer version, or cancel to keep it."
                        </Banner>
                    </Show>
                </div>
            </div>
            <ModalFooter>
                <Button on_press=move |()| guard.map_or_else(|| open.set(false), Guard::close)>"Cancel"</Button>
                <Button look=if takes_away { Look::Danger } else { Look::Primary } submit=true busy=write.pending()>{save}</Button>
            </ModalFooter>
        </form>
    }
}

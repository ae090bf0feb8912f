//! The question before an undo that empties the list.

use domain::problem::Problem;

use crate::kit::ConfirmDialog;
use crate::prelude::*;

/// Asks before undoing an import empties the list and so opens the location.
#[component]
pub fn UndoQuestion(
    open: RwSignal<bool>,
    #[prop(into)] busy: Signal<bool>,
    #[prop(into)] problem: Signal<Option<Problem>>,
    #[prop(into)] on_confirm: Callback<()>,
) -> impl IntoView {
    view! {
        <ConfirmDialog
            open
            title="Open the location to everybody?"
            confirm="Undo the import and open the location"
            busy
            problem
            on_confirm
        >
            <p>
                "The list was empty before this import. Without it the location is no longer private: whoever \
                 comes may charge. It is unpublished then, also if it was published before the import, until somebody \
                 publishes it."
            </p>
        </ConfirmDialog>
    }
}

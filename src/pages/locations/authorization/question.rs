//! The question before entries go that cannot be put back, or with which the location opens.

use crate::prelude::*;

use super::change::List;
use super::editor::{Editor, Question};
use super::words;
use crate::kit::ConfirmDialog;

/// Asks what the editor wants to know.
#[component]
pub fn RemovalQuestion(
    editor: Editor,
    /// How many charging stations the location has.
    #[prop(into)]
    chargers: Signal<usize>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let asked = memo(move |_| editor.question.with(Option::is_some));
    effect(move || open.set(asked.get()));
    effect(move || {
        // Closed by Escape or Cancel.
        if !open.get() && asked.get_untracked() {
            editor.question.set(None);
        }
    });
    let ask = move |say: fn(&Question) -> String| {
        move || {
            editor
                .question
                .with(|question| question.as_ref().map(say))
                .unwrap_or_default()
        }
    };
    let confirm =
        ask(|question| words::remove_button(question.removal.count, question.removal.list, question.opens));
    let body = move || {
        editor
            .question
            .with(|question| question.as_ref().map(|question| body(question, editor, chargers)))
    };
    view! {
        <ConfirmDialog
            open
            title=Signal::derive(ask(title))
            confirm=Signal::derive(confirm)
            busy=editor.busy
            problem=editor.problem
            on_confirm=move |()| editor.confirm()
        >
            <p>{body}</p>
        </ConfirmDialog>
    }
}

fn title(question: &Question) -> String {
    let removal = &question.removal;
    match question.opens {
        true => "Open the location to everybody?".into(),
        false if removal.all => format!("Remove all {}?", removal.list.count(removal.count)),
        false => format!("Remove {}?", removal.list.count(removal.count)),
    }
}

fn body(question: &Question, editor: Editor, chargers: Signal<usize>) -> String {
    let removal = &question.removal;
    if question.opens {
        return words::opening(removal.count, removal.list, chargers.get());
    }
    let stay = editor.list.with(|list| match removal.list {
        List::Customers => List::Tokens.count(list.tokens),
        List::Tokens => List::Customers.count(list.customers),
    });
    match (removal.all, stay) {
        (true, Some(stay)) => {
            format!("The location stays private: {stay} stay on the list. This cannot be undone.")
        }
        _ => "There are external Chip IDs among them, which only an import can put back. The location stays \
              private."
            .into(),
    }
}

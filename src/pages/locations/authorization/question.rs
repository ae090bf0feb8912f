//! The question before entries go that cannot be put back, or with which the location opens.

use crate::prelude::*;

use super::change::Change;
use super::editor::Editor;
use super::list::List;
use super::words;
use crate::kit::ConfirmDialog;

/// Asks what the editor wants to know.
#[component]
pub fn RemovalQuestion(
    editor: Editor,
    /// How many charging stations the location has.
    #[prop(into)]
    chargers: Signal<u64>,
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
    // The title, the button and what follows.
    let say = move |part: fn(&Change, Editor, u64) -> String| {
        Signal::derive(move || {
            editor
                .question
                .with(|question| {
                    let question = question.as_ref();
                    question.map(|question| part(question, editor, chargers.get()))
                })
                .unwrap_or_default()
        })
    };
    view! {
        <ConfirmDialog
            open
            title=say(title)
            confirm=say(|change, _, _| words::remove_button(change.count, change.list, change.opens))
            busy=editor.busy
            problem=editor.problem
            on_confirm=move |()| editor.confirm()
        >
            <p>{say(body)}</p>
        </ConfirmDialog>
    }
}

fn title(change: &Change, _: Editor, _: u64) -> String {
    match change.opens {
        true => "Open the location to everybody?".into(),
        false if change.all => format!("Remove all {}?", change.list.count(change.count)),
        false => format!("Remove {}?", change.list.count(change.count)),
    }
}

fn body(change: &Change, editor: Editor, chargers: u64) -> String {
    if change.opens {
        return words::opening(change.count, change.list, chargers);
    }
    let other = match change.list {
        List::Customers => List::Tokens,
        List::Tokens => List::Customers,
    };
    match (change.all, editor.list.with(|list| other.said(list))) {
        (true, Some(stay)) => {
            format!("The location stays private: {stay} stay on the list. This cannot be undone.")
        }
        _ => "All that match the search and the filters go, on all pages. The location stays private. This cannot \
              be undone."
            .into(),
    }
}

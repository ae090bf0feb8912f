//! The notice that a colleague changed the list while somebody else was about to.

use crate::prelude::*;

use super::editor::Editor;
use super::list::List;
use crate::kit::{Banner, Button, Tone};

/// Says that nothing was sent and what the list holds now. Where `inside` a dialog, the dialog's own
/// button adds to the new list; on the page the notice has a button that removes from it.
#[component]
pub fn StaleNotice(editor: Editor, #[prop(optional)] inside: bool) -> impl IntoView {
    let notice = move || {
        let change = editor.stale.get().filter(|change| change.removes != inside)?;
        let now = editor
            .list
            .with(|list| format!("{} and {}", List::Customers.said(list), List::Tokens.said(list)))?;
        let what = match change.removes {
            true => "Nothing was removed. ",
            false => "Nothing of yours was added, and what you picked is kept: add it to the new list.",
        };
        let words = format!("A colleague changed the list meanwhile: it holds {now} now. {what}");
        let again = match change.all {
            true => "Remove all from the new list".to_owned(),
            false => format!("Remove {} from the new list", change.list.count(change.count)),
        };
        let again = change.removes.then(|| {
            view! { <Button small=true busy=editor.busy on_press=move |()| editor.again()>{again}</Button> }
        });
        Some(view! { <Banner tone=Tone::Attention>{words} {again}</Banner> })
    };
    view! { <div role="alert">{notice}</div> }
}

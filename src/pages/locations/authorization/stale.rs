//! The notice that a colleague changed the list while somebody else was about to.

use crate::prelude::*;

use super::change::{Change, List};
use super::editor::Editor;
use crate::kit::{Banner, Button, Tone};

/// Says that nothing was sent and what the list holds now. Where `inside` a dialog, the dialog's own
/// button adds to the new list; on the page the notice has a button that removes from it.
#[component]
pub fn StaleNotice(editor: Editor, #[prop(optional)] inside: bool) -> impl IntoView {
    let notice = move || {
        let change = editor.stale.get()?;
        let (customers, tokens) = editor.list.with(|list| (list.customers, list.tokens))?;
        let now = format!(
            "{} and {}",
            List::Customers.count(customers),
            List::Tokens.count(tokens)
        );
        let meanwhile = format!("A colleague changed the list meanwhile: it holds {now} now. ");
        match change {
            Change::Remove(removal) if !inside => {
                let again = match removal.all {
                    true => "Remove all from the new list".to_owned(),
                    false => format!("Remove {} from the new list", removal.list.count(removal.count)),
                };
                Some(view! {
                    <Banner tone=Tone::Attention>
                        {meanwhile} "Nothing was removed. "
                        <Button small=true busy=editor.busy on_press=move |()| editor.again()>{again}</Button>
                    </Banner>
                })
            }
            Change::AddCustomers(_) | Change::AddTokens(_) if inside => Some(view! {
                <Banner tone=Tone::Attention>
                    {meanwhile} "Nothing of yours was added, and what you picked is kept: add it to the new list."
                </Banner>
            }),
            _ => None,
        }
    };
    view! { <div role="alert">{notice}</div> }
}

//! The last step: what the import did, *Undo*, and the way back to the list.

use domain::imports::{ImportResult, ImportState};

use super::undo::UndoQuestion;
use super::wizard::{Wizard, Work};
use crate::kit::format::number;
use crate::kit::{Banner, Button, LinkButton, Look, ProblemLine, Tone};
use crate::pages::locations::authorization::words::{meaning, visibility_change};
use crate::prelude::*;
use crate::routes;

#[component]
pub fn DoneStep(wizard: Wizard) -> impl IntoView {
    let undoing = Signal::derive(move || wizard.work.get() == Work::Undoing);
    let undone = move || {
        wizard.result.with(|result| {
            result
                .as_ref()
                .is_some_and(|result| result.import.state == ImportState::Undone)
        })
    };
    let list = wizard
        .location
        .with_value(|id| routes::location_authorization_tokens(id));
    view! {
        {move || wizard.result.get().map(|result| view! { <Result result /> })}
        <Show when=move || !wizard.asks_undo.get()>
            <ProblemLine problem=wizard.problem />
        </Show>
        <footer class="wizard-foot">
            <Button on_press=move |()| wizard.restart()>"Import another file"</Button>
            <Show when=move || !undone()>
                <Button busy=undoing on_press=move |()| wizard.undo(false)>"Undo"</Button>
            </Show>
            <LinkButton look=Look::Primary href=list>"Go to the list"</LinkButton>
        </footer>
        <UndoQuestion
            open=wizard.asks_undo
            busy=undoing
            problem=wizard.problem
            on_confirm=move |()| wizard.undo(true)
        />
    }
}

#[component]
fn Result(result: ImportResult) -> impl IntoView {
    let import = result.import;
    let undone = import.state == ImportState::Undone;
    let change = visibility_change(result.visibility_before, result.authorization.visibility);
    let fact = |name: &'static str, value: u64| view! { <div><dt>{name}</dt><dd>{number(value)}</dd></div> };
    let title = if undone {
        "The import is undone."
    } else {
        "The import is final."
    };
    view! {
        <div role="status">
            <Banner tone=Tone::Good>
                <strong>{title}</strong>
                " "
                {change}
            </Banner>
        </div>
        {(!undone).then(|| view! {
            <dl class="figures" aria-label="What the import did">
                {fact("Added", import.added)}
                {fact("Already listed", import.already_listed)}
                {import.cleared.then(|| fact("Removed", import.removed))}
            </dl>
        })}
        <p>{meaning(&result.authorization)}</p>
    }
}

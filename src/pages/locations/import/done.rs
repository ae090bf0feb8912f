//! The last step: what the import did, *Undo*, and the way back to the list.

use super::buttons::act;
use super::figures::figures;
use super::finalise::change;
use super::undo::UndoQuestion;
use super::wizard::Wizard;
use crate::api::Record;
use crate::kit::{Banner, Button, LinkButton, Look, Tone};
use crate::pages::locations::authorization::words::meaning;
use crate::prelude::*;
use crate::routes;

#[component]
pub fn DoneStep(wizard: Wizard) -> impl IntoView {
    let undone = move || {
        wizard
            .result
            .with(|result| result.as_ref().is_some_and(is_undone))
    };
    let undo = move |()| {
        let import = wizard
            .result
            .get_untracked()
            .map(|result| result.text("import.id"));
        wizard.undo(import.unwrap_or_default(), false);
    };
    let list = wizard
        .location
        .with_value(|id| routes::location_authorization_tokens(id));
    view! {
        {move || wizard.result.get().map(|result| came_to(&result))}
        <UndoQuestion wizard />
        <footer class="wizard-foot">
            {act(wizard, Look::Plain, "Import another file", Wizard::restart)}
            <Show when=move || !undone()>
                <Button busy=wizard.undoing on_press=undo>"Undo"</Button>
            </Show>
            <LinkButton look=Look::Primary href=list>"Go to the list"</LinkButton>
        </footer>
    }
}

fn is_undone(result: &Record) -> bool {
    result.text("import.state") == "undone"
}

fn came_to(result: &Record) -> AnyView {
    let undone = is_undone(result);
    let title = if undone {
        "The import is undone."
    } else {
        "The import is final."
    };
    let figures = (!undone).then(|| {
        let number = |name, key: &str| (name, result.count(&format!("import.{key}")), Tone::Neutral);
        let mut numbers = vec![
            number("Added", "added"),
            number("Already listed", "alreadyListed"),
        ];
        if result.flag("import.cleared") {
            numbers.push(number("Removed", "removed"));
        }
        figures("What the import did", numbers)
    });
    let removed = (!undone && result.count("import.removed") > 0).then(|| {
        let href = routes::import_removed(&result.text("import.locationId"), &result.text("import.id"));
        view! { <a href=href>"See the removed charge tokens"</a> }
    });
    let (change, meaning) = (
        change(result),
        result.record("authorization").as_ref().map(meaning),
    );
    view! {
        <div role="status">
            <Banner tone=Tone::Good>
                <strong>{title}</strong>
                " "
                {change}
            </Banner>
        </div>
        {figures}
        {removed}
        <p>{meaning}</p>
    }
    .into_any()
}

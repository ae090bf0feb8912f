//! How far the work at hand is, with *Cancel* where it can be stopped.

use super::wizard::{Wizard, work};
use crate::kit::Progress;
use crate::kit::format::{count, number};
use crate::prelude::*;

#[component]
pub fn Going(wizard: Wizard) -> impl IntoView {
    let what = wizard.work.get_untracked();
    let label = move || match what {
        work::FINALISING => "Finalising: the list changes in one step".to_owned(),
        work::SENDING => format!(
            "Sending: {} of {}. Nothing changes yet.",
            number(wizard.done.get()),
            count(wizard.whole.get(), "id", "ids")
        ),
        _ => format!("Reading: {}", count(wizard.rows.get(), "row", "rows")),
    };
    let part = move || match (what, wizard.done.get(), wizard.whole.get()) {
        (work::FINALISING, ..) => None,
        (_, done, whole) => Some(done as f64 / whole.max(1) as f64),
    };
    let cancel = (what != work::FINALISING).then(|| Callback::new(move |()| wizard.cancel()));
    view! { <Progress label=Signal::derive(label) part=Signal::derive(part) on_cancel=cancel /> }
}

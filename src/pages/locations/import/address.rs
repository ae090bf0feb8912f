//! The wizard's step in the address, so that *Back* goes back one step instead of leaving.

use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};

use super::wizard::{Step, Wizard};
use crate::prelude::*;

/// Keeps address and step in agreement. An address that names a step which cannot be shown, for
/// example after a reload, is put right.
pub fn follow(wizard: Wizard) {
    let (path, query) = (use_location().pathname, use_query_map());
    let navigate = use_navigate();
    let asked = memo(move |_| step(query.with(|query| query.get("step")).as_deref()));
    let go = Callback::new(move |(step, replace): (Step, bool)| {
        let options = NavigateOptions {
            replace,
            scroll: !replace,
            ..NavigateOptions::default()
        };
        navigate(&format!("{}{}", path.get_untracked(), address(step)), options);
    });
    watch(move |before: Option<Step>| {
        let step = wizard.step.get();
        if step != asked.get_untracked() {
            // The first step is where the wizard begins; whatever else the address says is old.
            go.run((step, before.is_none()));
        }
        step
    });
    watch(move |before: Option<Step>| {
        let asked = asked.get();
        if before.is_some() && asked != wizard.step.get_untracked() {
            wizard.back_to(asked);
            let shown = wizard.step.get_untracked();
            if shown != asked {
                go.run((shown, true));
            }
        }
        asked
    });
}

fn address(step: Step) -> &'static str {
    match step {
        Step::File => "",
        Step::Check => "?step=check",
        Step::Preview => "?step=preview",
        Step::Done => "?step=done",
    }
}

fn step(key: Option<&str>) -> Step {
    match key {
        Some("check") => Step::Check,
        Some("preview") => Step::Preview,
        Some("done") => Step::Done,
        _ => Step::File,
    }
}

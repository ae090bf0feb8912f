//! The wizard's step in the address, so that *Back* goes back one step instead of leaving.

use std::rc::Rc;

use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};

use super::wizard::Wizard;
use crate::prelude::*;

/// What stands in the address for each step.
const QUERIES: [&str; 4] = ["", "?step=check", "?step=preview", "?step=done"];

/// Keeps address and step in agreement. An address that names a step which cannot be shown, for
/// example after a reload, is put right.
pub fn follow(wizard: Wizard) {
    let (path, query) = (use_location().pathname, use_query_map());
    let navigate = use_navigate();
    let asked = memo(move |_| {
        let key = query.with(|query| query.get("step")).unwrap_or_default();
        let known = |query: &&str| !key.is_empty() && query.strip_prefix("?step=") == Some(&key);
        QUERIES.iter().position(known).unwrap_or_default() as u64
    });
    let go = Rc::new(move |step: u64, replace: bool| {
        let options = NavigateOptions {
            replace,
            scroll: !replace,
            ..NavigateOptions::default()
        };
        let query = QUERIES.get(step as usize).copied().unwrap_or_default();
        navigate(&format!("{}{query}", path.get_untracked()), options);
    });
    let goes = go.clone();
    watch(move |before: Option<u64>| {
        let step = wizard.step.get();
        if step != asked.get_untracked() {
            // The first step is where the wizard begins; whatever else the address says is old.
            goes(step, before.is_none());
        }
        step
    });
    watch(move |before: Option<u64>| {
        let asked = asked.get();
        if before.is_some() && asked != wizard.step.get_untracked() {
            wizard.back_to(asked);
            let shown = wizard.step.get_untracked();
            if shown != asked {
                go(shown, true);
            }
        }
        asked
    });
}

//! A view that comes and goes. Leptos' own `Show` is compiled anew for each condition; this one once.

use super::child::IntoChild;
use crate::prelude::*;
use crate::run::Make;

/// Whether something is shown.
pub struct Condition(Box<dyn Make<bool> + Send + Sync>);

impl<F: Fn() -> bool + Send + Sync + 'static> From<F> for Condition {
    fn from(holds: F) -> Self {
        Self(Box::new(holds))
    }
}

/// Shows its children while a condition holds. They are made anew each time it comes to hold.
#[component]
pub fn Show(
    #[prop(into)] when: Condition,
    /// What is shown while it does not.
    #[prop(optional, into)]
    fallback: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let holds = memo(move |_| when.0.make());
    let now = move || {
        if holds.get() {
            children.run()
        } else {
            fallback.run()
        }
    };
    now.into_child()
}

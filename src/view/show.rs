//! Views that come and go. Leptos' own `Show` and `For` are compiled anew for each condition and kind of
//! item; these are compiled once.

use crate::prelude::*;

/// Whether something is shown.
pub struct Condition(Box<dyn Fn() -> bool + Send + Sync>);

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
    let holds = memo(move |_| (when.0)());
    move || if holds.get() { children() } else { fallback.run() }
}

/// One of many views beside each other.
pub struct Keyed {
    /// While an item of this key is in the list, its view stays.
    pub key: u64,
    pub draw: Box<dyn FnOnce() -> AnyView + Send>,
}

/// Shows the items of a list that changes.
pub fn each(items: impl Fn() -> Vec<Keyed> + Send + Sync + 'static) -> AnyView {
    boxed(Box::new(items))
}

fn boxed(items: Box<dyn Fn() -> Vec<Keyed> + Send + Sync>) -> AnyView {
    view! { <For each=items key=|item| item.key children=|item| (item.draw)() /> }.into_any()
}

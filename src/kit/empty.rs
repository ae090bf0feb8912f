//! What stands where there is nothing: what would be here, and how to get it.

use crate::prelude::*;

/// An empty list or part of a page; the children are the way on, usually one button.
#[component]
pub fn EmptyState(
    /// What would be here, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// How it gets here.
    #[prop(optional, into)]
    detail: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            <p>{detail}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
}

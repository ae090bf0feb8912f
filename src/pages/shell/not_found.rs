//! Where an address leads nowhere.

use crate::prelude::*;

use super::PageHeader;
use crate::kit::{EmptyState, LinkButton};
use crate::routes;

/// The page for an address that is none of the portal's.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <PageHeader title="Page not found" crumbs=vec![] />
        <NotFoundHere what="There is no page at this address." />
    }
}

/// The same inside a page, for a record or a tab that does not exist.
#[component]
pub fn NotFoundHere(#[prop(into)] what: Signal<String>) -> impl IntoView {
    view! {
        <EmptyState title=what detail="The link may be old, or what it led to was deleted.">
            <LinkButton href=routes::LOCATIONS>"Charge locations"</LinkButton>
        </EmptyState>
    }
}

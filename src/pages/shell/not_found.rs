//! Where an address leads nowhere.

use crate::prelude::*;

use super::{Crumb, Frame, PageHeader};
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
    // The way here leads back: to the list of such records.
    let back = move || {
        let list = Frame::current().and_then(|frame| frame.crumbs.with(|crumbs| crumbs.last().cloned()));
        let list = list.unwrap_or_default();
        let (href, label) = match Crumb::parts(&list) {
            ("", _) => (routes::DASHBOARD, "Dashboard"),
            list => list,
        };
        let (href, label) = (href.to_owned(), label.to_owned());
        view! { <LinkButton href>{label}</LinkButton> }
    };
    view! {
        <EmptyState title=what detail="The link may be old, or what it led to was deleted.">
            {back}
        </EmptyState>
    }
}

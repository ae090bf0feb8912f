//! The page header and the breadcrumb above it.

use crate::prelude::*;

use super::Frame;
use crate::kit::{Icon, Symbol};

/// A step on the way to a page. Areas have no page of their own, so no link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub label: String,
    pub href: Option<String>,
}

impl Crumb {
    /// An area: *CPO*.
    pub fn area(label: &str) -> Self {
        Self {
            label: label.into(),
            href: None,
        }
    }

    /// A page above this one.
    pub fn page(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: Some(href.into()),
        }
    }
}

/// Title, state and actions of a page. Every page has exactly one; it sets the breadcrumb and the
/// document's title, and its `h1` takes the focus after a route change.
#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    /// The way here, without the page itself.
    #[prop(into)]
    crumbs: Signal<Vec<Crumb>>,
    /// What stands beside the title: a badge.
    #[prop(optional, into)]
    state: ViewFn,
    /// At most one primary button; the rest behind a menu.
    #[prop(optional, into)]
    actions: ViewFn,
) -> impl IntoView {
    effect(move || {
        let title = title.get();
        let way = crumbs.with(|crumbs| crumbs.last().map(|crumb| format!(" · {}", crumb.label)));
        document().set_title(&format!("{title}{} · EV Portal", way.unwrap_or_default()));
    });
    if let Some(frame) = Frame::current() {
        effect(move || frame.crumbs.set(crumbs.get()));
    }
    view! {
        <header class="page-head">
            <div class="page-title">
                <h1 tabindex="-1">{title}</h1>
                {move || state.run()}
            </div>
            <div class="page-actions">{move || actions.run()}</div>
        </header>
    }
}

#[component]
pub fn Breadcrumb(crumbs: RwSignal<Vec<Crumb>>) -> impl IntoView {
    let step = |crumb: Crumb| {
        let label = match crumb.href {
            Some(href) => view! { <a href=href>{crumb.label}</a> }.into_any(),
            None => view! { <span>{crumb.label}</span> }.into_any(),
        };
        view! { <li>{label}<Icon symbol=Symbol::ChevronRight /></li> }
    };
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <ol>{move || crumbs.get().into_iter().map(step).collect_view()}</ol>
        </nav>
    }
}

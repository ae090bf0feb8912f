//! The page header and the breadcrumb above it.

use crate::prelude::*;

use super::Frame;
use crate::kit::{Icon, Symbol};

/// A step on the way to a page: where it leads and, on a line of its own, its words. Areas have no page of
/// their own, so no link.
pub struct Crumb;

impl Crumb {
    /// An area: *CPO*.
    pub fn area(label: &str) -> String {
        Self::page(label, "")
    }

    /// A page above this one.
    pub fn page(label: impl AsRef<str>, href: impl AsRef<str>) -> String {
        [href.as_ref(), label.as_ref()].join("\n")
    }

    /// Where it leads, and its words.
    pub fn parts(step: &str) -> (&str, &str) {
        step.split_once('\n').unwrap_or_default()
    }
}

/// Title, state and actions of a page. Every page has exactly one; it sets the breadcrumb and the
/// document's title, and its `h1` takes the focus after a route change.
#[component]
pub fn PageHeader(
    #[prop(into)] title: Signal<String>,
    /// The way here, without the page itself.
    #[prop(into)]
    crumbs: Signal<Vec<String>>,
    /// What stands beside the title: a badge.
    #[prop(optional, into)]
    state: ViewFn,
    /// At most one primary button; the rest behind a menu.
    #[prop(optional, into)]
    actions: ViewFn,
) -> impl IntoView {
    effect(move || {
        let title = title.get();
        let way = crumbs.with(|crumbs| crumbs.last().map(|step| format!(" · {}", Crumb::parts(step).1)));
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
pub fn Breadcrumb(crumbs: RwSignal<Vec<String>>) -> impl IntoView {
    let step = |step: String| {
        let (href, label) = Crumb::parts(&step);
        let href = (!href.is_empty()).then(|| href.to_owned());
        view! { <li><a href=href>{label.to_owned()}</a><Icon symbol=Symbol::ChevronRight /></li> }
    };
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <ol>{move || crumbs.get().into_iter().map(step).collect_view()}</ol>
        </nav>
    }
}

//! Tabs that are routes: links in a navigation landmark, so that each tab has its address.

use crate::prelude::*;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub label: String,
    pub href: String,
    /// Stands behind the label, for example a count.
    pub note: Option<String>,
    /// This is the page that is shown.
    pub current: bool,
}

/// A row of tabs.
#[component]
pub fn Tabs(
    /// What the tabs are about, for readers.
    #[prop(into)]
    label: String,
    #[prop(into)] tabs: Live<Vec<Tab>>,
) -> impl IntoView {
    let tab = |tab: Tab| {
        view! {
            <li>
                <a href=tab.href aria-current=tab.current.then_some("page")>
                    {tab.label}
                    {tab.note.map(|note| view! { <span class="tab-note">{note}</span> })}
                </a>
            </li>
        }
    };
    view! {
        <nav class="tabs" aria-label=label>
            <ul>{move || tabs.get().into_iter().map(tab).collect_view()}</ul>
        </nav>
    }
}

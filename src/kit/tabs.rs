//! Tabs that are routes: links in a navigation landmark, so that each tab has its address.

use wasm_bindgen::JsCast;

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
    let nav = NodeRef::<web_sys::HtmlElement>::new();
    let own = tabs.clone();
    effect(move || {
        own.get();
        // Where there is no room for all, once they are drawn.
        request_animation_frame(move || {
            let Some(nav) = nav.get_untracked() else { return };
            let current = nav.query_selector("[aria-current]").ok().flatten();
            if let Some(current) = current.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
                nav.set_scroll_left(current.offset_left() - nav.offset_left());
            }
        });
    });
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
        <nav class="tabs" aria-label=label node_ref=nav>
            <ul>{move || tabs.get().into_iter().map(tab).collect_view()}</ul>
        </nav>
    }
}

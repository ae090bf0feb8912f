//! A line across the page or a part of it that says what to know before reading on.

use crate::prelude::*;

use super::badge::Tone;
use super::icon::{Icon, Symbol};

/// A banner with an icon and words.
#[component]
pub fn Banner(
    #[prop(optional)] tone: Tone,
    /// A small button at its end.
    #[prop(optional)]
    action: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let symbol = match tone {
        Tone::Good => Symbol::Check,
        Tone::Attention | Tone::Bad => Symbol::Alert,
        Tone::Active | Tone::Neutral => Symbol::Info,
    };
    view! {
        <div class="banner" data-tone=tone.key()>
            <Icon symbol />
            <div class="banner-words">{children()}</div>
            {action.map(|action| view! { <div class="banner-action">{action}</div> })}
        </div>
    }
}

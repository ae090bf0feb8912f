//! A line across the page or a part of it that says what to know before reading on.

use leptos::prelude::*;

use super::badge::Tone;
use super::icon::{Icon, Symbol};

/// A banner with an icon, words, and perhaps a button at its end.
#[component]
pub fn Banner(#[prop(optional)] tone: Tone, children: Children) -> impl IntoView {
    let symbol = match tone {
        Tone::Good => Symbol::Check,
        Tone::Attention | Tone::Bad => Symbol::Alert,
        Tone::Active | Tone::Neutral => Symbol::Info,
    };
    view! {
        <div class="banner" data-tone=tone.key()>
            <Icon symbol />
            <div class="banner-words">{children()}</div>
        </div>
    }
}

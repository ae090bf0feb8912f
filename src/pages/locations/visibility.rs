//! A location's visibility in a word and in a sentence.

use domain::privacy::Visibility;

use crate::kit::{Badge, Tone};
use crate::prelude::*;

/// *Published*, *Unpublished* or *Private*, with a dot.
#[component]
pub fn VisibilityBadge(#[prop(into)] visibility: Signal<Visibility>) -> impl IntoView {
    let tone = move || match visibility.get() {
        Visibility::Published => Tone::Good,
        Visibility::Unpublished => Tone::Neutral,
        Visibility::Private => Tone::Active,
    };
    view! { <Badge tone=Signal::derive(tone) word=Signal::derive(move || visibility.get().word().to_owned()) /> }
}

/// Who may charge and who sees the location, in one sentence.
pub fn who_may_charge(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Published => "Everybody sees this location and may charge here.",
        Visibility::Unpublished => {
            "No app shows this location, but everybody who stands before it may charge."
        }
        Visibility::Private => {
            "Only listed customers and charge tokens see this location and may charge here."
        }
    }
}

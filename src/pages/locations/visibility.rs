//! A location's visibility in a word and in a sentence.

use domain::privacy::Visibility;

use crate::kit::{Badge, Tone};
use crate::prelude::*;
use crate::table::Shown;

/// *Published*, *Unpublished* or *Private*, with a dot.
#[component]
pub fn VisibilityBadge(#[prop(into)] visibility: Signal<Visibility>) -> impl IntoView {
    let word = move || visibility.get().word();
    view! { <Badge tone=Signal::derive(move || tone(word())) word=Signal::derive(move || word().to_owned()) /> }
}

/// The same in a table.
pub fn visibility_cell(word: &str) -> Shown {
    Shown::badge(tone(word), word)
}

fn tone(word: &str) -> Tone {
    match word {
        "Published" => Tone::Good,
        "Private" => Tone::Active,
        _ => Tone::Neutral,
    }
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

//! A location's visibility in a word and in a sentence.

use crate::kit::{Badge, Tone};
use crate::prelude::*;
use crate::table::Shown;

/// *Published*, *Unpublished* or *Private*, with a dot.
#[component]
pub fn VisibilityBadge(#[prop(into)] visibility: String) -> impl IntoView {
    view! { <Badge tone=tone(&visibility) word=visibility /> }
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
pub fn who_may_charge(visibility: &str) -> &'static str {
    match visibility {
        "Published" => "Everybody sees this location and may charge here.",
        "Private" => "Only listed customers and charge tokens see this location and may charge here.",
        _ => "No app shows this location, but everybody who stands before it may charge.",
    }
}

//! A state in one word, with a dot: never by colour alone.

use crate::prelude::*;

/// What a state means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    Good,
    Attention,
    Bad,
    /// The accent: neither good nor bad, but in effect.
    Active,
    #[default]
    Neutral,
}

impl Tone {
    /// The tone that the server names.
    pub fn of(word: &str) -> Self {
        let all = [Self::Good, Self::Attention, Self::Bad, Self::Active];
        all.into_iter()
            .find(|tone| tone.key() == word)
            .unwrap_or_default()
    }

    /// The value of `data-tone`, by which the style sheets colour.
    pub fn key(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Attention => "attention",
            Self::Bad => "bad",
            Self::Active => "active",
            Self::Neutral => "neutral",
        }
    }
}

/// A dot and a word.
#[component]
pub fn Badge(tone: Tone, #[prop(into)] word: Signal<String>) -> impl IntoView {
    view! {
        <span class="badge" data-tone=tone.key()>
            <span class="dot" aria-hidden="true"></span>
            {word}
        </span>
    }
}

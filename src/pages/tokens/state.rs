//! A token's state, in a badge and in tables.

use domain::tokens::TokenState;

use crate::api::Record;
use crate::kit::Tone;
use crate::kit::time::now;
use crate::table::Shown;

/// Whether the token may charge now.
pub fn state(token: &Record) -> TokenState {
    let expires = Some(token.text("expires")).filter(|expires| !expires.is_empty());
    TokenState::of(token.flag("valid"), expires.as_deref(), &now())
}

/// *Valid*, *Blocked* or *Expired*, as a badge shows it.
pub fn status(token: &Record) -> (Tone, String) {
    let state = state(token);
    let tone = match state {
        TokenState::Valid => Tone::Good,
        TokenState::Blocked => Tone::Bad,
        TokenState::Expired => Tone::Attention,
    };
    (tone, state.word().to_owned())
}

/// The cell of that state.
pub fn valid(token: &Record) -> Shown {
    let (tone, word) = status(token);
    Shown::badge(tone, word)
}

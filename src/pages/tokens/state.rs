//! A token's state, in a badge and in tables.

use domain::tokens::TokenState;

use crate::kit::time::now;
use crate::kit::{Badge, Tone};
use crate::prelude::*;
use crate::table::{Cells, Shown};

/// *Valid*, *Blocked* or *Expired*, with a dot.
#[component]
pub fn TokenStateBadge(state: TokenState) -> impl IntoView {
    view! { <Badge tone=tone(state) word=state.word() /> }
}

fn tone(state: TokenState) -> Tone {
    match state {
        TokenState::Valid => Tone::Good,
        TokenState::Blocked => Tone::Bad,
        TokenState::Expired => Tone::Attention,
    }
}

/// How tables of tokens draw what is not drawn the usual way.
pub fn token_cells() -> Cells {
    Cells::new().with("valid", |token| {
        let expires = token.text("expires");
        let expires = Some(expires.as_str()).filter(|expires| !expires.is_empty());
        let state = TokenState::of(token.flag("valid"), expires, &now());
        Shown::badge(tone(state), state.word())
    })
}

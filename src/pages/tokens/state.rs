//! A token's state, in a badge and in tables.

use domain::tokens::{Token, TokenState};

use crate::kit::time::now;
use crate::kit::{Badge, Tone};
use crate::prelude::*;
use crate::table::Cells;

/// *Valid*, *Blocked* or *Expired*, with a dot.
#[component]
pub fn TokenStateBadge(state: TokenState) -> impl IntoView {
    let tone = match state {
        TokenState::Valid => Tone::Good,
        TokenState::Blocked => Tone::Bad,
        TokenState::Expired => Tone::Attention,
    };
    view! { <Badge tone word=state.word() /> }
}

/// How tables of tokens draw what is not drawn the usual way.
pub fn token_cells() -> Cells<Token> {
    Cells::new().with(
        "valid",
        |token: &Token| view! { <TokenStateBadge state=token.state(&now()) /> },
    )
}

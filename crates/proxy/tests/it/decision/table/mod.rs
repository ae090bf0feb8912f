//! The table of cases: what happened, what is asked, what is answered.

mod lists;
mod tokens;

use domain::identifiers::IdKind::{AuthId, ChipId};
use domain::tokens::TokenType;

use super::world::Step::{self, *};
use super::world::{Ask, card};

pub struct Case {
    pub name: &'static str,
    /// To a published location with an empty list.
    pub steps: &'static [Step],
    pub ask: Ask,
    pub says: &'static str,
    /// Whether an app shows the location to that token.
    pub shown: bool,
}

pub const fn case(
    name: &'static str,
    steps: &'static [Step],
    ask: Ask,
    says: &'static str,
    shown: bool,
) -> Case {
    Case {
        name,
        steps,
        ask,
        says,
        shown,
    }
}

pub const fn auth(id: &'static str) -> Ask {
    Ask {
        kind: AuthId,
        id,
        token_type: None,
        evse: "",
        elsewhere: false,
    }
}

pub const fn chip(id: &'static str) -> Ask {
    Ask {
        kind: ChipId,
        ..auth(id)
    }
}

impl Ask {
    pub const fn of_type(mut self, token_type: TokenType) -> Self {
        self.token_type = Some(token_type);
        self
    }

    pub const fn at(mut self, evse: &'static str) -> Self {
        self.evse = evse;
        self
    }

    pub const fn elsewhere(mut self) -> Self {
        self.elsewhere = true;
        self
    }
}

/// An own token, with a card and a customer; another contract that is listed where somebody else is to be.
pub const OWN: &str = "NL-GFX-C00000001-4";
pub const CARD: &str = "04A1B2C3D4E5F6";
pub const ELSE: &str = "NL-GFX-C00000002-2";
pub const OWNED: Step = Token(card(OWN).chip(CARD).of("Acme"));
pub const ALONE: Step = Token(card(OWN).chip(CARD));
pub const ACME: Step = Customer("Acme");

/// All of them.
pub fn cases() -> impl Iterator<Item = &'static Case> {
    lists::LISTS.iter().chain(tokens::TOKENS)
}

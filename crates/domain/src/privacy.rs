//! The rule of private locations: who may charge, and what a change of the list does.

use serde::{Deserialize, Serialize};

use crate::tokens::TokenState;

/// Who sees a location and may start a session there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Visibility {
    /// Everybody sees it and may charge.
    Published,
    /// Nobody sees it in an app; the chargers are open.
    Unpublished,
    /// Only what stands on the Authorization list sees it and may charge.
    Private,
}

impl Visibility {
    pub const WORDS: &'static [&'static str] = &["Published", "Unpublished", "Private"];

    /// A list that is not empty makes the location private, whatever was published before.
    pub fn of(published: bool, entries: u64) -> Self {
        match (entries, published) {
            (1.., _) => Self::Private,
            (0, true) => Self::Published,
            (0, false) => Self::Unpublished,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Published => "Published",
            Self::Unpublished => "Unpublished",
            Self::Private => "Private",
        }
    }
}

/// How a token came to stand on a location's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", tag = "through")]
pub enum Via {
    /// The token itself is listed.
    Token,
    /// Its customer is listed.
    Customer { id: String, name: String },
}

/// Why a token may or may not charge at a location.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", tag = "reason")]
pub enum Decision {
    /// The location is not private.
    Open,
    Listed(Via),
    NotListed,
    Blocked,
    Expired,
    /// A private location, and the portal knows no token of that id.
    UnknownToken,
    /// There is no such location, or no such EVSE at it.
    UnknownLocation,
}

impl Decision {
    pub fn allowed(&self) -> bool {
        matches!(self, Self::Open | Self::Listed(_))
    }

    /// The reason in a few words.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Open => "Open to everybody",
            Self::Listed(Via::Token) => "Listed directly",
            Self::Listed(Via::Customer { .. }) => "Through the customer",
            Self::NotListed => "Not listed",
            Self::Blocked => "Refused: blocked",
            Self::Expired => "Refused: expired",
            Self::UnknownToken => "Unknown token",
            Self::UnknownLocation => "Unknown location",
        }
    }
}

/// What follows from a location's visibility, the state of a token that the portal knows, and how the list
/// holds it: [`decide`](crate::decision::decide) without the looking up. A blocked or expired token is refused
/// though it is listed, and at open locations too; a private location admits what is listed and nothing else; an
/// open one admits also whom nobody here knows.
pub fn settle(visibility: Visibility, state: Option<TokenState>, listed: Option<Via>) -> Decision {
    match (state, visibility, listed) {
        (Some(TokenState::Blocked), ..) => Decision::Blocked,
        (Some(TokenState::Expired), ..) => Decision::Expired,
        (_, Visibility::Private, Some(via)) => Decision::Listed(via),
        (Some(TokenState::Valid), Visibility::Private, None) => Decision::NotListed,
        (None, Visibility::Private, None) => Decision::UnknownToken,
        (_, Visibility::Published | Visibility::Unpublished, _) => Decision::Open,
    }
}

/// Whether a change would open a private location to everybody, and so needs to be confirmed.
pub fn opens(entries_before: u64, entries_after: u64) -> bool {
    entries_before > 0 && entries_after == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_makes_private_and_none_leaves_what_was_published() {
        assert_eq!(Visibility::of(true, 0), Visibility::Published);
        assert_eq!(Visibility::of(false, 0), Visibility::Unpublished);
        assert_eq!(Visibility::of(true, 1), Visibility::Private);
        assert_eq!(Visibility::of(false, u64::MAX), Visibility::Private);
    }

    #[test]
    fn the_decision_for_every_case() {
        use TokenState::{Blocked, Expired, Valid};
        let customer = Via::Customer {
            id: "c1".into(),
            name: "Acme".into(),
        };
        let cases = [
            (Visibility::Private, Valid, None, Decision::NotListed),
            (
                Visibility::Private,
                Valid,
                Some(Via::Token),
                Decision::Listed(Via::Token),
            ),
            (
                Visibility::Private,
                Valid,
                Some(customer.clone()),
                Decision::Listed(customer.clone()),
            ),
            (Visibility::Private, Blocked, Some(Via::Token), Decision::Blocked),
            (Visibility::Private, Expired, Some(customer), Decision::Expired),
            (Visibility::Published, Valid, None, Decision::Open),
            (Visibility::Unpublished, Valid, None, Decision::Open),
            (Visibility::Published, Blocked, None, Decision::Blocked),
        ]
        .map(|(visibility, state, listed, expected)| (visibility, Some(state), listed, expected));
        let external = [
            (Visibility::Private, None, None, Decision::UnknownToken),
            (
                Visibility::Private,
                None,
                Some(Via::Token),
                Decision::Listed(Via::Token),
            ),
            (Visibility::Published, None, None, Decision::Open),
        ];
        let cases = cases.into_iter().chain(external);
        for (visibility, state, listed, expected) in cases {
            let decision = settle(visibility, state, listed);
            assert_eq!(decision, expected, "{visibility:?} {state:?}");
            assert_eq!(
                decision.allowed(),
                matches!(expected, Decision::Open | Decision::Listed(_))
            );
        }
    }

    #[test]
    fn only_the_last_entry_opens() {
        assert!(opens(1, 0));
        assert!(!opens(0, 0));
        assert!(!opens(2, 1));
    }
}

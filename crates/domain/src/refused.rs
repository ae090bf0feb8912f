//! Refused lately: tokens that were refused at a location.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::access::Action;
use crate::authorization::TokenRef;
use crate::authorize::Reason;
use crate::column::{Cell, Column, Head, Kind, Listed};
use crate::export::Chosen;
use crate::identifiers::{IdKind, chip_key};
use crate::{heads, packed};

/// Why a token was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Refusal {
    #[serde(rename = "Not listed")]
    NotListed,
    Blocked,
    Expired,
    #[serde(rename = "Unknown token")]
    UnknownToken,
}

impl Refusal {
    pub const ALL: [Self; 4] = [Self::NotListed, Self::Blocked, Self::Expired, Self::UnknownToken];
    pub const WORDS: &'static [&'static str] = &["Not listed", "Blocked", "Expired", "Unknown token"];

    /// Of an answer that refuses a token where there is a location.
    pub fn of(reason: Reason) -> Option<Self> {
        match reason {
            Reason::NotListed => Some(Self::NotListed),
            Reason::Blocked => Some(Self::Blocked),
            Reason::Expired => Some(Self::Expired),
            Reason::UnknownToken => Some(Self::UnknownToken),
            Reason::Open | Reason::Listed | Reason::UnknownLocation => None,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::NotListed => "Not listed",
            Self::Blocked => "Blocked",
            Self::Expired => "Expired",
            Self::UnknownToken => "Unknown token",
        }
    }
}

/// A token that was refused, or an id that nobody knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RefusedToken {
    pub entry_id: String,
    /// What `id` is: an Auth ID for tokens that the portal knows, however they were shown.
    pub kind: IdKind,
    /// As it was shown, or as the portal's own token spells it.
    pub id: String,
    /// None: the portal knows no token of that id.
    pub token: Option<TokenRef>,
    /// The last time's.
    pub reason: Refusal,
    pub count: u64,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
}

/// POST `/locations/{id}/refused/forget`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ForgetRefused {
    pub entry_ids: Vec<String>,
    pub all: bool,
    /// Tokens by id, or all that a query matches. More or fewer than were counted are refused.
    pub chosen: Option<Chosen>,
}

/// Its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Forgotten {
    /// How many tokens.
    pub forgotten: u64,
}

impl Listed for RefusedToken {
    const NAME: &'static str = "refused-tokens";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("id", "Auth ID", Kind::AuthId, |e| match e.kind {
            IdKind::AuthId => (&e.id).into(),
            IdKind::ChipId => (&chip_key(&e.id)).into(),
        })
        .searched(),
        Column::<Self>::new("customer", "Customer", Kind::Text, |e| {
            let customer = e.token.as_ref().and_then(|token| token.customer.as_ref());
            customer.map_or(Cell::Empty, |customer| (&customer.name).into())
        })
        .at("token.customer")
        .searched(),
        Column::<Self>::new("reason", "Why", Kind::Choice(Refusal::WORDS), |e| {
            e.reason.word().into()
        }),
        Column::<Self>::new("count", "Times", Kind::Number, |e| e.count.into()),
        Column::<Self>::new("lastAt", "Last refused", Kind::Time, |e| (&e.last_at).into()),
    ];
    const HEADS: &'static [Head] = heads!(RefusedToken);
    const PACKED: &'static str = packed!(RefusedToken);
    const ACTIONS: &'static [Action<Self>] = &[
        Action::new("authorize", &["Manage:Location"]),
        Action::new("forget", &["Manage:Location"]),
    ];
    const ID: &'static str = "entryId";

    // The entry's own id; the field `id` is what was shown.
    #[allow(clippy::misnamed_getters)]
    fn id(&self) -> &str {
        &self.entry_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_column() {
        assert_eq!(Refusal::ALL.map(Refusal::word), Refusal::WORDS);
    }
}

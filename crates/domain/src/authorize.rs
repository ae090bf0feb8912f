//! The question as systems ask it over REST, its answer, and what would change that.

use serde::{Deserialize, Serialize};

use crate::authorization::TokenRef;
use crate::identifiers::IdKind;
use crate::privacy::{Decision, Via};
use crate::tokens::TokenType;

/// POST `/authorize`: exactly one of `authId` and `chipId`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Authorize {
    /// The contract ID, in any case, with or without separators and check character.
    pub auth_id: Option<String>,
    /// The UID that the reader sees, in hex.
    pub chip_id: Option<String>,
    /// What has that Chip ID. Absent: whatever has it.
    #[serde(rename = "type")]
    pub token_type: Option<TokenType>,
    pub location_id: String,
    /// `CPNID:StationIdentifier-port`, or the station without a port. One that is not at the location is refused, and
    /// so is a port that the station has not, where its ports are known from the last sync.
    pub evse_id: Option<String>,
}

/// Its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Authorized {
    pub allowed: bool,
    pub reason: Reason,
    /// The reason in a few words.
    pub words: String,
    /// How it came to be listed, where the reason is `listed`.
    pub via: Option<Via>,
    /// None: the portal knows no token of that id.
    pub token: Option<TokenRef>,
    /// None: there is no such location, or no such EVSE at it.
    pub location: Option<LocationRef>,
    /// What whoever asks may do so that the token may charge there, the nearest first.
    #[serde(default)]
    pub remedies: Vec<Remedy>,
}

/// POST `/authorize/test`: what an operator asks before a driver does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TestAccess {
    /// An Auth ID, a Chip ID or a visual number, whichever it is.
    pub id: String,
    pub location_id: String,
}

/// Its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TestedAccess {
    /// Of everything that the id may mean, at least one.
    pub items: Vec<Authorized>,
}

/// Something that would change an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Remedy {
    pub kind: RemedyKind,
    /// Of the token or the customer; of an unknown token its id, as it was shown.
    pub id: String,
    /// What it does, in words.
    pub label: String,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum RemedyKind {
    /// To the list: the portal's token of that id.
    AddToken,
    /// To the list: the customer of that id, with all their tokens.
    AddCustomer,
    /// To the list: an Auth ID of which the portal knows no token.
    AddAuthId,
    /// To the list: a Chip ID of which the portal knows no token.
    AddChipId,
    /// Taking the block off the token of that id.
    Unblock,
    /// Giving the token of that id a later end.
    Extend,
}

impl RemedyKind {
    /// The permission that it takes.
    pub fn needs(self) -> &'static str {
        match self {
            Self::AddToken | Self::AddCustomer | Self::AddAuthId | Self::AddChipId => "Manage:Location",
            Self::Unblock | Self::Extend => "Manage:Token",
        }
    }
}

/// What would change a refusal of what was shown, of which the portal knows that token or none.
pub fn remedies(reason: Reason, shown: (IdKind, &str), token: Option<&TokenRef>) -> Vec<Remedy> {
    let remedy = |kind, id: &str, label: String| Remedy {
        kind,
        id: id.to_owned(),
        label,
    };
    match (reason, token) {
        (Reason::NotListed, Some(token)) => {
            let label = format!("Add {} to the list", token.auth_id);
            let mut all = vec![remedy(RemedyKind::AddToken, &token.id, label)];
            all.extend(token.customer.as_ref().map(|customer| {
                let label = format!("Add its customer {} to the list", customer.name);
                remedy(RemedyKind::AddCustomer, &customer.id, label)
            }));
            all
        }
        (Reason::Blocked, Some(token)) => {
            let label = format!("Take the block off {}", token.auth_id);
            vec![remedy(RemedyKind::Unblock, &token.id, label)]
        }
        (Reason::Expired, Some(token)) => {
            let label = format!("Give {} a later end", token.auth_id);
            vec![remedy(RemedyKind::Extend, &token.id, label)]
        }
        (Reason::UnknownToken | Reason::NotListed, None) => {
            let (kind, id) = shown;
            let kind = match kind {
                IdKind::AuthId => RemedyKind::AddAuthId,
                IdKind::ChipId => RemedyKind::AddChipId,
            };
            vec![remedy(kind, id, format!("Add {id} to the list"))]
        }
        _ => Vec::new(),
    }
}

/// A location's name where an answer mentions it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LocationRef {
    pub id: String,
    pub name: String,
}

/// A [`Decision`] by its name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    Open,
    Listed,
    NotListed,
    Blocked,
    Expired,
    UnknownToken,
    UnknownLocation,
}

impl Authorized {
    /// What was decided of a token at a location.
    pub fn of(decision: Decision, token: Option<TokenRef>, location: Option<LocationRef>) -> Self {
        let (allowed, words) = (decision.allowed(), decision.reason().to_owned());
        let (reason, via) = match decision {
            Decision::Open => (Reason::Open, None),
            Decision::Listed(via) => (Reason::Listed, Some(via)),
            Decision::NotListed => (Reason::NotListed, None),
            Decision::Blocked => (Reason::Blocked, None),
            Decision::Expired => (Reason::Expired, None),
            Decision::UnknownToken => (Reason::UnknownToken, None),
            Decision::UnknownLocation => (Reason::UnknownLocation, None),
        };
        Self {
            allowed,
            reason,
            words,
            via,
            token,
            location,
            remedies: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::TokenState;

    #[test]
    fn what_would_change_a_refusal() {
        let token = TokenRef {
            id: "tok_1".into(),
            auth_id: "CARD-1".into(),
            chip_id: None,
            visual_id: None,
            customer: Some(crate::tokens::CustomerRef {
                id: "cus_1".into(),
                external_id: String::new(),
                name: "Acme".into(),
            }),
            state: TokenState::Valid,
        };
        let told = |reason, kind, token: Option<&TokenRef>| {
            let all = remedies(reason, (kind, "04A1"), token);
            let one = |remedy: &Remedy| (remedy.kind, remedy.id.clone(), remedy.kind.needs());
            all.iter().map(one).collect::<Vec<_>>()
        };
        let (auth, chip) = (IdKind::AuthId, IdKind::ChipId);
        let list = |kind, id: &str| (kind, id.to_owned(), "Manage:Location");
        let tokens = |kind, id: &str| (kind, id.to_owned(), "Manage:Token");
        assert_eq!(
            told(Reason::NotListed, auth, Some(&token)),
            [
                list(RemedyKind::AddToken, "tok_1"),
                list(RemedyKind::AddCustomer, "cus_1")
            ]
        );
        assert_eq!(
            told(Reason::Blocked, auth, Some(&token)),
            [tokens(RemedyKind::Unblock, "tok_1")]
        );
        assert_eq!(
            told(Reason::Expired, auth, Some(&token)),
            [tokens(RemedyKind::Extend, "tok_1")]
        );
        assert_eq!(
            told(Reason::UnknownToken, auth, None),
            [list(RemedyKind::AddAuthId, "04A1")]
        );
        assert_eq!(
            told(Reason::UnknownToken, chip, None),
            [list(RemedyKind::AddChipId, "04A1")]
        );
        for reason in [Reason::Open, Reason::Listed, Reason::UnknownLocation] {
            assert!(remedies(reason, (auth, "04A1"), Some(&token)).is_empty());
        }
    }
}

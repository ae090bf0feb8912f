//! May this token charge here? The one answer that everything gives which is asked: pages, REST, OCPI.

use serde::{Deserialize, Serialize};

use crate::authorization::TokenRef;
use crate::identifiers::{IdKind, auth_key};
use crate::privacy::{Decision, Via, Visibility, settle};
use crate::tokens::{Token, TokenState, TokenType};

/// What somebody shows who wants to charge.
pub struct Holder<'a> {
    pub kind: IdKind,
    /// The id's [`key`](crate::identifiers::key).
    pub key: &'a str,
    /// What the asker says it is made of. OCPI identifies a token by its uid and type: the same uid with another
    /// type is another token.
    pub token_type: Option<TokenType>,
    /// The portal's own tokens of that id.
    pub tokens: &'a [Token],
    /// Those of roaming partners, of that id and type. Where the portal has its own, they do not count.
    pub foreign: &'a [Foreign],
}

/// A token that a roaming partner sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreign {
    /// The key of its contract id; empty where that is not of the partner's own party, which anybody could claim.
    pub auth_key: String,
    /// The key of its uid; empty where it is no card.
    pub chip_key: String,
    pub valid: bool,
}

/// A location at one moment.
pub struct Place<'a> {
    pub visibility: Visibility,
    pub list: &'a dyn List,
}

/// An Authorization list, as far as a decision asks it. Ids are keys, always whole ones.
pub trait List {
    fn holds(&self, kind: IdKind, key: &str) -> bool;
    fn holds_customer(&self, id: &str) -> bool;
}

/// Whether the holder may charge at a place, and why. `place` is none where there is no such location, or no such
/// EVSE at it; `now` is RFC 3339 UTC to the second. Of several tokens with that id, the first that is refused
/// decides: who cannot say which one they hold gets no more than any of them.
pub fn decide(holder: &Holder<'_>, place: Option<&Place<'_>>, now: &str) -> Decision {
    let Some(place) = place else {
        return Decision::UnknownLocation;
    };
    let mut decided = None;
    for token in holder.own() {
        let decision = settle(place.visibility, Some(token.state(now)), token.listed(place.list));
        if !decision.allowed() {
            return decision;
        }
        decided.get_or_insert(decision);
    }
    let foreign = if decided.is_none() { holder.foreign } else { &[] };
    for token in foreign {
        let decision = settle(place.visibility, Some(token.state()), token.listed(place.list));
        if !decision.allowed() {
            return decision;
        }
        decided.get_or_insert(decision);
    }
    decided.unwrap_or_else(|| settle(place.visibility, None, holder.listed(place.list)))
}

/// Whether an app shows the location to whom that was decided of.
pub fn shows(visibility: Visibility, decision: &Decision) -> bool {
    match visibility {
        Visibility::Published => true,
        Visibility::Unpublished => false,
        Visibility::Private => decision.allowed(),
    }
}

impl<'a> Holder<'a> {
    /// The portal's tokens that this may be.
    pub fn own(&self) -> impl Iterator<Item = &'a Token> {
        let meant = self.token_type;
        let is_meant = move |token: &&Token| meant.is_none_or(|meant| meant == token.token_type);
        self.tokens.iter().filter(is_meant)
    }

    /// An external id stands on the list itself or not at all. A Chip ID there is that of a card.
    fn listed(&self, list: &dyn List) -> Option<Via> {
        let is_card = self.kind == IdKind::AuthId || self.token_type != Some(TokenType::Other);
        let is_unknown = self.tokens.is_empty() && self.foreign.is_empty();
        (is_unknown && is_card && list.holds(self.kind, self.key)).then_some(Via::Token)
    }
}

impl Token {
    /// Why the list admits it: by itself before through its customer.
    fn listed(&self, list: &dyn List) -> Option<Via> {
        if list.holds(IdKind::AuthId, &auth_key(&self.auth_id)) {
            return Some(Via::Token);
        }
        let customer = self.customer.as_ref()?;
        list.holds_customer(&customer.id).then(|| Via::Customer {
            id: customer.id.clone(),
            name: customer.name.clone(),
        })
    }
}

impl Foreign {
    fn state(&self) -> TokenState {
        TokenState::of(self.valid, None, "")
    }

    /// Its partner's customers are nobody's here: it stands on the list itself, by contract or by card.
    fn listed(&self, list: &dyn List) -> Option<Via> {
        let holds = |kind, key: &str| !key.is_empty() && list.holds(kind, key);
        let is_listed = holds(IdKind::AuthId, &self.auth_key) || holds(IdKind::ChipId, &self.chip_key);
        is_listed.then_some(Via::Token)
    }
}

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
    /// `CPNID:StationIdentifier-port`, or the station without a port. One that is not at the location is refused.
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

    /// A list of one Auth ID.
    struct Only(&'static str);

    impl List for Only {
        fn holds(&self, kind: IdKind, key: &str) -> bool {
            kind == IdKind::AuthId && key == self.0
        }

        fn holds_customer(&self, _: &str) -> bool {
            false
        }
    }

    fn token(auth_id: &str, token_type: TokenType, valid: bool) -> Token {
        Token {
            id: auth_id.into(),
            auth_id: auth_id.into(),
            chip_id: Some("04A1B2C3".into()),
            visual_id: None,
            token_type,
            customer: None,
            issuer: String::new(),
            valid,
            expires: None,
            note: String::new(),
            version: 1,
            created_at: String::new(),
            updated_at: String::new(),
        }
    }

    /// Books that hold partners' tokens can know one uid twice.
    #[test]
    fn of_two_tokens_with_one_uid_the_asked_one_counts_and_else_the_refused_one() {
        let place = Place {
            visibility: Visibility::Private,
            list: &Only("CARD1"),
        };
        let ask = |tokens: &[Token], token_type| {
            let holder = Holder {
                kind: IdKind::ChipId,
                key: "04A1B2C3",
                token_type,
                tokens,
                foreign: &[],
            };
            decide(&holder, Some(&place), "2026-11-20T08:00:00Z")
        };
        let listed = Decision::Listed(Via::Token);
        let two = [
            token("CARD-1", TokenType::Rfid, true),
            token("CARD-2", TokenType::Other, true),
        ];
        assert_eq!(ask(&two, Some(TokenType::Rfid)), listed);
        assert_eq!(ask(&two, Some(TokenType::Other)), Decision::NotListed);
        assert_eq!(ask(&two, None), Decision::NotListed);
        assert_eq!(ask(&two[..1], Some(TokenType::Other)), Decision::UnknownToken);
        let blocked = [token("CARD-1", TokenType::Rfid, false)];
        assert_eq!(ask(&blocked, None), Decision::Blocked);
    }

    /// A list that holds a card admits nothing else with that uid, as long as the portal knows what has it.
    #[test]
    fn a_listed_card_admits_no_other_token_of_its_uid() {
        struct Card;
        impl List for Card {
            fn holds(&self, kind: IdKind, key: &str) -> bool {
                kind == IdKind::ChipId && key == "04A1B2C3"
            }

            fn holds_customer(&self, _: &str) -> bool {
                false
            }
        }
        let place = Place {
            visibility: Visibility::Private,
            list: &Card,
        };
        let ask = |tokens: &[Token]| {
            let holder = Holder {
                kind: IdKind::ChipId,
                key: "04A1B2C3",
                token_type: Some(TokenType::Rfid),
                tokens,
                foreign: &[],
            };
            decide(&holder, Some(&place), "2026-11-20T08:00:00Z")
        };
        assert_eq!(ask(&[]), Decision::Listed(Via::Token));
        let other = token("CARD-2", TokenType::Other, true);
        assert_eq!(ask(&[other]), Decision::UnknownToken);
    }

    #[test]
    fn a_partners_token_counts_by_its_own_contract_or_card_where_the_portal_has_none() {
        let place = Place {
            visibility: Visibility::Private,
            list: &Only("CARD1"),
        };
        let ask = |tokens: &[Token], foreign: &[Foreign]| {
            let holder = Holder {
                kind: IdKind::ChipId,
                key: "04A1B2C3",
                token_type: None,
                tokens,
                foreign,
            };
            decide(&holder, Some(&place), "2026-11-20T08:00:00Z")
        };
        let listed = Foreign {
            auth_key: "CARD1".into(),
            chip_key: "04A1B2C3".into(),
            valid: true,
        };
        let claimed = Foreign {
            auth_key: String::new(),
            ..listed.clone()
        };
        let blocked = Foreign {
            valid: false,
            ..listed.clone()
        };
        let allowed = Decision::Listed(Via::Token);
        assert_eq!(ask(&[], std::slice::from_ref(&listed)), allowed);
        assert_eq!(ask(&[], std::slice::from_ref(&claimed)), Decision::NotListed);
        assert_eq!(ask(&[], std::slice::from_ref(&blocked)), Decision::Blocked);
        assert_eq!(ask(&[], &[listed.clone(), claimed]), Decision::NotListed);
        let own = [token("CARD-2", TokenType::Rfid, true)];
        assert_eq!(ask(&own, &[listed]), Decision::NotListed);
        let own = [token("CARD-1", TokenType::Rfid, true)];
        assert_eq!(ask(&own, &[blocked]), allowed);
    }

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

    #[test]
    fn an_app_shows_what_is_published_and_what_admits() {
        for (visibility, allowed, refused) in [
            (Visibility::Published, true, true),
            (Visibility::Unpublished, false, false),
            (Visibility::Private, true, false),
        ] {
            let admitted = settle(visibility, Some(TokenState::Valid), Some(Via::Token));
            assert_eq!(shows(visibility, &admitted), allowed);
            let blocked = settle(visibility, Some(TokenState::Blocked), Some(Via::Token));
            assert_eq!(shows(visibility, &blocked), refused);
        }
    }
}

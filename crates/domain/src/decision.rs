//! May this token charge here? The one answer that everything gives which is asked: pages, REST, OCPI.

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
    /// Those of roaming partners, of that id and type. Where the portal has its own, they do not count: see
    /// [`is_own_card`].
    pub foreign: &'a [Foreign],
}

/// A token that a roaming partner sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
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
    for token in holder.theirs() {
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

/// Whether a card that was shown is the portal's own: then no partner has a say in whose it is.
pub fn is_own_card(kind: IdKind, own: &[Token]) -> bool {
    kind == IdKind::ChipId && own.iter().any(|token| token.token_type == TokenType::Rfid)
}

/// Whether one of the portal's tokens may be what was shown: it is of the type that the asker named, if any, or it is
/// the contract of a partner's token that was shown. A contract that is blocked stays so by whatever card.
pub fn is_meant(token: &Token, foreign: &[Foreign], named: Option<TokenType>) -> bool {
    // Of the asked type are nearly all: their contract is not looked at.
    named.is_none_or(|named| named == token.token_type) || {
        let auth_key = auth_key(&token.auth_id);
        foreign.iter().any(|one| one.auth_key == auth_key)
    }
}

impl<'a> Holder<'a> {
    /// The portal's tokens that this may be.
    pub fn own(&self) -> impl Iterator<Item = &'a Token> {
        let (named, foreign) = (self.token_type, self.foreign);
        self.tokens
            .iter()
            .filter(move |token| is_meant(token, foreign, named))
    }

    /// The partners' tokens that this may be, where it is none of the portal's. Of a contract those that are good: a lost
    /// card that was replaced is blocked, and its contract is not.
    pub fn theirs(&self) -> impl Iterator<Item = &'a Foreign> {
        let is_good = self.kind == IdKind::AuthId && self.foreign.iter().any(|token| token.valid);
        let foreign = match self.own().next() {
            None => self.foreign,
            Some(_) => &[],
        };
        foreign.iter().filter(move |token| token.valid || !is_good)
    }

    /// An external id stands on the list itself or not at all. A Chip ID there is that of a card.
    fn listed(&self, list: &dyn List) -> Option<Via> {
        let is_card = self.kind == IdKind::AuthId || self.token_type != Some(TokenType::Other);
        let is_unknown = self.own().next().is_none() && self.foreign.is_empty();
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

    /// A list that holds a card admits nothing else with that uid that the portal knows.
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
        let (card, phone) = (Some(TokenType::Rfid), Some(TokenType::Other));
        let listed = Decision::Listed(Via::Token);
        assert_eq!(ask(&[], card), listed);
        assert_eq!(ask(&[], phone), Decision::UnknownToken);
        let other = [token("CARD-2", TokenType::Other, true)];
        assert_eq!(ask(&other, card), listed, "it is the card that is listed");
        assert_eq!(ask(&other, phone), Decision::NotListed);
        assert_eq!(ask(&other, None), Decision::NotListed);
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

//! What is decided of any id anywhere: by the model, by the function, by REST, by OCPI.

use std::collections::HashSet;

use domain::authorize::Authorized;
use domain::decision::{Holder, List, Place as At, decide};
use domain::identifiers::IdKind;
use domain::privacy::Visibility;
use domain::tokens::{CustomerRef, Token, TokenType};
use serde_json::json;

use super::Run;
use super::model::{Card, Key, Model, Place};
use super::pool;
use crate::support::query;

/// Questions after each change.
const QUESTIONS: usize = 4;

impl Model {
    /// The card that has that id.
    fn card_of(&self, key: Key) -> Option<(&String, &Card)> {
        self.cards.iter().find(|(_, card)| match key {
            Key::Auth(number) => card.auth == number,
            Key::Chip(number) => card.chip == Some(number),
        })
    }

    /// What is to be answered.
    fn reason(&self, place: &Place, key: Key) -> &'static str {
        let card = self.card_of(key).map(|(_, card)| card);
        let is_listed = match card {
            Some(card) if !card.valid => return "blocked",
            Some(card) => {
                let customer = card.customer.as_ref();
                place.tokens.contains_key(&Key::Auth(card.auth))
                    || customer.is_some_and(|id| place.customers.contains(id))
            }
            None => place.tokens.contains_key(&key),
        };
        match (place.entries(), is_listed, card) {
            (0, ..) => "open",
            (_, true, _) => "listed",
            (_, false, Some(_)) => "notListed",
            (_, false, None) => "unknownToken",
        }
    }
}

impl Model {
    /// The same, as partners are told: of a card by the token, of a contract whether a session may begin.
    fn in_ocpi(&self, place: &Place, key: Key) -> &'static str {
        let is_known = self.card_of(key).is_some() || place.tokens.contains_key(&key);
        match (key, self.reason(place, key)) {
            (Key::Auth(_), "open" | "listed") => "NOT_SUPPORTED",
            (Key::Auth(_), _) => "REJECTED",
            (Key::Chip(_), _) if !is_known => "2004",
            (Key::Chip(_), "open" | "listed") => "ALLOWED",
            (Key::Chip(_), "blocked") => "BLOCKED",
            (Key::Chip(_), _) => "NOT_ALLOWED",
        }
    }
}

/// A place's list, as the function asks it.
struct Entries<'a>(&'a Place, HashSet<(IdKind, String)>);

impl List for Entries<'_> {
    fn holds(&self, kind: IdKind, key: &str) -> bool {
        self.1.contains(&(kind, key.to_owned()))
    }

    fn holds_customer(&self, id: &str) -> bool {
        self.0.customers.contains(id)
    }
}

fn token(id: &str, card: &Card) -> Token {
    Token {
        id: id.into(),
        auth_id: pool::key(Key::Auth(card.auth)).1,
        chip_id: card.chip.map(|chip| pool::key(Key::Chip(chip)).1),
        visual_id: None,
        token_type: TokenType::Rfid,
        customer: card.customer.clone().map(|id| CustomerRef {
            name: id.clone(),
            external_id: String::new(),
            id,
        }),
        issuer: String::new(),
        valid: card.valid,
        expires: None,
        note: String::new(),
        version: 1,
        created_at: String::new(),
        updated_at: String::new(),
    }
}

impl Run<'_> {
    pub async fn ask(&mut self) {
        for question in 0..QUESTIONS {
            // Every other one is answered from memory, which has just followed.
            if question % 2 == 1 {
                let books = &self.app.app.books;
                books.index.follow(books).await.unwrap();
            }
            let by_chip = self.dice.one_in(2);
            let (field, typed, key) = if by_chip {
                let number = self.dice.below(pool::CHIPS);
                ("chipId", pool::chip(&mut self.dice, number), Key::Chip(number))
            } else {
                let number = self.dice.below(pool::AUTHS);
                ("authId", pool::auth(&mut self.dice, number), Key::Auth(number))
            };
            let mut shown = HashSet::new();
            for (nth, (id, place)) in self.model.places.iter().enumerate() {
                let expected = self.model.reason(place, key);
                let body = json!({ field: typed, "locationId": id });
                let told = self.app.post("/authorize", body.clone()).await.ok();
                assert_eq!(told["reason"], expected, "{}: {body}: {told}", self.step);
                assert_eq!(
                    json!(self.function(place, key).reason),
                    expected,
                    "{}: {body}",
                    self.step
                );
                // One place for each question: a partner's answer takes several requests' time.
                if nth == question % self.model.places.len() {
                    let told = match key {
                        Key::Chip(_) => self.partners.card(typed, None, id, "").await,
                        Key::Auth(_) => self.partners.contract(typed, id, "").await,
                    };
                    let said = self.model.in_ocpi(place, key);
                    assert_eq!(told, said, "{}: {body}", self.step);
                }
                let is_open = place.entries() == 0;
                if (is_open && place.published) || (!is_open && expected == "listed") {
                    shown.insert(id.as_str());
                }
            }
            let who = query(&[(field, typed)]);
            let page = self.app.get(&format!("/locations/visible?{who}")).await.ok();
            let items = page["items"].as_array().unwrap().iter();
            let found: HashSet<&str> = items.map(|item| item["id"].as_str().unwrap()).collect();
            assert_eq!(found, shown, "{}: {who}", self.step);
            assert_eq!(page["total"], shown.len(), "{}: {who}", self.step);
        }
    }

    fn function(&self, place: &Place, of: Key) -> Authorized {
        let (kind, key) = pool::key(of);
        let known = self.model.card_of(of);
        let tokens: Vec<Token> = known.map(|(id, card)| token(id, card)).into_iter().collect();
        let holder = Holder {
            kind,
            key: &key,
            token_type: None,
            tokens: &tokens,
            foreign: &[],
        };
        let list = Entries(place, place.tokens.keys().map(|key| pool::key(*key)).collect());
        let at = At {
            visibility: Visibility::of(place.published, place.entries() as u64),
            list: &list,
        };
        Authorized::of(decide(&holder, Some(&at), "2026-11-20T08:00:00Z"), None, None)
    }
}

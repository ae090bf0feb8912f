//! The copy itself, and the answers from it.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use domain::authorize::{Authorized, LocationRef};
use domain::decision::{Foreign, Holder, List, Place, decide, is_own_card};
use domain::identifiers::IdKind;
use domain::privacy::Visibility;
use domain::tokens::{CustomerRef, Token, TokenType};
use hashbrown::HashTable;

use super::super::authorization::ask::Found;
use super::super::authorization::tokens::ref_of;
use super::super::evses::{Ports, is_at};
use super::Question;
use super::list::Entries;
use super::packed::{AUTH_KEY, CHIP_KEY, ID, NOBODY, Packed};
use crate::clock;

/// A location.
#[derive(Debug, Default)]
pub struct Held {
    pub name: String,
    pub org_key: String,
    pub published: bool,
    /// Ids, in order.
    pub customers: Vec<String>,
    pub entries: Entries,
    /// Folded ids.
    pub stations: Vec<String>,
}

impl List for Held {
    fn holds(&self, kind: IdKind, key: &str) -> bool {
        self.entries.holds(kind, key)
    }

    fn holds_customer(&self, id: &str) -> bool {
        self.customers
            .binary_search_by(|own| own.as_str().cmp(id))
            .is_ok()
    }
}

/// What has changed: by id, none for what is no more.
#[derive(Default)]
pub struct Patch {
    pub head: i64,
    pub customers: Vec<(String, Option<CustomerRef>)>,
    pub tokens: Vec<(String, Option<TokenRow>)>,
    pub locations: Vec<(String, Option<Held>)>,
    /// All EVSEs, where they were read anew.
    pub ports: Option<Ports>,
    /// All tokens of these partners, as they are now.
    pub partners: Vec<(String, Vec<Foreign>)>,
}

/// A token as it is read.
pub struct TokenRow {
    /// As [`Packed`] orders them.
    pub texts: [String; 7],
    pub customer: Option<String>,
    pub is_card: bool,
    pub valid: bool,
}

/// The tokens, found by three of their texts.
#[derive(Default)]
struct Tokens {
    /// Places that are free are none.
    all: Vec<Option<Packed>>,
    free: Vec<u32>,
    /// By id, key of the Auth ID, key of the Chip ID.
    by: [HashTable<u32>; 3],
    hasher: RandomState,
}

const KEYS: [usize; 3] = [ID, AUTH_KEY, CHIP_KEY];

impl Tokens {
    fn text(all: &[Option<Packed>], at: u32, which: usize) -> &str {
        let token = all.get(at as usize).and_then(Option::as_ref);
        token.map_or("", |token| token.text(which))
    }

    /// The token of which that text is that: `table` is a place of [`KEYS`].
    fn find(&self, table: usize, text: &str) -> Option<u32> {
        if text.is_empty() {
            return None;
        }
        let is_it = |at: &u32| Self::text(&self.all, *at, KEYS[table]) == text;
        self.by[table].find(self.hasher.hash_one(text), is_it).copied()
    }

    fn get(&self, at: u32) -> Option<&Packed> {
        self.all.get(at as usize)?.as_ref()
    }

    fn remove(&mut self, id: &str) {
        let Some(at) = self.find(0, id) else { return };
        for (table, which) in self.by.iter_mut().zip(KEYS) {
            let hash = self.hasher.hash_one(Self::text(&self.all, at, which));
            if let Ok(found) = table.find_entry(hash, |own| *own == at) {
                found.remove();
            }
        }
        if let Some(place) = self.all.get_mut(at as usize) {
            *place = None;
            self.free.push(at);
        }
    }

    fn insert(&mut self, token: Packed) {
        let at = match self.free.pop() {
            Some(at) => {
                self.all[at as usize] = Some(token);
                at
            }
            None => {
                self.all.push(Some(token));
                (self.all.len() - 1) as u32
            }
        };
        let (all, hasher) = (&self.all, &self.hasher);
        for (table, which) in self.by.iter_mut().zip(KEYS) {
            let text = Self::text(all, at, which);
            if !text.is_empty() {
                let hash = |at: &u32| hasher.hash_one(Self::text(all, *at, which));
                table.insert_unique(hasher.hash_one(text), at, hash);
            }
        }
    }
}

/// The copy, as the books were when the audit log's last line was `head`.
#[derive(Default)]
pub struct State {
    pub head: i64,
    customers: Vec<Option<CustomerRef>>,
    customer_at: HashMap<String, u32>,
    tokens: Tokens,
    locations: HashMap<String, Held>,
    ports: Ports,
    foreign: HashMap<String, Vec<Foreign>>,
    /// Partners and places in [`Self::foreign`], by the key of contract and of card.
    foreign_at: [HashMap<String, Vec<(String, usize)>>; 2],
    /// Something was in the books that the copy cannot hold, so it answers nothing.
    is_whole: bool,
}

impl State {
    /// An empty one.
    pub fn new() -> Self {
        Self {
            is_whole: true,
            ..Self::default()
        }
    }

    pub fn size(&self) -> (usize, usize) {
        let entries = self.locations.values().map(|held| held.entries.len());
        (self.tokens.all.len() - self.tokens.free.len(), entries.sum())
    }

    /// Takes over what has changed.
    pub fn apply(&mut self, patch: Patch) {
        self.head = patch.head;
        for (id, customer) in patch.customers {
            self.set_customer(id, customer);
        }
        for (id, token) in patch.tokens {
            self.tokens.remove(&id);
            if let Some(token) = token {
                self.add_token(token);
            }
        }
        for (id, held) in patch.locations {
            match held {
                Some(held) => self.locations.insert(id, held),
                None => self.locations.remove(&id),
            };
        }
        if let Some(ports) = patch.ports {
            self.ports = ports;
        }
        if !patch.partners.is_empty() {
            self.foreign.extend(patch.partners);
            self.find_foreign();
        }
    }

    fn set_customer(&mut self, id: String, customer: Option<CustomerRef>) {
        match self.customer_at.get(&id) {
            Some(at) => self.customers[*at as usize] = customer,
            None => {
                self.customer_at.insert(id, self.customers.len() as u32);
                self.customers.push(customer);
            }
        }
    }

    /// Adds a token that is not there yet.
    pub fn add_token(&mut self, row: TokenRow) {
        let customer = row.customer.as_ref();
        let customer = customer.and_then(|id| self.customer_at.get(id).copied());
        // Whoever stands in for a customer nobody knows would be found listed through nobody.
        self.is_whole &= customer.is_some() == row.customer.is_some();
        let texts = row.texts.each_ref().map(String::as_str);
        match Packed::of(texts, customer.unwrap_or(NOBODY), row.is_card, row.valid) {
            Some(token) => self.tokens.insert(token),
            None => self.is_whole = false,
        }
    }

    fn find_foreign(&mut self) {
        self.foreign_at = Default::default();
        for (partner, tokens) in &self.foreign {
            for (at, token) in tokens.iter().enumerate() {
                for (table, key) in self.foreign_at.iter_mut().zip([&token.auth_key, &token.chip_key]) {
                    if !key.is_empty() {
                        table.entry(key.clone()).or_default().push((partner.clone(), at));
                    }
                }
            }
        }
    }

    /// Whether it can answer.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    fn token(&self, at: u32) -> Option<Token> {
        let token = self.tokens.get(at)?;
        let customer = self.customers.get(token.customer as usize).cloned().flatten();
        Some(token.token(customer))
    }

    fn found(&self, kind: IdKind, key: &str, token_type: Option<TokenType>) -> Found {
        let table = if kind == IdKind::AuthId { 1 } else { 2 };
        let own = self.tokens.find(table, key).and_then(|at| self.token(at));
        let mut tokens: Vec<Token> = own.into_iter().collect();
        let mut foreign = Vec::new();
        let may_be_theirs = kind == IdKind::AuthId || token_type != Some(TokenType::Other);
        if may_be_theirs && !is_own_card(kind, &tokens) {
            let places = self.foreign_at[table - 1].get(key).into_iter().flatten();
            foreign.extend(places.filter_map(|(partner, at)| self.foreign.get(partner)?.get(*at).cloned()));
        }
        foreign.sort_unstable();
        for token in &foreign {
            let own = self.tokens.find(1, &token.auth_key).and_then(|at| self.token(at));
            let is_new = |own: &Token| tokens.iter().all(|token| token.id != own.id);
            if let Some(own) = own.filter(is_new) {
                tokens.push(own);
            }
        }
        Found { tokens, foreign }
    }

    /// The answer to a question.
    pub fn answer(&self, question: &Question<'_>) -> Authorized {
        let shown = question.shown;
        let found = self.found(shown.kind, &shown.id.key, shown.token_type);
        let holder: Holder<'_> = shown.holder(&found);
        let reached = |held: &&Held| question.caller.reaches(&held.org_key);
        let held = self.locations.get(question.location_id).filter(reached);
        let held = held.filter(|held| held.are_there(question.evses, &self.ports));
        let place = held.map(|held| Place {
            visibility: held.visibility(),
            list: held,
        });
        let now = clock::now();
        let decision = decide(&holder, place.as_ref(), &now);
        let location = held.map(|held| LocationRef {
            id: question.location_id.to_owned(),
            name: held.name.clone(),
        });
        let token = found.into_own(shown.token_type);
        Authorized::of(decision, token.map(|token| ref_of(token, &now)), location)
    }
}

impl Held {
    fn visibility(&self) -> Visibility {
        Visibility::of(self.published, (self.customers.len() + self.entries.len()) as u64)
    }

    fn are_there(&self, evses: &[&str], ports: &Ports) -> bool {
        evses.iter().all(|evse| is_at(evse, &self.stations, ports))
    }
}

//! What the books should hold, kept in plain sets.

use std::collections::{BTreeMap, BTreeSet};

/// What a list entry is compared by: a number of the pool, not a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Auth(usize),
    Chip(usize),
}

/// Entries of a list and the import that added each.
pub type Entries = BTreeMap<Key, Option<String>>;

#[derive(Clone, Debug, Default)]
pub struct Place {
    pub published: bool,
    pub customers: BTreeSet<String>,
    pub tokens: Entries,
}

impl Place {
    pub fn entries(&self) -> usize {
        self.customers.len() + self.tokens.len()
    }

    pub fn visibility(&self) -> &'static str {
        match (self.entries(), self.published) {
            (1.., _) => "Private",
            (0, true) => "Published",
            (0, false) => "Unpublished",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub auth: usize,
    pub chip: Option<usize>,
    pub customer: Option<String>,
    pub valid: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum State {
    Staged,
    Finalised,
    Undone,
}

#[derive(Clone, Debug)]
pub struct Staged {
    pub place: String,
    pub keys: BTreeSet<Key>,
    pub state: State,
    pub removed: Entries,
}

/// Everything. A change that is refused is tried on a copy.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub places: BTreeMap<String, Place>,
    pub customers: BTreeSet<String>,
    pub cards: BTreeMap<String, Card>,
    pub imports: BTreeMap<String, Staged>,
    /// All ids in the order in which they were made: ids are random, and a seed is to choose the same
    /// records each time.
    pub made: Vec<String>,
}

/// The change is refused with 409.
#[derive(Debug, PartialEq)]
pub struct Refused;

impl Model {
    /// The customers in the order in which they were made.
    pub fn customers(&self) -> Vec<String> {
        self.made
            .iter()
            .filter(|id| self.customers.contains(*id))
            .cloned()
            .collect()
    }

    /// The cards in the order in which they were made.
    pub fn cards(&self) -> Vec<(String, Card)> {
        self.in_order(&self.cards)
    }

    /// The imports in the order in which they were made.
    pub fn imports(&self) -> Vec<(String, Staged)> {
        self.in_order(&self.imports)
    }

    fn in_order<T: Clone>(&self, records: &BTreeMap<String, T>) -> Vec<(String, T)> {
        let known = self.made.iter().filter_map(|id| records.get_key_value(id));
        known.map(|(id, record)| (id.clone(), record.clone())).collect()
    }

    /// Changes a list; the last entry goes only when confirmed, the first takes back publication.
    pub fn change(
        &mut self,
        place: &str,
        confirm: bool,
        change: impl FnOnce(&mut Place),
    ) -> Result<(), Refused> {
        let place = self.places.get_mut(place).unwrap();
        let mut after = place.clone();
        change(&mut after);
        if place.entries() > 0 && after.entries() == 0 && !confirm {
            return Err(Refused);
        }
        after.published &= after.entries() == 0;
        *place = after;
        Ok(())
    }

    /// A Chip ID that a card has stands on lists as the card's Auth ID.
    pub fn listed_as(&self, key: Key) -> Key {
        let Key::Chip(chip) = key else { return key };
        let card = self.cards.values().find(|card| card.chip == Some(chip));
        card.map_or(key, |card| Key::Auth(card.auth))
    }

    /// Added, already listed, and removed if the list is cleared.
    pub fn preview(&self, import: &str, clear: bool) -> (usize, usize, usize) {
        let import = &self.imports[import];
        let listed = &self.places[&import.place].tokens;
        let keys: BTreeSet<Key> = import.keys.iter().map(|key| self.listed_as(*key)).collect();
        let already = keys.iter().filter(|key| listed.contains_key(key)).count();
        let removed = if clear { listed.len() - already } else { 0 };
        (keys.len() - already, already, removed)
    }

    pub fn finalise(&mut self, id: &str, clear: bool) -> Result<(), Refused> {
        let import = self.imports[id].clone();
        if import.state != State::Staged || import.keys.is_empty() {
            return Err(Refused);
        }
        let keys: BTreeSet<Key> = import.keys.iter().map(|key| self.listed_as(*key)).collect();
        let mut removed = Entries::new();
        self.change(&import.place, false, |place| {
            if clear {
                let (stay, go) = std::mem::take(&mut place.tokens)
                    .into_iter()
                    .partition(|(key, _)| keys.contains(key));
                (place.tokens, removed) = (stay, go);
            }
            for key in keys {
                place.tokens.entry(key).or_insert_with(|| Some(id.to_owned()));
            }
        })?;
        let import = self.imports.get_mut(id).unwrap();
        (import.state, import.removed) = (State::Finalised, removed);
        Ok(())
    }

    pub fn undo(&mut self, id: &str, confirm: bool) -> Result<(), Refused> {
        let import = self.imports[id].clone();
        if import.state != State::Finalised {
            return Err(Refused);
        }
        let is_undone = |by: &Option<String>| {
            by.as_ref()
                .is_some_and(|by| self.imports[by].state == State::Undone)
        };
        let back: Entries = import
            .removed
            .into_iter()
            .filter(|(_, by)| !is_undone(by))
            .map(|(key, by)| (self.listed_as(key), by))
            .collect();
        self.change(&import.place, confirm, |place| {
            place.tokens.retain(|_, by| by.as_deref() != Some(id));
            for (key, by) in back {
                place.tokens.entry(key).or_insert(by);
            }
        })?;
        self.imports.get_mut(id).unwrap().state = State::Undone;
        Ok(())
    }

    /// A card made or changed; its Auth ID stays while it is listed.
    pub fn set_card(&mut self, id: &str, card: Card) -> Result<(), Refused> {
        let mut others = self.cards.iter().filter(|(other, _)| *other != id);
        if others
            .any(|(_, other)| other.auth == card.auth || (card.chip.is_some() && other.chip == card.chip))
        {
            return Err(Refused);
        }
        if let Some(before) = self.cards.get(id) {
            let is_listed = |place: &Place| place.tokens.contains_key(&Key::Auth(before.auth));
            if before.auth != card.auth && self.places.values().any(is_listed) {
                return Err(Refused);
            }
        }
        if let Some(chip) = card.chip {
            for place in self.places.values_mut() {
                if let Some(by) = place.tokens.remove(&Key::Chip(chip)) {
                    place.tokens.entry(Key::Auth(card.auth)).or_insert(by);
                }
            }
        }
        self.cards.insert(id.to_owned(), card);
        Ok(())
    }

    pub fn delete_card(&mut self, id: &str) -> Result<(), Refused> {
        let key = Key::Auth(self.cards[id].auth);
        let mut after = self.clone();
        for place in self.places.keys() {
            after.change(place, false, |place| {
                place.tokens.retain(|other, _| *other != key)
            })?;
        }
        for import in after.imports.values_mut() {
            import.removed.remove(&key);
        }
        after.cards.remove(id);
        *self = after;
        Ok(())
    }

    pub fn delete_customer(&mut self, id: &str) -> Result<(), Refused> {
        let mut after = self.clone();
        for place in self.places.keys() {
            after.change(place, false, |place| place.customers.retain(|other| other != id))?;
        }
        for card in after.cards.values_mut() {
            card.customer.take_if(|customer| customer == id);
        }
        after.customers.remove(id);
        *self = after;
        Ok(())
    }

    /// How many cards a customer has.
    pub fn cards_of(&self, customer: &str) -> usize {
        let is_theirs = |card: &&Card| card.customer.as_deref() == Some(customer);
        self.cards.values().filter(is_theirs).count()
    }

    /// Where a card may charge.
    pub fn places_of(&self, card: &Card) -> BTreeSet<String> {
        let is_listed = |place: &Place| {
            place.tokens.contains_key(&Key::Auth(card.auth))
                || card
                    .customer
                    .as_ref()
                    .is_some_and(|id| place.customers.contains(id))
        };
        let listed = self.places.iter().filter(|(_, place)| is_listed(place));
        listed.map(|(id, _)| id.clone()).collect()
    }
}

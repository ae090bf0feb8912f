//! A search box over a list to pick several from: what it holds and what its keys do.

use super::offer::Offer;
use crate::prelude::*;

/// The picker's state. Copies point to the same state.
#[derive(Clone, Copy)]
pub struct Picker {
    pub query: RwSignal<String>,
    pub offers: RwSignal<Vec<Offer>>,
    pub picked: RwSignal<Vec<Offer>>,
    /// The offer that the keys act on.
    pub active: RwSignal<Option<usize>>,
    /// The arrow keys moved last: the space bar picks instead of typing.
    in_list: RwSignal<bool>,
    /// The offers are those of other words.
    stale: RwSignal<bool>,
}

impl Default for Picker {
    fn default() -> Self {
        Self {
            query: RwSignal::default(),
            offers: RwSignal::default(),
            picked: RwSignal::default(),
            active: RwSignal::default(),
            in_list: RwSignal::new(false),
            stale: RwSignal::new(false),
        }
    }
}

impl Picker {
    /// Takes new words. The offers stay until the answer to them is there, but no key picks one of them.
    pub fn typed(self, words: String) {
        self.stale.set(true);
        self.query.set(words);
        self.active.set(None);
        self.in_list.set(false);
    }

    /// Takes the answer to a search.
    pub fn show(self, offers: Vec<Offer>) {
        let first = offers.iter().position(|offer| !offer.listed);
        self.active.set(first.or((!offers.is_empty()).then_some(0)));
        self.offers.set(offers);
        self.stale.set(false);
    }

    /// What a key does in the search box; true: nothing else shall come of it.
    pub fn key(self, key: &str) -> bool {
        let many = match self.stale.get() {
            true => 0,
            false => self.offers.with(Vec::len),
        };
        let at = self.active.get();
        let to = match key {
            "ArrowDown" => at.map_or(0, |at| (at + 1) % many.max(1)),
            "ArrowUp" => at.map_or(many.saturating_sub(1), |at| (at + many.max(1) - 1) % many.max(1)),
            "Home" if self.in_list.get() => 0,
            "End" if self.in_list.get() => many.saturating_sub(1),
            "Enter" => return self.pick_active(),
            " " if self.in_list.get() => return self.pick_active(),
            _ => return false,
        };
        self.active.set((many > 0).then_some(to));
        self.in_list.set(many > 0);
        true
    }

    fn pick_active(self) -> bool {
        if let Some(offer) = self
            .active
            .get()
            .and_then(|at| self.offers.with(|offers| offers.get(at).cloned()))
        {
            self.toggle(&offer);
        }
        true
    }

    /// Picks an offer, or puts a picked one back. What is listed already cannot be picked.
    pub fn toggle(self, offer: &Offer) {
        if offer.listed {
            return;
        }
        self.picked.update(
            |picked| match picked.iter().position(|other| other.id == offer.id) {
                Some(at) => drop(picked.remove(at)),
                None => picked.push(offer.clone()),
            },
        );
    }

    pub fn is_picked(self, id: &str) -> bool {
        self.picked
            .with(|picked| picked.iter().any(|offer| offer.id == id))
    }
}

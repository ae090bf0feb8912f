//! A change of the Authorization list as a thing that can be asked about, sent, sent again and undone.

use domain::export::Chosen;

use super::list::List;
use super::picker::Offer;
use crate::api::json::Value;
use crate::api::transport::Asked;
use crate::api::{Record, authorization, records};
use crate::table::chosen_body;

/// What an entry's `kind` says of a Chip ID.
pub const CHIP_ID: &str = "chip-id";

/// What is done to a list: something is added, or entries leave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub list: List,
    pub removes: bool,
    /// All entries of the list leave, whatever `entries` names.
    pub all: bool,
    /// All that a query means leave, as it is sent; empty: `entries`.
    pub chosen: String,
    /// The entries that leave.
    pub entries: Vec<String>,
    /// How many entries leave, as far as this page knows.
    pub count: u64,
    /// The list is empty afterwards, which opens the location.
    pub opens: bool,
    /// Customers or charge tokens of the portal that are added, or that putting back adds.
    pub ids: Vec<String>,
    /// External Auth IDs that are added, or that putting back adds.
    pub auth_ids: Vec<String>,
    /// Cannot be put back entry by entry.
    pub lasting: bool,
}

impl Change {
    fn of(list: List, removes: bool) -> Self {
        Self {
            list,
            removes,
            all: false,
            chosen: String::new(),
            entries: Vec::new(),
            count: 0,
            opens: false,
            ids: Vec::new(),
            auth_ids: Vec::new(),
            lasting: false,
        }
    }

    /// Puts what was picked on the list.
    pub fn add(list: List, picked: Vec<Offer>) -> Self {
        let mut change = Self::of(list, false);
        for offer in picked {
            change.names(offer.external, offer.id);
        }
        change
    }

    /// Takes all entries off a list that holds `count`.
    pub fn remove_all(list: List, count: u64) -> Self {
        Self {
            all: true,
            count,
            lasting: true,
            ..Self::of(list, true)
        }
    }

    /// Takes all that a query means off a list.
    pub fn remove_chosen(list: List, chosen: Chosen) -> Self {
        Self {
            count: chosen.count,
            chosen: chosen_body(chosen),
            lasting: true,
            ..Self::of(list, true)
        }
    }

    /// Takes entries off a list.
    pub fn remove(list: List, entries: &[Record]) -> Self {
        let mut change = Self::of(list, true);
        change.count = entries.len() as u64;
        let own = list.words().own;
        for entry in entries {
            let external = !entry.has(own);
            let id = entry.text(&if external {
                "id".into()
            } else {
                format!("{own}.id")
            });
            change.names(external, id);
            change.entries.push(entry.text("entryId"));
            // An external Chip ID comes in by an import only.
            change.lasting |= external && entry.text("kind") == CHIP_ID;
        }
        change
    }

    fn names(&mut self, external: bool, id: String) {
        match external {
            true => self.auth_ids.push(id),
            false => self.ids.push(id),
        }
    }

    /// What puts the list back; none where nothing can.
    pub fn back(&self) -> Option<Self> {
        (self.removes && !self.lasting).then(|| Self {
            ids: self.ids.clone(),
            auth_ids: self.auth_ids.clone(),
            ..Self::of(self.list, false)
        })
    }

    /// Sends it, made for `version`. One that opens the location is thereby confirmed.
    pub fn ask(&self, location: &str, version: u64) -> Asked<Record> {
        let words = self.list.words();
        let (rest, fields) = match (self.removes, self.list) {
            (true, _) => (
                "/remove",
                vec![
                    match self.chosen.is_empty() {
                        true => ("entryIds", self.entries.clone().into()),
                        false => ("chosen", Value::Json(self.chosen.clone())),
                    },
                    ("all", self.all.into()),
                    ("confirm", self.opens.into()),
                ],
            ),
            (_, List::Customers) => ("", vec![("customerIds", self.ids.clone().into())]),
            (_, List::Tokens) => (
                "",
                vec![
                    ("tokenIds", self.ids.clone().into()),
                    ("authIds", self.auth_ids.clone().into()),
                ],
            ),
        };
        let path = authorization::path(location, &format!("/{}{rest}", words.key));
        records::post_for(&path, version, &fields)
    }
}

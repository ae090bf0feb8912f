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
    /// External Chip IDs, in the same way.
    pub chip_ids: Vec<String>,
    /// Cannot be put back entry by entry.
    pub lasting: bool,
    /// The list's when it was started: a question is answered about what was seen then.
    pub version: Option<u64>,
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
            chip_ids: Vec::new(),
            lasting: false,
            version: None,
        }
    }

    /// Puts what was picked on the list.
    pub fn add(list: List, picked: Vec<Offer>) -> Self {
        let mut change = Self::of(list, false);
        for offer in picked {
            change.names(offer.external, "", offer.id);
        }
        change
    }

    /// What changes a refusal in that way (`domain::authorize::RemedyKind`); none: it is no change of the list.
    pub fn remedy(kind: &str, id: &str) -> Option<Self> {
        let (list, external, of) = match kind {
            "addToken" => (List::Tokens, false, ""),
            "addCustomer" => (List::Customers, false, ""),
            "addAuthId" => (List::Tokens, true, ""),
            "addChipId" => (List::Tokens, true, CHIP_ID),
            _ => return None,
        };
        let mut change = Self::of(list, false);
        change.names(external, of, id.to_owned());
        Some(change)
    }

    /// Puts what an entry of a list names on the list of charge tokens.
    pub fn list(entries: &[Record]) -> Self {
        let mut change = Self::of(List::Tokens, false);
        change.name_all(entries);
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
        change.name_all(entries);
        change.entries = entries.iter().map(|entry| entry.text("entryId")).collect();
        change
    }

    fn name_all(&mut self, entries: &[Record]) {
        let own = self.list.words().own;
        for entry in entries {
            let external = !entry.has(own);
            let id = entry.text(&if external {
                "id".into()
            } else {
                format!("{own}.id")
            });
            self.names(external, &entry.text("kind"), id);
        }
    }

    fn names(&mut self, external: bool, kind: &str, id: String) {
        match (external, kind == CHIP_ID) {
            (false, _) => self.ids.push(id),
            (true, false) => self.auth_ids.push(id),
            (true, true) => self.chip_ids.push(id),
        }
    }

    /// What puts the list back; none where nothing can.
    pub fn back(&self) -> Option<Self> {
        (self.removes && !self.lasting).then(|| Self {
            ids: self.ids.clone(),
            auth_ids: self.auth_ids.clone(),
            chip_ids: self.chip_ids.clone(),
            ..Self::of(self.list, false)
        })
    }

    /// Sends it for the list as it is now: no harm where something is added.
    pub fn ask_now(self, location: &str) -> Asked<Record> {
        let at = location.to_owned();
        authorization::now(location, move |version| self.ask(&at, version))
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
                    ("chipIds", self.chip_ids.clone().into()),
                ],
            ),
        };
        let path = authorization::path(location, &format!("/{}{rest}", words.key));
        records::post_for(&path, version, &fields)
    }
}

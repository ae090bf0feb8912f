//! What can be done with records: a table of its own, and what is sent.

use domain::export::Chosen;
use domain::field::Field;

use crate::api::json::{Value, body};
use crate::api::transport::{Asked, Call};
use crate::api::{Record, records};
use crate::kit::format::typed;
use crate::pages::record::{Entry, Other};
use crate::table::chosen_body;

/// Where an action is offered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// At the end of rows, and on the record's page.
    Row,
    /// There, and for all that are selected too.
    Many,
    /// Above the list: it makes something.
    List,
}

/// Something that can be done.
pub struct Action {
    /// On the buttons: "Clear".
    pub label: &'static str,
    /// What the dialog about one record is called: "Clear this alarm". Empty: it is done without one.
    pub title: &'static str,
    /// The permission that it takes.
    pub needs: &'static str,
    pub on: On,
    /// Whether it can be done with a record.
    pub fits: fn(&Record) -> bool,
    /// Why nobody can do it, though they would look for it here; empty: it can be done.
    pub cannot: &'static str,
    /// What is asked.
    pub fields: &'static [Field],
    /// A record of another list that is asked too.
    pub picks: Option<Picks>,
    /// What the fields start with.
    pub start: fn(&Record) -> Option<Record>,
    /// The field that a file may fill.
    pub file: Option<&'static str>,
    /// What follows from it.
    pub words: &'static str,
    pub send: fn(&Acted) -> Asked<Record>,
    /// What would follow in numbers, asked as the fields change.
    pub preview: Option<Preview>,
    /// Whether the record is gone then.
    pub ends: bool,
    /// What of the answer is shown this once.
    pub once: Option<&'static Once>,
    /// What is said afterwards: "The alarm is cleared."
    pub done: &'static str,
    /// What the answer says beside that; empty: nothing.
    pub left: fn(&Record) -> String,
}

/// A secret of an answer.
pub struct Once {
    /// "Their token".
    pub label: &'static str,
    /// Where it stands in the answer.
    pub path: &'static str,
    /// What it is for.
    pub words: &'static str,
    /// What becomes of it when it is lost.
    pub hint: &'static str,
}

/// A question that changes nothing, none while too little is said, and the words of its answer.
pub type Preview = (fn(&Acted) -> Option<Asked<Record>>, fn(&Record) -> String);

impl Action {
    /// What most actions are; the rest is to be filled in.
    pub const USUAL: Self = Self {
        label: "",
        title: "",
        needs: "",
        on: On::Row,
        fits: |_| true,
        cannot: "",
        fields: &[],
        picks: None,
        start: |_| None,
        file: None,
        words: "",
        send: |_| Asked::of(std::future::pending()),
        preview: None,
        ends: false,
        once: None,
        done: "",
        left: |_| String::new(),
    };

    /// What the button says that does it.
    pub fn verb(&self) -> &'static str {
        match self.label {
            "Edit" => "Save",
            label => label,
        }
    }

    /// Whether it takes something away.
    pub fn takes_away(&self) -> bool {
        matches!(self.label, "Delete" | "Remove" | "Revoke")
    }
}

/// A label, a list under `/api/v1`, and the name that the picked record's id is sent by.
pub type Picks = (&'static str, &'static str, &'static str);

/// What is acted on, with what is entered.
pub struct Acted {
    /// The record; an empty one above the list and for many.
    pub record: Record,
    pub entry: Entry,
    pub(super) other: Option<Other>,
    /// The field of its id, and the id that the page's address names.
    pub(super) id: (&'static str, String),
    /// Those that are selected.
    pub(super) chosen: Option<Chosen>,
}

impl Acted {
    /// The id that the page's address names: of the record that this one belongs to, or its own.
    pub fn page(&self) -> &str {
        &self.id.1
    }

    /// The record's text there. Its own id may stand in the address alone.
    pub fn of(&self, path: &str) -> String {
        match self.record.text(path) {
            none if none.is_empty() && path == self.id.0 => self.id.1.clone(),
            text => text,
        }
    }

    /// What is entered there.
    pub fn text(&self, key: &str) -> String {
        self.entry.text(key).trim().to_owned()
    }

    /// What is entered and picked, as far as it is another than before.
    pub fn changes(&self) -> Vec<(&str, Value)> {
        let mut changes = self.entry.changes();
        changes.extend(self.other.and_then(Other::change));
        changes
    }

    /// The same as a number.
    pub fn number(&self, key: &str) -> Value {
        let text = self.text(key).replace(',', ".");
        match typed(&text) {
            Some(_) => Value::Json(text),
            None => Value::Null,
        }
    }

    /// Posts a JSON text.
    pub fn post_json(&self, path: &str, body: String) -> Asked<Record> {
        Call::post(path).send_json(body)
    }

    /// Posts these fields.
    pub fn post(&self, path: &str, fields: &[(&str, Value)]) -> Asked<Record> {
        self.post_json(path, body(fields))
    }

    /// Changes these fields of the record, if it is still what was read.
    pub fn patch(&self, path: &str, fields: &[(&str, Value)]) -> Asked<Record> {
        records::patch(path, self.record.count("version"), fields)
    }

    /// Deletes the record, if it is still what was read.
    pub fn delete(&self, path: &str) -> Asked<Record> {
        Call::delete(path).if_match(self.record.count("version")).fetch()
    }

    /// Posts what is entered, about those that are selected or about the one record of that id.
    pub fn post_chosen(&self, path: &str, id: &str) -> Asked<Record> {
        let chosen = match &self.chosen {
            Some(chosen) => chosen_body(chosen.clone()),
            None => body(&[("ids", vec![id.to_owned()].into())]),
        };
        let mut fields = self.entry.changes();
        fields.push(("chosen", Value::Json(chosen)));
        self.post(path, &fields)
    }
}

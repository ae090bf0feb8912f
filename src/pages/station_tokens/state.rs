//! A station token's status: in badges, in tables and in the summary's key.

use domain::station_tokens::Status;

use crate::api::Record;
use crate::kit::format::number;
use crate::kit::{Choice, Tone};
use crate::prelude::*;
use crate::table::{Cells, Shown};

/// In the order of [`Status::ALL`].
pub const STATUSES: &[(&str, Tone)] = &[
    (Status::WORDS[0], Tone::Neutral),
    (Status::WORDS[1], Tone::Good),
    (Status::WORDS[2], Tone::Active),
    (Status::WORDS[3], Tone::Attention),
];

/// A record's status with its tone.
pub fn status(token: &Record) -> (Tone, String) {
    let word = token.text("status");
    let found = STATUSES.iter().find(|(own, _)| *own == word);
    (found.map(|(_, tone)| *tone).unwrap_or_default(), word)
}

/// Whether a record can be applied or moved.
pub fn is_free(token: &Record) -> bool {
    Status::of(&token.text("status")).is_some_and(Status::is_free)
}

/// How tables of station tokens draw what is not drawn the usual way.
pub fn cells() -> Cells {
    Cells::new().with("status", |token| {
        let (tone, word) = status(token);
        Shown::badge(tone, word)
    })
}

/// The rows of a small table: what each record says under these keys, numbers as such.
pub fn rows(records: &[Record], keys: &[&str]) -> AnyView {
    let cell = |record: &Record, key: &str| {
        let text = match record.number(key) {
            Some(_) => number(record.count(key)),
            None => record.text(key),
        };
        view! { <td class:number=record.number(key).is_some()>{text}</td> }
    };
    let row = |record: &Record| {
        let cells = keys.iter().map(|key| cell(record, key)).collect_view();
        view! { <tr>{cells}</tr> }
    };
    view! { <tbody>{records.iter().map(row).collect_view()}</tbody> }.into_any()
}

/// How an organization is offered.
pub fn organization(organization: &Record) -> Choice {
    Choice {
        key: organization.text("id"),
        label: organization.text("name"),
        note: organization.text("id"),
        refused: false,
    }
}

/// The same where only one of ours will do.
pub fn our_organization(record: &Record) -> Choice {
    let ours = record.flag("ours");
    Choice {
        note: if ours {
            record.text("id")
        } else {
            "Not ours".into()
        },
        refused: !ours,
        ..organization(record)
    }
}

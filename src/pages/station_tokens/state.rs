//! A station token's status: in badges, in tables and in the summary's key.

use domain::station_tokens::Status;

use crate::api::Record;
use crate::kit::{Choice, Tone};
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

/// How an organisation is offered.
pub fn organization(organization: &Record) -> Choice {
    Choice {
        key: organization.text("id"),
        label: organization.text("name"),
        note: organization.text("id"),
        refused: false,
    }
}

/// The same where only one of ours will do.
pub fn our_organization(organization_: &Record) -> Choice {
    let ours = organization_.flag("ours");
    Choice {
        note: if ours {
            organization_.text("id")
        } else {
            "Not ours".into()
        },
        refused: !ours,
        ..organization(organization_)
    }
}

//! An account's status, and whose it is.

use domain::accounts::STATUSES;

use crate::api::Record;
use crate::kit::Tone;
use crate::pages::shell::Frame;
use crate::table::{Cells, Shown};

/// Whether it can be signed in to.
pub fn is_enabled(account: &Record) -> bool {
    account.text("status") == STATUSES[0]
}

/// The status as a badge shows it.
pub fn status(account: &Record) -> (Tone, String) {
    let tone = if is_enabled(account) {
        Tone::Good
    } else {
        Tone::Neutral
    };
    (tone, account.text("status"))
}

/// How tables of accounts draw what is not drawn the usual way.
pub fn cells() -> Cells {
    let session = Frame::current().map(|frame| frame.session);
    Cells::new()
        .with("name", move |account| {
            let own = session.and_then(|session| session.with_untracked(|own| own.text("id")));
            let shown = Shown::text(account.text("name"));
            match own == Some(account.text("id")) {
                true => shown.note("you"),
                false => shown,
            }
        })
        .with("status", |account| {
            let (tone, word) = status(account);
            Shown::badge(tone, word)
        })
}

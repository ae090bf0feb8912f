//! A connection's status, and what follows from it.

use domain::connections::STATUSES;

use super::PATH;
use crate::api::{Loaded, Record, Write, records};
use crate::kit::{Toast, Tone};
use crate::table::{Cells, Shown};

/// Whether drivers can be invited.
pub fn is_enabled(connection: &Record) -> bool {
    connection.text("connectionStatus") == STATUSES[0]
}

/// The status as a badge shows it.
pub fn status(connection: &Record) -> (Tone, String) {
    let tone = if is_enabled(connection) {
        Tone::Good
    } else {
        Tone::Neutral
    };
    (tone, connection.text("connectionStatus"))
}

/// How tables of connections draw what is not drawn the usual way.
pub fn cells() -> Cells {
    Cells::new().with("connectionStatus", |connection| {
        let (tone, word) = status(connection);
        Shown::badge(tone, word)
    })
}

/// Enables or disables the connection that `record` holds, and says what that does.
pub fn enable(record: Loaded<Record>, write: Write, enabled: bool) {
    let of = record.with_untracked(|record| (record.text("id"), record.count("version")));
    let (id, version) = of.unwrap_or_default();
    let word = STATUSES[usize::from(!enabled)];
    let change = records::patch(
        &records::path(PATH, &id, ""),
        version,
        &[("connectionStatus", word.into())],
    );
    write.run(change, move |saved: Record| {
        let what = if enabled {
            "enabled: its link and codes take requests"
        } else {
            "disabled: its link and codes take no requests, connected drivers stay"
        };
        let said = format!("{} is {what}.", saved.text("connectionName"));
        record.set(saved);
        let toast = Toast::new(said);
        match enabled {
            true => toast.show(),
            false => toast.action("Undo", move || enable(record, write, true)).show(),
        }
    });
}

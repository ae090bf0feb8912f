//! A connection's status, and what follows from it.

use domain::connections::STATUSES;

use super::PATH;
use crate::api::transport::Asked;
use crate::api::{Loaded, Record, Write, records};
use crate::kit::{Toast, Tone};
use crate::prelude::*;
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
    if let Some(now) = record.with_untracked(Clone::clone) {
        write.run(change(&now, enabled), move |saved| said(saved, record, enabled));
    }
}

fn change(connection: &Record, enabled: bool) -> Asked<Record> {
    let word = STATUSES[usize::from(!enabled)];
    records::patch(
        &records::path(PATH, &connection.text("id"), ""),
        connection.count("version"),
        &[("connectionStatus", word.into())],
    )
}

fn said(saved: Record, record: Loaded<Record>, enabled: bool) {
    let what = if enabled {
        "enabled: its link and codes take requests"
    } else {
        "disabled: its link and codes take no requests, connected drivers stay"
    };
    let said = format!("{} is {what}.", saved.text("connectionName"));
    record.set(saved.clone());
    let toast = Toast::new(said);
    match enabled {
        true => toast.show(),
        // Wherever the operator has gone meanwhile.
        false => toast.action("Undo", move || undo(saved.clone(), record)).show(),
    }
}

fn undo(disabled: Record, record: Loaded<Record>) {
    let asked = change(&disabled, true);
    spawn_local(async move {
        match asked.await {
            Ok(saved) => said(saved, record, true),
            Err(problem) => {
                let words = format!("Not undone. {}. {}", problem.title, problem.detail);
                Toast::new(words).tone(Tone::Bad).show();
            }
        }
    });
}

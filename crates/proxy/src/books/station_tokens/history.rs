//! What happened to station tokens.

use domain::station_tokens::{Event, StationToken};
use sqlx::Row;

use super::super::Tx;
use super::super::batch::{self, Value};
use crate::problem::Error;

/// The most events that are told of a token.
const MOST: i64 = 500;

/// What happened, for the events of the history.
#[derive(Clone, Copy, Debug)]
pub enum Happened {
    Added,
    Imported,
    Changed,
    Applied,
    Transferred,
}

impl Happened {
    fn words(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Imported => "Imported",
            Self::Changed => "Changed",
            Self::Applied => "Applied to station",
            Self::Transferred => "Transferred",
        }
    }
}

/// Notes what made each token what it is now, at the time of its last change.
pub async fn note(tx: &mut Tx, what: Happened, tokens: &[(&StationToken, String)]) -> Result<(), Error> {
    let row = |(token, detail): &(&StationToken, String)| -> Vec<Value> {
        vec![
            token.id.as_str().into(),
            token.version.into(),
            token.updated_at.as_str().into(),
            what.words().into(),
            detail.as_str().into(),
        ]
    };
    let rows: Vec<Vec<Value>> = tokens.iter().map(row).collect();
    let into = "INSERT INTO station_token_events (token_id, version, at, what, detail)";
    Ok(batch::insert(tx, into, &rows, "").await?)
}

/// What happened to a token, the newest first.
pub async fn history(tx: &mut Tx, id: &str) -> Result<Vec<Event>, Error> {
    super::get(tx, id).await?;
    let rows = sqlx::query(
        "SELECT at, what, detail FROM station_token_events WHERE token_id = $1 ORDER BY version DESC LIMIT $2",
    )
    .bind(id)
    .bind(MOST)
    .fetch_all(&mut **tx)
    .await?;
    let read = |row: &sqlx::any::AnyRow| {
        Ok(Event {
            at: row.try_get("at")?,
            what: row.try_get("what")?,
            detail: row.try_get("detail")?,
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, sqlx::Error>>()?)
}

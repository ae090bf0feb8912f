//! Refused lately: which tokens were refused at a location, how often, and when last.

mod waiting;

pub use waiting::{Waiting, note, write_lot};

use domain::audit::Change;
use domain::column::Listed;
use domain::refused::{ForgetRefused, Refusal, RefusedToken};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::super::audit::Noted;
use super::super::listing::{self, Column, Rows, Scope, Source, Table, number};
use super::super::records::{self, BATCH};
use super::super::{Tx, ids, locations};
use super::distinct;
use super::tokens::{ENTRY, Entry, entry, key_of, plain};
use crate::clock;
use crate::problem::Error;

pub(in super::super) const TABLE: Table = Table {
    select: "e.kind, e.key, e.id AS entry, e.reason, e.times, e.first_at, e.last_at, t.id, t.auth_id, t.chip_id, \
             t.visual_id, t.valid, t.expires, t.customer_id, c.external_id, c.name",
    from: "refused e LEFT JOIN tokens t ON e.kind = 0 AND t.auth_key = e.key \
           LEFT JOIN customers c ON c.id = t.customer_id",
    heads: RefusedToken::HEADS,
    columns: &[
        Column::text("id", "e.key").order(&["e.kind", "e.key"]),
        Column::text("customer", "c.name_fold").order(&["COALESCE(c.name_fold, '')"]),
        Column::text("reason", "LOWER(e.reason)"),
        Column::number("count", "e.times"),
        Column::text("lastAt", "e.last_at"),
    ],
    search: &["LOWER(e.id)", "LOWER(e.key)", "t.search", "c.name_fold"],
    order: "e.last_at DESC",
    tie: "e.kind, e.key",
    id: ENTRY,
    key: plain,
    org: "",
    changed: &[],
};

/// The tokens that were refused at a location.
pub struct AtLocation;

impl Source for AtLocation {
    type Row = RefusedToken;
    type Path = String;

    async fn rows(tx: &mut Tx, location_id: String) -> Result<Rows<RefusedToken>, Error> {
        locations::get(tx, &location_id).await?;
        let scope = Scope::of("e.location_id = $1", [location_id.into()]);
        let now = clock::now();
        Ok(Rows::new(&TABLE, scope, move |row| read(row, &now)))
    }
}

fn read(row: &AnyRow, now: &str) -> Result<RefusedToken, sqlx::Error> {
    let Entry {
        entry_id,
        kind,
        id,
        token,
    } = entry(row, now)?;
    let word: String = row.try_get("reason")?;
    let reason = Refusal::ALL.into_iter().find(|reason| reason.word() == word);
    Ok(RefusedToken {
        entry_id,
        kind,
        id,
        token,
        reason: reason.ok_or_else(|| sqlx::Error::Decode(format!("no reason: {word}").into()))?,
        count: number(row, "times")?,
        first_at: row.try_get("first_at")?,
        last_at: row.try_get("last_at")?,
    })
}

/// Forgets chosen ones or all, and gives how many there were.
///
/// # Errors
/// There is no such location, or those that were chosen are not those that the sender saw.
pub async fn forget(tx: &mut Tx, location_id: &str, which: &ForgetRefused) -> Result<u64, Error> {
    let location = locations::get(tx, location_id).await?;
    let mut gone = 0;
    if which.all {
        let sql = "DELETE FROM refused WHERE location_id = $1";
        gone = sqlx::query(sql)
            .bind(location_id)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    } else {
        let named = distinct(&which.entry_ids).into_iter();
        let mut entries: Vec<(i64, String)> = named.filter_map(ids::entry_key).collect();
        if let Some(chosen) = &which.chosen {
            let scope = Scope::of("e.location_id = $1", [location_id.into()]);
            let found = listing::chosen(tx, &TABLE, scope, chosen).await?;
            entries.extend(found.iter().filter_map(|id| key_of(id)));
        }
        let (cards, contracts): (Vec<_>, Vec<_>) = entries.into_iter().partition(|(kind, _)| *kind == 1);
        for (kind, entries) in [(0, contracts), (1, cards)] {
            let keys: Vec<String> = entries.into_iter().map(|(_, key)| key).collect();
            for keys in keys.chunks(BATCH) {
                let sql = format!(
                    "DELETE FROM refused WHERE location_id = $1 AND kind = {kind} AND key IN ({})",
                    records::placeholders(2, keys.len())
                );
                let delete = sqlx::query(AssertSqlSafe(sql)).bind(location_id);
                gone += records::bind(delete, keys)
                    .execute(&mut **tx)
                    .await?
                    .rows_affected();
            }
        }
    }
    if gone == 0 {
        tx.silently("nothing was there to forget");
    } else {
        let change = Change::new("Refused tokens", Some(gone.to_string()), None);
        tx.note(Noted::new("Refusals forgotten", "locations", location_id, &location.name).with([change]));
    }
    Ok(gone)
}

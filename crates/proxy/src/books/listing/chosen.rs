//! Which rows a change of many means.

use std::collections::BTreeSet;

use domain::Timestamp;
use domain::export::Chosen;
use sqlx::{AssertSqlSafe, Row};

use super::super::Tx;
use super::{Scope, Table, bind_all, flag, narrow, now_in};
use crate::clock;
use crate::controllers::listing::read_text;
use crate::problem::Error;

/// The ids of the rows that are chosen, in the order of the ids, as [`Table::id`] gives them.
///
/// # Errors
/// Nothing is chosen, too many ids are, or the rows are not those that the sender saw: there are more or
/// fewer, or one came or was changed since. A row that did not match then and does now was changed in
/// between, so equal counts cannot hide it.
pub async fn chosen(
    tx: &mut Tx,
    table: &Table,
    mut scope: Scope,
    chosen: &Chosen,
) -> Result<Vec<String>, Error> {
    scope.limit(&tx.caller(), table.org);
    let distinct: BTreeSet<&String> = chosen.ids.iter().collect();
    let meant = match &chosen.query {
        Some(_) if !distinct.is_empty() => {
            return Err(Error::field("ids", "name ids or a query, not both"));
        }
        Some(query) => {
            narrow(table, &mut scope, &read_text(query)?)?;
            chosen.count
        }
        None if distinct.is_empty() => return Err(Error::field("ids", "nothing is chosen")),
        None => {
            scope.only(table, &chosen.ids)?;
            distinct.len() as u64
        }
    };
    let late = match (&chosen.query, as_of(chosen)?) {
        (Some(_), Some(at)) => late(table, &mut scope, at)?,
        _ => "0".to_owned(),
    };
    let sql = format!(
        "{}SELECT {} AS chosen, {late} AS late FROM {} WHERE {}",
        scope.with, table.id, table.from, scope.condition
    );
    let rows = bind_all(sqlx::query(AssertSqlSafe(sql)), &scope.binds)
        .fetch_all(&mut **tx)
        .await?;
    let found = rows.len() as u64;
    let mut late = 0;
    for row in &rows {
        late += u64::from(flag(row, "late")?);
    }
    if found != meant || late > 0 {
        return Err(Error::SelectionChanged { meant, found, late });
    }
    let mut ids: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("chosen"))
        .collect::<Result<_, _>>()?;
    ids.sort_unstable();
    Ok(ids)
}

/// When the sender saw what is chosen, as the portal writes moments; none where that is not said.
///
/// # Errors
/// It is no moment.
pub fn as_of(chosen: &Chosen) -> Result<Option<Timestamp>, Error> {
    let read = |text: &String| {
        let message = "this is no moment; send the `asOf` of the page on which they were chosen";
        clock::read(text).ok_or_else(|| Error::field("asOf", message))
    };
    chosen.as_of.as_ref().map(read).transpose()
}

/// 1 for a row that came or was changed after that moment. Moments are whole seconds: what happened within
/// the same one counts as seen, because the sender's own last change often did.
fn late(table: &Table, scope: &mut Scope, at: Timestamp) -> Result<String, Error> {
    if table.changed.is_empty() {
        return Err(Error::field(
            "asOf",
            "this list does not tell when its rows changed",
        ));
    }
    let n = scope.bind(at);
    let after: Vec<String> = table
        .changed
        .iter()
        .map(|moment| format!("{} > ${n}", now_in(moment)))
        .collect();
    Ok(format!("CASE WHEN {} THEN 1 ELSE 0 END", after.join(" OR ")))
}

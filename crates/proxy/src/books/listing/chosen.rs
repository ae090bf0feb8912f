//! Which rows a change of many means.

use std::collections::BTreeSet;

use domain::export::Chosen;
use sqlx::{AssertSqlSafe, Row};

use super::super::Tx;
use super::{Scope, Table, bind_all, narrow};
use crate::controllers::listing::read_text;
use crate::problem::Error;

/// The ids of the rows that are chosen, in the order of the ids, as [`Table::id`] gives them.
///
/// # Errors
/// Nothing is chosen, too many ids are, or there are more or fewer rows than the sender saw.
pub async fn chosen(
    tx: &mut Tx,
    table: &Table,
    mut scope: Scope,
    chosen: &Chosen,
) -> Result<Vec<String>, Error> {
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
    let sql = format!(
        "{}SELECT {} AS chosen FROM {} WHERE {}",
        scope.with, table.id, table.from, scope.condition
    );
    let rows = bind_all(sqlx::query(AssertSqlSafe(sql)), &scope.binds)
        .fetch_all(&mut **tx)
        .await?;
    let found = rows.len() as u64;
    if found != meant {
        return Err(Error::SelectionChanged { meant, found });
    }
    let mut ids: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("chosen"))
        .collect::<Result<_, _>>()?;
    ids.sort_unstable();
    Ok(ids)
}

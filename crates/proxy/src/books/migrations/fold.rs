//! Folded columns of rows that were there before the column: no engine folds as the portal does.

use sqlx::{Any, AssertSqlSafe, Row, Transaction};

/// A table, and its columns with their folded ones.
pub type Fold = (&'static str, &'static [(&'static str, &'static str)]);

/// How many rows are in hand at once.
const BATCH: usize = 1_000;

/// Fills the folded columns of all rows.
pub async fn fill(
    tx: &mut Transaction<'static, Any>,
    (table, columns): &Fold,
    fold: fn(&str) -> String,
) -> sqlx::Result<()> {
    let raw: Vec<&str> = columns.iter().map(|(raw, _)| *raw).collect();
    let set: Vec<String> = (2..)
        .zip(*columns)
        .map(|(n, (_, folded))| format!("{folded} = ${n}"))
        .collect();
    let select = format!(
        "SELECT id, {} FROM {table} WHERE id > $1 ORDER BY id LIMIT {BATCH}",
        raw.join(", ")
    );
    let update = format!("UPDATE {table} SET {} WHERE id = $1", set.join(", "));
    let mut last = String::new();
    loop {
        let rows = sqlx::query(AssertSqlSafe(select.clone()))
            .bind(&last)
            .fetch_all(&mut **tx)
            .await?;
        for row in &rows {
            last = row.try_get("id")?;
            let mut statement = sqlx::query(AssertSqlSafe(update.clone())).bind(&last);
            for (raw, _) in *columns {
                let text: Option<String> = row.try_get(*raw)?;
                statement = statement.bind(fold(&text.unwrap_or_default()));
            }
            statement.execute(&mut **tx).await?;
        }
        if rows.len() < BATCH {
            return Ok(());
        }
    }
}

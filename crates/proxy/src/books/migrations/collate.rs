//! PostgreSQL orders texts as the database's language does; SQLite and lists in memory order them by their
//! bytes. Folded texts and keys are made to be ordered so, and a list is to look the same on both.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Row};

use sqlx::{Any, Transaction};

/// Has PostgreSQL order all texts of the tables that those files make by their bytes, and their indexes with
/// them. What is ordered so already is left alone.
pub async fn by_bytes(
    tx: &mut Transaction<'static, Any>,
    files: impl Iterator<Item = &'static str>,
) -> sqlx::Result<()> {
    let tables: Vec<String> = files.flat_map(made).map(|table| format!("'{table}'")).collect();
    let sql = format!(
        "SELECT CAST(table_name AS TEXT) AS own, CAST(column_name AS TEXT) AS text FROM information_schema.columns \
         WHERE table_schema = CURRENT_SCHEMA() AND table_name IN ({}) AND data_type = 'text' \
         AND COALESCE(collation_name, '') <> 'C'",
        tables.join(", ")
    );
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut **tx).await? {
        let (table, text): (String, String) = (row.try_get("own")?, row.try_get("text")?);
        let change = format!("ALTER COLUMN {text} TYPE TEXT COLLATE \"C\"");
        texts.entry(table).or_default().push(change);
    }
    for (table, changes) in texts {
        let sql = format!("ALTER TABLE {table} {}", changes.join(", "));
        sqlx::query(AssertSqlSafe(sql)).execute(&mut **tx).await?;
    }
    Ok(())
}

/// The tables that a file makes.
fn made(sql: &str) -> impl Iterator<Item = &str> {
    let lines = sql.lines().filter_map(|line| line.strip_prefix("CREATE TABLE "));
    lines.filter_map(|line| line.split([' ', '(']).next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_known_by_the_files_that_make_them() {
        let sql = "CREATE TABLE a (\n    id TEXT\n);\nCREATE INDEX b ON a (id);\nCREATE TABLE c(id TEXT)";
        assert_eq!(made(sql).collect::<Vec<_>>(), ["a", "c"]);
    }
}

//! Many rows with few statements.

use sqlx::AssertSqlSafe;

use super::{Engine, Tx};

/// A value of a row.
#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    Number(i64),
    Nothing,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(super::listing::bound(number))
    }
}

/// The most values of one statement; SQLite takes 32,766.
const MAX_VALUES: usize = 16_000;

/// Writes rows of the same width. `into` is what stands before `VALUES`, `then` what stands behind.
pub async fn insert(tx: &mut Tx, into: &str, rows: &[Vec<Value>], then: &str) -> sqlx::Result<()> {
    let engine = Engine::behind(tx);
    let width = rows.first().map_or(1, Vec::len).max(1);
    for rows in rows.chunks(MAX_VALUES / width) {
        let mut sql = format!("{into} VALUES ");
        for row in 0..rows.len() {
            let marks: Vec<String> = (1..=width).map(|n| engine.placeholder(row * width + n)).collect();
            let comma = if row == 0 { "" } else { "," };
            sql.push_str(&format!("{comma}({})", marks.join(",")));
        }
        sql.push(' ');
        sql.push_str(then);
        let mut statement = sqlx::query(AssertSqlSafe(sql)).persistent(false);
        for value in rows.iter().flatten() {
            statement = match value {
                Value::Text(text) => statement.bind(text.clone()),
                Value::Number(number) => statement.bind(*number),
                Value::Nothing => statement.bind(None::<String>),
            };
        }
        statement.execute(&mut **tx).await?;
    }
    Ok(())
}

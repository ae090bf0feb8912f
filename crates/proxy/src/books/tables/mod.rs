//! What is kept of the tables on screen: which columns a person sees, and named views.

mod views;

pub use views::{create, delete, update};

use domain::limits::{MAX_COLUMN_KEY, MAX_COLUMNS};
use domain::views::{ChosenColumns, TableSettings, TableSettingsInput};
use sqlx::Row;

use super::Tx;
use super::listing::flag;
use crate::problem::Error;

/// What is kept of a table for a person; without one, what there is for everyone.
pub async fn get(tx: &mut Tx, person: Option<&str>, list: &str) -> Result<TableSettings, Error> {
    let person = person.unwrap_or_default();
    let row = sqlx::query(
        "SELECT columns, compact, default_view FROM table_settings WHERE person = $1 AND list = $2",
    )
    .bind(person)
    .bind(list)
    .fetch_optional(&mut **tx)
    .await?;
    let views = views::all(tx, person, list).await?;
    let Some(row) = row else {
        return Ok(TableSettings {
            views,
            ..TableSettings::default()
        });
    };
    Ok(TableSettings {
        columns: serde_json::from_str(row.try_get("columns")?).ok(),
        compact: flag(&row, "compact")?,
        default_view: row.try_get("default_view")?,
        views,
    })
}

/// Which settings a change names; the others stay.
pub struct Named {
    pub columns: bool,
    pub compact: bool,
    pub default_view: bool,
}

/// Changes what a person chose for a table.
pub async fn put(
    tx: &mut Tx,
    person: &str,
    list: &str,
    input: TableSettingsInput,
    named: Named,
) -> Result<TableSettings, Error> {
    let mut settings = get(tx, Some(person), list).await?;
    tx.silently("what a person sees of a table concerns nobody else");
    if named.columns {
        input.columns.as_ref().map(check).transpose()?;
        settings.columns = input.columns;
    }
    if named.compact {
        settings.compact = input.compact;
    }
    if named.default_view {
        let known = |id: &String| settings.views.iter().any(|view| view.id == *id);
        if !input.default_view.as_ref().is_none_or(known) {
            return Err(Error::field("defaultView", "there is no such view of this table"));
        }
        settings.default_view = input.default_view;
    }
    let columns = settings.columns.as_ref().map(serde_json::to_string).transpose();
    sqlx::query(
        "INSERT INTO table_settings (person, list, columns, compact, default_view) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (person, list) DO UPDATE SET columns = $3, compact = $4, default_view = $5",
    )
    .bind(person)
    .bind(list)
    .bind(
        columns
            .map_err(|error| Error::Internal(error.to_string()))?
            .unwrap_or_default(),
    )
    .bind(i64::from(settings.compact))
    .bind(settings.default_view.as_deref())
    .execute(&mut **tx)
    .await?;
    Ok(settings)
}

/// Keys that no column has are taken: a column may come back.
fn check(columns: &ChosenColumns) -> Result<(), Error> {
    if columns.shown.is_empty() {
        return Err(Error::field("columns.shown", "a table shows one column or more"));
    }
    for (field, keys) in [
        ("columns.shown", &columns.shown),
        ("columns.known", &columns.known),
    ] {
        if keys.len() > MAX_COLUMNS {
            return Err(Error::field(field, format!("at most {MAX_COLUMNS} columns")));
        }
        let fits =
            |key: &String| key.len() <= MAX_COLUMN_KEY && key.bytes().all(|b| b.is_ascii_alphanumeric());
        if !keys.iter().all(fits) {
            let said = format!("keys of columns are at most {MAX_COLUMN_KEY} letters and digits");
            return Err(Error::field(field, said));
        }
    }
    Ok(())
}

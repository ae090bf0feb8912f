//! What *Finalise import* will do, worked out by the statements' own joins.

use domain::imports::{Import, ImportPreview, ImportState};
use domain::listing::ListQuery;
use domain::privacy::Visibility;
use sqlx::AssertSqlSafe;

use super::super::listing::{Source, number};
use super::super::{Tx, authorization};
use super::{Removed, get, staged};
use crate::clock;
use crate::problem::Error;

/// How many of the entries that go are named at once.
const SAMPLE: u32 = 20;

/// What finalising will do, with or without *Clear charge token list before importing*.
pub async fn preview(tx: &mut Tx, location_id: &str, id: &str, clear: bool) -> Result<ImportPreview, Error> {
    let import = get(tx, location_id, id).await?;
    if import.state != ImportState::Staged {
        return Err(Error::ImportState("Only a staged import has a preview.".into()));
    }
    let list = authorization::summary(tx, location_id).await?;
    let counts = count(tx, &import).await?;
    let clears = clear && import.ids > 0;
    let gone = if clears {
        list.tokens.saturating_sub(counts.already_listed)
    } else {
        0
    };
    let removed_sample = if gone > 0 {
        let query = ListQuery {
            page_size: SAMPLE,
            ..ListQuery::default()
        };
        let gone = Removed::rows(tx, (location_id.to_owned(), id.to_owned())).await?;
        gone.page(tx, &query).await?.items
    } else {
        Vec::new()
    };
    let entries_after = list.customers + list.tokens - gone + counts.added;
    Ok(ImportPreview {
        ids: import.ids,
        added: counts.added,
        already_listed: counts.already_listed,
        known: counts.known,
        external: counts.added - counts.known,
        refused_though_listed: counts.refused,
        removed: gone,
        removed_sample,
        visibility_before: list.visibility,
        visibility_after: Visibility::of(list.published && entries_after == 0, entries_after),
        version: list.version,
    })
}

struct Counts {
    added: u64,
    already_listed: u64,
    known: u64,
    refused: u64,
}

async fn count(tx: &mut Tx, import: &Import) -> Result<Counts, Error> {
    let staged = staged::of(import.kind);
    let sum = |condition: &str| {
        format!("CAST(COALESCE(SUM(CASE WHEN e.key IS NULL AND {condition} THEN 1 ELSE 0 END), 0) AS BIGINT)")
    };
    let sql = format!(
        "SELECT COUNT(*) AS ids, COUNT(e.key) AS listed, {} AS known, {} AS refused FROM import_rows r {} \
         LEFT JOIN authorization_tokens e ON e.location_id = $1 AND e.kind = {} AND e.key = {} \
         WHERE r.import_id = $2",
        sum("t.id IS NOT NULL"),
        sum("(t.valid = 0 OR t.expires <= $3)"),
        staged.join_token,
        staged.kind,
        staged.key,
    );
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(&import.location_id)
        .bind(&import.id)
        .bind(clock::now())
        .fetch_one(&mut **tx)
        .await?;
    let already_listed = number(&row, "listed")?;
    Ok(Counts {
        added: number(&row, "ids")?.saturating_sub(already_listed),
        already_listed,
        known: number(&row, "known")?,
        refused: number(&row, "refused")?,
    })
}

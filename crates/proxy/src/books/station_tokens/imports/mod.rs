//! Imports of station tokens: a file is read, judged and staged; finalised, it is taken over in one
//! transaction. Until then nothing has changed.

mod cells;
mod csv;
mod dates;
mod evses;
mod finalise;
mod judge;
mod sheet;
mod workbook;

pub use finalise::{discard, finalise};

use domain::organizations::Organization;
use domain::station_tokens::{ImportPreview, RowChange, RowProblem, StationToken};
use sqlx::{AssertSqlSafe, Row as _};
use tokio::sync::Semaphore;

use super::super::batch::{self, Value};
use super::super::imports::STAGED;
use super::super::{Books, Tx, ids, organizations, text};
use super::{all_of, entered, key};
use crate::clock;
use crate::problem::Error;
use judge::{Candidate, Known};
use sheet::Sheet;

/// The largest file, in bytes.
pub const MAX_FILE: usize = 20 * 1024 * 1024;
/// How long a staged import waits to be finalised, in hours.
const KEPT_HOURS: i64 = 24;
/// How many problems, changed tokens and new tokens a preview shows.
const PROBLEMS: usize = 100;
const CHANGES: usize = 100;
const SAMPLE: usize = 10;

/// One file at a time is read: a large one takes some hundred megabytes.
static READING: Semaphore = Semaphore::const_new(1);

/// Reads a CSV or XLSX file and stages what it says.
pub async fn stage(books: &Books, bytes: Vec<u8>) -> Result<ImportPreview, Error> {
    let _turn = READING
        .acquire()
        .await
        .map_err(|e| Error::Internal(e.to_string()))?;
    let sheet = blocking(move || read(&bytes)).await?;
    let rows = sheet.rows.len() as u64;
    let mut known = Known::default();
    let mut tx = books.read().await?;
    let caller = tx.caller();
    known.limited = caller.organizations.is_some();
    for organization in organizations::all(&mut tx).await? {
        known.add(organization);
    }
    let keys: Vec<String> = sheet
        .rows
        .iter()
        .filter_map(|row| Some(key(row.cell("tokenSn")?.as_deref().ok()?)))
        .collect();
    for mut token in all_of(&mut tx, "t.token_sn_fold", &keys).await? {
        if !caller.reaches(&organizations::key(&token.org_id)) {
            (token.ours, token.org_name) = (false, "another organization".into());
        }
        known.tokens.insert(key(&token.token_sn), token);
    }
    let now = clock::now();
    let (candidates, mut problems) = blocking(move || judge::all(sheet.rows, &mut known, &now)).await?;
    let claimed: Vec<String> = candidates.iter().filter_map(Candidate::claims).collect();
    let mut holders = all_of(&mut tx, "t.status = 'active' AND t.evse_id_fold", &claimed).await?;
    for holder in &mut holders {
        if !caller.reaches(&organizations::key(&holder.org_id)) {
            holder.token_sn = "Another organization's token".into();
        }
    }
    let owners = super::super::evses::owners(&mut tx, &claimed).await?;
    drop(tx);
    let mut candidates = candidates;
    problems.extend(evses::of_others(&mut candidates, &owners));
    problems.extend(evses::settle(&mut candidates, holders));

    let taken = candidates.len() as u64;
    let is_changed = |one: &Candidate| one.before.as_ref() != Some(&one.after);
    candidates.retain(is_changed);
    let new = candidates.iter().filter(|one| one.before.is_none()).count() as u64;
    let preview = ImportPreview {
        id: ids::new("sti")?,
        rows,
        new,
        changed: candidates.len() as u64 - new,
        unchanged: taken - candidates.len() as u64,
        bad: rows - taken,
        problems: first(problems),
        unknown_columns: sheet.unknown,
        sample: candidates
            .iter()
            .filter(|one| one.before.is_none())
            .take(SAMPLE)
            .map(|one| one.after.clone())
            .collect(),
        changes: candidates.iter().filter_map(change).take(CHANGES).collect(),
    };
    let mut tx = books.write().await?;
    tx.silently(STAGED);
    sweep(&mut tx).await?;
    keep(&mut tx, &preview, candidates).await?;
    tx.commit().await?;
    Ok(preview)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::Internal(error.to_string()))?
}

fn read(bytes: &[u8]) -> Result<Sheet, Error> {
    if bytes.starts_with(b"PK") {
        workbook::read(bytes)
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        Err(sheet::unreadable(
            "it is an old workbook (.xls) or one with a password; save it as .xlsx without",
        ))
    } else {
        csv::read(bytes)
    }
}

/// The first problems, by row.
fn first(mut problems: Vec<RowProblem>) -> Vec<RowProblem> {
    problems.sort_by_key(|problem| problem.row);
    problems.truncate(PROBLEMS);
    problems
}

/// What a row changes of a token that the books know.
fn change(one: &Candidate) -> Option<RowChange> {
    let before = one.before.as_ref()?;
    Some(RowChange {
        row: one.row,
        token_sn: before.token_sn.clone(),
        detail: entered::difference(before, &one.after),
    })
}

async fn keep(tx: &mut Tx, preview: &ImportPreview, candidates: Vec<Candidate>) -> Result<(), Error> {
    let account = tx.caller().account().unwrap_or_default().to_owned();
    sqlx::query(
        "INSERT INTO station_token_imports (id, preview, done, created_at, account_id) VALUES ($1, $2, '', $3, $4)",
    )
        .bind(&preview.id)
        .bind(json(preview)?)
        .bind(clock::now())
        .bind(account)
        .execute(&mut **tx)
        .await?;
    let into =
        "INSERT INTO station_token_import_rows (import_id, seq, token_id, token_sn_fold, was, evse, token)";
    // In pieces, so that not all of it stands in memory twice.
    for (piece, candidates) in candidates.chunks(1_000).enumerate() {
        let row = |(at, one): (usize, &Candidate)| -> Result<Vec<Value>, Error> {
            Ok(vec![
                preview.id.as_str().into(),
                (piece as u64 * 1_000 + at as u64).into(),
                one.after.id.as_str().into(),
                text::fold(&one.after.token_sn).into(),
                one.before.as_ref().map_or(0, |before| before.version).into(),
                one.claims().unwrap_or_default().into(),
                json(&one.after)?.into(),
            ])
        };
        let rows = candidates
            .iter()
            .enumerate()
            .map(row)
            .collect::<Result<Vec<_>, _>>()?;
        batch::insert(tx, into, &rows, "").await?;
    }
    Ok(())
}

/// An import that is still kept, and that the caller may know of.
const KEPT: &str =
    "FROM station_token_imports WHERE id = $1 AND created_at >= $2 AND ($3 = '' OR account_id = $3)";

/// Whose imports the caller may know of: limited to organizations, their own only; empty: everybody's.
fn by(tx: &Tx) -> String {
    let caller = tx.caller();
    let own = caller.account().filter(|_| caller.organizations.is_some());
    own.unwrap_or_default().to_owned()
}

/// What a staged file holds, once more.
pub async fn get(tx: &mut Tx, id: &str) -> Result<ImportPreview, Error> {
    let row = sqlx::query(AssertSqlSafe(format!("SELECT preview {KEPT}")))
        .bind(id)
        .bind(clock::hours_ago(KEPT_HOURS))
        .bind(by(tx))
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("import"))?;
    parse(row.try_get("preview")?)
}

/// Forgets imports that waited too long.
async fn sweep(tx: &mut Tx) -> Result<(), Error> {
    sqlx::query("DELETE FROM station_token_imports WHERE created_at < $1")
        .bind(clock::hours_ago(KEPT_HOURS))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

fn json(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string()))
}

fn parse<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|error| Error::Internal(error.to_string()))
}

/// The organizations of tokens, each once, as ones that are not ours unless they are known.
fn organizations_of(tokens: &[StationToken]) -> Vec<Organization> {
    let mut all: Vec<Organization> = Vec::new();
    for token in tokens.iter().filter(|token| !token.ours) {
        if !all.iter().any(|known| known.id == token.org_id) {
            all.push(Organization {
                id: token.org_id.clone(),
                name: token.org_name.clone(),
                ours: false,
            });
        }
    }
    all
}

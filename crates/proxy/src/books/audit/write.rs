//! Lines with their numbers and hashes, in the transaction that they tell of.

use std::collections::HashMap;

use domain::audit::{ACTIONS, RESOURCES, summary};
use sqlx::{AssertSqlSafe, Row};

use super::super::batch::{self, Value};
use super::super::records::{self, BATCH};
use super::super::{Tx, ids, listing, text};
use super::lines::word;
use super::noted::Noted;
use crate::clock;
use crate::middleware::keyed::digest;

/// What a line is, in the order of its columns, without number and hash.
pub(super) const FIELDS: [&str; 12] = [
    "at",
    "who",
    "account_id",
    "action",
    "resource",
    "record_id",
    "record",
    "organization",
    "changes",
    "address",
    "request",
    "batch",
];

/// Texts by which lines are found, in the order of [`folds`].
pub(super) const FOLDS: [&str; 4] = ["who_fold", "kind_fold", "record_fold", "changes_fold"];

/// A line's hash: over the one before, its number and all its fields. JSON keeps the fields apart.
pub(super) fn hash(before: &str, id: i64, fields: &[String; 12]) -> String {
    let line = serde_json::to_vec(&(before, id, fields)).unwrap_or_default();
    digest(&line)
}

/// [`FOLDS`] of a line.
pub(super) fn folds(fields: &[String; 12]) -> [String; 4] {
    let changes: Vec<_> = serde_json::from_str(&fields[8]).unwrap_or_default();
    [
        text::fold(&fields[1]),
        text::fold(word(&fields[4])),
        text::fold(&fields[6]),
        text::fold(&summary(&changes)),
    ]
}

/// Writes lines. From here to the transaction's end nobody else adds any: their row is the last that a
/// transaction locks, so that none waits for another in a ring. Gives the last one's number.
pub async fn write(tx: &mut Tx, mut noted: Vec<Noted>, mut batch: String) -> sqlx::Result<i64> {
    resolve(tx, &mut noted).await?;
    if batch.is_empty() && noted.len() > 1 {
        batch = ids::new("bat").map_err(|error| sqlx::Error::Protocol(error.to_string()))?;
    }
    let count = listing::bound(noted.len() as u64);
    let head = sqlx::query("UPDATE audit_head SET id = id + $1 WHERE one = 1 RETURNING id, hash")
        .bind(count)
        .fetch_one(&mut **tx)
        .await?;
    let end: i64 = head.try_get("id")?;
    let first = end - count + 1;
    let mut last: String = head.try_get("hash")?;
    let (now, caller) = (clock::now(), tx.caller());
    let mut rows = Vec::with_capacity(noted.len());
    for (id, noted) in (first..).zip(noted) {
        debug_assert!(ACTIONS.contains(&noted.what), "{}", noted.what);
        debug_assert!(
            RESOURCES.iter().any(|known| known.name == noted.resource),
            "{}",
            noted.resource
        );
        let (who, account) = noted.by.unwrap_or_else(|| {
            let name = if caller.name.is_empty() {
                "Nobody who is known"
            } else {
                &caller.name
            };
            (name.to_owned(), caller.account().unwrap_or_default().to_owned())
        });
        let changes = serde_json::to_string(&noted.changes)
            .map_err(|error| sqlx::Error::Protocol(error.to_string()))?;
        let fields = [
            now.clone(),
            who,
            account,
            noted.what.to_owned(),
            noted.resource.to_owned(),
            noted.record_id,
            noted.record,
            noted.organization,
            changes,
            caller.address(),
            caller.request().to_owned(),
            batch.clone(),
        ];
        last = hash(&last, id, &fields);
        let folds = folds(&fields);
        let mut row = vec![Value::Number(id), last.as_str().into()];
        row.extend(fields.into_iter().chain(folds).map(Value::from));
        rows.push(row);
    }
    let into = format!(
        "INSERT INTO audit (id, hash, {}, {})",
        FIELDS.join(", "),
        FOLDS.join(", ")
    );
    batch::insert(tx, &into, &rows, "").await?;
    sqlx::query("UPDATE audit_head SET hash = $1 WHERE one = 1")
        .bind(last)
        .execute(&mut **tx)
        .await?;
    Ok(end)
}

/// Organizations of locations and requests, which stand in other tables.
async fn resolve(tx: &mut Tx, noted: &mut [Noted]) -> sqlx::Result<()> {
    for (resource, sql) in [
        (
            "locations",
            "SELECT l.id, l.org_key AS organization FROM locations l WHERE l.id IN",
        ),
        (
            "driver_requests",
            "SELECT r.id, n.org_id_fold AS organization FROM driver_requests r \
             JOIN connections n ON n.id = r.connection_id WHERE r.id IN",
        ),
    ] {
        let own = |one: &&mut Noted| one.resource == resource && one.organization.is_empty();
        let mut ids: Vec<String> = noted
            .iter_mut()
            .filter(own)
            .map(|one| one.record_id.clone())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut found: HashMap<String, String> = HashMap::new();
        for ids in ids.chunks(BATCH) {
            let sql = format!("{sql} ({})", records::placeholders(1, ids.len()));
            let query = records::bind(sqlx::query(AssertSqlSafe(sql)).persistent(false), ids);
            for row in query.fetch_all(&mut **tx).await? {
                found.insert(row.try_get("id")?, row.try_get("organization")?);
            }
        }
        for one in noted.iter_mut().filter(own) {
            one.organization = found.get(&one.record_id).cloned().unwrap_or_default();
        }
    }
    Ok(())
}

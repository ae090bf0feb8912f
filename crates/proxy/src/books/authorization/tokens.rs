//! The charge tokens on a list. An entry is a key; what the portal knows of the token of that key is
//! looked up when the list is read, so that an external id becomes known when its token is made.

use domain::authorization::{AddTokens, ListChange, RemoveEntries, TokenEntry, TokenRef};
use domain::column::Listed;
use domain::identifiers::{IdKind, auth_key, judge};
use domain::problem::FieldError;
use domain::tokens::{CustomerRef, Token, TokenState, TokenType};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::super::listing::{self, Bind, Column, Rows, Scope, Source, Table, bind_all, flag};
use super::super::partners::shown::own_admit;
use super::super::{Tx, ids, locations, records};
use super::edit::NAMED;
use super::{BATCH, Edit, LIST_CHANGED, Left, List, check_count, distinct};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

const STATE: &str = "CASE WHEN t.id IS NULL THEN 'external' WHEN t.valid = 0 THEN 'blocked' \
    WHEN t.expires <= {now} THEN 'expired' ELSE 'valid' END";

/// Whether apps are told that it admits its driver: by the UID of a card, or by what is printed on it together with
/// who issued it (OCPI's PublishTokenType, which has no contract id). As `partners::shown::admitted` tells partners
/// of tokens of the portal's and of theirs, and as `ask::visible` shows a location to who names a card.
macro_rules! in_apps {
    () => {
        concat!(
            "CASE WHEN (t.valid = 1 AND (t.expires IS NULL OR t.expires > {now}) \
             AND (COALESCE(t.chip_key, '') <> '' OR (COALESCE(t.visual_id, '') <> '' AND t.issuer <> ''))) \
             OR (e.kind = 0 AND EXISTS (SELECT 1 FROM partner_tokens p JOIN partners r ON r.id = p.partner_id \
             AND r.status = 'Registered' WHERE p.auth_key = e.key AND p.auth_key <> '' AND p.valid = 1 AND ",
            own_admit!(),
            ")) OR (e.kind = 1 AND NOT EXISTS (SELECT 1 FROM partner_tokens p JOIN partners r \
             ON r.id = p.partner_id AND r.status <> 'Ended' WHERE p.chip_key = e.key AND p.chip_key <> '' \
             AND NOT (p.valid = 1 AND ",
            own_admit!(),
            "))) THEN 'yes' ELSE 'no' END"
        )
    };
}

/// A token that expires is another one from then on.
const EXPIRED: &str = "CASE WHEN t.expires <= {now} THEN t.expires END";

/// [`ids::entry`] without its escapes.
pub(super) const ENTRY: &str = "(CASE e.kind WHEN 1 THEN 'c-' ELSE 'a-' END || e.key)";

pub(in super::super) const TABLE: Table = Table {
    select: concat!(
        "e.kind, e.key, e.id AS entry, e.import_id, e.added_at, t.id, t.auth_id, t.chip_id, t.visual_id, \
         t.valid, t.expires, t.customer_id, c.external_id, c.name, ",
        in_apps!(),
        " AS in_apps"
    ),
    from: "authorization_tokens e LEFT JOIN tokens t ON e.kind = 0 AND t.auth_key = e.key \
           LEFT JOIN customers c ON c.id = t.customer_id",
    heads: TokenEntry::HEADS,
    columns: &[
        Column::text("id", "e.key")
            .order(&["e.kind", "e.key"])
            .within("e.kind IN (0, 1)"),
        Column::text("chipId", "t.chip_key").order(&["COALESCE(t.chip_key, '')"]),
        Column::text("visualId", "t.visual_id_fold").order(&["COALESCE(t.visual_id_fold, '')"]),
        Column::text("customer", "c.name_fold").order(&["COALESCE(c.name_fold, '')"]),
        Column::text("state", STATE),
        Column::text("inApps", in_apps!()),
        Column::text("addedAt", "e.added_at"),
    ],
    search: &["LOWER(e.id)", "LOWER(e.key)", "t.search", "c.name_fold"],
    order: "e.kind",
    tie: "e.kind, e.key",
    id: ENTRY,
    key: plain,
    org: "",
    changed: &["e.added_at", "t.updated_at", "c.updated_at", EXPIRED],
};

/// [`ENTRY`] of an entry's id.
pub(super) fn plain(entry_id: &str) -> String {
    let prefix = entry_id.get(..2).unwrap_or_default();
    ids::entry_key(entry_id).map_or_else(String::new, |(_, key)| format!("{prefix}{key}"))
}

/// The kind and key of [`ENTRY`].
pub(super) fn key_of(entry: &str) -> Option<(i64, String)> {
    let (prefix, key) = entry.split_at_checked(2)?;
    Some((i64::from(prefix == "c-"), key.to_owned()))
}

/// The charge tokens on a list.
pub struct OnList;

impl Source for OnList {
    type Row = TokenEntry;
    type Path = String;

    async fn rows(tx: &mut Tx, location_id: String) -> Result<Rows<TokenEntry>, Error> {
        let location = locations::get(tx, &location_id).await?;
        let scope = Scope::of("e.location_id = $1", [location_id.into()]).counted(location.tokens);
        let now = clock::now();
        Ok(Rows::new(&TABLE, scope, move |row| read(row, &now)))
    }
}

fn read(row: &AnyRow, now: &str) -> Result<TokenEntry, sqlx::Error> {
    let Entry {
        entry_id,
        kind,
        id,
        token,
    } = entry(row, now)?;
    Ok(TokenEntry {
        entry_id,
        kind,
        id,
        token,
        in_apps: row.try_get::<String, _>("in_apps")? == "yes",
        added_at: row.try_get("added_at")?,
        import_id: row.try_get("import_id")?,
    })
}

/// What rows of a list and of what was refused have alike.
pub(super) struct Entry {
    pub entry_id: String,
    pub kind: IdKind,
    /// The token's Auth ID; of one that the portal does not know, the id as it was shown.
    pub id: String,
    pub token: Option<TokenRef>,
}

/// Reads `kind, key, entry` and, where the portal knows the token, what [`token_ref`] reads.
pub(super) fn entry(row: &AnyRow, now: &str) -> Result<Entry, sqlx::Error> {
    let (kind, key): (i64, String) = (row.try_get("kind")?, row.try_get("key")?);
    let token_id: Option<String> = row.try_get("id")?;
    let token = token_id.map(|_| token_ref(row, now)).transpose()?;
    Ok(Entry {
        entry_id: ids::entry(kind, &key),
        kind: ids::kind_of(kind),
        id: match &token {
            Some(token) => token.auth_id.clone(),
            None => row.try_get("entry")?,
        },
        token,
    })
}

/// Reads `id, auth_id, chip_id, visual_id, valid, expires, customer_id, external_id, name`.
pub fn token_ref(row: &AnyRow, now: &str) -> Result<TokenRef, sqlx::Error> {
    let customer_id: Option<String> = row.try_get("customer_id")?;
    let customer = match customer_id {
        Some(id) => Some(CustomerRef {
            id,
            external_id: row.try_get("external_id")?,
            name: row.try_get("name")?,
        }),
        None => None,
    };
    let expires: Option<String> = row.try_get("expires")?;
    Ok(TokenRef {
        id: row.try_get("id")?,
        auth_id: row.try_get("auth_id")?,
        chip_id: row.try_get("chip_id")?,
        visual_id: row.try_get("visual_id")?,
        customer,
        state: TokenState::of(flag(row, "valid")?, expires.as_deref(), now),
    })
}

/// What is told of a token where it is not its own record.
pub fn ref_of(token: Token, now: &str) -> TokenRef {
    let state = token.state(now);
    TokenRef {
        id: token.id,
        auth_id: token.auth_id,
        chip_id: token.chip_id,
        visual_id: token.visual_id,
        customer: token.customer,
        state,
    }
}

/// Puts tokens on a list: the portal's own by id, and Auth IDs and Chip IDs as typed. A Chip ID that cards of the
/// portal have means these cards.
pub async fn add(
    tx: &mut Tx,
    location_id: &str,
    version: IfMatch,
    which: &AddTokens,
) -> Result<ListChange, Error> {
    check_count(which.token_ids.len() + which.auth_ids.len() + which.chip_ids.len())?;
    let (typed, chips) = judge_all(which)?;
    let list = List::take(tx, location_id, version).await?;
    let mut wanted: Vec<Wanted> = Vec::new();
    for (at, id) in which.token_ids.iter().enumerate() {
        let row = sqlx::query("SELECT auth_key, auth_id FROM tokens WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut **tx);
        let Some(row) = row.await? else {
            return Err(Error::field(
                format!("tokenIds[{at}]"),
                "there is no such charge token",
            ));
        };
        wanted.push((IdKind::AuthId, row.try_get("auth_key")?, row.try_get("auth_id")?));
    }
    wanted.extend(typed);
    for chip in chips {
        let tokens = super::super::tokens::by_key(tx, IdKind::ChipId, &chip.1).await?;
        // Its Chip ID is that of a card, whatever else has it.
        let cards = tokens
            .into_iter()
            .filter(|token| token.token_type == TokenType::Rfid);
        let own = |token: Token| (IdKind::AuthId, auth_key(&token.auth_id), token.auth_id);
        let own: Vec<Wanted> = cards.map(own).collect();
        match own.is_empty() {
            true => wanted.push(chip),
            false => wanted.extend(own),
        }
    }
    let mut seen = std::collections::HashSet::new();
    wanted.retain(|(kind, key, _)| seen.insert((*kind, key.clone())));
    let mut added = Vec::new();
    for entry in &wanted {
        if insert(tx, location_id, entry).await? > 0 {
            added.push(entry.2.clone());
        }
    }
    let edit = Edit::new(LIST_CHANGED).added(&added, added.len() as u64);
    let added = added.len() as u64;
    let left = Left {
        customers: list.state.customers,
        tokens: list.state.tokens + added,
    };
    let closed = list.close(tx, left, added > 0, edit, false).await?;
    Ok(closed.change(added, wanted.len() as u64 - added, 0))
}

/// An entry to come: its kind, its key, and the id as it is spelt.
type Wanted = (IdKind, String, String);

/// The typed Auth IDs and Chip IDs.
fn judge_all(which: &AddTokens) -> Result<(Vec<Wanted>, Vec<Wanted>), Error> {
    let mut errors = Vec::new();
    let mut judged = |kind, field: &str, typed: &[String]| {
        let mut good = Vec::new();
        for (at, text) in typed.iter().enumerate() {
            match judge(kind, text) {
                Ok(id) => good.push((kind, id.key, id.display)),
                Err(code) => errors.push(FieldError {
                    field: format!("{field}[{at}]"),
                    message: code.message(),
                }),
            }
        }
        good
    };
    let good = (
        judged(IdKind::AuthId, "authIds", &which.auth_ids),
        judged(IdKind::ChipId, "chipIds", &which.chip_ids),
    );
    let detail = match errors.as_slice() {
        [] => return Ok(good),
        [only] => only.message.clone(),
        all => format!("{} ids are not valid. Nothing was added.", all.len()),
    };
    Err(Error::Invalid { detail, errors })
}

async fn insert(tx: &mut Tx, location_id: &str, (kind, key, id): &Wanted) -> Result<u64, Error> {
    let done = sqlx::query(
        "INSERT INTO authorization_tokens (location_id, kind, key, id, added_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    )
    .bind(location_id)
    .bind(ids::kind_number(*kind))
    .bind(key)
    .bind(id)
    .bind(clock::now())
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// Takes tokens off a list.
pub async fn remove(
    tx: &mut Tx,
    location_id: &str,
    version: IfMatch,
    which: &RemoveEntries,
) -> Result<ListChange, Error> {
    let list = List::take(tx, location_id, version).await?;
    let mut entries: Vec<(i64, String)> = distinct(&which.entry_ids)
        .into_iter()
        .filter_map(ids::entry_key)
        .collect();
    if let Some(chosen) = &which.chosen {
        let scope = Scope::of("e.location_id = $1", [location_id.into()]);
        let found = listing::chosen(tx, &TABLE, scope, chosen).await?;
        entries.extend(found.iter().filter_map(|id| key_of(id)));
    }
    let (mut removed, mut names) = (0, Vec::new());
    if which.all {
        let first = sqlx::query(AssertSqlSafe(format!(
            "SELECT id FROM authorization_tokens WHERE location_id = $1 ORDER BY kind, key LIMIT {NAMED}"
        )));
        for row in first.bind(location_id).fetch_all(&mut **tx).await? {
            names.push(row.try_get("id")?);
        }
        let sql = "DELETE FROM authorization_tokens WHERE location_id = $1";
        removed = sqlx::query(sql)
            .bind(location_id)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    }
    for kind in [0, 1] {
        let keys: Vec<&str> = entries
            .iter()
            .filter(|entry| entry.0 == kind)
            .map(|entry| entry.1.as_str())
            .collect();
        for keys in keys.chunks(BATCH) {
            let sql = format!(
                "DELETE FROM authorization_tokens WHERE location_id = $1 AND kind = {kind} AND key IN ({}) \
                 RETURNING id",
                records::placeholders(2, keys.len())
            );
            let binds: Vec<Bind> = [location_id]
                .iter()
                .chain(keys)
                .map(|text| Bind::from(*text))
                .collect();
            let gone = bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
                .fetch_all(&mut **tx)
                .await?;
            removed += gone.len() as u64;
            for row in &gone {
                names.push(row.try_get("id")?);
            }
        }
    }
    let edit = Edit::new(LIST_CHANGED).removed(&names, removed);
    let left = Left {
        customers: list.state.customers,
        tokens: list.state.tokens.saturating_sub(removed),
    };
    let closed = list.close(tx, left, removed > 0, edit, which.confirm).await?;
    Ok(closed.change(0, 0, removed))
}

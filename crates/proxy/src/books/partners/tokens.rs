//! The tokens that partners sent.

use domain::column::Listed;
use domain::decision::Foreign;
use domain::identifiers::{IdKind, auth_key, chip_key, judge};
use domain::partners::PartnerToken;
use domain::tokens::TokenType;
use ocpi::tokens::{RFID, Token};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::super::listing::{Column, Rows, Scope, Source, Table, flag};
use super::super::{Tx, ids};
use super::{Asking, get};
use crate::clock;
use crate::problem::Error;

pub(in crate::books) const TABLE: Table = Table {
    select: "t.*",
    from: "partner_tokens t",
    heads: PartnerToken::HEADS,
    columns: &[
        Column::text("uid", "t.uid_fold"),
        Column::text("type", "LOWER(t.type)"),
        Column::text("contractId", "t.contract_fold"),
        Column::text("visualNumber", "LOWER(t.visual_number)")
            .order(&["COALESCE(LOWER(t.visual_number), '')"]),
        Column::text("issuer", "LOWER(t.issuer)"),
        Column::text("valid", "CASE t.valid WHEN 0 THEN 'no' ELSE 'yes' END").order(&["t.valid"]),
        Column::text("ownContract", "CASE t.auth_key WHEN '' THEN 'no' ELSE 'yes' END")
            .order(&["CASE t.auth_key WHEN '' THEN 0 ELSE 1 END"]),
        Column::text("lastUpdated", "t.last_updated"),
        Column::text("updatedAt", "t.updated_at"),
    ],
    search: &["t.uid_fold", "t.contract_fold"],
    order: "t.uid_fold ASC",
    tie: "t.id",
    id: "t.id",
    key: str::to_owned,
    org: "",
    changed: &[],
};

/// The tokens of a partner.
pub struct OfPartner;

impl Source for OfPartner {
    type Row = PartnerToken;
    type Path = String;

    async fn rows(tx: &mut Tx, id: String) -> Result<Rows<PartnerToken>, Error> {
        get(tx, &id).await?;
        Ok(Rows::new(
            &TABLE,
            Scope::of("t.partner_id = $1", [id.into()]),
            read,
        ))
    }
}

fn read(row: &AnyRow) -> Result<PartnerToken, sqlx::Error> {
    Ok(PartnerToken {
        id: row.try_get("id")?,
        uid: row.try_get("uid")?,
        token_type: row.try_get("type")?,
        contract_id: row.try_get("contract_id")?,
        visual_number: row.try_get("visual_number")?,
        issuer: row.try_get("issuer")?,
        valid: flag(row, "valid")?,
        own_contract: !row.try_get::<String, _>("auth_key")?.is_empty(),
        last_updated: row.try_get("last_updated")?,
        updated_at: row.try_get("updated_at")?,
    })
}

/// By what lists hold a token: contract and card, empty where it has none that counts. A contract id counts where it
/// begins with the token's own party: any other could be somebody else's.
pub fn keys(token: &Token) -> (String, String) {
    let party = party(&token.country_code, &token.party_id);
    let contract = judge(IdKind::AuthId, &token.contract_id).map(|id| id.key);
    let contract = contract.ok().filter(|key| key.starts_with(&party));
    let card = judge(IdKind::ChipId, &token.uid).map(|id| id.key);
    let card = card.ok().filter(|_| token.token_type == RFID);
    (contract.unwrap_or_default(), card.unwrap_or_default())
}

/// A token as a decision asks it.
pub fn foreign(token: &Token) -> Foreign {
    let (auth_key, chip_key) = keys(token);
    Foreign {
        auth_key,
        chip_key,
        valid: token.valid,
    }
}

/// The token of that uid, as it was sent.
pub async fn one(
    tx: &mut Tx,
    partner: &str,
    (country_code, party_id): (&str, &str),
    uid: &str,
    token_type: &str,
) -> Result<Option<String>, Error> {
    let found = find(tx, partner, &party(country_code, party_id), uid, token_type).await?;
    Ok(found.map(|row| row.try_get("record")).transpose()?)
}

/// A party as parties are compared, and as its contract ids begin.
pub fn party(country_code: &str, party_id: &str) -> String {
    format!("{country_code}{party_id}").to_uppercase()
}

async fn find(
    tx: &mut Tx,
    partner: &str,
    party: &str,
    uid: &str,
    token_type: &str,
) -> Result<Option<AnyRow>, Error> {
    let sql = "SELECT t.* FROM partner_tokens t WHERE t.partner_id = $1 AND t.party = $2 AND t.uid_fold = $3 \
               AND t.type = $4";
    Ok(sqlx::query(sql)
        .bind(partner.to_owned())
        .bind(party.to_owned())
        .bind(uid.to_ascii_lowercase())
        .bind(token_type.to_owned())
        .fetch_optional(&mut **tx)
        .await?)
}

/// Lets nobody else change a partner's tokens until the transaction ends: of two who each send one or a part of it,
/// none takes back what the other sent, and the newer word stays.
pub async fn hold(tx: &mut Tx, partner: &str) -> Result<(), Error> {
    sqlx::query("UPDATE partners SET version = version WHERE id = $1")
        .bind(partner.to_owned())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Takes a token as a partner sent it; `record` is its JSON.
///
/// # Errors
/// The portal was told something newer of it.
pub async fn put(tx: &mut Tx, asking: &Asking, token: &Token, record: &str) -> Result<(), Error> {
    let partner = &asking.partner.id;
    let party = party(&token.country_code, &token.party_id);
    // A clock that is ahead must not keep what is said later from counting.
    let last_updated = ocpi::time::read(&token.last_updated).unwrap_or_default();
    let last_updated = last_updated.min(clock::now());
    let before = find(tx, partner, &party, &token.uid, &token.token_type).await?;
    let before = before.as_ref().map(read).transpose()?;
    if before
        .as_ref()
        .is_some_and(|before| before.last_updated > last_updated)
    {
        return Err(Error::field("last_updated", "something newer was sent before"));
    }
    let (auth_key, chip_key) = keys(token);
    let after = PartnerToken {
        id: match &before {
            Some(before) => before.id.clone(),
            None => ids::new("ptk")?,
        },
        uid: token.uid.clone(),
        token_type: token.token_type.clone(),
        contract_id: token.contract_id.clone(),
        visual_number: token.visual_number.clone(),
        issuer: token.issuer.clone(),
        valid: token.valid,
        own_contract: !auth_key.is_empty(),
        last_updated,
        updated_at: clock::now(),
    };
    let what = if before.is_some() { "Changed" } else { "Added" };
    tx.changed(what, before.as_ref(), Some(&after));
    sqlx::query(
        "INSERT INTO partner_tokens (id, partner_id, party, uid, uid_fold, type, auth_key, chip_key, contract_id, \
         contract_fold, visual_number, issuer, valid, record, last_updated, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16) \
         ON CONFLICT (partner_id, party, uid_fold, type) DO UPDATE SET uid = excluded.uid, \
         auth_key = excluded.auth_key, chip_key = excluded.chip_key, contract_id = excluded.contract_id, \
         contract_fold = excluded.contract_fold, visual_number = excluded.visual_number, \
         issuer = excluded.issuer, valid = excluded.valid, record = excluded.record, \
         last_updated = excluded.last_updated, updated_at = excluded.updated_at",
    )
    .bind(&after.id)
    .bind(partner.clone())
    .bind(party)
    .bind(&after.uid)
    .bind(after.uid.to_ascii_lowercase())
    .bind(&after.token_type)
    .bind(auth_key)
    .bind(chip_key)
    .bind(&after.contract_id)
    .bind(after.contract_id.to_ascii_lowercase())
    .bind(after.visual_number.clone())
    .bind(&after.issuer)
    .bind(i64::from(after.valid))
    .bind(record.to_owned())
    .bind(&after.last_updated)
    .bind(&after.updated_at)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The tokens of that id of all partners with whom it is not over, and their records: what somebody blocked stays so
/// until they have registered anew.
pub async fn by_key(
    tx: &mut Tx,
    kind: IdKind,
    key: &str,
    token_type: Option<TokenType>,
) -> Result<Vec<(Foreign, String)>, Error> {
    let (column, key) = match kind {
        IdKind::AuthId => ("auth_key", auth_key(key)),
        IdKind::ChipId => ("chip_key", chip_key(key)),
    };
    // A uid counts as a card's, so that one of another type is not found by it.
    if key.is_empty() || (kind == IdKind::ChipId && token_type == Some(TokenType::Other)) {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT t.auth_key, t.chip_key, t.valid, t.record FROM partner_tokens t JOIN partners p \
         ON p.id = t.partner_id AND p.status <> 'Ended' WHERE t.{column} = $1 AND t.{column} <> '' ORDER BY t.id"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(key)
        .fetch_all(&mut **tx)
        .await?;
    let read = |row: &AnyRow| {
        let foreign = Foreign {
            auth_key: row.try_get("auth_key")?,
            chip_key: row.try_get("chip_key")?,
            valid: flag(row, "valid")?,
        };
        Ok((foreign, row.try_get("record")?))
    };
    Ok(rows.iter().map(read).collect::<Result<_, sqlx::Error>>()?)
}

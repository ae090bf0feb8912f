//! Charge tokens.

mod change;
mod many;

pub use change::{Keyed, create, delete, insert, patch};
pub use many::{delete_all, set_valid};

use domain::column::Listed;
use domain::identifiers::IdKind;
use domain::listing::{ListQuery, Page};
use domain::text::fold;
use domain::tokens::{CustomerRef, Token, TokenType};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::listing::{self, Bind, Column, Rows, Scope, Source, Table, bind_all, flag, number};
use super::{Tx, customers};
use crate::clock;
use crate::problem::Error;

const SELECT: &str = "t.*, c.external_id AS customer_external_id, c.name AS customer_name";
const FROM: &str = "tokens t LEFT JOIN customers c ON c.id = t.customer_id";

pub(in crate::books) const TABLE: Table = Table {
    select: SELECT,
    from: FROM,
    heads: Token::HEADS,
    columns: &[
        Column::text("authId", "t.auth_key"),
        Column::text("chipId", "t.chip_key").order(&["COALESCE(t.chip_key, '')"]),
        Column::text("visualId", "t.visual_id_fold"),
        Column::text("type", "LOWER(t.type)"),
        Column::text("customer", "c.name_fold").order(&["COALESCE(c.name_fold, '')"]),
        Column::text("issuer", "t.issuer_fold"),
        Column::text("valid", "CASE t.valid WHEN 0 THEN 'no' ELSE 'yes' END").order(&["t.valid"]),
        Column::text("expires", "t.expires").order(&["COALESCE(t.expires, '')"]),
        Column::text("note", "t.note_fold"),
        Column::text("updatedAt", "t.updated_at"),
    ],
    search: &["t.search", "c.name_fold"],
    order: "t.auth_key ASC",
    tie: "t.id",
    id: "t.id",
    key: str::to_owned,
    org: "",
    changed: &["t.updated_at", "c.updated_at"],
};

/// The list of the charge tokens.
pub struct Tokens;

impl Source for Tokens {
    type Row = Token;
    type Path = ();

    async fn rows(_: &mut Tx, (): ()) -> Result<Rows<Token>, Error> {
        Ok(Rows::new(&TABLE, Scope::all(), read))
    }
}

/// One page of the tokens.
pub async fn page(tx: &mut Tx, query: &ListQuery) -> Result<Page<Token>, Error> {
    listing::page(tx, &TABLE, Scope::all(), query, read).await
}

/// The list of a customer's tokens.
pub struct OfCustomer;

impl Source for OfCustomer {
    type Row = Token;
    type Path = String;

    async fn rows(tx: &mut Tx, customer_id: String) -> Result<Rows<Token>, Error> {
        customers::get(tx, &customer_id).await?;
        let scope = Scope::of("t.customer_id = $1", [customer_id.into()]);
        Ok(Rows::new(&TABLE, scope, read))
    }
}

/// One token.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Token, Error> {
    let found = select(tx, "t.id = $1", &[id.into()]).await?;
    found.into_iter().next().ok_or(Error::NotFound("charge token"))
}

/// The token of that Auth ID key.
pub async fn by_auth_key(tx: &mut Tx, key: &str) -> Result<Option<Token>, Error> {
    Ok(select(tx, "t.auth_key = $1", &[key.into()]).await?.pop())
}

/// The tokens of that key.
pub async fn by_key(tx: &mut Tx, kind: IdKind, key: &str) -> Result<Vec<Token>, Error> {
    let condition = match kind {
        IdKind::AuthId => "t.auth_key = $1",
        IdKind::ChipId => "t.chip_key = $1",
    };
    select(tx, condition, &[key.into()]).await
}

/// The tokens on which that is printed: ten at most, since nobody keeps such numbers apart.
pub async fn by_visual(tx: &mut Tx, printed: &str) -> Result<Vec<Token>, Error> {
    let condition = "t.visual_id_fold = $1 ORDER BY t.id LIMIT 10";
    select(tx, condition, &[fold(printed.trim()).as_str().into()]).await
}

/// A page of the tokens that have a Chip ID, in the order in which they came into being, and how many there are:
/// those that changed from a moment on and before another.
pub async fn cards(
    tx: &mut Tx,
    (from, to): (Option<&str>, Option<&str>),
    offset: u64,
    limit: u64,
) -> Result<(Vec<Token>, u64), Error> {
    // One that has expired is another since then.
    let changed =
        "CASE WHEN t.expires <= $3 AND t.expires > t.updated_at THEN t.expires ELSE t.updated_at END";
    let condition = format!("t.chip_key IS NOT NULL AND {changed} >= $1 AND {changed} < $2");
    // Behind all moments.
    let binds: [Bind; 3] = [
        from.unwrap_or_default().into(),
        to.unwrap_or("~").into(),
        clock::now().into(),
    ];
    let count = format!("SELECT COUNT(*) AS total FROM tokens t WHERE {condition}");
    let total = bind_all(sqlx::query(AssertSqlSafe(count)), &binds)
        .fetch_one(&mut **tx)
        .await?;
    let (limit, offset) = (listing::bound(limit), listing::bound(offset));
    let page = format!("{condition} ORDER BY t.created_at, t.id LIMIT {limit} OFFSET {offset}");
    Ok((select(tx, &page, &binds).await?, number(&total, "total")?))
}

/// All tokens for which the condition holds.
async fn select(tx: &mut Tx, condition: &str, binds: &[Bind]) -> Result<Vec<Token>, Error> {
    let sql = format!("SELECT {SELECT} FROM {FROM} WHERE {condition}");
    let rows = bind_all(sqlx::query(AssertSqlSafe(sql)), binds)
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

fn read(row: &AnyRow) -> Result<Token, sqlx::Error> {
    let customer_id: Option<String> = row.try_get("customer_id")?;
    let customer = match customer_id {
        Some(id) => Some(CustomerRef {
            id,
            external_id: row.try_get("customer_external_id")?,
            name: row.try_get("customer_name")?,
        }),
        None => None,
    };
    Ok(Token {
        id: row.try_get("id")?,
        auth_id: row.try_get("auth_id")?,
        chip_id: row.try_get("chip_id")?,
        visual_id: row.try_get("visual_id")?,
        token_type: if row.try_get::<String, _>("type")? == "RFID" {
            TokenType::Rfid
        } else {
            TokenType::Other
        },
        customer,
        issuer: row.try_get("issuer")?,
        valid: flag(row, "valid")?,
        expires: row.try_get("expires")?,
        note: row.try_get("note")?,
        version: number(row, "version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}

//! Station tokens: the stock, and what happened to each token.

mod apply;
mod change;
mod entered;
pub mod imports;
mod record;
mod summary;
mod transfer;

pub use apply::apply;
pub use change::{create, delete, patch};
pub use record::write;
pub use summary::summary;
pub use transfer::{check, transfer};

use domain::column::Listed;
use domain::listing::{ListQuery, Page};
use domain::station_tokens::StationToken;
use sqlx::{AssertSqlSafe, Executor, Row};

use super::limits::within;
use super::listing::{self, Bind, Column, Rows, Scope, Source, Table, bind_all};
use super::{Engine, Tx, organizations, text};
use crate::problem::Error;

const SELECT: &str = "t.*, o.id AS org_id, o.name AS org_name, o.ours";
const FROM: &str = "station_tokens t JOIN organizations o ON o.key = t.org_key";

pub(in crate::books) const TABLE: Table = Table {
    select: SELECT,
    from: FROM,
    heads: StationToken::HEADS,
    columns: &[
        Column::text("tokenSn", "t.token_sn_fold"),
        Column::text("partNo", "t.part_no_fold"),
        Column::text("cloudPlan", "t.cloud_plan_fold"),
        Column::text("description", "t.description_fold"),
        Column::text("orgId", "o.key"),
        Column::text("orgName", "o.name_fold"),
        Column::text("evseId", "t.evse_id_fold"),
        Column::text("stationSn", "t.station_sn_fold"),
        Column::text("stationName", "t.station_name_fold"),
        Column::pacific("activationDate", "t.activation_date", "t.activation_local")
            .order(&["COALESCE(t.activation_date, '')"]),
        Column::pacific("appliedDate", "t.applied_date", "t.applied_local")
            .order(&["COALESCE(t.applied_date, '')"]),
        Column::text("purchaseOrder", "t.purchase_order_fold"),
        Column::text("salesOrder", "t.sales_order_fold"),
        Column::text("customerReference", "t.customer_reference_fold"),
        Column::text("customerName", "t.customer_name_fold"),
        Column::text("customerId", "t.customer_id_fold"),
        Column::text("orderDate", "t.order_date").order(&["COALESCE(t.order_date, '')"]),
        Column::text("shipDate", "t.ship_date").order(&["COALESCE(t.ship_date, '')"]),
        Column::text("status", "t.status"),
    ],
    search: &["t.search", "o.name_fold"],
    order: "t.token_sn_fold ASC",
    tie: "t.id",
    id: "t.id",
    key: str::to_owned,
    org: "t.org_key",
    changed: &["t.updated_at"],
};

/// The list of the station tokens.
pub struct StationTokens;

impl Source for StationTokens {
    type Row = StationToken;
    type Path = ();

    async fn rows(_: &mut Tx, (): ()) -> Result<Rows<StationToken>, Error> {
        Ok(Rows::new(&TABLE, Scope::all(), record::read))
    }
}

/// One page of the station tokens.
pub async fn page(tx: &mut Tx, query: &ListQuery) -> Result<Page<StationToken>, Error> {
    listing::page(tx, &TABLE, Scope::all(), query, record::read).await
}

/// One station token.
pub async fn get(tx: &mut Tx, id: &str) -> Result<StationToken, Error> {
    let found = select(tx, "t.id = $1", &[id.into()]).await?;
    found.into_iter().next().ok_or(Error::NotFound("station token"))
}

/// The station tokens that the caller reaches and for which the condition holds.
async fn select(tx: &mut Tx, condition: &str, binds: &[Bind]) -> Result<Vec<StationToken>, Error> {
    let (reached, own) = within(&tx.caller(), "t.org_key", binds.len() + 1);
    let sql = format!("SELECT {SELECT} FROM {FROM} WHERE {condition} AND {reached}");
    let query = bind_all(sqlx::query(AssertSqlSafe(sql)), binds);
    let rows = bind_all(query, &own).fetch_all(&mut **tx).await?;
    Ok(rows.iter().map(record::read).collect::<Result<_, _>>()?)
}

/// How many are asked for in one statement.
const AT_ONCE: usize = 500;

/// The station tokens whose `column` (`t.id`, `t.token_sn_fold` …) has one of the values and that the caller
/// reaches.
async fn of(tx: &mut Tx, column: &str, values: &[String]) -> Result<Vec<StationToken>, Error> {
    let mut found = all_of(tx, column, values).await?;
    let caller = tx.caller();
    found.retain(|token| caller.reaches(&organizations::key(&token.org_id)));
    Ok(found)
}

/// The same, whoever asks: a serial number and an EVSE are taken by a token that is not to be seen, too. Planned
/// anew each time: a plan made for an empty stock would be kept for a large one.
async fn all_of(tx: &mut Tx, column: &str, values: &[String]) -> Result<Vec<StationToken>, Error> {
    let engine = Engine::behind(tx);
    let mut found = Vec::new();
    for values in values.chunks(AT_ONCE) {
        let marks: Vec<String> = (1..=values.len()).map(|n| engine.placeholder(n)).collect();
        let sql = format!(
            "SELECT {SELECT} FROM {FROM} WHERE {column} IN ({})",
            marks.join(",")
        );
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(false);
        for value in values {
            query = query.bind(value);
        }
        for row in query.fetch_all(&mut **tx).await? {
            found.push(record::read(&row)?);
        }
    }
    Ok(found)
}

/// Keeps everybody else from changing station tokens until the transaction ends, so that what is found
/// of many of them holds until they are written. On SQLite that is so from the beginning.
async fn hold(tx: &mut Tx) -> Result<(), Error> {
    if Engine::behind(tx) == Engine::Postgres {
        (&mut **tx)
            .execute("LOCK TABLE station_tokens IN SHARE ROW EXCLUSIVE MODE")
            .await?;
    }
    Ok(())
}

/// By what a token is known: its serial number, however it is typed.
fn key(token_sn: &str) -> String {
    text::fold(token_sn.trim())
}

/// Fails unless the token's organization is ours.
fn require_ours(token: &StationToken) -> Result<(), Error> {
    if token.ours {
        return Ok(());
    }
    Err(Error::NotOurs(format!(
        "{} belongs to {}, which is not ours to act for. Nothing was changed.",
        token.token_sn, token.org_name
    )))
}

/// The token that is active on an EVSE, unless it is the one of that id.
async fn active_on(tx: &mut Tx, evse_id: &str, but: &str) -> Result<Option<String>, Error> {
    let row = sqlx::query(
        "SELECT token_sn FROM station_tokens WHERE evse_id_fold = $1 AND status = 'active' AND id <> $2",
    )
    .bind(text::fold(evse_id))
    .bind(but)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| row.try_get("token_sn")).transpose()?)
}

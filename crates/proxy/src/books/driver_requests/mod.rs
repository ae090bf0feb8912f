//! Requests of drivers that came through an invitation, and what the portal remembers of decisions on
//! drivers that ChargePoint reports.

pub mod card;
pub mod chargepoint;
mod decide;
mod renew;
mod send;

pub use decide::{Changed, decide};
pub use send::{Followed, Sent, follow, insert, send};

use domain::driver_requests::DriverRequest;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::listing::{Bind, bind_all, bound, number};
use super::{Tx, limits};
use crate::clock;
use crate::problem::Error;

/// What was said of an approved driver's card is settled once the card is a token that the customer charges with.
const SELECT: &str = "SELECT r.id, r.driver, r.email, n.name AS connection, r.connection_id, r.requested_at, r.answers, \
    r.card_number, r.status, r.decided_at, r.text, r.version, n.ask_again_days, \
    CASE WHEN r.status = 'Approved' AND r.problem IS NOT NULL AND EXISTS (SELECT 1 FROM tokens t \
    WHERE t.auth_key = r.card_key AND t.customer_id = n.customer_id AND t.valid = 1 \
    AND COALESCE(t.expires, '9') > $1) THEN NULL ELSE r.problem END \
    AS problem, (SELECT COUNT(*) FROM driver_requests o WHERE o.id = r.renews_id AND o.status = 'Approved') AS older \
    FROM driver_requests r JOIN connections n ON n.id = r.connection_id";

/// All requests.
pub async fn all(tx: &mut Tx) -> Result<Vec<DriverRequest>, Error> {
    Ok(renew::mark(select(tx, "1 = 1", &[]).await?))
}

/// The requests to join a connection.
pub async fn of(tx: &mut Tx, connection: &str) -> Result<Vec<DriverRequest>, Error> {
    Ok(renew::mark(
        select(tx, "r.connection_id = $2", &[connection.into()]).await?,
    ))
}

/// One request; none if there is none.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<DriverRequest>, Error> {
    let found = select(tx, "r.id = $2", &[id.into()]).await?.pop();
    Ok(found.map(|(request, _)| request))
}

/// Whether a request is as it was read; if so, it stays so for the rest of the transaction.
pub async fn is_still(tx: &mut Tx, request: &DriverRequest) -> Result<bool, Error> {
    let locked = sqlx::query("UPDATE driver_requests SET version = version WHERE id = $1 AND version = $2")
        .bind(&request.id)
        .bind(bound(request.version))
        .execute(&mut **tx)
        .await?;
    Ok(locked.rows_affected() == 1)
}

/// How many wait for a decision.
pub async fn pending(tx: &mut Tx) -> Result<u64, Error> {
    let (condition, binds) = limits::within(&tx.caller(), "n.org_id_fold", 1);
    let sql = format!(
        "SELECT COUNT(*) AS pending FROM driver_requests r JOIN connections n ON n.id = r.connection_id \
         WHERE r.status = 'Pending' AND {condition}"
    );
    let row = bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
        .fetch_one(&mut **tx)
        .await?;
    Ok(number(&row, "pending")?)
}

/// `binds` begin with `$2`; the first is the time.
async fn select(tx: &mut Tx, condition: &str, binds: &[Bind]) -> Result<Vec<renew::Asked>, Error> {
    let (reached, own) = limits::within(&tx.caller(), "n.org_id_fold", binds.len() + 2);
    let sql = format!("{SELECT} WHERE {condition} AND {reached}");
    let query = bind_all(sqlx::query(AssertSqlSafe(sql)).bind(clock::now()), binds);
    let rows = bind_all(query, &own).fetch_all(&mut **tx).await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

fn read(row: &AnyRow) -> Result<renew::Asked, sqlx::Error> {
    let answers: String = row.try_get("answers")?;
    let days: Option<i64> = row.try_get("ask_again_days")?;
    let status: String = row.try_get("status")?;
    let request = DriverRequest {
        id: row.try_get("id")?,
        driver: row.try_get("driver")?,
        email: row.try_get("email")?,
        connection: row.try_get("connection")?,
        connection_id: row.try_get("connection_id")?,
        requested_at: row.try_get("requested_at")?,
        answers: serde_json::from_str(&answers).map_err(|error| sqlx::Error::Decode(error.into()))?,
        card_number: row.try_get("card_number")?,
        source: "Invitation".into(),
        decided_at: row.try_get("decided_at")?,
        text: row.try_get("text")?,
        problem: row.try_get("problem")?,
        version: number(row, "version")?,
        answers_due: None,
        renews: status == "Pending" && number(row, "older")? > 0,
        status,
    };
    Ok((request, days.map(|days| days.max(0) as u64)))
}

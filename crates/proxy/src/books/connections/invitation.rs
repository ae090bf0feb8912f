//! What a connection is joined by: the code in the link and the search code.

use domain::Timestamp;
use domain::connections::Connection;
use sqlx::Row;

use super::super::Tx;
use super::super::audit::Noted;
use super::super::secrets::{known_by, secret};
use super::{codes, find, get};
use crate::clock;
use crate::problem::Error;

/// A connection with its codes.
pub struct Codes {
    pub connection: Connection,
    pub link_code: String,
    pub search_code: String,
    pub made_at: Timestamp,
}

impl Codes {
    /// The search code, where drivers search by it.
    pub fn shown(&self) -> Option<&str> {
        (self.connection.visibility == "By search code").then_some(&self.search_code)
    }

    /// Whether the codes lead anywhere.
    pub fn is_open(&self) -> bool {
        self.connection.is_enabled()
    }
}

/// The codes of a connection.
pub async fn codes(tx: &mut Tx, id: &str) -> Result<Codes, Error> {
    let connection = get(tx, id).await?;
    let row = sqlx::query("SELECT link_code, search_code, invitation_made_at FROM connections WHERE id = $1")
        .bind(id)
        .fetch_one(&mut **tx)
        .await?;
    Ok(Codes {
        connection,
        link_code: row.try_get("link_code")?,
        search_code: row.try_get("search_code")?,
        made_at: row.try_get("invitation_made_at")?,
    })
}

/// Gives a connection new codes; the old ones lead nowhere from now on.
pub async fn rotate(tx: &mut Tx, id: &str) -> Result<Codes, Error> {
    let link = secret()?;
    sqlx::query(
        "UPDATE connections SET link_code = $2, link_digest = $3, search_code = $4, invitation_made_at = $5 \
         WHERE id = $1",
    )
    .bind(id)
    .bind(&link)
    .bind(known_by(&link))
    .bind(codes::search_code()?)
    .bind(clock::now())
    .execute(&mut **tx)
    .await?;
    let codes = codes(tx, id).await?;
    tx.note(Noted::about("Invitation rotated", &codes.connection));
    Ok(codes)
}

/// The connection that a link invites to now; none if it was rotated or disabled, or never was.
pub async fn by_link(tx: &mut Tx, code: &str) -> Result<Option<Connection>, Error> {
    let condition = "n.link_digest = $1 AND n.status = 'Enabled'";
    find(tx, condition, &[known_by(code).into()]).await
}

/// The connection that a search code invites to now.
pub async fn by_search_code(tx: &mut Tx, typed: &str) -> Result<Option<Connection>, Error> {
    let condition = "n.search_code = $1 AND n.status = 'Enabled' AND n.visibility = 'By search code'";
    find(tx, condition, &[codes::typed(typed).into()]).await
}

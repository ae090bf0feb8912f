//! `/locations/{id}/authorization/tokens`

use axum::extract::State;
use domain::authorization::{AddTokens, ListChange, RemoveEntries};

use super::Confirm;
use crate::app::App;
use crate::books::authorization::tokens;
use crate::middleware::body::{Json, Path, Query};
use crate::middleware::if_match::{IfMatch, Versioned};
use crate::problem::Error;

/// POST: puts charge tokens on the list.
pub async fn add(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(which): Json<AddTokens>,
) -> Result<Versioned<ListChange>, Error> {
    let mut tx = app.books.write_entries().await?;
    let change = tokens::add(&mut tx, &id, version, &which).await?;
    tx.commit().await?;
    Ok(Versioned(change.authorization.version, change))
}

/// POST `/remove`: takes chosen ones or all off the list.
pub async fn remove(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(which): Json<RemoveEntries>,
) -> Result<Versioned<ListChange>, Error> {
    let mut tx = app.books.write().await?;
    let change = tokens::remove(&mut tx, &id, version, &which).await?;
    tx.commit().await?;
    Ok(Versioned(change.authorization.version, change))
}

/// DELETE `/{entryId}`: takes one off the list.
pub async fn delete(
    State(app): State<App>,
    Path((id, entry_id)): Path<(String, String)>,
    version: IfMatch,
    Query(Confirm { confirm }): Query<Confirm>,
) -> Result<Versioned<ListChange>, Error> {
    let mut tx = app.books.write().await?;
    let which = RemoveEntries {
        entry_ids: vec![entry_id],
        confirm,
        ..RemoveEntries::default()
    };
    let change = tokens::remove(&mut tx, &id, version, &which).await?;
    if change.removed == 0 {
        return Err(Error::NotFound("entry on this list"));
    }
    tx.commit().await?;
    Ok(Versioned(change.authorization.version, change))
}

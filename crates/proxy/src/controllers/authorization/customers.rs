//! `/locations/{id}/authorization/customers`

use axum::extract::State;
use domain::authorization::{AddCustomers, ListChange, RemoveEntries};

use super::Confirm;
use crate::app::App;
use crate::books::authorization::customers;
use crate::middleware::body::{Json, Path, Query};
use crate::middleware::if_match::{IfMatch, Versioned};
use crate::problem::Error;

/// POST: puts customers on the list.
pub async fn add(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(which): Json<AddCustomers>,
) -> Result<Versioned<ListChange>, Error> {
    let mut tx = app.books.write().await?;
    let change = customers::add(&mut tx, &id, version, &which.customer_ids).await?;
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
    let change = customers::remove(&mut tx, &id, version, &which).await?;
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
    let change = customers::remove(&mut tx, &id, version, &which).await?;
    if change.removed == 0 {
        return Err(Error::NotFound("entry on this list"));
    }
    tx.commit().await?;
    Ok(Versioned(change.authorization.version, change))
}

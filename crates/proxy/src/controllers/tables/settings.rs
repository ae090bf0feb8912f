//! GET and PUT `/tables/{list}`

use axum::extract::State;
use domain::views::{TableSettings, TableSettingsInput};
use serde::Deserialize;
use serde_json::Value;

use super::check;
use crate::access::caller;
use crate::app::App;
use crate::books::tables::{self, Named};
use crate::middleware::body::{Json, Path};
use crate::problem::Error;

/// GET: for the person who asks.
pub async fn get(State(app): State<App>, Path(list): Path<String>) -> Result<Json<TableSettings>, Error> {
    check(&list)?;
    let mut tx = app.books.read().await?;
    Ok(Json(tables::get(&mut tx, caller().account(), &list).await?))
}

/// PUT: what is named changes, the rest stays.
pub async fn put(
    State(app): State<App>,
    Path(list): Path<String>,
    Json(body): Json<Value>,
) -> Result<Json<TableSettings>, Error> {
    check(&list)?;
    let named = |field: &str| body.get(field).is_some();
    let named = Named {
        columns: named("columns"),
        compact: named("compact"),
        default_view: named("defaultView"),
    };
    let input = TableSettingsInput::deserialize(&body)
        .map_err(|error| Error::Malformed(format!("The body does not fit: {error}.")))?;
    let mut tx = app.books.write().await?;
    let settings = tables::put(&mut tx, caller().require_account()?, &list, input, named).await?;
    tx.commit().await?;
    Ok(Json(settings))
}

//! GET `…/imports/{importId}/preview?clear=`

use axum::extract::State;
use domain::imports::ImportPreview;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::app::App;
use crate::books::imports;
use crate::middleware::body::{Json, Path, Query};
use crate::problem::Error;

/// The query of a preview.
#[derive(Deserialize, JsonSchema)]
pub struct How {
    /// *Clear charge token list before importing*.
    #[serde(default)]
    clear: bool,
}

pub async fn handler(
    State(app): State<App>,
    Path((id, import_id)): Path<(String, String)>,
    Query(How { clear }): Query<How>,
) -> Result<Json<ImportPreview>, Error> {
    Ok(Json(
        imports::preview(&mut app.books.read().await?, &id, &import_id, clear).await?,
    ))
}

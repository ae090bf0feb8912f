//! GET `…/imports/{importId}`

use axum::extract::State;
use domain::imports::Import;

use crate::app::App;
use crate::books::imports;
use crate::middleware::body::{Json, Path};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path((id, import_id)): Path<(String, String)>,
) -> Result<Json<Import>, Error> {
    Ok(Json(
        imports::get(&mut app.books.read().await?, &id, &import_id).await?,
    ))
}

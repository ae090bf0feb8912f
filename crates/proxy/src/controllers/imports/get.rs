//! GET `…/imports/{importId}`

use axum::extract::State;
use domain::imports::Import;

use crate::access::Offered;
use crate::app::App;
use crate::books::imports;
use crate::middleware::body::{Json, Path};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path((id, import_id)): Path<(String, String)>,
) -> Result<Json<Offered<Import>>, Error> {
    let import = imports::get(&mut app.books.read().await?, &id, &import_id).await?;
    Ok(Json(Offered(import)))
}

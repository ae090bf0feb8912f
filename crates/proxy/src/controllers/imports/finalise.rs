//! POST `…/imports/{importId}/finalise`

use axum::extract::State;
use domain::imports::{Finalise, ImportResult};

use crate::app::App;
use crate::books::imports;
use crate::middleware::body::{Json, Path};
use crate::middleware::if_match::{IfMatch, Versioned};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path((id, import_id)): Path<(String, String)>,
    version: IfMatch,
    Json(how): Json<Finalise>,
) -> Result<Versioned<ImportResult>, Error> {
    let mut tx = app.books.write_entries().await?;
    let result = imports::finalise(&mut tx, &id, &import_id, version, how).await?;
    tx.commit().await?;
    imports::sweep_soon(&app);
    Ok(Versioned(result.authorization.version, result))
}

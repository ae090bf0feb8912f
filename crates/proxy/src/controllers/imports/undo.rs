//! POST `…/imports/{importId}/undo`

use axum::extract::State;
use domain::imports::{ImportResult, Undo};

use crate::app::App;
use crate::books::imports;
use crate::middleware::body::{OptionalJson, Path};
use crate::middleware::if_match::{IfMatch, Versioned};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path((id, import_id)): Path<(String, String)>,
    version: IfMatch,
    OptionalJson(how): OptionalJson<Undo>,
) -> Result<Versioned<ImportResult>, Error> {
    let mut tx = app.books.write_entries().await?;
    let result = imports::undo(&mut tx, &id, &import_id, version, how).await?;
    tx.commit().await?;
    Ok(Versioned(result.authorization.version, result))
}

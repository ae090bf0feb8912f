//! DELETE `…/imports/{importId}`

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::books::imports;
use crate::middleware::body::Path;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path((id, import_id)): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    let mut tx = app.books.write().await?;
    imports::discard(&mut tx, &id, &import_id).await?;
    tx.commit().await?;
    imports::sweep_soon(&app);
    Ok(StatusCode::NO_CONTENT)
}

//! DELETE `/accounts/{id}`

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::books::accounts;
use crate::middleware::body::Path;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
) -> Result<StatusCode, Error> {
    let mut tx = app.books.write().await?;
    accounts::delete(&mut tx, &id, version).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

//! `/healthz` and `/readyz`

use axum::extract::State;

use crate::app::App;
use crate::problem::Error;

/// The process answers.
pub async fn live() -> &'static str {
    "ok"
}

/// The books answer, too, and more may be asked.
pub async fn ready(State(app): State<App>) -> Result<&'static str, Error> {
    if app.edge.is_stopping() {
        return Err(Error::Stopping);
    }
    let mut tx = app.books.read().await?;
    sqlx::query("SELECT 1 AS one").fetch_one(&mut *tx).await?;
    Ok("ok")
}

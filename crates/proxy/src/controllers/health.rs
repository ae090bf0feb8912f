//! `/healthz` and `/readyz`

use axum::extract::State;

use crate::app::App;
use crate::controllers::metrics::word;
use crate::problem::Error;

/// The process answers.
pub async fn live() -> &'static str {
    "ok"
}

/// The books answer, too, and more may be asked.
/// Whether ChargePoint does is told besides: without it the portal shows what it knew before.
pub async fn ready(State(app): State<App>) -> Result<String, Error> {
    if app.edge.is_stopping() {
        return Err(Error::Stopping);
    }
    let mut tx = app.books.read().await?;
    sqlx::query("SELECT 1 AS one").fetch_one(&mut *tx).await?;
    let breaker = app.estate.measured().map(|client| word(client.health().breaker));
    Ok(breaker.map_or("ok".into(), |word| format!("ok\nchargepoint: {word}\n")))
}

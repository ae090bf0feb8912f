//! DELETE `/accounts/{id}/sessions`: signs the account out everywhere

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::books::{accounts, sessions};
use crate::middleware::body::Path;
use crate::problem::Error;

pub async fn handler(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode, Error> {
    let mut tx = app.books.write().await?;
    accounts::get(&mut tx, &id).await?;
    sessions::end_all(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

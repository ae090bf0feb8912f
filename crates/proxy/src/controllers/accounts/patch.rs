//! PATCH `/accounts/{id}`

use axum::extract::State;
use domain::accounts::{Account, AccountInput};

use crate::app::App;
use crate::books::accounts;
use crate::middleware::body::{Json, Path};
use crate::middleware::if_match::{IfMatch, Tagged};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(input): Json<AccountInput>,
) -> Result<Tagged<Account>, Error> {
    let mut tx = app.books.write().await?;
    let record = accounts::patch(&mut tx, &id, version, input).await?;
    tx.commit().await?;
    Ok(Tagged(record.version, record))
}

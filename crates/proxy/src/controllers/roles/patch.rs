//! PATCH `/roles/{id}`

use axum::extract::State;
use domain::accounts::{Role, RoleInput};

use crate::app::App;
use crate::books::roles;
use crate::middleware::body::{Json, Path};
use crate::middleware::if_match::{IfMatch, Tagged};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(input): Json<RoleInput>,
) -> Result<Tagged<Role>, Error> {
    let mut tx = app.books.write().await?;
    let record = roles::patch(&mut tx, &id, version, input).await?;
    tx.commit().await?;
    Ok(Tagged(record.version, record))
}

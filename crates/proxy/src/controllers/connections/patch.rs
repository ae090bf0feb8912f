//! PATCH `/connections/{id}`

use axum::extract::State;
use domain::connections::{Connection, ConnectionInput};

use crate::app::App;
use crate::books::connections;
use crate::middleware::body::{Json, Path};
use crate::middleware::if_match::{IfMatch, Tagged};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(input): Json<ConnectionInput>,
) -> Result<Tagged<Connection>, Error> {
    let mut tx = app.books.write().await?;
    let record = connections::patch(&mut tx, &id, version, input).await?;
    tx.commit().await?;
    Ok(Tagged(record.version, record))
}

//! PATCH `/tokens/{id}`

use axum::extract::State;
use domain::tokens::{Token, TokenInput};

use crate::app::App;
use crate::books::tokens;
use crate::middleware::body::{Json, Path};
use crate::middleware::if_match::{IfMatch, Tagged};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(input): Json<TokenInput>,
) -> Result<Tagged<Token>, Error> {
    let mut tx = app.books.write().await?;
    let record = tokens::patch(&mut tx, &id, version, input).await?;
    tx.commit().await?;
    Ok(Tagged(record.version, record))
}

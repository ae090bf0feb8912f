//! POST `/station_tokens/transfers/check` and `/station_tokens/transfers`

use axum::extract::State;
use axum::response::Response;
use domain::station_tokens::{Transfer, TransferResult};

use crate::app::App;
use crate::books::station_tokens;
use crate::middleware::body::Json;
use crate::middleware::if_match::{IfMatch, Tagged};
use crate::middleware::keyed::{Begun, Keyed};
use crate::problem::Error;

pub async fn check(
    State(app): State<App>,
    Json(transfer): Json<Transfer>,
) -> Result<Tagged<TransferResult>, Error> {
    let result = station_tokens::check(&mut app.books.read().await?, &transfer).await?;
    Ok(Tagged(result.version, result))
}

pub async fn create(
    State(app): State<App>,
    version: Option<IfMatch>,
    request: Keyed<Transfer>,
) -> Result<Response, Error> {
    match request.begin(&app).await? {
        Begun::Before(answer) => Ok(answer),
        Begun::New(transfer, mut creation) => {
            let result = station_tokens::transfer(&mut creation.tx, &transfer, version).await?;
            creation.end(&result).await
        }
    }
}

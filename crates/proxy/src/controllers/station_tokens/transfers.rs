//! POST `/station_tokens/transfers/check` and `/station_tokens/transfers`

use axum::extract::State;
use axum::response::Response;
use domain::listing::ListQuery;
use domain::station_tokens::{Transfer, TransferResult};

use crate::app::App;
use crate::books::station_tokens;
use crate::controllers::listing;
use crate::middleware::body::Json;
use crate::middleware::if_match::{IfMatch, Versioned};
use crate::middleware::keyed::{Begun, Keyed};
use crate::problem::Error;

pub async fn check(
    State(app): State<App>,
    Json(transfer): Json<Transfer>,
) -> Result<Versioned<TransferResult>, Error> {
    let query = query(&transfer)?;
    let mut tx = app.books.read().await?;
    let result = station_tokens::check(&mut tx, &transfer, query.as_ref()).await?;
    Ok(Versioned(result.version, result))
}

pub async fn create(
    State(app): State<App>,
    version: Option<IfMatch>,
    request: Keyed<Transfer>,
) -> Result<Response, Error> {
    match request.begin(&app).await? {
        Begun::Before(answer) => Ok(answer),
        Begun::New(transfer, mut creation) => {
            let query = query(&transfer)?;
            let tx = &mut creation.tx;
            let result = station_tokens::transfer(tx, &transfer, query.as_ref(), version).await?;
            creation.end(&result).await
        }
    }
}

/// The query of the choice.
fn query(transfer: &Transfer) -> Result<Option<ListQuery>, Error> {
    let text = transfer
        .chosen
        .as_ref()
        .and_then(|chosen| chosen.query.as_deref());
    text.map(listing::read_text).transpose()
}

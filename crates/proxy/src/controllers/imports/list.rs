//! GET `…/imports`

use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::books::imports;
use crate::controllers::listing::Listing;
use crate::middleware::body::Path;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, Error> {
    let mut tx = app.books.read().await?;
    Ok(listing.answer(imports::page(&mut tx, &id, &listing.query).await?))
}

//! GET `…/imports/{importId}/removed`

use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::books::imports;
use crate::controllers::listing::Listing;
use crate::middleware::body::Path;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path((id, import_id)): Path<(String, String)>,
    listing: Listing,
) -> Result<Response, Error> {
    let mut tx = app.books.read().await?;
    Ok(listing.answer(imports::removed(&mut tx, &id, &import_id, &listing.query).await?))
}

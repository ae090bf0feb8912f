//! GET `/station_tokens/{id}/evses`: where the token can be applied

use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::books::{evses, station_tokens};
use crate::controllers::listing::Listing;
use crate::middleware::body::Path;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, Error> {
    let mut tx = app.books.read().await?;
    let token = station_tokens::get(&mut tx, &id).await?;
    Ok(listing.answer(evses::page_of(&mut tx, &token.org_id, &listing.query).await?))
}

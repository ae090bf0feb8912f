//! GET `/connections`

use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::books::connections;
use crate::controllers::listing::Listing;
use crate::problem::Error;

pub async fn handler(State(app): State<App>, listing: Listing) -> Result<Response, Error> {
    let mut tx = app.books.read().await?;
    Ok(listing.answer(connections::page(&mut tx, &listing.query).await?))
}

//! GET `/driver_requests` and `/connections/{id}/driver_requests`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::driver_requests::Requests;
use domain::rows::page;

use super::rows::{self, Within};
use crate::access::offered;
use crate::app::App;
use crate::controllers::listing::Listing;
use crate::controllers::locations::stations::is_anew;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    within: Within,
    headers: HeaderMap,
    listing: Listing,
) -> Result<Response, Error> {
    let rows = within.read(&app, is_anew(&headers)).await?;
    let mut page = page(&rows.requests, &listing.query, rows::usual).map_err(Error::fields)?;
    page.as_of.clone_from(&listing.as_of);
    let (number, pages) = (page.page, page.pages());
    let answer = Requests {
        page: offered(page),
        problem: rows.problem,
    };
    Ok(listing.linked(axum::Json(answer), number, pages))
}

//! GET `/chargestations`

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use domain::rows::page;

use super::rows;
use crate::access::offered;
use crate::app::App;
use crate::controllers::calls::EstatePage;
use crate::controllers::calls::list::pairs_of;
use crate::controllers::listing::Listing;
use crate::controllers::locations::stations::is_anew;
use crate::problem::Error;

pub async fn handler(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Result<Response, Error> {
    let (group, others) = rows::group(pairs_of(uri.query()))?;
    let listing = Listing::of(&others, &[rows::GROUP], uri)?;
    let rows = rows::read(&app, group.as_deref(), is_anew(&headers)).await?;
    let mut page = page(&rows.stations, &listing.query, rows::usual).map_err(Error::fields)?;
    page.as_of = rows.as_of.unwrap_or_else(|| listing.as_of.clone());
    let mut response = EstatePage::of(offered(page), rows.problem).linked(&listing);
    response.headers_mut().extend(rows.age);
    Ok(response.into_response())
}

//! A list that is worked out of what a call tells, in rows of the portal's own, and the same as a file.

use std::cmp::Ordering;
use std::sync::Arc;

use axum::extract::RawPathParams;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use domain::column::Listed;
use domain::export::ExportRequest;
use domain::rows::page;
use schemars::JsonSchema;
use serde::Serialize;

use super::list::{Face, pairs_of};
use super::{EstatePage, age};
use crate::access::offered;
use crate::app::App;
use crate::controllers::export::{Wanted, of_rows};
use crate::controllers::listing::{Listing, words};
use crate::controllers::locations::stations::is_anew;
use crate::estate::Kept;
use crate::estate::table::Read;
use crate::problem::Error;

/// The parameters of a request.
pub type Pairs = Vec<(String, String)>;

/// Its rows, what they were worked out of, and the parameters that are not the call's.
pub type Found<W> = (Vec<<W as Worked>::Row>, Kept<<W as Worked>::Told>, Pairs);

/// Such a list.
pub trait Worked: Sized + Send + 'static {
    type Call: Read;
    type Row: Listed + Clone + Serialize + JsonSchema + Send + Sync;
    /// What the call tells.
    type Told: Send + Sync;

    /// What the call's parameters mean.
    fn read(
        app: &App,
        face: &Face,
        path: &RawPathParams,
        pairs: Pairs,
        anew: bool,
    ) -> impl Future<Output = Result<Found<Self>, Error>> + Send;

    /// The order without another one.
    fn usual(a: &Self::Row, b: &Self::Row) -> Ordering;
}

/// One page.
pub async fn get<W: Worked>(
    app: App,
    face: Arc<Face>,
    (path, headers, uri): (RawPathParams, HeaderMap, Uri),
) -> Result<Response, Error> {
    let pairs = pairs_of(uri.query());
    let (rows, kept, others) = W::read(&app, &face, &path, pairs, is_anew(&headers)).await?;
    let listing = Listing::of(&others, &face.words(), uri)?;
    let mut page = page(&rows, &listing.query, W::usual).map_err(Error::fields)?;
    page.as_of.clone_from(&kept.as_of);
    let answer = EstatePage::of(offered(page), kept.problem.clone());
    Ok(([age(&kept)], answer.linked(&listing)).into_response())
}

/// The list as a file, by parameters.
pub async fn export<W: Worked>(
    app: App,
    face: Arc<Face>,
    path: RawPathParams,
    pairs: Pairs,
) -> Result<Response, Error> {
    let (rows, _, others) = W::read(&app, &face, &path, pairs, false).await?;
    of_rows(app, rows, W::usual, Wanted::of_parameters(others)?).await
}

/// The list as a file, by a body.
pub async fn export_by_body<W: Worked>(
    app: App,
    face: Arc<Face>,
    path: RawPathParams,
    request: ExportRequest,
) -> Result<Response, Error> {
    let (rows, _, others) = W::read(&app, &face, &path, words(&request.query), false).await?;
    of_rows(app, rows, W::usual, Wanted::of_others(request, &others)?).await
}

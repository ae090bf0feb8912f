//! GET: what a call lists, with the filters, the order and the pages of every list; and the same as a file

use std::sync::Arc;

use axum::extract::RawPathParams;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use chargepoint::calls::Paged;
use domain::Timestamp;
use domain::export::ExportRequest;
use domain::rows::page;

use super::narrow::{Narrowed, day, narrowed};
use super::parameters::{self, Names, Parameter};
use super::{EstatePage, age, missing, require};
use crate::access::offered;
use crate::app::App;
use crate::controllers::export::{Wanted, of_rows};
use crate::controllers::listing::{Listing, words};
use crate::controllers::locations::stations::is_anew;
use crate::estate::Kept;
use crate::estate::reach::Reach;
use crate::estate::rows::{Row, Told, usual};
use crate::estate::table::Read;
use crate::problem::Error;

type Pairs = Vec<(String, String)>;

/// What a list's handlers need to know.
pub struct Face {
    pub names: Names,
    pub parameters: Vec<Parameter>,
}

impl Face {
    /// The parameters that are not parts of the address.
    pub fn open(&self) -> impl Iterator<Item = &Parameter> {
        let is_part = |one: &&Parameter| self.names.iter().any(|(_, name)| *name == one.name);
        self.parameters.iter().filter(move |one| !is_part(one))
    }

    /// Their names.
    pub fn words(&self) -> Vec<&str> {
        self.open().map(|one| one.name.as_str()).collect()
    }
}

/// One page.
pub async fn get<C: Read + Paged<Row: Told>>(
    app: App,
    face: Arc<Face>,
    (path, headers, uri): (RawPathParams, HeaderMap, Uri),
) -> Result<Response, Error> {
    let pairs = pairs_of(uri.query());
    let (kept, others, since) = rows::<C>(&app, &face, &path, pairs, is_anew(&headers)).await?;
    let listing = Listing::of(&others, &face.words(), uri)?;
    let mut page = page(&kept.answer, &listing.query, usual).map_err(Error::fields)?;
    page.as_of.clone_from(&kept.as_of);
    app.estate.zone(&mut page.items);
    let mut answer = EstatePage::of(offered(page), kept.problem.clone());
    answer.since = since;
    Ok(([age(&kept)], answer.linked(&listing)).into_response())
}

/// The list as a file, by parameters.
pub async fn export<C: Read + Paged<Row: Told>>(
    app: App,
    face: Arc<Face>,
    path: RawPathParams,
    pairs: Pairs,
) -> Result<Response, Error> {
    let (kept, others, _) = rows::<C>(&app, &face, &path, pairs, false).await?;
    of_rows(app, kept.answer.to_vec(), usual, Wanted::of_parameters(others)?).await
}

/// The list as a file, by a body.
pub async fn export_by_body<C: Read + Paged<Row: Told>>(
    app: App,
    face: Arc<Face>,
    path: RawPathParams,
    request: ExportRequest,
) -> Result<Response, Error> {
    let pairs = words(&request.query);
    let (kept, others, _) = rows::<C>(&app, &face, &path, pairs, false).await?;
    of_rows(
        app,
        kept.answer.to_vec(),
        usual,
        Wanted::of_others(request, &others)?,
    )
    .await
}

/// The parameters of a query.
pub fn pairs_of(query: Option<&str>) -> Pairs {
    form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .into_owned()
        .collect()
}

/// The rows that the caller reaches, the parameters that are not the call's, and from when on rows were asked for,
/// where nothing is said of time.
///
/// # Errors
/// The parameters cannot be understood, or ChargePoint gives no rows, and gave none before.
pub async fn rows<C: Read + Paged<Row: Told>>(
    app: &App,
    face: &Face,
    path: &RawPathParams,
    pairs: Pairs,
    anew: bool,
) -> Result<(Kept<Vec<Row<C::Row>>>, Pairs, Option<Timestamp>), Error> {
    let named = parameters::named(face.names, path);
    let found = narrowed::<C>(&app.estate, face, &named, pairs).await?;
    let Narrowed {
        mut asked,
        is_named,
        is_dated,
    } = found;
    let mut since = None;
    if !asked.page && !is_named && !is_dated {
        let (before, within) = (asked.call.clone(), day());
        asked.call.of_late(&within);
        since = (asked.call != before).then_some(within.from);
    }
    let reach = Reach::of_caller(&app.estate).await?;
    require(&app.estate, &reach, &asked.named).await?;
    let found = match is_named {
        true => app.estate.named(&asked.call, anew).await,
        false => app.estate.rows(&asked.call, asked.page, anew).await,
    };
    let kept = found.map_err(|error| missing(error, &asked.named))?;
    Ok((reach.only(kept), asked.others, since))
}

/// The rows of a call that the caller reaches.
///
/// # Errors
/// ChargePoint gives none, and gave none before.
pub async fn reached<C: Read + Paged<Row: Told>>(
    app: &App,
    call: &C,
    anew: bool,
) -> Result<Kept<Vec<Row<C::Row>>>, Error> {
    let reach = Reach::of_caller(&app.estate).await?;
    Ok(reach.only(app.estate.rows(call, false, anew).await?))
}

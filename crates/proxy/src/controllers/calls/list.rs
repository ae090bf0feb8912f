//! GET: what a call lists, with the filters, the order and the pages of every list; and the same as a file

use std::sync::Arc;

use axum::extract::RawPathParams;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use chargepoint::calls::Paged;
use chargepoint::rules::has_wildcard;
use domain::Timestamp;
use domain::export::ExportRequest;
use domain::filter::{Condition, Filter, Test};
use domain::rows::page;
use time::{Duration, OffsetDateTime};

use super::parameters::{self, Names, Parameter};
use super::{EstatePage, age, missing, require};
use crate::access::offered;
use crate::app::App;
use crate::clock;
use crate::controllers::export::{Wanted, of_rows};
use crate::controllers::listing::{Listing, words};
use crate::controllers::locations::stations::is_anew;
use crate::estate::Kept;
use crate::estate::reach::Reach;
use crate::estate::rows::{Row, Told, usual};
use crate::estate::table::{Read, Within};
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
    let read = |pairs: Pairs| parameters::read::<C>(&face.parameters, named.clone(), pairs);
    let mut asked = read(pairs.clone())?;
    let (mut is_named, mut since) = (false, None);
    if !asked.page {
        let names = names::<C::Row>(face, &pairs);
        // What the call does not take as a name is none: no row has it.
        if let Some(one) = names.and_then(|names| read([pairs, names].concat()).ok()) {
            (asked, is_named) = (one, true);
        }
        match filtered::<C::Row>(&asked.others) {
            Some(within) => asked.call.of_late(&within),
            None if is_named => {}
            None => {
                let (before, within) = (asked.call.clone(), day());
                asked.call.of_late(&within);
                since = (asked.call != before).then_some(within.from);
            }
        }
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

/// The last day, by whole hours, so that who asks again asks the same.
fn day() -> Within {
    let now = OffsetDateTime::now_utc();
    let hour = now - Duration::seconds(now.unix_timestamp().rem_euclid(3600));
    Within {
        from: clock::write(hour - Duration::DAY),
        to: clock::write(hour + Duration::HOUR),
        ends: false,
    }
}

/// Before all that ChargePoint can tell of.
const BEGINNING: &str = "2000-01-01T00:00:00Z";

/// The fields that name a record or its station.
const NAMES: &[&str] = &["sessionId", "transactionId", "stationId", "stationName"];

/// What filters name in a list that grows for ever, as parameters of the call: ChargePoint finds it however old it is.
fn names<R: Told>(face: &Face, pairs: &[(String, String)]) -> Option<Pairs> {
    R::NEWEST?;
    let is_free = |key: &str| {
        face.open().any(|parameter| parameter.name == key) && !pairs.iter().any(|(own, _)| own == key)
    };
    let name = |text: &String| {
        let filter = Filter::read(text, R::LIST.heads).ok()?;
        let key = filter.field.key;
        // Searches with wildcards are few, and this is none.
        let is_one = filter.condition == Condition::Is && !has_wildcard(&filter.value);
        (is_one && NAMES.contains(&key) && is_free(key)).then(|| (key.to_owned(), filter.value))
    };
    let names: Pairs = filters(pairs)?.filter_map(name).collect();
    (!names.is_empty()).then_some(names)
}

/// The filters, if all of them must hold.
fn filters(pairs: &[(String, String)]) -> Option<impl Iterator<Item = &String>> {
    let is_any = pairs.iter().any(|(key, value)| key == "match" && value == "any");
    let filters = pairs.iter().filter(|(key, _)| key == "filter");
    (!is_any).then(|| filters.map(|(_, text)| text))
}

/// The time that the filters mean, if they mean one and all of them must hold: what ChargePoint need not be asked
/// for, and what it must be, since it is not of the last day.
fn filtered<R: Told>(pairs: &[(String, String)]) -> Option<Within> {
    let newest = R::NEWEST?;
    let span = |text: &String| {
        let ready = Filter::read(text, R::LIST.heads).ok()?.test().ok()?;
        match ready.test {
            Test::Span(from, to) if ready.head.key == newest && !ready.negated => Some((from, to)),
            _ => None,
        }
    };
    let spans: Vec<_> = filters(pairs)?.filter_map(span).collect();
    if spans.is_empty() {
        return None;
    }
    let from = spans.iter().filter_map(|(from, _)| from.clone()).max();
    let to = spans.iter().filter_map(|(_, to)| to.clone()).min();
    let end = to.and_then(|to| clock::days_after(&to, 1));
    Some(Within {
        from: from.unwrap_or_else(|| BEGINNING.to_owned()),
        ends: end.is_some(),
        to: end.unwrap_or_else(|| day().to),
    })
}

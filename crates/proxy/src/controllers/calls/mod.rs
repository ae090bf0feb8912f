//! The REST faces of ChargePoint's calls. What they have in common is here; which there are stands in
//! `router/calls.rs`.

mod fleets;
pub mod intervals;
pub mod list;
pub mod narrow;
pub mod one;
pub mod parameters;
mod sheds;
pub mod sums;
pub mod worked;
pub mod write;
mod writes;

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use chargepoint::Code;
use chargepoint::calls::{Answer, sessions::*};
use chargepoint::codec::json::RecordJson;
use domain::Timestamp;
use domain::listing::Page;
use domain::problem::{FieldError, Problem, kind};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::controllers::listing::Listing;
use crate::estate::reach::Reach;
use crate::estate::{Estate, Kept};
use crate::problem::Error;

pub use writes::Told;

/// A page of what ChargePoint lists.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "EstatePageOf{T}")]
pub struct EstatePage<T> {
    /// `asOf` says when ChargePoint was asked.
    #[serde(flatten)]
    pub page: Page<T>,
    /// Why this is ChargePoint's last answer and no new one.
    pub problem: Option<Problem>,
    /// From when on rows were asked for, where the request says nothing of time and the list grows for ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}

impl<T: Serialize> EstatePage<T> {
    /// Of a list that does not grow for ever, or of the whole of one.
    pub fn of(page: Page<T>, problem: Option<Problem>) -> Self {
        Self {
            page,
            problem,
            since: None,
        }
    }

    /// The answer, which names the pages beside it.
    pub fn linked(self, listing: &Listing) -> Response {
        let (number, pages) = (self.page.page, self.page.pages());
        listing.linked(axum::Json(self), number, pages)
    }
}

/// One record of ChargePoint's.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct One<T> {
    #[serde(flatten)]
    record: T,
    as_of: Timestamp,
    problem: Option<Problem>,
}

impl<T> One<T> {
    fn of<K>(record: T, kept: Kept<K>) -> Self {
        let Kept { as_of, problem, .. } = kept;
        Self {
            record,
            as_of,
            problem,
        }
    }
}

/// How old an answer is.
pub fn age<T: ?Sized>(kept: &Kept<T>) -> (HeaderName, HeaderValue) {
    (axum::http::header::AGE, HeaderValue::from(kept.age()))
}

/// What an answer says besides how it went.
fn content(answer: &impl Answer) -> Map<String, Value> {
    let json = serde_json::to_value(RecordJson(answer)).unwrap_or_default();
    let Value::Object(mut fields) = json else {
        return Map::new();
    };
    for field in chargepoint::table::TRANSPORT {
        fields.remove(*field);
    }
    fields
}

/// Fails where an account that is limited does not reach what the address names, as where it is not there.
async fn require(estate: &Estate, reach: &Reach, named: &[(&'static str, String)]) -> Result<(), Error> {
    if !reach.is_limited() {
        return Ok(());
    }
    for (name, id) in named {
        let (reached, noun) = match *name {
            "stationId" => (reach.station(id), "station"),
            "orgId" => (reach.organization(id), "organization"),
            "sgId" => (reach.group(estate, id).await?, "station group"),
            "fleetVehicleId" => (reach.vehicle(estate, id).await?, "vehicle"),
            "sessionId" => (session(estate, reach, id).await?, "session"),
            _ => continue,
        };
        if !reached {
            return Err(Error::NotFound(noun));
        }
    }
    Ok(())
}

async fn session(estate: &Estate, reach: &Reach, id: &str) -> Result<bool, Error> {
    let search_query = SessionsQuery {
        session_id: Some(id.to_owned()),
        ..SessionsQuery::default()
    };
    let found = estate
        .named(&GetChargingSessionData { search_query }, false)
        .await?;
    Ok(found.answer.iter().any(|row| reach.row(row)))
}

/// Whether all of them are about what the address names.
pub fn are_named(errors: &[FieldError], named: &[(&'static str, String)]) -> bool {
    // What is one in the address may be a list in the call.
    let is_named = |error: &FieldError| {
        let field = &*error.field;
        let mut names = named.iter().map(|(name, _)| *name);
        names.any(|name| field == name || field.strip_suffix('s') == Some(name))
    };
    !errors.is_empty() && errors.iter().all(is_named)
}

/// What the address names is not there, where ChargePoint says that its id is not one.
pub fn missing(error: Error, named: &[(&'static str, String)]) -> Error {
    let Error::ChargePoint(mut problem) = error else {
        return error;
    };
    // Of an event, one says that it is over and not that there is none; one, that a group is asked for besides it.
    let others = [Code::InvalidFutureDate, Code::GroupOrStationSearch].map(Code::number);
    let is_other = problem.code.as_deref().is_some_and(|code| others.contains(&code));
    if problem.status == 422 && !is_other && are_named(&problem.errors, named) {
        problem.errors.clear();
        (problem.status, problem.kind) = (404, kind::NOT_FOUND.into());
        problem.title = "ChargePoint knows no such record".into();
    }
    Error::ChargePoint(problem)
}

//! GET: one record of ChargePoint's, a row of a list or what a call answers

use std::sync::Arc;

use axum::extract::RawPathParams;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};
use axum::response::{IntoResponse, Response};
use chargepoint::calls::Paged;
use chargepoint::calls::station_groups::GetStationGroupDetails;
use domain::column::Listed;
use domain::load::rounded;
use serde_json::{Map, Value};

use super::list::{Face, pairs_of};
use super::parameters::{self, Asked};
use super::{One, age, content, missing, require};
use crate::app::App;
use crate::controllers::locations::stations::is_anew;
use crate::estate::is_nothing;
use crate::estate::reach::{Reach, organization_of_group};
use crate::estate::rows::Told;
use crate::estate::table::Read;
use crate::problem::Error;

/// What a request says: the parts of its address in braces, its headers, its address.
pub type Request = (RawPathParams, HeaderMap, Uri);

/// The row that the address names.
pub async fn row<C: Read + Paged<Row: Told>>(
    app: App,
    face: Arc<Face>,
    request: Request,
    noun: &'static str,
) -> Result<Response, Error> {
    let (asked, anew, reach) = reached::<C>(&app, &face, request, noun).await?;
    let found = app.estate.named(&asked.call, anew).await;
    let kept = found.map_err(|error| missing(error, &asked.named))?;
    let id = asked.id();
    let found = kept.answer.iter().find(|row| row.id() == id && reach.row(row));
    let mut row = found.cloned().ok_or(Error::NotFound(noun))?;
    app.estate.zone(std::slice::from_mut(&mut row));
    let headers = [age(&kept)];
    Ok((headers, axum::Json(One::of(row, kept))).into_response())
}

/// What the call answers.
pub async fn answer<C: Read<Answer: Send + Sync + 'static>>(
    app: App,
    face: Arc<Face>,
    request: Request,
    noun: &'static str,
) -> Result<Response, Error> {
    let (_, told) = told::<C>(&app, &face, request, noun).await?;
    Ok(told.into_response())
}

/// The same of a station group, with whose it is: the call does not tell, and groups of all organizations have the
/// same names.
pub async fn group(
    app: App,
    face: Arc<Face>,
    request: Request,
    noun: &'static str,
) -> Result<Response, Error> {
    let (id, mut told) = told::<GetStationGroupDetails>(&app, &face, request, noun).await?;
    let whose = organization_of_group(&app.estate, &id).await.unwrap_or_default();
    let axum::Json(record) = &mut told.1;
    record.record.insert("organizationName".into(), whose.into());
    Ok(told.into_response())
}

/// An answer, and how old it is.
type Aged = (
    [(HeaderName, HeaderValue); 1],
    axum::Json<One<Map<String, Value>>>,
);

/// What the call answers about the record of that id.
async fn told<C: Read<Answer: Send + Sync + 'static>>(
    app: &App,
    face: &Face,
    request: Request,
    noun: &'static str,
) -> Result<(String, Aged), Error> {
    let (asked, anew, reach) = reached::<C>(app, face, request, noun).await?;
    let found = app.estate.answer(&asked.call, anew).await;
    let kept = found.map_err(|error| missing(error, &asked.named))?;
    if is_nothing(&*kept.answer) {
        return Err(Error::NotFound(noun));
    }
    let (headers, mut record) = ([age(&kept)], content(&*kept.answer));
    if reach.is_limited() {
        only(&mut record, |station| reach.station(station));
    }
    Ok((
        asked.id().to_owned(),
        (headers, axum::Json(One::of(record, kept))),
    ))
}

/// Leaves of the stations of a group those that the caller reaches, and what is said of all of them together: a group
/// is of one organization, and may hold stations of others, who gave rights over them.
fn only(record: &mut Map<String, Value>, is_own: impl Fn(&str) -> bool) {
    let Some(Value::Array(stations)) = record.get_mut("stations") else {
        return;
    };
    let all = stations.len();
    stations.retain(|station| station["stationId"].as_str().is_some_and(&is_own));
    if stations.len() == all {
        return;
    }
    let loads = stations
        .iter()
        .filter_map(|station| station["stationLoad"].as_f64());
    let (many, load) = (stations.len(), rounded(loads.sum()));
    let told = [("numStations", many.into()), ("sgLoad", load.into())];
    for (key, own) in told {
        if let Some(value) = record.get_mut(key) {
            *value = own;
        }
    }
}

/// What is asked for, where the caller reaches what the address names.
async fn reached<C: Read>(
    app: &App,
    face: &Face,
    request: Request,
    noun: &'static str,
) -> Result<(Asked<C>, bool, Reach), Error> {
    let (asked, anew) = read::<C>(face, request, noun)?;
    let reach = Reach::of_caller(&app.estate).await?;
    require(&app.estate, &reach, &asked.named).await?;
    Ok((asked, anew, reach))
}

fn read<C: Read>(
    face: &Face,
    (path, headers, uri): Request,
    noun: &'static str,
) -> Result<(Asked<C>, bool), Error> {
    let named = parameters::named(face.names, &path);
    let asked = parameters::read(&face.parameters, named.clone(), pairs_of(uri.query()));
    let asked: Asked<C> = asked.map_err(|error| match error {
        Error::NotFound(_) => Error::NotFound(noun),
        error => error,
    })?;
    if let Some((key, _)) = asked.others.first() {
        let known: Vec<&str> = face.open().map(|one| one.name.as_str()).collect();
        let key: String = key.chars().take(40).collect();
        let there = if known.is_empty() {
            "there are none".to_owned()
        } else {
            format!("there are {}", known.join(", "))
        };
        return Err(Error::Malformed(format!("{key:?} is no parameter here; {there}")));
    }
    Ok((asked, is_anew(&headers)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    fn seen(group: Value, is_own: impl Fn(&str) -> bool) -> Value {
        let Value::Object(mut group) = group else {
            return group;
        };
        only(&mut group, is_own);
        Value::Object(group)
    }

    #[test]
    fn a_group_holds_the_stations_that_are_reached_and_their_load() {
        let load = |id: &str, load: f64| json!({ "stationId": id, "stationLoad": load });
        let all = [load("1:1", 4.5), load("1:2", 3.0), load("1:3", 2.0)];
        let group = json!({ "numStations": 3, "sgLoad": 9.5, "stations": all });
        assert_eq!(seen(group.clone(), |_| true), group);
        assert_eq!(
            seen(group.clone(), |id| id != "1:2"),
            json!({ "numStations": 2, "sgLoad": 6.5, "stations": [all[0], all[2]] })
        );
        // What a call does not tell is not added.
        let details = json!({ "groupName": "All", "stations": [{ "stationId": "1:1" }] });
        assert_eq!(
            seen(details, |_| false),
            json!({ "groupName": "All", "stations": [] })
        );
        let other = json!({ "sessionId": "7" });
        assert_eq!(seen(other.clone(), |_| false), other);
    }
}

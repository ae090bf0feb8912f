//! GET: one record of ChargePoint's, a row of a list or what a call answers

use std::sync::Arc;

use axum::extract::RawPathParams;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use chargepoint::calls::Paged;
use domain::column::Listed;

use super::list::{Face, pairs_of};
use super::parameters::{self, Asked};
use super::{One, age, content, missing, require};
use crate::app::App;
use crate::controllers::locations::stations::is_anew;
use crate::estate::is_nothing;
use crate::estate::reach::Reach;
use crate::estate::rows::Told;
use crate::estate::table::Read;
use crate::problem::Error;

type Request = (RawPathParams, HeaderMap, Uri);

/// The row that the address names.
pub async fn row<C: Read + Paged<Row: Told>>(
    app: App,
    face: Arc<Face>,
    request: Request,
    noun: &'static str,
) -> Result<Response, Error> {
    let (asked, anew, reach) = reached::<C>(&app, &face, request).await?;
    let found = app.estate.named(&asked.call, anew).await;
    let kept = found.map_err(|error| missing(error, &asked.named))?;
    let id = asked.named.first().map(|(_, id)| id.as_str()).unwrap_or_default();
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
    let (asked, anew, _) = reached::<C>(&app, &face, request).await?;
    let found = app.estate.answer(&asked.call, anew).await;
    let kept = found.map_err(|error| missing(error, &asked.named))?;
    if is_nothing(&*kept.answer) {
        return Err(Error::NotFound(noun));
    }
    let (headers, record) = ([age(&kept)], content(&*kept.answer));
    Ok((headers, axum::Json(One::of(record, kept))).into_response())
}

/// What is asked for, where the caller reaches what the address names.
async fn reached<C: Read>(
    app: &App,
    face: &Face,
    request: Request,
) -> Result<(Asked<C>, bool, Reach), Error> {
    let (asked, anew) = read::<C>(face, request)?;
    let reach = Reach::of_caller(&app.estate).await?;
    require(&app.estate, &reach, &asked.named).await?;
    Ok((asked, anew, reach))
}

fn read<C: Read>(face: &Face, (path, headers, uri): Request) -> Result<(Asked<C>, bool), Error> {
    let named = parameters::named(face.names, &path);
    let asked: Asked<C> = parameters::read(&face.parameters, named, pairs_of(uri.query()))?;
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

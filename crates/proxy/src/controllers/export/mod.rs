//! `…/export` of every list: its rows as a file, streamed from one snapshot of the books.

mod body;
mod csv;
mod exports;
mod json;
mod request;
mod task;
mod xlsx;

pub use exports::Exports;
pub use request::{Parameters, Wanted};

use std::cmp::Ordering;
use std::collections::HashSet;

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::column::Listed;
use domain::export::{ExportProgress, ExportRequest, file_name};
use domain::listing::ListQuery;
use domain::rows::matching;
use tokio::sync::OwnedSemaphorePermit;

use crate::access::{caller, spawn};
use crate::app::App;
use crate::books::Tx;
use crate::books::listing::{Export, Source};
use crate::clock;
use crate::middleware::body::{Json, Path, Query};
use crate::problem::Error;

/// GET: by parameters.
pub async fn get<S: Source>(
    State(app): State<App>,
    Path(path): Path<S::Path>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    answer::<S>(app, path, Wanted::of_parameters(pairs)?).await
}

/// POST: by a body, for queries and choices of any length.
pub async fn post<S: Source>(
    State(app): State<App>,
    Path(path): Path<S::Path>,
    Json(request): Json<ExportRequest>,
) -> Result<Response, Error> {
    answer::<S>(app, path, Wanted::of_request(request)?).await
}

/// GET `/exports/{progress}`: how far a file is.
pub async fn progress(
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<axum::Json<ExportProgress>, Error> {
    app.exports
        .look(&own(name))
        .map(axum::Json)
        .ok_or(Error::NotFound("export"))
}

/// The name of an export among everybody's.
fn own(name: String) -> String {
    format!("{} {name}", caller().account().unwrap_or_default())
}

async fn answer<S: Source>(app: App, path: S::Path, wanted: Wanted) -> Result<Response, Error> {
    let turn = app.exports.turn().await?;
    let mut tx = app.books.read().await?;
    let rows = S::rows(&mut tx, path).await?;
    let export = rows.export(&mut tx, &wanted.query, wanted.ids.as_deref()).await?;
    file(app, tx, export, wanted, turn)
}

/// Rows in memory as a file.
///
/// # Errors
/// What is asked for cannot be understood.
pub async fn of_rows<T>(
    app: App,
    rows: Vec<T>,
    usual: fn(&T, &T) -> Ordering,
    mut wanted: Wanted,
) -> Result<Response, Error>
where
    T: Listed + Clone + Send + Sync,
{
    let ids: Option<HashSet<String>> = wanted.ids.take().map(|ids| ids.into_iter().collect());
    if ids.is_some() {
        wanted.query = ListQuery {
            sort: wanted.query.sort,
            ..ListQuery::default()
        };
    }
    let found = matching(&rows, &wanted.query, usual).map_err(Error::fields)?;
    let is_chosen = |row: &&T| ids.as_ref().is_none_or(|ids| ids.contains(row.id()));
    let export = Export::of(found.into_iter().filter(is_chosen).cloned().collect());
    let turn = app.exports.turn().await?;
    let tx = app.books.read().await?;
    file(app, tx, export, wanted, turn)
}

fn file<T: Listed + Clone + Send + Sync>(
    app: App,
    tx: Tx,
    export: Export<T>,
    wanted: Wanted,
    turn: OwnedSemaphorePermit,
) -> Result<Response, Error> {
    let columns = request::columns::<T>(wanted.columns.as_deref())?;
    let progress = app.exports.begin(wanted.progress.map(own), export.total)?;
    let (sink, stream) = body::channel(app.exports.patience());
    let today = clock::now();
    let name = file_name(T::NAME, today.get(..10).unwrap_or_default(), wanted.format);
    let headers = [
        (header::CONTENT_TYPE, wanted.format.media_type().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (
            header::HeaderName::from_static("x-total-count"),
            export.total.to_string(),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let work = task::File {
        columns,
        format: wanted.format,
        progress,
        sink,
    };
    spawn(async move {
        work.write(tx, export).await;
        drop(turn);
    });
    Ok((headers, Body::from_stream(stream)).into_response())
}

//! `…/export` of every list: its rows as a file, streamed from one snapshot of the books.

mod body;
mod csv;
mod exports;
mod json;
mod request;
mod task;
mod xlsx;

pub use exports::Exports;
pub use request::Parameters;

use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::column::Listed;
use domain::export::{ExportProgress, ExportRequest, file_name};

use crate::app::App;
use crate::books::listing::Source;
use crate::clock;
use crate::middleware::body::{Json, Path, Query};
use crate::problem::Error;
use request::Wanted;

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
        .look(&name)
        .map(axum::Json)
        .ok_or(Error::NotFound("export"))
}

async fn answer<S: Source>(app: App, path: S::Path, wanted: Wanted) -> Result<Response, Error> {
    let columns = request::columns::<S::Row>(wanted.columns.as_deref())?;
    let turn = app.exports.turn().await?;
    let mut tx = app.books.read().await?;
    let rows = S::rows(&mut tx, path).await?;
    let export = rows.export(&mut tx, &wanted.query, wanted.ids.as_deref()).await?;
    let progress = app.exports.begin(wanted.progress, export.total)?;
    let (sink, stream) = body::channel(app.exports.patience());
    let today = clock::now();
    let name = file_name(S::Row::NAME, today.get(..10).unwrap_or_default(), wanted.format);
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
    let file = task::File {
        columns,
        format: wanted.format,
        progress,
        sink,
    };
    tokio::spawn(async move {
        file.write(tx, export).await;
        drop(turn);
    });
    Ok((headers, Body::from_stream(stream)).into_response())
}

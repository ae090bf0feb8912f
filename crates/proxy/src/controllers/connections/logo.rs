//! `/connections/{id}/logo`

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::connections::Connection;

use crate::app::App;
use crate::books::connections::logo;
use crate::middleware::body::{Path, read};
use crate::middleware::if_match::{IfMatch, Tagged};
use crate::problem::Error;

/// GET: the logo as PNG.
pub async fn get(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Error> {
    let png = logo::png(&mut app.books.read().await?, &id).await?;
    Ok(as_file("image/png", png))
}

/// PUT: the body is the picture itself.
pub async fn put(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    request: Request,
) -> Result<Tagged<Connection>, Error> {
    let file = read(request, logo::MAX_FILE).await?;
    let png = logo::to_png(&file)?;
    change(&app, &id, version, &png).await
}

/// DELETE
pub async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
) -> Result<Tagged<Connection>, Error> {
    change(&app, &id, version, &[]).await
}

async fn change(app: &App, id: &str, version: IfMatch, png: &[u8]) -> Result<Tagged<Connection>, Error> {
    let mut tx = app.books.write().await?;
    let record = logo::put(&mut tx, id, version, png).await?;
    tx.commit().await?;
    Ok(Tagged(record.version, record))
}

/// A file that is asked for again each time.
pub fn as_file(kind: &'static str, bytes: impl Into<axum::body::Body>) -> Response {
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(kind))];
    (kind, bytes.into()).into_response()
}

//! `/station_tokens/imports`

use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::station_tokens::{ImportDone, ImportPreview};

use crate::app::App;
use crate::books::station_tokens::imports;
use crate::middleware::body::{self, Json, Path};
use crate::problem::Error;

/// The bytes of a file.
pub struct File(Vec<u8>);

impl<S: Send + Sync> FromRequest<S> for File {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        Ok(Self(body::read(request, imports::MAX_FILE).await?.into()))
    }
}

pub async fn stage(State(app): State<App>, File(bytes): File) -> Result<Response, Error> {
    let preview = imports::stage(&app.books, bytes).await?;
    let place = format!("/api/v1/station_tokens/imports/{}", preview.id);
    let mut response = (StatusCode::CREATED, Json(preview)).into_response();
    let place = HeaderValue::from_str(&place).ok();
    response
        .headers_mut()
        .extend(place.map(|place| (header::LOCATION, place)));
    Ok(response)
}

pub async fn get(State(app): State<App>, Path(id): Path<String>) -> Result<Json<ImportPreview>, Error> {
    Ok(Json(imports::get(&mut app.books.read().await?, &id).await?))
}

pub async fn finalise(State(app): State<App>, Path(id): Path<String>) -> Result<Json<ImportDone>, Error> {
    let mut tx = app.books.write().await?;
    let done = imports::finalise(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(Json(done))
}

pub async fn discard(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode, Error> {
    let mut tx = app.books.write().await?;
    imports::discard(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

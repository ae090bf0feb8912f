//! `/connections/{id}/invitation`: link, search code, QR code and the sheet to print

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::connections::Invitation;
use schemars::JsonSchema;
use serde::Deserialize;

use super::logo::as_file;
use crate::app::App;
use crate::books::connections::invitation::{self, Codes};
use crate::books::connections::logo;
use crate::join::address::{self, Base};
use crate::join::qr;
use crate::join::sheet::Sheet;
use crate::middleware::body::{Json, Path, Query};
use crate::problem::Error;

/// GET
pub async fn get(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Invitation>, Error> {
    let base = address::base(&app, &headers)?;
    let codes = invitation::codes(&mut app.books.read().await?, &id).await?;
    Ok(Json(shown(&codes, &base)))
}

/// POST `…/rotate`
pub async fn rotate(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Invitation>, Error> {
    let base = address::base(&app, &headers)?;
    let mut tx = app.books.write().await?;
    let codes = invitation::rotate(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(Json(shown(&codes, &base)))
}

fn shown(codes: &Codes, base: &Base) -> Invitation {
    Invitation {
        link: format!("{}/join/{}", base.url, codes.link_code),
        search_code: codes.shown().map(str::to_owned),
        search_link: format!("{}/join", base.url),
        open: codes.is_open(),
        local: base.local,
        made_at: codes.made_at.clone(),
    }
}

/// GET `…/qr.svg`
pub async fn svg(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let Json(invitation) = get(State(app), Path(id), headers).await?;
    Ok(as_file("image/svg+xml", qr::svg(&invitation.link)?))
}

/// How large a picture is to be.
#[derive(Deserialize, JsonSchema)]
pub struct Size {
    /// Pixels on each side, from 64 to 4096; 1024 where nothing is said.
    size: Option<u32>,
}

/// GET `…/qr.png`
pub async fn png(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(Size { size }): Query<Size>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let size = size.unwrap_or(1024);
    if !(64..=4096).contains(&size) {
        return Err(Error::field("size", "from 64 to 4096 pixels"));
    }
    let Json(invitation) = get(State(app), Path(id), headers).await?;
    Ok(as_file("image/png", qr::png(&invitation.link, size)?))
}

/// What the sheet is printed on.
#[derive(Deserialize, JsonSchema)]
pub struct Paper {
    /// `a4` or `letter`; A4 where nothing is said.
    paper: Option<String>,
}

/// GET `…/sheet`
pub async fn sheet(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(Paper { paper }): Query<Paper>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let paper = paper.as_deref().unwrap_or("a4");
    if !matches!(paper, "a4" | "letter") {
        return Err(Error::field("paper", "a4 or letter"));
    }
    let base = address::base(&app, &headers)?;
    let mut tx = app.books.read().await?;
    let codes = invitation::codes(&mut tx, &id).await?;
    let logo = logo::base64(&mut tx, &id).await?;
    let invitation = shown(&codes, &base);
    Sheet {
        connection: &codes.connection,
        logo: logo.as_deref(),
        link: &invitation.link,
        search_code: invitation.search_code.as_deref(),
        search_link: &invitation.search_link,
        paper,
    }
    .draw()
}

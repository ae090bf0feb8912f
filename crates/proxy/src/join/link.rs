//! `/join/{code}`: an invitation.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::connections::Connection;

use super::form::{self, Typed};
use super::html::{escape, logo};
use super::page::{failed, gone as gone_page, page, too_many};
use crate::app::App;
use crate::books::connections::{invitation, logo as logos};
use crate::books::driver_requests::{self, Sent};
use crate::edge::client::Client;
use crate::middleware::limits::{SENDS, SENDS_OF_ADDRESS, SENDS_TO_ONE, VIEWS};
use crate::problem::Error;

/// Before the secret of the driver's own page, in the address of a form that was opened from there.
pub const FROM: &str = "from=";

/// The codes in an address; one that is no text is like any that nobody knows.
pub type Code<T> = Result<Path<T>, PathRejection>;

/// Any other address below an invitation.
pub async fn gone() -> Response {
    gone_page()
}

/// GET: who invites, what for, and the form.
pub async fn show(State(app): State<App>, Client(client): Client, code: Code<String>) -> Response {
    let Ok(Path(code)) = code else { return gone_page() };
    if let Err(seconds) = app.limits.count(VIEWS, &client) {
        return too_many(seconds);
    }
    match invited(&app, &code).await {
        Ok(Some(invited)) => invited.draw(&Typed::default(), &[], StatusCode::OK),
        Ok(None) => gone_page(),
        Err(error) => failed(&error),
    }
}

/// POST: sends the request.
pub async fn send(
    State(app): State<App>,
    Client(client): Client,
    code: Code<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let Ok(Path(code)) = code else { return gone_page() };
    if let Err(seconds) = app.limits.count(SENDS, &client) {
        return too_many(seconds);
    }
    let sent = async {
        let typed = Typed::read(request).await?;
        let Some(invited) = invited(&app, &code).await? else {
            return Ok(gone_page());
        };
        let questions = form::questions(&invited.connection);
        let wrong = typed.wrong(&questions);
        if wrong.iter().any(Option::is_some) {
            return Ok(invited.draw(&typed, &wrong, StatusCode::UNPROCESSABLE_ENTITY));
        }
        let sent = typed.sent(&questions);
        let of = format!("{client} {} {}", invited.connection.id, sent.email.to_lowercase());
        if let Err(seconds) = app.limits.count(SENDS_OF_ADDRESS, &of) {
            return Ok(too_many(seconds));
        }
        // What reaches nobody closes the door to nobody else.
        if let Err(seconds) = app.limits.count(SENDS_TO_ONE, &invited.connection.id) {
            return Ok(too_many(seconds));
        }
        let mut tx = app.books.write().await?;
        // It may have been disabled since.
        let Some(connection) = invitation::by_link(&mut tx, &code).await? else {
            return Ok(gone_page());
        };
        let sent = Sent {
            page: query.and_then(|query| Some(query.strip_prefix(FROM)?.to_owned())),
            ..sent
        };
        let secret = driver_requests::send(&mut tx, &connection, sent).await?;
        tx.commit().await?;
        see_other(&format!("/join/{code}/requests/{secret}"))
    };
    sent.await.unwrap_or_else(|error: Error| failed(&error))
}

fn see_other(place: &str) -> Result<Response, Error> {
    let place = HeaderValue::from_str(place).map_err(|error| Error::Internal(error.to_string()))?;
    Ok((
        StatusCode::SEE_OTHER,
        [
            (header::LOCATION, place),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ],
    )
        .into_response())
}

struct Invited {
    connection: Connection,
    logo: Option<String>,
}

async fn invited(app: &App, code: &str) -> Result<Option<Invited>, Error> {
    let mut tx = app.books.read().await?;
    let Some(connection) = invitation::by_link(&mut tx, code).await? else {
        return Ok(None);
    };
    let logo = logos::base64(&mut tx, &connection.id).await?;
    Ok(Some(Invited { connection, logo }))
}

impl Invited {
    fn draw(&self, typed: &Typed, wrong: &[Option<String>], status: StatusCode) -> Response {
        let Self { connection, logo } = self;
        let questions = form::questions(connection);
        let form = form::draw(&questions, typed, wrong, "Send request");
        let title = format!("{} invites you", who(connection));
        let title = if wrong.is_empty() {
            title
        } else {
            format!("Not sent yet: {title}")
        };
        page(status, &title, &(head(connection, logo.as_deref()) + &form))
    }
}

/// Who invites, as drivers read it.
pub fn who(connection: &Connection) -> &str {
    if connection.org_name_for_drivers.is_empty() {
        &connection.org_name
    } else {
        &connection.org_name_for_drivers
    }
}

fn head(connection: &Connection, image: Option<&str>) -> String {
    let mut html = format!(
        "{}<p class=\"over\">{} invites you to join</p><h1>{}</h1>",
        logo(image, ""),
        escape(who(connection)),
        escape(&connection.connection_name),
    );
    if !connection.benefits.is_empty() {
        html.push_str("<h2>What you get</h2><ul class=\"benefits\">");
        for benefit in &connection.benefits {
            html.push_str(&format!("<li>{}</li>", escape(benefit)));
        }
        html.push_str("</ul>");
    }
    html + "<h2>Your request</h2>"
}

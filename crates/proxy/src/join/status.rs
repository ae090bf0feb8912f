//! `/join/{code}/requests/{secret}`: how it stands with a request. The secret is the driver's own, so the
//! page stays when the invitation is rotated or disabled.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::connections::Connection;

use super::html::{escape, logo};
use super::link::{Code, FROM, who};
use super::page::{failed, gone, page, too_many};
use crate::app::App;
use crate::books::connections::{self, invitation, logo as logos};
use crate::books::driver_requests::{self, Followed};
use crate::clock;
use crate::edge::client::Client;
use crate::middleware::limits::VIEWS;
use crate::problem::Error;

/// GET
pub async fn show(State(app): State<App>, Client(client): Client, codes: Code<(String, String)>) -> Response {
    let Ok(Path((code, secret))) = codes else {
        return gone();
    };
    if let Err(seconds) = app.limits.count(VIEWS, &client) {
        return too_many(seconds);
    }
    match look(&app, &code, &secret).await {
        Ok(Some(page)) => page,
        Ok(None) => gone(),
        Err(error) => failed(&error),
    }
}

async fn look(app: &App, code: &str, secret: &str) -> Result<Option<Response>, Error> {
    let mut tx = app.books.read().await?;
    let Some(followed) = driver_requests::follow(&mut tx, secret).await? else {
        return Ok(None);
    };
    let connection = connections::get(&mut tx, &followed.connection_id).await?;
    let image = logos::base64(&mut tx, &connection.id).await?;
    let words = words(&followed);
    let mut html = format!(
        "{}<p class=\"over\">{} · {}</p><h1>{}</h1><p class=\"state {}\">{}</p>",
        logo(image.as_deref(), ""),
        escape(who(&connection)),
        escape(&connection.connection_name),
        words.title,
        words.class,
        words.state
    );
    if !followed.text.is_empty() {
        html.push_str(&format!(
            "<blockquote>{}</blockquote>",
            escape(&followed.text).replace('\n', "<br>")
        ));
    }
    html.push_str(&format!("<p>{}</p>", words.next));
    if is_due(&followed, &connection) {
        let open = invitation::by_link(&mut tx, code).await?;
        let how = match open.filter(|open| open.id == connection.id) {
            Some(_) => format!(
                "<a href=\"/join/{}?{FROM}{}\">Answer again</a>.",
                escape(code),
                escape(secret)
            ),
            None => "Ask the operator for a new invitation, and answer with the same e-mail address.".into(),
        };
        html.push_str(&format!(
            "<p>The operator asks you to bring your answers up to date. {how} You stay connected meanwhile.</p>"
        ));
    }
    Ok(Some(page(StatusCode::OK, words.title, &html)))
}

/// Whether the driver's answers are as old as the connection lets them become.
fn is_due(followed: &Followed, connection: &Connection) -> bool {
    let connected = followed.own && followed.status == "Approved";
    let since = followed.decided_at.as_deref().zip(connection.ask_again_days);
    connected && since.is_some_and(|(at, days)| at < clock::days_ago(days as i64).as_str())
}

struct Words {
    title: &'static str,
    state: &'static str,
    class: &'static str,
    next: &'static str,
}

fn words(followed: &Followed) -> Words {
    let (title, state, class, next) = match followed.status.as_str() {
        "Pending" => (
            "Your request was received",
            "Pending",
            "attention",
            "The operator decides on it. Keep the address of this page: it shows the decision.",
        ),
        _ if !followed.own => (
            "Your request was received",
            "Decided",
            "neutral",
            "A request with this e-mail address had been sent before, and has been decided. The page that was shown \
             for the first one says how.",
        ),
        "Approved" => (
            "You are connected",
            "Approved",
            "good",
            "You can charge as the operator has told you. Keep the address of this page: it shows when that changes.",
        ),
        "Denied" => (
            "Your request was not accepted",
            "Denied",
            "bad",
            "If something was missing, open the invitation again and send another request.",
        ),
        _ => (
            "You are no longer connected",
            "Removed",
            "neutral",
            "Ask the operator if you think that this is a mistake.",
        ),
    };
    Words {
        title,
        state,
        class,
        next,
    }
}

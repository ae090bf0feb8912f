//! `/sign-in`

use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Form, FromRequest, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{by_password, openid, sandbox};
use crate::access::{Stranger, within};
use crate::app::App;
use crate::books::accounts;
use crate::join::html::escape;
use crate::join::page::page as frame;
use crate::middleware::body;
use crate::problem::Error;

/// The largest form, in bytes.
const MAX_FORM: usize = 16 * 1024;

/// Where to go afterwards.
#[derive(Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    pub next: String,
}

#[derive(Default, Deserialize)]
struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// GET: the form.
pub async fn show(State(app): State<App>, asked: Result<Query<Asked>, QueryRejection>) -> Response {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    match accounts::is_empty(&app.books).await {
        Ok(true) => message(
            StatusCode::OK,
            "There are no accounts yet",
            "The portal printed a link on its console when it started. Open that link to make the first account.",
        ),
        Ok(false) => draw(&app, "", &asked.next, "", StatusCode::OK),
        Err(error) => failed(&app, &error, "", ""),
    }
}

/// POST: signs in.
pub async fn send(
    State(app): State<App>,
    Stranger(caller): Stranger,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let typed: Typed = match form(request).await {
        Ok(typed) => typed,
        Err(error) => return failed(&app, &error, "", ""),
    };
    let signed_in = within(caller, by_password(&app, &headers, &typed.email, &typed.password)).await;
    match signed_in {
        Ok(signed_in) => signed_in.answer(go_to(&typed.next)),
        Err(error) => failed(&app, &error, &typed.email, &typed.next),
    }
}

/// GET `/signed-in`: where a tab ends that was opened only to sign in again.
pub async fn done() -> Response {
    message(
        StatusCode::OK,
        "You are signed in",
        "Close this tab and go on where you were.",
    )
}

/// A form's fields.
///
/// # Errors
/// They cannot be read.
pub async fn form<T: serde::de::DeserializeOwned>(request: Request) -> Result<T, Error> {
    let (parts, body) = request.into_parts();
    let bytes = body::read(Request::new(body), MAX_FORM).await?;
    let request = Request::from_parts(parts, Body::from(bytes));
    let form = Form::<T>::from_request(request, &()).await;
    form.map(|Form(form)| form).map_err(|_| {
        Error::Malformed("The form did not arrive as it should. Go back and send it again.".into())
    })
}

/// An address of the portal's own pages; anything else is its front.
pub fn own_place(next: &str) -> &str {
    let is_own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', ';', ','])
        && !next.contains(char::is_control);
    if is_own { next } else { "/" }
}

/// To a page of the portal; anything else leads to its front.
pub fn go_to(next: &str) -> Response {
    let place = HeaderValue::from_str(own_place(next)).unwrap_or(HeaderValue::from_static("/"));
    (
        StatusCode::SEE_OTHER,
        [
            (header::LOCATION, place),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ],
    )
        .into_response()
}

/// A page that says one thing.
pub fn message(status: StatusCode, title: &str, text: &str) -> Response {
    page(
        status,
        title,
        &format!("<h1>{}</h1><p>{}</p>", escape(title), escape(text)),
    )
}

/// A page of this part of the portal. Its forms name their origin, by which strangers' forms are told apart.
pub fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let mut response = frame(status, title, body);
    response
        .headers_mut()
        .insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

fn failed(app: &App, error: &Error, email: &str, next: &str) -> Response {
    let problem = error.problem();
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status.is_server_error() {
        tracing::error!(%error, "signing in failed");
    }
    let mut response = draw(app, email, next, &problem.detail, status);
    if let Error::TooMany(seconds) = error {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    }
    response
}

fn draw(app: &App, email: &str, next: &str, wrong: &str, status: StatusCode) -> Response {
    let wrong_html = if wrong.is_empty() {
        String::new()
    } else {
        format!(
            "<div class=\"summary\" role=\"alert\" id=\"wrong\"><p>{}</p></div>",
            escape(wrong)
        )
    };
    let described = if wrong.is_empty() {
        ""
    } else {
        " aria-describedby=\"wrong\""
    };
    let elsewhere = openid::draw(app, next);
    let (email, next) = (escape(email), escape(next));
    let try_it = if app.access.sandbox {
        sandbox::draw(&next)
    } else {
        String::new()
    };
    let body = format!(
        "<p class=\"over\">EV portal</p><h1>Sign in</h1>{wrong_html}{try_it}{elsewhere}\
         <form method=\"post\" action=\"/sign-in\">\
         <input type=\"hidden\" name=\"next\" value=\"{next}\">\
         <div class=\"field\"><label for=\"email\">E-mail</label>\
         <input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"username\" value=\"{email}\" maxlength=\"255\" \
         required{described}></div>\
         <div class=\"field\"><label for=\"password\">Password</label>\
         <input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" \
         maxlength=\"256\" required{described}></div>\
         <button>Sign in</button></form>\
         <p class=\"hint\">Forgotten? An administrator gives you a link to set a new password.</p>"
    );
    page(status, "Sign in – EV portal", &body)
}

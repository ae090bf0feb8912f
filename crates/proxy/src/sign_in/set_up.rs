//! `/set-up/{secret}`: the first administrator, and passwords of accounts.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::access::ADMINISTRATOR;
use domain::accounts::{Account, AccountInput};
use serde::Deserialize;

use super::begin;
use super::page::{form, go_to, message, page};
use crate::access::{Stranger, within};
use crate::app::App;
use crate::books::accounts::links::{self, For};
use crate::books::accounts::{self, password};
use crate::edge::client::Client;
use crate::join::html::escape;
use crate::middleware::limits::SIGN_INS;
use crate::problem::Error;

#[derive(Default, Deserialize)]
struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

/// GET: the form.
pub async fn show(State(app): State<App>, Client(address): Client, Path(secret): Path<String>) -> Response {
    if let Err(seconds) = app.limits.count(SIGN_INS, &address) {
        return failed(&Error::TooMany(seconds));
    }
    match meant(&app, &secret).await {
        Ok(Some(meant)) => draw(&meant, &Typed::default(), "", StatusCode::OK),
        Ok(None) => gone(&app).await,
        Err(error) => failed(&error),
    }
}

/// POST: sets the password, and signs in.
pub async fn send(
    State(app): State<App>,
    Stranger(stranger): Stranger,
    Path(secret): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    if let Err(seconds) = app.limits.count(SIGN_INS, &stranger.address()) {
        return failed(&Error::TooMany(seconds));
    }
    let done = within(stranger.named("A set-up link"), async {
        let typed: Typed = form(request).await?;
        let Some(meant) = meant(&app, &secret).await? else {
            return Ok(gone(&app).await);
        };
        let own = match &meant {
            Meant::First => [typed.name.clone(), typed.email.clone()],
            Meant::Account(account) => [account.name.clone(), account.email.clone()],
        };
        if let Some(wrong) = password::wrong(&typed.password, &own.each_ref().map(String::as_str)) {
            let said = format!("Password: {wrong}.");
            return Ok(draw(&meant, &typed, &said, StatusCode::UNPROCESSABLE_ENTITY));
        }
        let hash = password::hash(&typed.password).await?;
        let account = match set(&app, &secret, &typed, &hash).await {
            Ok(Some(account)) => account,
            Ok(None) => return Ok(gone(&app).await),
            Err(error @ (Error::Invalid { .. } | Error::Duplicate { .. })) => {
                let problem = error.problem();
                return Ok(draw(
                    &meant,
                    &typed,
                    &problem.detail,
                    StatusCode::UNPROCESSABLE_ENTITY,
                ));
            }
            Err(error) => return Err(error),
        };
        let found = accounts::by_id(&mut app.books.read().await?, &account.id).await?;
        let Some(found) = found.filter(accounts::Found::is_enabled) else {
            return Ok(go_to("/"));
        };
        Ok(begin(&app, &headers, found).await?.answer(go_to("/")))
    });
    done.await.unwrap_or_else(|error: Error| failed(&error))
}

/// Sets the password in one transaction with the link's end; none if the link holds no more.
async fn set(app: &App, secret: &str, typed: &Typed, hash: &str) -> Result<Option<Account>, Error> {
    let mut tx = app.books.write().await?;
    let account = match links::find(&mut tx, secret).await? {
        None => return Ok(None),
        Some(For::Account(id)) => accounts::get(&mut tx, &id).await?,
        Some(For::FirstAdministrator) => {
            let input = AccountInput {
                name: Some(typed.name.clone()),
                email: Some(typed.email.clone()),
                role_id: Some(ADMINISTRATOR.into()),
                ..AccountInput::default()
            };
            links::forget(&mut tx, None).await?;
            accounts::create(&mut tx, input).await?
        }
    };
    links::forget(&mut tx, Some(&account.id)).await?;
    password::set(&mut tx, &account.id, hash).await?;
    tx.commit().await?;
    Ok(Some(account))
}

enum Meant {
    First,
    Account(Box<Account>),
}

async fn meant(app: &App, secret: &str) -> Result<Option<Meant>, Error> {
    let mut tx = app.books.read().await?;
    Ok(match links::find(&mut tx, secret).await? {
        None => None,
        Some(For::FirstAdministrator) => Some(Meant::First),
        Some(For::Account(id)) => Some(Meant::Account(Box::new(accounts::get(&mut tx, &id).await?))),
    })
}

/// The link opens nothing: who gives another one is a matter of whether there is anybody yet.
async fn gone(app: &App) -> Response {
    let text = match accounts::is_empty(&app.books).await {
        Ok(true) => {
            "It is mistyped, has been replaced, or is older than three days. There are no accounts yet: start the portal \
             again, and open the link that it prints on its console."
        }
        Ok(false) => {
            "It was used, has been replaced, or is older than three days. Ask an administrator for a new one."
        }
        Err(error) => return failed(&error),
    };
    message(StatusCode::NOT_FOUND, "This link is no longer valid", text)
}

fn failed(error: &Error) -> Response {
    let problem = error.problem();
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status.is_server_error() {
        tracing::error!(%error, "setting an account up failed");
    }
    message(status, &problem.title, &problem.detail)
}

fn draw(meant: &Meant, typed: &Typed, wrong: &str, status: StatusCode) -> Response {
    let (title, fields) = match meant {
        Meant::First => (
            "Make the first account",
            format!(
                "<div class=\"field\"><label for=\"name\">Your name</label>\
                 <input id=\"name\" name=\"name\" autocomplete=\"name\" value=\"{}\" maxlength=\"255\" required></div>\
                 <div class=\"field\"><label for=\"email\">E-mail</label>\
                 <input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"username\" value=\"{}\" \
                 maxlength=\"255\" required></div>",
                escape(&typed.name),
                escape(&typed.email)
            ),
        ),
        Meant::Account(account) => (
            "Set your password",
            format!(
                "<p>For {}, {}.</p><input type=\"hidden\" autocomplete=\"username\" value=\"{}\">",
                escape(&account.name),
                escape(&account.email),
                escape(&account.email)
            ),
        ),
    };
    let wrong = if wrong.is_empty() {
        String::new()
    } else {
        format!(
            "<div class=\"summary\" role=\"alert\"><p>{}</p></div>",
            escape(wrong)
        )
    };
    let body = format!(
        "<p class=\"over\">EV portal</p><h1>{title}</h1>{wrong}<form method=\"post\">{fields}\
         <div class=\"field\"><label for=\"password\">Password</label>\
         <p class=\"hint\" id=\"password-hint\">At least {} characters. A few words that do not belong together are \
         best.</p><input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"new-password\" \
         maxlength=\"{}\" required aria-describedby=\"password-hint\"></div>\
         <button>Set password and sign in</button></form>",
        password::SHORTEST,
        password::LONGEST
    );
    page(status, &format!("{title} – EV portal"), &body)
}

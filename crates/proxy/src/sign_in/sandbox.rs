//! The accounts of the stand-in's portal, which anybody may try.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::accounts::AccountInput;
use serde::Deserialize;

use super::begin;
use super::page::{form, go_to, message};
use crate::access::{Stranger, within};
use crate::app::App;
use crate::books::{Books, accounts};
use crate::problem::Error;

/// Name, e-mail address and role.
const ACCOUNTS: [(&str, &str, &str); 3] = [
    ("demo", "demo@sandbox.example", "administrator"),
    ("manager", "manager@sandbox.example", "location-manager"),
    ("viewer", "viewer@sandbox.example", "viewer"),
];

/// Adds the accounts that are not there. None has a password: one enters by a click.
///
/// # Errors
/// The books fail.
pub async fn fill(books: &Books) -> Result<(), Error> {
    let mut tx = books.write().await?;
    tx.silently("they are there");
    for (name, email, role) in ACCOUNTS {
        if accounts::by_email(&mut tx, email).await?.is_none() {
            let input = AccountInput {
                name: Some(name.into()),
                email: Some(email.into()),
                role_id: Some(role.into()),
                ..AccountInput::default()
            };
            accounts::create(&mut tx, input).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// Whether it is one of these accounts, still without a password, and none was typed.
pub fn is_open(email: &str, secret: &str, hash: &str) -> bool {
    let is_one = ACCOUNTS.iter().any(|(_, own, _)| *own == email.trim());
    is_one && secret.is_empty() && hash.is_empty()
}

/// What the sign-in page offers. `next` is escaped.
pub fn draw(next: &str) -> String {
    let mut html = format!(
        "<section class=\"try\" aria-labelledby=\"try\"><h2 id=\"try\">Sandbox</h2>\
         <p>This portal runs on a stand-in for ChargePoint. Enter as one of its accounts, without a password:</p>\
         <form method=\"post\" action=\"/sign-in/try\"><input type=\"hidden\" name=\"next\" value=\"{next}\">"
    );
    for (name, _, role) in ACCOUNTS {
        let words = match role {
            "administrator" => "may do everything",
            "viewer" => "only looks",
            _ => "manages locations, customers and tokens",
        };
        html.push_str(&format!(
            "<button name=\"account\" value=\"{name}\"><b>{name}</b> <span>{words}</span></button>"
        ));
    }
    html + "</form></section>"
}

#[derive(Deserialize)]
struct Chosen {
    account: String,
    #[serde(default)]
    next: String,
}

/// POST `/sign-in/try`
pub async fn enter(
    State(app): State<App>,
    Stranger(caller): Stranger,
    headers: HeaderMap,
    request: Request,
) -> Response {
    if !app.access.sandbox {
        return Error::NotFound("address").into_response();
    }
    let entered = within(caller, async {
        let chosen: Chosen = form(request).await?;
        let known = ACCOUNTS.iter().find(|(name, ..)| *name == chosen.account);
        let (_, email, _) = known.ok_or(Error::NotFound("account"))?;
        let found = accounts::by_email(&mut app.books.read().await?, email).await?;
        let found = found
            .filter(accounts::Found::is_enabled)
            .ok_or(Error::NotFound("account"))?;
        let signed_in = begin(&app, &headers, found).await?;
        Ok::<_, Error>(signed_in.answer(go_to(&chosen.next)))
    });
    entered.await.unwrap_or_else(|error| {
        let problem = error.problem();
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        message(status, &problem.title, &problem.detail)
    })
}

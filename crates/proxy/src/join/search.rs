//! `/join`: a request by search code. The answer never tells whether a code exists.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use tokio::time::{Instant, sleep_until};

use super::form::{self, Kind, Question, Typed};
use super::page::{failed, page, too_many};
use crate::app::App;
use crate::books::connections::invitation;
use crate::books::driver_requests;
use crate::edge::client::Client;
use crate::middleware::limits::{SEARCHES, SEARCHES_OF_ALL, VIEWS};
use crate::problem::Error;

/// How long every answer takes, at least: longer than the work for a code that exists.
const SAME_TIME: Duration = Duration::from_millis(400);

fn questions() -> Vec<Question> {
    vec![
        Question::new("code", "Search code", Kind::SearchCode, true)
            .hint("Eight letters and digits, from whoever invited you."),
        Question::new("name", "Your name", Kind::Name, true),
        Question::new("email", "E-mail", Kind::Email, true),
        Question::new("answer", "What you were asked for", Kind::Answer, false)
            .hint("For example your employee ID or unit number, if the invitation asks for one."),
        Question::new("card", "Card number", Kind::Card, false),
    ]
}

/// GET: the form.
pub async fn show(State(app): State<App>, Client(client): Client) -> Response {
    match app.limits.count(VIEWS, &client) {
        Ok(()) => draw(&Typed::default(), &[], StatusCode::OK),
        Err(seconds) => too_many(seconds),
    }
}

fn draw(typed: &Typed, wrong: &[Option<String>], status: StatusCode) -> Response {
    let form = form::draw(&questions(), typed, wrong, "Send request");
    let head =
        "<h1>Join with a search code</h1><p>Your request goes to the operator who gave you the code.</p>";
    let title = if wrong.is_empty() {
        "Join with a search code"
    } else {
        "Not sent yet"
    };
    page(status, title, &format!("{head}{form}"))
}

/// POST: sends the request, if the code is right.
pub async fn send(State(app): State<App>, Client(client): Client, request: Request) -> Response {
    if let Err(seconds) = app.limits.count(SEARCHES, &client) {
        return too_many(seconds);
    }
    let typed = match Typed::read(request).await {
        Ok(typed) => typed,
        Err(error) => return failed(&error),
    };
    let questions = questions();
    let wrong = typed.wrong(&questions);
    if wrong.iter().any(Option::is_some) {
        return draw(&typed, &wrong, StatusCode::UNPROCESSABLE_ENTITY);
    }
    // A form that tries no code closes the door to nobody else.
    if let Err(seconds) = app.limits.count(SEARCHES_OF_ALL, "") {
        return too_many(seconds);
    }
    let end = Instant::now() + SAME_TIME;
    let done = pass_on(&app, &typed, &questions).await;
    sleep_until(end).await;
    match done {
        Ok(()) => page(
            StatusCode::OK,
            "Thank you",
            "<h1>Thank you</h1><p>If the code is right, your request is with the operator.</p>\
             <p>The operator tells you how it was decided.</p>",
        ),
        Err(error) => failed(&error),
    }
}

async fn pass_on(app: &App, typed: &Typed, questions: &[Question]) -> Result<(), Error> {
    let mut tx = app.books.write().await?;
    let code = typed.of(questions, Kind::SearchCode);
    let Some(connection) = invitation::by_search_code(&mut tx, &code).await? else {
        return Ok(());
    };
    let mut sent = typed.sent(questions);
    for answer in &mut sent.answers {
        if !connection.verify_drivers_by.is_empty() {
            answer.question.clone_from(&connection.verify_drivers_by);
        }
    }
    driver_requests::send(&mut tx, &connection, sent).await?;
    Ok(tx.commit().await?)
}

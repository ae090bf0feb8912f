//! What the books know: requests, locations, charge tokens

use axum::extract::State;
use axum::http::HeaderMap;
use domain::dashboard::{Figure, Part, Tone};
use domain::problem::Problem;

use super::{count, total};
use crate::app::App;
use crate::books::locations::Locations;
use crate::books::tokens::Tokens;
use crate::clock;
use crate::controllers::driver_requests::rows::Within;
use crate::controllers::locations::stations::is_anew;
use crate::middleware::body::Json;
use crate::problem::Error;

fn now(figures: Vec<Figure>, problem: Option<Problem>) -> Json<Part> {
    Json(Part {
        figures,
        as_of: clock::now(),
        problem,
    })
}

/// Requests of drivers that wait.
pub async fn requests(State(app): State<App>, headers: HeaderMap) -> Result<Json<Part>, Error> {
    let rows = Within::ALL.read(&app, is_anew(&headers)).await?;
    let mut figures = Vec::new();
    for (label, query) in [
        ("Requests waiting", "filter=status:is:Pending"),
        (
            "Of these from ChargePoint",
            "filter=status:is:Pending&filter=source:is:ChargePoint",
        ),
    ] {
        let figure = Figure::new(label, count(&rows.requests, query)?);
        figures.push(figure.tone(Tone::Attention).list("requests", query));
    }
    Ok(now(figures, rows.problem))
}

/// Locations by who may see them.
pub async fn locations(State(app): State<App>) -> Result<Json<Part>, Error> {
    let mut tx = app.books.read().await?;
    let all = total::<Locations>(&mut tx, "").await?;
    let mut figures = vec![Figure::new("Locations", all).list("locations", "")];
    for (label, tone) in [
        ("Private", Tone::Neutral),
        ("Published", Tone::Good),
        ("Unpublished", Tone::Neutral),
    ] {
        let query = format!("filter=visibility:is:{label}");
        let figure = Figure::new(label, total::<Locations>(&mut tx, &query).await?);
        figures.push(figure.of(all).tone(tone).list("locations", query));
    }
    Ok(now(figures, None))
}

/// Charge tokens that expire soon.
pub async fn tokens(State(app): State<App>) -> Result<Json<Part>, Error> {
    let mut tx = app.books.read().await?;
    let mut figures = Vec::new();
    let (now_at, tone) = (clock::now(), Tone::Attention);
    for (label, days) in [("Expire within 7 days", 7), ("Expire within 30 days", 30)] {
        let until = clock::days_ago(-days);
        let query = format!("filter=valid:is:yes&filter=expires:between:{now_at},{until}");
        let figure = Figure::new(label, total::<Tokens>(&mut tx, &query).await?);
        figures.push(figure.tone(tone).list("tokens", query));
    }
    Ok(now(figures, None))
}

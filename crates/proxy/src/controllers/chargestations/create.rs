//! POST `/chargestations`

use axum::extract::State;
use axum::response::Response;
use domain::chargestations::ChargestationInput;

use super::Page;
use crate::app::App;
use crate::books::chargestations;
use crate::middleware::keyed::{Begun, Keyed};
use crate::problem::Error;

pub async fn handler(State(app): State<App>, request: Keyed<ChargestationInput>) -> Result<Response, Error> {
    match request.begin(&app).await? {
        Begun::Before(answer) => Ok(answer),
        Begun::New(input, mut creation) => {
            let row = chargestations::create(&mut creation.tx, input).await?;
            creation.end(&Page::of(row, None)).await
        }
    }
}

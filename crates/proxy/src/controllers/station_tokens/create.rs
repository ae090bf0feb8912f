//! POST `/station_tokens`

use axum::extract::State;
use axum::response::Response;
use domain::station_tokens::StationTokenInput;

use crate::access::Offered;
use crate::app::App;
use crate::books::station_tokens;
use crate::middleware::keyed::{Begun, Keyed};
use crate::problem::Error;

pub async fn handler(State(app): State<App>, request: Keyed<StationTokenInput>) -> Result<Response, Error> {
    match request.begin(&app).await? {
        Begun::Before(answer) => Ok(answer),
        Begun::New(input, mut creation) => {
            let record = station_tokens::create(&mut creation.tx, input).await?;
            creation.end(&Offered(record)).await
        }
    }
}

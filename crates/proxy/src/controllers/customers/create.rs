//! POST `/customers`

use axum::extract::State;
use axum::response::Response;
use domain::customers::CustomerInput;

use crate::access::Offered;
use crate::app::App;
use crate::books::customers;
use crate::middleware::keyed::{Begun, Keyed};
use crate::problem::Error;

pub async fn handler(State(app): State<App>, request: Keyed<CustomerInput>) -> Result<Response, Error> {
    match request.begin(&app).await? {
        Begun::Before(answer) => Ok(answer),
        Begun::New(input, mut creation) => {
            let record = customers::create(&mut creation.tx, input).await?;
            creation.end(&Offered(record)).await
        }
    }
}

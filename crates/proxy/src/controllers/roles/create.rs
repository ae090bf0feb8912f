//! POST `/roles`

use axum::extract::State;
use axum::response::Response;
use domain::accounts::RoleInput;

use crate::access::Offered;
use crate::app::App;
use crate::books::roles;
use crate::middleware::keyed::{Begun, Keyed};
use crate::problem::Error;

pub async fn handler(State(app): State<App>, request: Keyed<RoleInput>) -> Result<Response, Error> {
    match request.begin(&app).await? {
        Begun::Before(answer) => Ok(answer),
        Begun::New(input, mut creation) => {
            let record = roles::create(&mut creation.tx, input).await?;
            creation.end(&Offered(record)).await
        }
    }
}

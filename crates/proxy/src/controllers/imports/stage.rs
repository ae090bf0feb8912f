//! POST `…/imports`

use axum::extract::State;
use axum::response::Response;
use domain::imports::NewImport;

use crate::access::Offered;
use crate::app::App;
use crate::books::imports;
use crate::middleware::body::Path;
use crate::middleware::keyed::{Begun, Keyed};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Keyed<NewImport>,
) -> Result<Response, Error> {
    match request.begin(&app).await? {
        Begun::Before(answer) => Ok(answer),
        Begun::New(new, mut creation) => {
            let record = imports::stage(&mut creation.tx, &id, new).await?;
            creation.end(&Offered(record)).await
        }
    }
}

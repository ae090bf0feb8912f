//! GET `/locations/{id}`

use axum::extract::State;
use domain::locations::Location;

use crate::app::App;
use crate::books::locations;
use crate::middleware::body::Path;
use crate::middleware::if_match::Tagged;
use crate::problem::Error;

pub async fn handler(State(app): State<App>, Path(id): Path<String>) -> Result<Tagged<Location>, Error> {
    let location = locations::get(&mut app.books.read().await?, &id).await?;
    Ok(Tagged(location.version, location))
}

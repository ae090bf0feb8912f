//! POST `/locations/{id}/publish` and `/unpublish`

use axum::extract::State;
use domain::locations::Location;

use crate::app::App;
use crate::books::locations;
use crate::middleware::body::Path;
use crate::middleware::if_match::{IfMatch, Tagged};
use crate::problem::Error;

/// Publishes the location, unless its list holds anything.
pub async fn publish(app: State<App>, id: Path<String>, version: IfMatch) -> Result<Tagged<Location>, Error> {
    set(app, id, version, true).await
}

/// Takes the location out of the apps.
pub async fn unpublish(
    app: State<App>,
    id: Path<String>,
    version: IfMatch,
) -> Result<Tagged<Location>, Error> {
    set(app, id, version, false).await
}

async fn set(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    published: bool,
) -> Result<Tagged<Location>, Error> {
    let mut tx = app.books.write().await?;
    let location = locations::publish(&mut tx, &id, version, published).await?;
    tx.commit().await?;
    Ok(Tagged(location.version, location))
}

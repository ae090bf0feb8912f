//! GET `/locations/{id}/authorization`

use axum::extract::State;
use domain::authorization::Authorization;

use crate::app::App;
use crate::books::authorization;
use crate::middleware::body::Path;
use crate::middleware::if_match::Versioned;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Versioned<Authorization>, Error> {
    let summary = authorization::summary(&mut app.books.read().await?, &id).await?;
    Ok(Versioned(summary.version, summary))
}

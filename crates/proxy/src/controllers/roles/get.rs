//! GET `/roles/{id}`

use axum::extract::State;
use domain::accounts::Role;

use crate::app::App;
use crate::books::roles;
use crate::middleware::body::Path;
use crate::middleware::if_match::Tagged;
use crate::problem::Error;

pub async fn handler(State(app): State<App>, Path(id): Path<String>) -> Result<Tagged<Role>, Error> {
    let record = roles::get(&mut app.books.read().await?, &id).await?;
    Ok(Tagged(record.version, record))
}

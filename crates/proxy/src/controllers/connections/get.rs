//! GET `/connections/{id}`

use axum::extract::State;
use domain::connections::Connection;

use crate::app::App;
use crate::books::connections;
use crate::middleware::body::Path;
use crate::middleware::if_match::Tagged;
use crate::problem::Error;

pub async fn handler(State(app): State<App>, Path(id): Path<String>) -> Result<Tagged<Connection>, Error> {
    let record = connections::get(&mut app.books.read().await?, &id).await?;
    Ok(Tagged(record.version, record))
}

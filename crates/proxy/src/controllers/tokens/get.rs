//! GET `/tokens/{id}`

use axum::extract::State;
use domain::tokens::Token;

use crate::app::App;
use crate::books::tokens;
use crate::middleware::body::Path;
use crate::middleware::if_match::Tagged;
use crate::problem::Error;

pub async fn handler(State(app): State<App>, Path(id): Path<String>) -> Result<Tagged<Token>, Error> {
    let record = tokens::get(&mut app.books.read().await?, &id).await?;
    Ok(Tagged(record.version, record))
}

//! GET `/accounts/{id}`

use axum::extract::State;
use domain::accounts::Account;

use crate::app::App;
use crate::books::accounts;
use crate::middleware::body::Path;
use crate::middleware::if_match::Tagged;
use crate::problem::Error;

pub async fn handler(State(app): State<App>, Path(id): Path<String>) -> Result<Tagged<Account>, Error> {
    let record = accounts::get(&mut app.books.read().await?, &id).await?;
    Ok(Tagged(record.version, record))
}

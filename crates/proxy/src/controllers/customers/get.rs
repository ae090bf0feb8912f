//! GET `/customers/{id}`

use axum::extract::State;
use domain::customers::Customer;

use crate::app::App;
use crate::books::customers;
use crate::middleware::body::Path;
use crate::middleware::if_match::Tagged;
use crate::problem::Error;

pub async fn handler(State(app): State<App>, Path(id): Path<String>) -> Result<Tagged<Customer>, Error> {
    let record = customers::get(&mut app.books.read().await?, &id).await?;
    Ok(Tagged(record.version, record))
}

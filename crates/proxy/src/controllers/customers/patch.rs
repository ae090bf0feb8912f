//! PATCH `/customers/{id}`

use axum::extract::State;
use domain::customers::{Customer, CustomerInput};

use crate::app::App;
use crate::books::customers;
use crate::middleware::body::{Json, Path};
use crate::middleware::if_match::{IfMatch, Tagged};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(input): Json<CustomerInput>,
) -> Result<Tagged<Customer>, Error> {
    let mut tx = app.books.write().await?;
    let record = customers::patch(&mut tx, &id, version, input).await?;
    tx.commit().await?;
    Ok(Tagged(record.version, record))
}

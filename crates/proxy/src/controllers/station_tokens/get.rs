//! GET `/station_tokens/{id}`

use axum::extract::State;
use domain::station_tokens::StationToken;

use crate::app::App;
use crate::books::station_tokens;
use crate::middleware::body::Path;
use crate::middleware::if_match::Tagged;
use crate::problem::Error;

pub async fn handler(State(app): State<App>, Path(id): Path<String>) -> Result<Tagged<StationToken>, Error> {
    let record = station_tokens::get(&mut app.books.read().await?, &id).await?;
    Ok(Tagged(record.version, record))
}

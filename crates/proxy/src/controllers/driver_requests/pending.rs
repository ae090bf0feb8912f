//! GET `/driver_requests/pending`: the badge in the navigation

use axum::extract::State;
use domain::driver_requests::Pending;

use super::rows;
use crate::app::App;
use crate::books::driver_requests;
use crate::middleware::body::Json;
use crate::problem::Error;

pub async fn handler(State(app): State<App>) -> Result<Json<Pending>, Error> {
    let of_chargepoint = rows::waiting(&app).await;
    let own = driver_requests::pending(&mut app.books.read().await?).await?;
    Ok(Json(Pending {
        count: own + of_chargepoint as u64,
    }))
}

//! `/tables/{list}/views`

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::views::{View, ViewInput};

use super::check;
use crate::access::caller;
use crate::app::App;
use crate::books::tables;
use crate::middleware::body::{Json, Path};
use crate::middleware::keyed::{Begun, Keyed};
use crate::problem::Error;

/// POST: saves a view.
pub async fn create(
    State(app): State<App>,
    Path(list): Path<String>,
    request: Keyed<ViewInput>,
) -> Result<Response, Error> {
    check(&list)?;
    match request.begin(&app).await? {
        Begun::Before(answer) => Ok(answer),
        Begun::New(input, mut creation) => {
            let view = tables::create(&mut creation.tx, caller().require_account()?, &list, input).await?;
            creation.end(&view).await
        }
    }
}

/// PUT `/{id}`: changes a view of one's own.
pub async fn update(
    State(app): State<App>,
    Path((list, id)): Path<(String, String)>,
    Json(input): Json<ViewInput>,
) -> Result<Json<View>, Error> {
    check(&list)?;
    let mut tx = app.books.write().await?;
    let view = tables::update(&mut tx, caller().require_account()?, &list, &id, input).await?;
    tx.commit().await?;
    Ok(Json(view))
}

/// DELETE `/{id}`: deletes a view of one's own.
pub async fn delete(
    State(app): State<App>,
    Path((list, id)): Path<(String, String)>,
) -> Result<StatusCode, Error> {
    check(&list)?;
    let mut tx = app.books.write().await?;
    tables::delete(&mut tx, caller().require_account()?, &list, &id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

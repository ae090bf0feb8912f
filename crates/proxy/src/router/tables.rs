//! What is kept of tables, and exports under way.

use axum::http::Method;
use domain::export::ExportProgress;
use domain::views::{TableSettings, TableSettingsInput, View, ViewInput};

use crate::controllers::export;
use crate::controllers::tables::{settings, views};
use crate::openapi::{Api, Doc};

/// Adds the routes.
pub fn add(api: Api) -> Api {
    api.route(
        Method::GET,
        "/exports/{progress}",
        export::progress,
        Doc::new("How far an export is; forgotten after ten minutes").answer::<ExportProgress>(),
    )
    .route(
        Method::GET,
        "/tables/{list}",
        settings::get,
        Doc::new("What is kept of a table for the person who asks").answer::<TableSettings>(),
    )
    .route(
        Method::PUT,
        "/tables/{list}",
        settings::put,
        Doc::new("Keep columns, row height and default view; what is absent stays, null goes back to usual")
            .body::<TableSettingsInput>()
            .answer::<TableSettings>()
            .problems(&[422]),
    )
    .route(
        Method::POST,
        "/tables/{list}/views",
        views::create,
        Doc::new("Save a view, for oneself or for everyone")
            .body::<ViewInput>()
            .creates::<View>()
            .problems(&[409]),
    )
    .route(
        Method::PUT,
        "/tables/{list}/views/{id}",
        views::update,
        Doc::new("Change a view; only who saved it may")
            .body::<ViewInput>()
            .answer::<View>()
            .problems(&[409, 422]),
    )
    .route(
        Method::DELETE,
        "/tables/{list}/views/{id}",
        views::delete,
        Doc::new("Delete a view; only who saved it may").problems(&[403]),
    )
}

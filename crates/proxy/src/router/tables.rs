//! What is kept of tables, exports under way, and what happens.

use axum::http::Method;
use domain::export::ExportProgress;
use domain::views::{TableSettings, TableSettingsInput, View, ViewInput};

use crate::controllers::tables::{settings, views};
use crate::controllers::{events, export};
use crate::openapi::{Api, Doc};

/// Adds the routes.
pub fn add(api: Api) -> Api {
    api.route(
        Method::GET,
        "/events",
        events::handler,
        Doc::new(
            "What happens, as server-sent events, as far as the caller may see it: `port` (stationId, portNumber, status, \
             networkStatus), `alarm` (stationId, portNumber, alarmType, alarmTime), `request` (id, connectionId, action, \
             count), `import` (id, locationId, kind, state), `books` (resource, id, action, count) for every change, \
             `chargepoint` (ok, since), `hello` (account, heartbeat) first, and `reset` where more was missed than is \
             known: read again. Last-Event-ID goes on where a reader was. It ends with the session. While nobody reads, \
             ChargePoint is not asked",
        )
        .file(events::MEDIA_TYPE)
        .problems(&[429, 503]),
    )
    .route(
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

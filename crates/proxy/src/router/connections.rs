//! Connections, their invitations, and the requests of drivers.

use axum::http::Method;
use domain::connections::{Connection, ConnectionInput, Invitation};
use domain::driver_requests::{Decide, Decided, DriverRequest, Pending, Requests};
use domain::listing::ListQuery;

use crate::books::connections::Connections;
use crate::controllers::connections::*;
use crate::controllers::driver_requests;
use crate::openapi::{Api, Doc};

/// Adds the routes.
pub fn add(api: Api) -> Api {
    let api = api
        .list::<Connections>("/connections", "The connections that drivers join")
        .route(
            Method::POST,
            "/connections",
            create::handler,
            Doc::new("Add a connection, with a link to invite drivers by")
                .body::<ConnectionInput>()
                .creates::<Connection>(),
        )
        .route(
            Method::GET,
            "/connections/{id}",
            get::handler,
            Doc::new("One connection").answer::<Connection>(),
        )
        .route(
            Method::PATCH,
            "/connections/{id}",
            patch::handler,
            Doc::new("Change a connection; disabled, it invites nobody and keeps its drivers")
                .body::<ConnectionInput>()
                .answer::<Connection>()
                .versioned()
                .problems(&[422]),
        )
        .route(
            Method::DELETE,
            "/connections/{id}",
            delete::handler,
            Doc::new("Delete a connection and its requests; refused while drivers are connected")
                .versioned()
                .problems(&[409]),
        );
    requests(invitations(logos(api)))
}

fn logos(api: Api) -> Api {
    let path = "/connections/{id}/logo";
    api.route(
        Method::GET,
        path,
        logo::get,
        Doc::new("A connection's logo").file("image/png"),
    )
    .route(
        Method::PUT,
        path,
        logo::put,
        Doc::new("Put a GIF, JPEG or PNG of at most 60×30 px and 512 KB in the place of the logo")
            .answer::<Connection>()
            .versioned()
            .problems(&[413, 415, 422]),
    )
    .route(
        Method::DELETE,
        path,
        logo::delete,
        Doc::new("Take the logo away").answer::<Connection>().versioned(),
    )
}

fn invitations(api: Api) -> Api {
    let path = |rest: &str| format!("/connections/{{id}}/invitation{rest}");
    api.route(
        Method::GET,
        &path(""),
        invitation::get,
        Doc::new("What drivers are invited by")
            .answer::<Invitation>()
            .problems(&[400]),
    )
    .route(
        Method::POST,
        &path("/rotate"),
        invitation::rotate,
        Doc::new("Make a new link and search code; the old ones are no longer valid")
            .answer::<Invitation>()
            .problems(&[400, 403]),
    )
    .route(
        Method::GET,
        &path("/qr.svg"),
        invitation::svg,
        Doc::new("The link as a QR code")
            .file("image/svg+xml")
            .problems(&[400, 422]),
    )
    .route(
        Method::GET,
        &path("/qr.png"),
        invitation::png,
        Doc::new("The link as a QR code")
            .query::<invitation::Size>()
            .file("image/png")
            .problems(&[422]),
    )
    .route(
        Method::GET,
        &path("/sheet"),
        invitation::sheet,
        Doc::new("A sheet to print: who invites, the QR code, what to do")
            .query::<invitation::Paper>()
            .file("text/html")
            .problems(&[422]),
    )
}

fn requests(api: Api) -> Api {
    let api = queue(
        api.acts::<DriverRequest>(),
        "/driver_requests",
        "What drivers asked for: through invitations, and as ChargePoint reports it",
    );
    queue(
        api,
        "/connections/{id}/driver_requests",
        "What drivers asked for who want to join a connection",
    )
    .route(
        Method::GET,
        "/driver_requests/pending",
        driver_requests::pending::handler,
        Doc::new("How many requests wait for a decision").answer::<Pending>(),
    )
}

/// A list of requests, and decisions on those in it.
fn queue(api: Api, path: &str, summary: &'static str) -> Api {
    use driver_requests::{decide, export, list};
    api.route(
        Method::GET,
        path,
        list::handler,
        Doc::new(summary)
            .query::<ListQuery>()
            .answer::<Requests>()
            .refreshable()
            .problems(&[422]),
    )
    .export(path, export::get, export::post)
    .route(
        Method::POST,
        &format!("{path}/decide"),
        decide::handler,
        Doc::new("Decide on one request or many; each that stays as it was says why")
            .body::<Decide>()
            .answer::<Decided>()
            .problems(&[409, 422]),
    )
}

//! All routes.

use axum::http::Method;
use axum::routing::get;
use axum::{Router, middleware};
use domain::authorization::*;
use domain::customers::{Customer, CustomerInput};
use domain::estate::{ChargePointStatus, LocationStations};
use domain::imports::*;
use domain::locations::{Location, LocationPatch, SyncResult};
use domain::search::SearchResult;
use domain::tokens::{Token, TokenInput};
use tower_http::catch_panic::CatchPanicLayer;

use crate::app::App;
use crate::controllers::*;
use crate::middleware::{catch_panic, request_id, same_site, security_headers};
use crate::openapi::{Api, Doc};
use crate::problem::Error;
use crate::web;

/// The whole server.
pub fn build(app: App) -> Router {
    let api = lists(records(places(Api::new("/api/v1"))));
    api.into_router()
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/api", get(no_address))
        .route("/api/{*rest}", get(no_address).fallback(no_address))
        .fallback(web::serve)
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .layer(CatchPanicLayer::custom(catch_panic::answer))
        .layer(middleware::from_fn(same_site::layer))
        .layer(middleware::from_fn(security_headers::layer))
        .layer(middleware::from_fn(request_id::layer))
        .with_state(app)
}

async fn no_address() -> Error {
    Error::NotFound("address")
}

/// Locations, and the estate behind them.
fn places(api: Api) -> Api {
    use locations::*;
    api.route(
        Method::GET,
        "/locations",
        list::handler,
        Doc::new("The charge locations").list::<Location>(),
    )
    .route(
        Method::POST,
        "/locations/sync",
        sync::handler,
        Doc::new("Take over what ChargePoint says of stations and sites, without touching operators' edits")
            .answer::<SyncResult>()
            .problems(&[403, 409, 502, 504]),
    )
    .route(
        Method::GET,
        "/locations/{id}",
        get::handler,
        Doc::new("One location").answer::<Location>(),
    )
    .route(
        Method::PATCH,
        "/locations/{id}",
        patch::handler,
        Doc::new("Change a location")
            .body::<LocationPatch>()
            .answer::<Location>()
            .versioned()
            .problems(&[422]),
    )
    .route(
        Method::POST,
        "/locations/{id}/publish",
        publish::publish,
        Doc::new("Publish; refused while the list holds anything")
            .answer::<Location>()
            .versioned()
            .problems(&[409]),
    )
    .route(
        Method::POST,
        "/locations/{id}/unpublish",
        publish::unpublish,
        Doc::new("Take out of the apps").answer::<Location>().versioned(),
    )
    .route(
        Method::GET,
        "/locations/{id}/stations",
        stations::handler,
        Doc::new("The stations with the live state of each port; the last answer where there is no new one")
            .answer::<LocationStations>(),
    )
    .route(
        Method::GET,
        "/chargepoint",
        chargepoint::handler,
        Doc::new("How the connection to ChargePoint is").answer::<ChargePointStatus>(),
    )
}

/// Customers and charge tokens.
fn records(api: Api) -> Api {
    api.route(
        Method::GET,
        "/customers",
        customers::list::handler,
        Doc::new("The customers").list::<Customer>(),
    )
    .route(
        Method::POST,
        "/customers",
        customers::create::handler,
        Doc::new("Add a customer")
            .body::<CustomerInput>()
            .creates::<Customer>()
            .problems(&[409]),
    )
    .route(
        Method::GET,
        "/customers/{id}",
        customers::get::handler,
        Doc::new("One customer").answer::<Customer>(),
    )
    .route(
        Method::PATCH,
        "/customers/{id}",
        customers::patch::handler,
        Doc::new("Change a customer")
            .body::<CustomerInput>()
            .answer::<Customer>()
            .versioned()
            .problems(&[409, 422]),
    )
    .route(
        Method::DELETE,
        "/customers/{id}",
        customers::delete::handler,
        Doc::new("Delete a customer; refused where that would open a location")
            .versioned()
            .problems(&[409]),
    )
    .route(
        Method::GET,
        "/customers/{id}/tokens",
        customers::tokens::handler,
        Doc::new("A customer's charge tokens").list::<Token>(),
    )
    .route(
        Method::GET,
        "/customers/{id}/locations",
        customers::locations::handler,
        Doc::new("Where a customer may charge, and why").list::<MayChargeAt>(),
    )
    .route(
        Method::GET,
        "/tokens",
        tokens::list::handler,
        Doc::new("The charge tokens").list::<Token>(),
    )
    .route(
        Method::POST,
        "/tokens",
        tokens::create::handler,
        Doc::new("Add a charge token")
            .body::<TokenInput>()
            .creates::<Token>()
            .problems(&[409]),
    )
    .route(
        Method::GET,
        "/tokens/{id}",
        tokens::get::handler,
        Doc::new("One charge token").answer::<Token>(),
    )
    .route(
        Method::PATCH,
        "/tokens/{id}",
        tokens::patch::handler,
        Doc::new("Change a charge token")
            .body::<TokenInput>()
            .answer::<Token>()
            .versioned()
            .problems(&[409, 422]),
    )
    .route(
        Method::DELETE,
        "/tokens/{id}",
        tokens::delete::handler,
        Doc::new("Delete a charge token; refused where that would open a location")
            .versioned()
            .problems(&[409]),
    )
    .route(
        Method::GET,
        "/tokens/{id}/locations",
        tokens::locations::handler,
        Doc::new("Where a charge token may charge, and why").list::<MayChargeAt>(),
    )
    .route(
        Method::GET,
        "/search",
        search::handler,
        Doc::new("Customers and tokens to put on a list")
            .query::<search::Search>()
            .answer::<SearchResult>()
            .problems(&[404]),
    )
}

/// The Authorization lists and imports into them.
fn lists(api: Api) -> Api {
    use authorization::*;
    let list = "/locations/{id}/authorization";
    let path = |rest: &str| format!("{list}{rest}");
    let change = |summary| {
        Doc::new(summary)
            .answer::<ListChange>()
            .versioned()
            .problems(&[409, 422])
    };
    let api = api
        .route(
            Method::GET,
            list,
            summary::handler,
            Doc::new("The list in numbers").answer::<Authorization>(),
        )
        .route(
            Method::GET,
            &path("/customers"),
            customers::list,
            Doc::new("The customers on the list").list::<CustomerEntry>(),
        )
        .route(
            Method::POST,
            &path("/customers"),
            customers::add,
            change("Add customers").body::<AddCustomers>(),
        )
        .route(
            Method::POST,
            &path("/customers/remove"),
            customers::remove,
            change("Remove chosen customers or all").body::<RemoveEntries>(),
        )
        .route(
            Method::DELETE,
            &path("/customers/{entryId}"),
            customers::delete,
            change("Remove a customer").query::<Confirm>(),
        )
        .route(
            Method::GET,
            &path("/tokens"),
            tokens::list,
            Doc::new("The charge tokens on the list").list::<TokenEntry>(),
        )
        .route(
            Method::POST,
            &path("/tokens"),
            tokens::add,
            change("Add charge tokens").body::<AddTokens>(),
        )
        .route(
            Method::POST,
            &path("/tokens/remove"),
            tokens::remove,
            change("Remove chosen charge tokens or all").body::<RemoveEntries>(),
        )
        .route(
            Method::DELETE,
            &path("/tokens/{entryId}"),
            tokens::delete,
            change("Remove a charge token").query::<Confirm>(),
        );
    staging(api, &path("/imports"))
}

fn staging(api: Api, all: &str) -> Api {
    use imports::*;
    let path = |rest: &str| format!("{all}/{{importId}}{rest}");
    let result = |summary| {
        Doc::new(summary)
            .answer::<ImportResult>()
            .versioned()
            .problems(&[409])
    };
    api.route(
        Method::GET,
        all,
        list::handler,
        Doc::new("Imports into the list, the newest first").list::<Import>(),
    )
    .route(
        Method::POST,
        all,
        stage::handler,
        Doc::new("Begin an import")
            .body::<NewImport>()
            .creates::<Import>(),
    )
    .route(
        Method::GET,
        &path(""),
        get::handler,
        Doc::new("One import").answer::<Import>(),
    )
    .route(
        Method::DELETE,
        &path(""),
        discard::handler,
        Doc::new("Discard a staged import").problems(&[403, 409]),
    )
    .route(
        Method::PUT,
        &path("/chunks/{seq}"),
        chunk::handler,
        Doc::new("Stage the next chunk of ids, or an earlier one again")
            .body::<Chunk>()
            .answer::<Import>()
            .problems(&[409, 422]),
    )
    .route(
        Method::GET,
        &path("/preview"),
        preview::handler,
        Doc::new("What Finalise import will do")
            .query::<preview::How>()
            .answer::<ImportPreview>()
            .problems(&[409]),
    )
    .route(
        Method::GET,
        &path("/removed"),
        removed::handler,
        Doc::new("The entries that a clearing import takes off the list").list::<RemovedEntry>(),
    )
    .route(
        Method::POST,
        &path("/finalise"),
        finalise::handler,
        result("Finalise import: the staged ids onto the list, all or none").body::<Finalise>(),
    )
    .route(
        Method::POST,
        &path("/undo"),
        undo::handler,
        result("Take back what a finalised import did").body::<Undo>(),
    )
}

//! The Authorization lists and imports into them.

use axum::http::Method;
use domain::authorization::*;
use domain::imports::*;

use crate::books::{authorization, imports as books};
use crate::controllers::authorization::*;
use crate::controllers::imports;
use crate::openapi::{Api, Doc};

/// Adds the routes.
pub fn add(api: Api) -> Api {
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
        .list::<authorization::customers::OnList>(&path("/customers"), "The customers on the list")
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
        .list::<authorization::tokens::OnList>(&path("/tokens"), "The charge tokens on the list")
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
    api.list::<books::Imports>(
        all,
        "Imports into the list, the newest first, without discarded ones",
    )
    .route(
        Method::POST,
        all,
        stage::handler,
        Doc::new("Begin an import")
            .body::<NewImport>()
            .creates::<Import>()
            .problems(&[429]),
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
    .list::<books::Removed>(
        &path("/removed"),
        "The entries that a clearing import takes off the list",
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
        result("Take back what a finalised import did")
            .body::<Undo>()
            .optional(),
    )
}

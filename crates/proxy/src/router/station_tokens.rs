//! Station tokens, and the organizations and EVSEs that they name.

use axum::http::Method;
use domain::listing::ListQuery;
use domain::station_tokens::*;

use crate::books::station_tokens::StationTokens;
use crate::controllers::calls::EstatePage;
use crate::controllers::station_tokens::*;
use crate::controllers::{evses as all_evses, organizations};
use crate::openapi::{Api, Doc, shape};

/// Adds the routes.
pub fn add(api: Api) -> Api {
    api.route(
        Method::GET,
        "/organizations",
        organizations::get,
        Doc::new("Organizations with their station groups: ours first, then those that station tokens name")
            .call(
                "getOrgsAndStationGroups",
                organizations::PARAMETERS.iter().map(shape::parameter).collect(),
            )
            .query::<ListQuery>()
            .answer::<EstatePage<organizations::Organization>>()
            .refreshable(),
    )
    .export(
        "/organizations",
        organizations::export,
        organizations::export_by_body,
    )
    .route(
        Method::GET,
        "/evses",
        all_evses::handler,
        Doc::new("The ports of our stations, with the station token that is active on each").list::<Evse>(),
    )
    .list::<StationTokens>("/station_tokens", "The station tokens")
    .route(
        Method::POST,
        "/station_tokens",
        create::handler,
        Doc::new("Add a station token")
            .body::<StationTokenInput>()
            .creates::<StationToken>()
            .problems(&[409]),
    )
    .route(
        Method::GET,
        "/station_tokens/summary",
        summary::handler,
        Doc::new("Tokens per plan and status, activations per month of Pacific Time").answer::<Summary>(),
    )
    .route(
        Method::POST,
        "/station_tokens/transfers/check",
        transfers::check,
        Doc::new("What a transfer would move, and what cannot move and why; nothing moves")
            .body::<Transfer>()
            .answer::<TransferResult>()
            .problems(&[409, 422]),
    )
    .route(
        Method::POST,
        "/station_tokens/transfers",
        transfers::create,
        Doc::new("Transfer tokens to another organization, all of them or none; If-Match with the check's version refuses what has changed since")
            .body::<Transfer>()
            .creates::<TransferResult>()
            .problems(&[409, 412]),
    )
    .route(
        Method::POST,
        "/station_tokens/imports",
        imports::stage,
        Doc::new("Read a CSV or XLSX file of station tokens; nothing changes until it is finalised")
            .takes_file()
            .answer::<ImportPreview>()
            .status(201)
            .problems(&[422, 429]),
    )
    .route(
        Method::GET,
        "/station_tokens/imports/{importId}",
        imports::get,
        Doc::new("What a file held, for a day").answer::<ImportPreview>(),
    )
    .route(
        Method::POST,
        "/station_tokens/imports/{importId}/finalise",
        imports::finalise,
        Doc::new("Take a file over, all of it or nothing; once done, it is answered the same again")
            .answer::<ImportDone>()
            .problems(&[403, 409]),
    )
    .route(
        Method::DELETE,
        "/station_tokens/imports/{importId}",
        imports::discard,
        Doc::new("Give a file up; nothing has changed").problems(&[403, 409]),
    )
    .route(
        Method::GET,
        "/station_tokens/{id}",
        get::handler,
        Doc::new("One station token").answer::<StationToken>(),
    )
    .route(
        Method::PATCH,
        "/station_tokens/{id}",
        patch::handler,
        Doc::new("Change a station token")
            .body::<StationTokenInput>()
            .answer::<StationToken>()
            .versioned()
            .problems(&[409, 422]),
    )
    .route(
        Method::DELETE,
        "/station_tokens/{id}",
        delete::handler,
        Doc::new("Delete a station token; refused while it is Active")
            .versioned()
            .problems(&[409]),
    )
    .route(
        Method::POST,
        "/station_tokens/{id}/apply",
        apply::handler,
        Doc::new("Apply to station: make a New or Available token Active on an EVSE")
            .body::<ApplyToStation>()
            .answer::<StationToken>()
            .versioned()
            .problems(&[409, 422]),
    )
    .route(
        Method::GET,
        "/station_tokens/{id}/evses",
        evses::handler,
        Doc::new("Where a station token can be applied: the EVSEs of its own organization, with the token that is active on each")
            .list::<Evse>(),
    )
}

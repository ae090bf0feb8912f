//! Charge stations: ChargePoint's and the portal's own.

use axum::http::Method;
use domain::chargestations::{ChargestationInput, ChargestationRow};
use domain::listing::ListQuery;

use crate::controllers::calls::EstatePage;
use crate::controllers::chargestations::*;
use crate::openapi::{Api, Doc};

/// Adds the routes.
pub fn add(api: Api) -> Api {
    let (all, one, page) = (
        "/chargestations",
        "/chargestations/{id}",
        "/chargestations/{id}/page",
    );
    api.acts::<ChargestationRow>()
        .route(
            Method::GET,
            all,
            list::handler,
            Doc::new("The charge stations: ChargePoint's, and those that were registered here")
                .query::<ListQuery>()
                .query::<OfGroup>()
                .answer::<EstatePage<ChargestationRow>>()
                .refreshable()
                .problems(&[422]),
        )
        .export(all, export::get, export::post)
        .route(
            Method::POST,
            all,
            create::handler,
            Doc::new("Register a station that speaks OCPP")
                .body::<ChargestationInput>()
                .creates::<Page>()
                .problems(&[403, 409]),
        )
        .route(
            Method::GET,
            one,
            get::handler,
            Doc::new("One charge station, with what ChargePoint says of it")
                .answer::<One>()
                .refreshable()
                .problems(&[422, 502, 503, 504]),
        )
        .route(
            Method::GET,
            page,
            get::page,
            Doc::new("One charge station with what its page says: its facts in words, its version, and what may be done with it")
                .answer::<Page>()
                .refreshable()
                .problems(&[422, 502, 503, 504]),
        )
        .route(
            Method::PATCH,
            one,
            patch::handler,
            Doc::new("Change a station that was registered here, or switch any on or off")
                .body::<ChargestationInput>()
                .answer::<Page>()
                .versioned()
                .problems(&[409, 422, 502, 503, 504]),
        )
        .route(
            Method::DELETE,
            one,
            delete::handler,
            Doc::new("Delete a station that was registered here")
                .versioned()
                .problems(&[409, 422, 502, 503, 504]),
        )
}

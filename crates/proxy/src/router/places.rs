//! Locations, and the estate behind them.

use axum::http::Method;
use domain::estate::{ChargePointStatus, LocationStations};
use domain::locations::{Location, LocationPatch, SyncResult};

use crate::books::locations::Locations;
use crate::controllers::chargepoint;
use crate::controllers::locations::*;
use crate::openapi::{Api, Doc};

/// Adds the routes.
pub fn add(api: Api) -> Api {
    api.list::<Locations>("/locations", "The charge locations")
        .route(
            Method::POST,
            "/locations/sync",
            sync::handler,
            Doc::new(
                "Take over what ChargePoint says of stations and sites, without touching operators' edits",
            )
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
            Doc::new(
                "The stations with the live state of each port; the last answer where there is no new one",
            )
            .answer::<LocationStations>()
            .refreshable(),
        )
        .route(
            Method::GET,
            "/chargepoint",
            chargepoint::handler,
            Doc::new("How the connection to ChargePoint is").answer::<ChargePointStatus>(),
        )
}

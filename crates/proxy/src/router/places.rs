//! Locations, and the estate behind them.

use axum::http::Method;
use domain::authorize::{Authorize, Authorized, TestAccess, TestedAccess};
use domain::estate::LocationStations;
use domain::locations::{Location, LocationPatch, SyncResult};
use domain::refused::{ForgetRefused, Forgotten};
use domain::visible::VisibleLocation;
use serde_json::json;

use crate::books::authorization::refused::AtLocation;
use crate::books::locations::Locations;
use crate::controllers::locations::*;
use crate::controllers::{authorize, test_access};
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
            "/locations/visible",
            visible::list,
            Doc::new(
                "What an app shows to the driver of a token: what is published, and the private locations that \
                 admit it; without a token what is published",
            )
            .query::<visible::Driver>()
            .list::<VisibleLocation>(),
        )
        .route(
            Method::GET,
            "/locations/visible/{id}",
            visible::one,
            Doc::new("One of them; what is not shown is answered like what is not there")
                .query::<visible::Driver>()
                .answer::<VisibleLocation>()
                .problems(&[422]),
        )
        .route(
            Method::POST,
            "/authorize",
            authorize::handler,
            Doc::new("Whether a token may charge at a location, and why; from one snapshot of the books")
                .body::<Authorize>()
                .answer::<Authorized>()
                .example(
                    json!({ "chipId": "04A1B2C3D4E5F6", "type": "RFID", "locationId": "loc_2ab3cd4ef5gh" }),
                    json!({
                        "allowed": true,
                        "reason": "listed",
                        "words": "Through the customer",
                        "via": { "through": "customer", "id": "cus_2ab3cd4ef5gh", "name": "Acme" },
                        "token": {
                            "id": "tok_2ab3cd4ef5gh",
                            "authId": "NL-GFX-C00000001-4",
                            "chipId": "04A1B2C3D4E5F6",
                            "visualId": null,
                            "customer": { "id": "cus_2ab3cd4ef5gh", "externalId": "C-1", "name": "Acme" },
                            "state": "Valid",
                        },
                        "location": { "id": "loc_2ab3cd4ef5gh", "name": "Oosteinde" },
                        "remedies": [],
                    }),
                )
                .problems(&[422]),
        )
        .route(
            Method::POST,
            "/authorize/test",
            test_access::handler,
            Doc::new(
                "Whether what is on a card may charge at a location: an Auth ID, a Chip ID or a visual number; what \
                 is refused is not told of as a refusal",
            )
            .body::<TestAccess>()
            .answer::<TestedAccess>()
            .problems(&[422]),
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
        .list::<AtLocation>(
            "/locations/{id}/refused",
            "The tokens that were lately refused, and ids that nobody knows",
        )
        .route(
            Method::POST,
            "/locations/{id}/refused/forget",
            refused::forget,
            Doc::new("Forget chosen refused tokens, or all")
                .body::<ForgetRefused>()
                .answer::<Forgotten>(),
        )
}

//! The dashboard, load management beside ChargePoint's calls, and the connection to ChargePoint.

use axum::http::Method;
use domain::dashboard::Part;
use domain::estate::{ChargePointConnection, ChargePointTest};
use domain::listing::{ListQuery, Page};
use domain::load::{LoadEvent, LoadOfStation, ShedPreview};

use crate::controllers::calls::EstatePage;
use crate::controllers::calls::sums::Sums;
use crate::controllers::chargepoint as connection_;
use crate::controllers::dashboard::{books, energy, estate};
use crate::controllers::load::groups::{self, LoadOfGroup};
use crate::controllers::load::{events, list, preview};
use crate::openapi::{Api, Doc, shape};

/// Adds the routes.
pub fn add(api: Api) -> Api {
    connection(load(dashboard(api)))
}

fn dashboard(api: Api) -> Api {
    let told = |summary| Doc::new(summary).answer::<Part>();
    let asked = |summary| {
        told(summary)
            .refreshable()
            .problems(&[403, 409, 422, 429, 502, 503, 504])
    };
    api.route(
        Method::GET,
        "/dashboard/stations",
        estate::stations,
        asked("Stations by how they are"),
    )
    .route(
        Method::GET,
        "/dashboard/ports",
        estate::ports,
        asked("Ports by what they are doing"),
    )
    .route(
        Method::GET,
        "/dashboard/energy",
        energy::handler,
        asked("Energy and sessions today, and of the same weekday before up to the same time")
            .query::<energy::Parameters>(),
    )
    .route(
        Method::GET,
        "/dashboard/alarms",
        estate::alarms,
        asked("Open alarms by kind"),
    )
    .route(
        Method::GET,
        "/dashboard/load",
        estate::load,
        asked("What is drawn now, of what could be"),
    )
    .route(
        Method::GET,
        "/dashboard/requests",
        books::requests,
        told("Requests of drivers that wait").refreshable(),
    )
    .route(
        Method::GET,
        "/dashboard/locations",
        books::locations,
        told("Locations by who may see them"),
    )
    .route(
        Method::GET,
        "/dashboard/tokens",
        books::tokens,
        told("Charge tokens that expire soon"),
    )
}

fn load(api: Api) -> Api {
    api.route(
        Method::GET,
        "/load",
        list::get,
        Doc::new("What stations draw, what they could, and what is shed; who draws the most first")
            .query::<list::Parameters>()
            .query::<ListQuery>()
            .answer::<EstatePage<LoadOfStation>>()
            .refreshable()
            .problems(&[403, 404, 409, 422, 429, 502, 503, 504]),
    )
    .export("/load", list::export, list::export_by_body)
    .route(
        Method::GET,
        "/load/groups",
        groups::handler,
        Doc::new(
            "What the stations of each station group draw, of what they could; who draws the most first",
        )
        .query::<list::Parameters>()
        .answer::<Sums<LoadOfGroup>>()
        .refreshable()
        .problems(&[403, 404, 409, 422, 429, 502, 503, 504]),
    )
    .route(
        Method::POST,
        "/load/shed/preview",
        preview::handler,
        Doc::new("What shedding would free now, by the same body as the shedding; nothing is changed")
            .body_of(|schemas| shape::body::<chargepoint::calls::shed_load::ShedLoad>(&[], schemas))
            .answer::<ShedPreview>()
            .problems(&[403, 404, 409, 422, 429, 502, 503, 504]),
    )
    .route(
        Method::GET,
        "/load/events",
        events::get,
        Doc::new(
            "The times in which load is shed, as far as the portal planned them; the last to begin first",
        )
        .query::<ListQuery>()
        .answer::<Page<LoadEvent>>()
        .problems(&[422]),
    )
    .export("/load/events", events::export, events::export_by_body)
}

fn connection(api: Api) -> Api {
    api.route(
        Method::GET,
        "/chargepoint",
        connection_::handler,
        Doc::new("How the connection to ChargePoint is, with what it has to go by")
            .answer::<ChargePointConnection>(),
    )
    .route(
        Method::POST,
        "/chargepoint/test",
        connection_::test,
        Doc::new("Ask ChargePoint something now, past what is kept")
            .answer::<ChargePointTest>()
            .problems(&[403, 409, 422, 429, 502, 503, 504]),
    )
}

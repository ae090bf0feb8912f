//! ChargePoint's 26 calls: the one table of their REST faces. What a route needs of its caller stands in
//! `access/routes.rs`, how long answers are kept in `estate/table.rs`.

use std::sync::Arc;

use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use chargepoint::calls::Paged;
use chargepoint::calls::alarms::ClearAlarms;
use chargepoint::calls::clear_shed_state::ClearShedState;
use chargepoint::calls::cpn_instances::GetCpnInstances;
use chargepoint::calls::fleet_changes::{AddFleetVehicle, DeleteFleetVehicle, UpdateFleetVehicle};
use chargepoint::calls::fleet_usage::GetFleetUsageData;
use chargepoint::calls::fleet_vehicles::GetFleetVehicles;
use chargepoint::calls::load::GetLoad;
use chargepoint::calls::load_shed_event::{CreateLoadShedEvent, RemoveLoadShedEvent};
use chargepoint::calls::rights_profile::GetStationRightsProfile;
use chargepoint::calls::sessions::GetChargingSessionData;
use chargepoint::calls::shed_load::ShedLoad;
use chargepoint::calls::station_groups::{GetStationGroupDetails, GetStationGroups};
use chargepoint::calls::station_rights::GetStationRights;
use chargepoint::calls::station_status::GetStationStatus;
use chargepoint::calls::stations::GetStations;
use chargepoint::calls::transactions::GetTransactionData;
use chargepoint::calls::user_status::UpdateUserStatus;
use chargepoint::calls::users::GetUsers;
use chargepoint::calls::waitlist::SetWaitlistDone;
use chargepoint::codec::Record;
use domain::alarms::{ClearChosen, ClearedAlarms};
use domain::export::ExportRequest;
use domain::listing::ListQuery;

use crate::app::App;
use crate::controllers::alarms::clear;
use crate::controllers::alarms::list::Alarms;
use crate::controllers::calls::intervals::Parts;
use crate::controllers::calls::list::{self, Face};
use crate::controllers::calls::parameters::{self, Names};
use crate::controllers::calls::worked::{self, Worked};
use crate::controllers::calls::{EstatePage, Told as Change, one, sums, write};
use crate::estate::rows::{Row, Told};
use crate::estate::table::Read;
use crate::middleware::body::{Json, Query};
use crate::openapi::{Api, Doc, MakeSchema, shape};
use crate::problem::Error;

const STATION: Names = &[("id", "stationId")];
const GROUP: Names = &[("id", "sgId")];
const SESSION: Names = &[("id", "sessionId")];

/// Adds the routes.
pub fn add(api: Api) -> Api {
    changes(fleets(sessions(stations(api))))
}

fn stations(api: Api) -> Api {
    let api = lists::<GetCpnInstances>(
        api,
        "/cpn-instances",
        &[],
        "The instances of ChargePoint's network",
    );
    let api = lists::<GetStations>(api, "/stations", &[], "The stations, with ports and prices");
    let api = row::<GetStations>(api, "/stations/{id}", STATION, "station", "One station");
    let api = lists::<GetStationStatus>(
        api,
        "/stations/status",
        &[],
        "What stations and their ports are doing",
    );
    let api = row::<GetStationStatus>(
        api,
        "/stations/{id}/status",
        STATION,
        "station",
        "What a station and its ports are doing",
    );
    let api = row::<GetLoad>(
        api,
        "/stations/{id}/load",
        STATION,
        "station",
        "What a station draws",
    );
    let api = lists::<GetStationGroups>(
        api,
        "/organizations/{orgId}/station-groups",
        &[("orgId", "orgId")],
        "The station groups of an organization",
    );
    let group = "station group";
    let whose: (_, MakeSchema) = ("One station group, and whose it is", shape::group_with_age);
    let path = "/station-groups/{id}";
    let api = single::<GetStationGroupDetails, _>(api, path, GROUP, group, whose, one::group);
    let load = "/station-groups/{id}/load";
    let api = record::<GetLoad>(api, load, GROUP, group, "What the stations of a group draw");
    let api = lists::<GetStationRightsProfile>(
        api,
        "/station-groups/{id}/rights-profile",
        GROUP,
        "What we may do with the stations of a group",
    );
    let api = lists::<GetStationRights>(
        api,
        "/station-rights",
        &[],
        "Rights that others have over our stations, station by station",
    );
    worked::<Alarms>(
        api,
        "/alarms",
        &[],
        "Alarms of stations, the newest first: those that are open, and those that were cleared here in the last 90 \
         days",
    )
}

/// Alarms are cleared by what ChargePoint takes, or by what is chosen of the list.
fn clear_alarms(api: Api) -> Api {
    let face = face::<ClearAlarms>(&[]);
    let doc = Doc::new(
        "Move alarms to the history: by what ChargePoint takes, something of which must say which, or those that are \
         chosen of the list",
    )
    .call(ClearAlarms::SHAPE.name, Vec::new())
    .body_of(|schemas| {
        let by_call = shape::body::<ClearAlarms>(&[], schemas);
        let chosen = schemas.subschema_for::<ClearChosen>();
        schemars::json_schema!({ "anyOf": [by_call, chosen] })
    })
    .answer::<ClearedAlarms>()
    .keyed();
    let handler = move |State(app): State<App>, request: Request| clear::handler(app, face.clone(), request);
    api.route(Method::POST, "/alarms/clear", handler, doc)
}

fn sessions(api: Api) -> Api {
    let api = lists::<GetChargingSessionData>(
        api,
        "/sessions",
        &[],
        "Charging sessions, the newest first; those of the last day where no time and no session is named",
    );
    let api = row::<GetChargingSessionData>(api, "/sessions/{id}", SESSION, "session", "One session");
    let api = worked::<Parts>(
        api,
        "/sessions/{id}/intervals",
        SESSION,
        "A session's parts of 15 minutes, each with its energy and what was drawn until its end",
    );
    let api = lists::<GetTransactionData>(
        api,
        "/transactions",
        &[],
        "What drivers paid, the newest first; the last day's where no time and no transaction is named",
    );
    let api = summed::<GetTransactionData, _>(
        api,
        "/transactions/sums",
        "What the transactions that the same query means in the list come to, by currency and kind",
        sums::transactions::sums,
    );
    let api = lists::<GetUsers>(
        api,
        "/drivers",
        &[],
        "Drivers who are connected, ask to be, or belong to the management realm",
    );
    let driver: Names = &[("userId", "userId")];
    row::<GetUsers>(api, "/drivers/{userId}", driver, "driver", "One driver")
}

/// What the rows of a list come to.
fn summed<C, T>(api: Api, path: &str, summary: &'static str, sums: sums::Summed<C::Row, T>) -> Api
where
    C: Read + Paged<Row: Told>,
    T: serde::Serialize + schemars::JsonSchema + Send + 'static,
{
    let face = face::<C>(&[]);
    let doc = doc::<C>(summary, &face)
        .query::<ListQuery>()
        .answer::<sums::Sums<T>>()
        .refreshable();
    let get = move |State(app): State<App>, params: RawPathParams, headers: HeaderMap, uri: Uri| {
        sums::get::<C, T>(app, face.clone(), (params, headers, uri), sums)
    };
    api.route(Method::GET, path, get, doc)
}

fn fleets(api: Api) -> Api {
    let api = lists::<GetFleetVehicles>(api, "/fleet/vehicles", &[], "Vehicles of fleets");
    let api = lists::<GetFleetUsageData>(
        api,
        "/fleet/usage",
        &[],
        "What vehicles of fleets charged, the newest first; the last day's where no time and no transaction is named",
    );
    summed::<GetFleetUsageData, _>(
        api,
        "/fleet/usage/sums",
        "What each vehicle charged by the rows that the same query means in the list, the most first of \
         energy, or of the fee or the savings that `sort` names; a vehicle stands once for each currency",
        sums::usage::sums,
    )
}

fn changes(api: Api) -> Api {
    use Method as M;
    use StatusCode as S;
    let api = change::<ShedLoad>(
        api,
        (M::POST, "/load/shed", &[]),
        S::OK,
        "Shed load of a group, of a station, or of ports of one",
    );
    let api = change::<ClearShedState>(
        api,
        (M::POST, "/load/clear", &[]),
        S::OK,
        "Give a group, a station or ports of one their power back",
    );
    let api = change::<CreateLoadShedEvent>(
        api,
        (M::POST, "/load/events", &[]),
        S::CREATED,
        "Plan a time in which load is shed",
    );
    let api = change::<RemoveLoadShedEvent>(
        api,
        (M::DELETE, "/load/events/{eventId}", &[("eventId", "eventId")]),
        S::NO_CONTENT,
        "Remove an event that has not begun",
    );
    let api = clear_alarms(api);
    let api = change::<UpdateUserStatus>(
        api,
        (M::POST, "/drivers/{userId}/status", &[("userId", "userId")]),
        S::OK,
        "Decide about a driver",
    );
    let api = change::<SetWaitlistDone>(
        api,
        (
            M::POST,
            "/stations/{id}/ports/{port}/waitlist-done",
            &[("id", "stationId"), ("port", "portId")],
        ),
        S::OK,
        "Tell a driver that their session is done and others wait",
    );
    let api = change::<AddFleetVehicle>(
        api,
        (M::POST, "/fleet/vehicles", &[]),
        S::CREATED,
        "Add a vehicle, or several under `vehicles`",
    );
    let api = change::<UpdateFleetVehicle>(
        api,
        (M::PATCH, "/fleet/vehicles", &[]),
        S::OK,
        "Change a vehicle, or several under `vehicles`; what is absent stays",
    );
    change::<DeleteFleetVehicle>(
        api,
        (
            M::DELETE,
            "/fleet/vehicles/{fleetVehicleId}",
            &[("fleetVehicleId", "fleetVehicleId")],
        ),
        S::NO_CONTENT,
        "Delete a vehicle",
    )
}

fn face<C: chargepoint::calls::Call>(names: Names) -> Arc<Face> {
    let parameters = parameters::of::<C>();
    Arc::new(Face { names, parameters })
}

fn doc<C: chargepoint::calls::Call>(summary: &'static str, face: &Face) -> Doc {
    Doc::new(summary).call(C::SHAPE.name, face.open().map(shape::parameter).collect())
}

/// A list, and the same as a file.
fn lists<C: Read + Paged<Row: Told>>(api: Api, path: &str, names: Names, summary: &'static str) -> Api {
    let face = face::<C>(names);
    let doc = doc::<C>(summary, &face)
        .query::<ListQuery>()
        .answer::<EstatePage<Row<C::Row>>>()
        .refreshable();
    let (page, file, chosen) = (face.clone(), face.clone(), face);
    let page = move |State(app): State<App>, params: RawPathParams, headers: HeaderMap, uri: Uri| {
        list::get::<C>(app, page.clone(), (params, headers, uri))
    };
    let file =
        move |State(app): State<App>, params: RawPathParams, Query(pairs): Query<Vec<(String, String)>>| {
            list::export::<C>(app, file.clone(), params, pairs)
        };
    let chosen = move |State(app): State<App>, params: RawPathParams, Json(request): Json<ExportRequest>| {
        list::export_by_body::<C>(app, chosen.clone(), params, request)
    };
    api.route(Method::GET, path, page, doc).export(path, file, chosen)
}

/// A list in rows of the portal's own, and the same as a file.
fn worked<W: Worked>(api: Api, path: &str, names: Names, summary: &'static str) -> Api {
    let face = face::<W::Call>(names);
    let doc = doc::<W::Call>(summary, &face)
        .query::<ListQuery>()
        .answer::<EstatePage<W::Row>>()
        .refreshable();
    let (page, file, chosen) = (face.clone(), face.clone(), face);
    let page = move |State(app): State<App>, params: RawPathParams, headers: HeaderMap, uri: Uri| {
        worked::get::<W>(app, page.clone(), (params, headers, uri))
    };
    let file = move |State(app): State<App>, params: RawPathParams, Query(pairs): Query<worked::Pairs>| {
        worked::export::<W>(app, file.clone(), params, pairs)
    };
    let chosen = move |State(app): State<App>, params: RawPathParams, Json(request): Json<ExportRequest>| {
        worked::export_by_body::<W>(app, chosen.clone(), params, request)
    };
    api.route(Method::GET, path, page, doc).export(path, file, chosen)
}

/// The row of a list that the address names.
fn row<C: Read + Paged<Row: Told>>(
    api: Api,
    path: &str,
    names: Names,
    noun: &'static str,
    summary: &'static str,
) -> Api {
    let doc: (_, MakeSchema) = (summary, shape::row_with_age::<C::Row>);
    single::<C, _>(api, path, names, noun, doc, one::row::<C>)
}

/// What a call answers about what the address names.
fn record<C: Read<Answer: Send + Sync + 'static>>(
    api: Api,
    path: &str,
    names: Names,
    noun: &'static str,
    summary: &'static str,
) -> Api {
    let doc: (_, MakeSchema) = (summary, shape::told_with_age::<C::Answer>);
    single::<C, _>(api, path, names, noun, doc, one::answer::<C>)
}

/// One record, which the address names.
fn single<C: chargepoint::calls::Call, F>(
    api: Api,
    path: &str,
    names: Names,
    noun: &'static str,
    (summary, answer): (&'static str, MakeSchema),
    get: fn(App, Arc<Face>, one::Request, &'static str) -> F,
) -> Api
where
    F: Future<Output = Result<Response, Error>> + Send + 'static,
{
    let face = face::<C>(names);
    let doc = doc::<C>(summary, &face).answer_of(answer).refreshable();
    let get = move |State(app): State<App>, params: RawPathParams, headers: HeaderMap, uri: Uri| {
        get(app, face.clone(), (params, headers, uri), noun)
    };
    api.route(Method::GET, path, get, doc)
}

/// A change.
fn change<C: Change<Answer: Send + Sync + 'static>>(
    api: Api,
    (method, path, names): (Method, &str, Names),
    status: StatusCode,
    summary: &'static str,
) -> Api {
    let face = face::<C>(names);
    let mut doc = Doc::new(summary).call(C::SHAPE.name, Vec::new());
    if method != Method::DELETE {
        doc = doc
            .body_of(move |schemas| shape::body::<C>(names, schemas))
            .answer_of(shape::told::<C::Answer>);
    }
    if method == Method::POST {
        doc = doc.keyed();
    }
    let handler = move |State(app): State<App>, request: Request| {
        write::handler::<C>(app, face.clone(), request, status)
    };
    api.route(method, path, handler, doc.status(status.as_u16()))
}

//! POST `/load/shed/preview`: what shedding would do, by the same body as the shedding

use axum::extract::State;
use chargepoint::Code;
use chargepoint::calls::shed_load::{ShedLoad, ShedPort};
use domain::load::{Refusal, Shed, ShedPreview, Way, preview};
use serde_json::{Map, Value};

use crate::app::App;
use crate::controllers::calls::parameters;
use crate::estate;
use crate::estate::load::Of;
use crate::middleware::body::Json;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Json(body): Json<Map<String, Value>>,
) -> Result<Json<ShedPreview>, Error> {
    let call: ShedLoad = parameters::checked(&parameters::of::<ShedLoad>(), Value::Object(body))?;
    let (of, shed) = meant(&call)?;
    let loads = app.estate.loads(&of, false).await?;
    if loads.stations.is_empty() {
        return Err(Error::NotFound(match of {
            Of::Station(_) => "station",
            Of::All | Of::Group(_) => "station group with stations",
        }));
    }
    let mut preview = preview(&loads.stations, &shed).map_err(refused)?;
    (preview.as_of, preview.problem) = (loads.as_of, loads.problem);
    Ok(Json(preview))
}

/// The refusal, as the shedding itself has it.
fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::NoPort(port) => Error::field("ports", format!("the station has no port {port}")),
        Refusal::OtherWay => estate::refused(&chargepoint::Error::Response {
            code: Code::OtherShedInProgress.number().to_owned(),
            // The guide's words.
            text: String::new(),
            fields: Vec::new(),
        }),
    }
}

/// Of what how much is shed.
fn meant(call: &ShedLoad) -> Result<(Of, Shed), Error> {
    let query = &call.shed_query;
    let id = |id: &Option<String>| id.as_deref().unwrap_or_default().trim().to_owned();
    if let Some(group) = &query.shed_group {
        let way = way(group.allowed_load, group.percent_shed)?;
        return Ok((Of::Group(id(&group.sg_id)), Shed::Stations(way)));
    }
    let Some(station) = &query.shed_station else {
        return Err(Error::field(
            "shedStation",
            "name a group, a station or ports of one",
        ));
    };
    let shed = match &station.ports {
        Some(ports) => {
            let one =
                |port: &ShedPort| Ok((id(&port.port_number), way(port.allowed_load, port.percent_shed)?));
            Shed::Ports(ports.ports.iter().map(one).collect::<Result<_, Error>>()?)
        }
        None => Shed::Stations(way(station.allowed_load, station.percent_shed)?),
    };
    Ok((Of::Station(id(&station.station_id)), shed))
}

fn way(allowed: Option<f64>, percent: Option<i32>) -> Result<Way, Error> {
    match (allowed, percent) {
        (Some(allowed), None) => Ok(Way::Above(allowed)),
        (None, Some(percent)) => Ok(Way::Percent(f64::from(percent))),
        // The guide's rules were asked before.
        _ => Err(Error::field(
            "percentShed",
            "say a percentage or a load, not both",
        )),
    }
}

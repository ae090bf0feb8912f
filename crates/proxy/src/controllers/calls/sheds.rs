//! What is kept of load that was shed: ChargePoint says neither until when, nor which events there are.

use chargepoint::calls::clear_shed_state::{ClearShedState, ClearShedStateResponse};
use chargepoint::calls::load_shed_event::{CreateLoadShedEvent, CreateLoadShedEventResponse};
use chargepoint::calls::shed_load::{ShedLoad, ShedLoadResponse};
use domain::load::{LoadEvent, words};

use super::writes::Whose;
use crate::books::{Tx, load};
use crate::clock;
use crate::problem::Error;

/// What a place is, and its id.
type Place<'p> = (&'static str, &'p str);

/// Until when load is shed.
pub async fn shed(
    tx: &mut Tx,
    (call, place): (&ShedLoad, Place<'_>),
    _: &ShedLoadResponse,
    _: &Whose,
) -> Result<(), Error> {
    let minutes = call.shed_query.time_interval.filter(|minutes| *minutes > 0);
    let until = minutes.and_then(|minutes| clock::minutes_after(&clock::now(), minutes.into()));
    let station = call.shed_query.shed_station.as_ref();
    let ports = station.and_then(|station| station.ports.as_ref());
    let ports = ports.into_iter().flat_map(|named| &named.ports);
    let ports: Vec<&str> = ports.filter_map(|port| port.port_number.as_deref()).collect();
    load::shed(tx, place, &ports, until).await
}

/// That it is shed no more.
pub async fn cleared(
    tx: &mut Tx,
    (call, place): (&ClearShedState, Place<'_>),
    _: &ClearShedStateResponse,
    _: &Whose,
) -> Result<(), Error> {
    let station = call.shed_query.shed_station.as_ref();
    let ports = station.and_then(|station| station.ports.as_ref());
    let ports = ports.into_iter().flat_map(|named| &named.ports);
    let ports: Vec<&str> = ports.filter_map(|port| port.port_number.as_deref()).collect();
    load::cleared(tx, place, &ports).await
}

/// An event.
pub async fn planned(
    tx: &mut Tx,
    (call, (place, place_id)): (&CreateLoadShedEvent, Place<'_>),
    answer: &CreateLoadShedEventResponse,
    whose: &Whose,
) -> Result<(), Error> {
    let asked = &call.shed_event;
    let start = asked.start_time.as_deref().and_then(clock::read);
    let (Some(start), Some(id)) = (start, &answer.event_id) else {
        return Ok(());
    };
    let minutes = asked.duration.unwrap_or_default().max(0);
    let of = |wanted| (place == wanted).then(|| place_id.to_owned());
    let unit = if asked.allowed_load.is_some() {
        " a port"
    } else {
        ""
    };
    let event = LoadEvent {
        event_id: id.trim().to_owned(),
        name: whose.name.clone().unwrap_or_else(|| place_id.to_owned()),
        station_id: of(load::STATION),
        sg_id: of(load::GROUP),
        event_end_time: clock::minutes_after(&start, minutes.into()).unwrap_or_else(|| start.clone()),
        event_start_time: start,
        event_duration: minutes.unsigned_abs().into(),
        held: words(asked.percent_shed, asked.allowed_load) + unit,
        percent: asked.percent_shed,
        allowed_kw: asked.allowed_load,
        allow_opt_out: asked.allow_opt_out.unwrap_or(true),
        who: tx.caller().name.clone(),
        made_at: clock::now(),
        ..LoadEvent::default()
    };
    load::planned(tx, &event, &whose.organization).await
}

use chargepoint::calls::load::{GetLoad, GetLoadResponse, PortLoad, StationLoad};
use chargepoint::code::Code;

use super::calls::Answered;
use super::refused::refuse_if;
use super::{Refused, asked};
use crate::Estate;
use crate::estate::Unit;
use crate::estate::shed::Measure;

mod clear;
mod events;
mod shed;

impl Answered for GetLoad {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<GetLoadResponse, Refused> {
        let query = self.search_query;
        let given = [&query.sg_id, &query.station_id, &query.session_id];
        let given = given.iter().filter(|part| part.is_some()).count();
        refuse_if(given == 0, Code::GroupOrStation)?;
        refuse_if(query.sg_id.is_some() && given > 1, Code::GroupOrStationSearch)?;
        if let Some(id) = query.sg_id.as_deref() {
            let group = asked::group(estate, Some(id))?;
            asked::enterprise(estate, Some(group.organization))?;
            let units = asked::members(estate, &group);
            refuse_if(units.is_empty(), Code::NoStationInGroup)?;
            let stations: Vec<_> = units.into_iter().map(|unit| load(estate, unit, now)).collect();
            let sum = stations.iter().filter_map(|station| station.station_load).sum();
            return Ok(GetLoadResponse {
                sg_id: Some(group.id.to_string()),
                num_stations: i32::try_from(stations.len()).ok(),
                group_name: Some(group.name),
                sg_load: Some(watts(sum)),
                stations,
                ..super::success()
            });
        }
        let unit = match query.session_id.as_deref() {
            None => asked::station(estate, query.station_id.as_deref())?,
            Some(session) => {
                let unit = at_session(estate, session, now)?;
                let id = query.station_id.as_deref();
                let other = id.is_some_and(|id| unit.station.station_id.as_deref() != Some(id.trim()));
                refuse_if(other, Code::InvalidSession)?;
                unit
            }
        };
        asked::enterprise(estate, unit.traits.organization)?;
        Ok(GetLoadResponse {
            num_stations: Some(0),
            stations: vec![load(estate, unit, now)],
            ..super::success()
        })
    }
}

/// The station at which a session is going on.
fn at_session<'a>(estate: &'a Estate, session: &str, now: i64) -> Result<&'a Unit, Refused> {
    let number = session.trim().parse().map_err(|_| Code::InvalidSession)?;
    let session = estate.session(number).ok_or(Code::InvalidSession)?;
    let lasts = session.visit.start <= now && now < session.visit.end;
    refuse_if(!lasts, Code::InvalidSession)?;
    Ok(session.unit)
}

fn load(estate: &Estate, unit: &Unit, now: i64) -> StationLoad {
    let ports: Vec<_> = (0..unit.traits.outlets.len())
        .map(|port| port_load(estate, unit, port, now))
        .collect();
    let sum = ports.iter().filter_map(|port| port.port_load).sum();
    StationLoad {
        station_id: unit.station.station_id.clone(),
        station_name: unit.station.station_name.clone(),
        address: Some(asked::address(unit)),
        station_load: Some(watts(sum)),
        ports,
    }
}

fn port_load(estate: &Estate, unit: &Unit, port: usize, now: i64) -> PortLoad {
    let shed = estate.shed_at(unit, port, now);
    let (allowed, percent) = match shed.map(|shed| shed.measure) {
        Some(Measure::Allowed(kw)) => (kw, 0.0),
        Some(Measure::Percent(percent)) => (0.0, percent),
        None => (0.0, 0.0),
    };
    let idle = PortLoad {
        port_number: unit
            .station
            .ports
            .get(port)
            .and_then(|port| port.port_number.clone()),
        shed: Some(shed.is_some()),
        port_load: Some(0.0),
        allowed_load: Some(allowed),
        percent_shed: Some(percent.round() as i32),
        session_id: Some("0".to_owned()),
        ..PortLoad::default()
    };
    let Some(session) = estate.session_at(unit, port, now) else {
        return idle;
    };
    let who = estate.who(&session);
    let full = session.charge(now + 1).full;
    PortLoad {
        user_id: who.driver.and_then(|driver| driver.user.user_id.clone()),
        credential_id: who.credential,
        port_load: Some(watts(session.kw(now))),
        session_id: Some(session.visit.id.to_string()),
        // Only some vehicles tell it, and only with direct current.
        last_battery_percent: (who.shows_vehicle && unit.traits.outlets[port].dc)
            .then(|| (full * 100.0).round()),
        ..idle
    }
}

/// With three digits, as the API tells load.
fn watts(kw: f64) -> f64 {
    (kw * 1000.0).round() / 1000.0
}

use chargepoint::calls::clear_shed_state::{ClearShedState, ClearShedStateResponse, ClearStation};
use chargepoint::code::Code;

use super::shed::port;
use crate::Estate;
use crate::estate::Unit;
use crate::service::calls::Answered;
use crate::service::refused::refuse_if;
use crate::service::{Refused, asked, success};

impl Answered for ClearShedState {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<ClearShedStateResponse, Refused> {
        let query = self.shed_query;
        let (ports, sg_id, station_id) = match (query.shed_group, query.shed_station) {
            (Some(_), Some(_)) => return Err(Code::GroupAndStation.into()),
            (None, None) => return Err(Code::GroupOrStation.into()),
            (Some(group), None) => {
                let known = asked::group(estate, group.sg_id.as_deref())?;
                asked::enterprise(estate, Some(known.organization))?;
                let units = asked::members(estate, &known);
                refuse_if(units.is_empty(), Code::NoStationInGroup)?;
                let reached = units.iter().any(|unit| estate.is_reachable(unit, now));
                refuse_if(!reached, Code::CannotRestore)?;
                let ports = units.into_iter().flat_map(whole).collect();
                (ports, group.sg_id, None)
            }
            (None, Some(station)) => (of_station(estate, &station, now)?, None, station.station_id),
        };
        estate.clear_shed(&ports, now);
        Ok(ClearShedStateResponse {
            success: Some(true),
            sg_id,
            station_id,
            ..success()
        })
    }
}

fn of_station(estate: &Estate, asked: &ClearStation, now: i64) -> Result<Vec<(u64, usize)>, Refused> {
    let unit = asked::station(estate, asked.station_id.as_deref())?;
    asked::enterprise(estate, unit.traits.organization)?;
    let ports = match &asked.ports {
        None => whole(unit),
        Some(ports) => {
            refuse_if(ports.ports.is_empty(), Code::PortMissing)?;
            let ports = ports
                .ports
                .iter()
                .map(|asked| port(unit, asked.port_number.as_deref()));
            let ports = ports.map(|port| Ok((unit.traits.number, port?)));
            ports.collect::<Result<_, Refused>>()?
        }
    };
    refuse_if(!estate.is_reachable(unit, now), Code::StationUnreachable)?;
    Ok(ports)
}

fn whole(unit: &Unit) -> Vec<(u64, usize)> {
    let ports = 0..unit.traits.outlets.len();
    ports.map(|port| (unit.traits.number, port)).collect()
}

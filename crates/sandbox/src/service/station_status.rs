use chargepoint::StationStatus;
use chargepoint::calls::station_status::{GetStationStatus, GetStationStatusResponse};
use chargepoint::code::Code;

use super::Refused;
use super::calls::Answered;
use crate::Estate;
use crate::search;

impl Answered for GetStationStatus {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<GetStationStatusResponse, Refused> {
        let query = &self.search_query;
        let criteria = search::stations_query(query);
        search::check(&criteria)?;
        let ids = query.station_ids.as_ref().map(|list| &list.ids);
        if ids.is_some() && query.station_id.is_some() {
            return Err(Code::StationIdTwice.into());
        }
        if ids.is_some_and(|ids| ids.iter().any(|id| !search::is_qualified(id, ""))) {
            return Err(Code::StationIdFormat.into());
        }
        let wanted = query.status.map(words).transpose()?;
        let found = search::stations(estate, &criteria)
            .into_iter()
            .filter(|unit| unit.is_there())
            .filter(|unit| {
                ids.is_none_or(|ids| ids.iter().any(|id| unit.station.station_id.as_ref() == Some(id)))
            })
            .map(|unit| estate.state(&unit.station, &unit.traits, now))
            .filter(|status| wanted.is_none_or(|words| any_port(status, words)));
        let (start, mut rows, more) = search::page(query.start_record, query.num_stations, found.collect());
        if rows.is_empty() {
            return Err(Code::NoStation.into());
        }
        for (index, row) in rows.iter_mut().enumerate() {
            row.record_number = i32::try_from(start + index).ok();
            if query.port_details != Some(true) {
                for port in &mut row.ports {
                    port.connector = None;
                    port.power = None;
                }
            }
        }
        Ok(GetStationStatusResponse {
            stations: rows,
            more: Some(more),
            ..super::success()
        })
    }
}

/// The states a number in the query stands for.
fn words(status: i32) -> Result<&'static [&'static str], Refused> {
    match status {
        1 => Ok(&["AVAILABLE"]),
        2 => Ok(&["INUSE"]),
        3 => Ok(&["UNKNOWN", "UNREACHABLE"]),
        _ => Err(Code::InvalidFields.into()),
    }
}

fn any_port(station: &StationStatus, words: &[&str]) -> bool {
    let mut states = station.ports.iter().flat_map(|port| &port.status);
    states.any(|state| words.contains(&state.as_str()))
}

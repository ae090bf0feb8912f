use chargepoint::calls::station_status::GetStationStatusResponse;
use chargepoint::{StationStatus, StatusQuery, code};

use crate::Estate;
use crate::search::{self, Refused};

/// Answers getStationStatus for a moment, in seconds since 1970 UTC.
pub fn answer(estate: &Estate, query: &StatusQuery, now: i64) -> Result<GetStationStatusResponse, Refused> {
    let criteria = search::stations_query(query);
    search::check(&criteria)?;
    let ids = query.station_ids.as_ref().map(|list| &list.ids);
    if ids.is_some() && query.station_id.is_some() {
        return Err(code::STATION_ID_TWICE);
    }
    if ids.is_some_and(|ids| ids.iter().any(|id| !search::is_qualified(id, ""))) {
        return Err(code::STATION_ID_FORMAT);
    }
    let wanted = query.status.map(words).transpose()?;
    let found = estate
        .stations()
        .filter(|station| search::matches(&criteria, station))
        .filter(|station| ids.is_none_or(|ids| ids.iter().any(|id| station.station_id.as_ref() == Some(id))))
        .map(|station| estate.status(station, now))
        .filter(|status| wanted.is_none_or(|words| any_port(status, words)));
    let (start, mut rows, more) = search::page(query.start_record, query.num_stations, found.collect());
    if rows.is_empty() {
        return Err(code::NO_STATION);
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

/// The states a number in the query stands for.
fn words(status: i32) -> Result<&'static [&'static str], Refused> {
    match status {
        1 => Ok(&["AVAILABLE"]),
        2 => Ok(&["INUSE"]),
        3 => Ok(&["UNKNOWN", "UNREACHABLE"]),
        _ => Err(code::INVALID_FIELDS),
    }
}

fn any_port(station: &StationStatus, words: &[&str]) -> bool {
    let mut states = station.ports.iter().flat_map(|port| &port.status);
    states.any(|state| words.contains(&state.as_str()))
}

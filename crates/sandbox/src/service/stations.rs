use chargepoint::calls::stations::GetStationsResponse;
use chargepoint::{PricingOptions, Station, StationsQuery, code};

use crate::Estate;
use crate::search::{self, Refused};

/// Answers getStations for a moment, in seconds since 1970 UTC.
pub fn answer(estate: &Estate, query: &StationsQuery, now: i64) -> Result<GetStationsResponse, Refused> {
    search::check(query)?;
    let found = estate
        .stations()
        .filter(|station| search::matches(query, station));
    let (start, rows, more) = search::page(query.start_record, query.num_stations, found.collect());
    if rows.is_empty() {
        return Err(code::NO_STATION);
    }
    let row = |(index, station): (usize, &Station)| {
        let mut station = live(estate, station, now);
        station.record_number = i32::try_from(start + index).ok();
        if let Some(session) = &query.pricing {
            estimate(&mut station, session);
        }
        station
    };
    Ok(GetStationsResponse {
        stations: rows.into_iter().enumerate().map(row).collect(),
        more: Some(more),
        ..super::success()
    })
}

/// A station with what changes by itself.
fn live(estate: &Estate, station: &Station, now: i64) -> Station {
    let status = estate.status(station, now);
    let mut station = station.clone();
    station.network_status = status.network_status.map(|word| word.to_uppercase());
    for (port, state) in station.ports.iter_mut().zip(status.ports) {
        port.status = state.status;
        port.time_stamp = state.time_stamp;
    }
    station
}

/// Works out what the session asked for costs: energy by the kWh, time by the hour.
fn estimate(station: &mut Station, session: &PricingOptions) {
    let energy = session.energy_required.unwrap_or_default();
    let hours = f64::from(session.duration.unwrap_or_default());
    let cost = station.pricing.first().map_or(0.0, |price| {
        price.unit_price_per_kwh.unwrap_or_default() * energy
            + price.unit_price_per_hour.unwrap_or_default() * hours
    });
    for port in &mut station.ports {
        port.estimated_cost = Some((cost * 100.0).round() / 100.0);
    }
}

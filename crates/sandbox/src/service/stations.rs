use chargepoint::calls::stations::{GetStations, GetStationsResponse};
use chargepoint::code::Code;
use chargepoint::{PricingOptions, Station};

use super::Refused;
use super::calls::Answered;
use crate::Estate;
use crate::estate::Unit;
use crate::search;

impl Answered for GetStations {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<GetStationsResponse, Refused> {
        let query = &self.search_query;
        search::check(query)?;
        let mut found = search::stations(estate, query);
        found.retain(|unit| unit.is_there());
        let (start, rows, more) = search::page(query.start_record, query.num_stations, found);
        if rows.is_empty() {
            return Err(Code::NoStation.into());
        }
        let row = |(index, unit): (usize, &Unit)| {
            let mut station = live(estate, unit, now);
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
}

/// A station with what changes by itself.
fn live(estate: &Estate, unit: &Unit, now: i64) -> Station {
    let status = estate.state(&unit.station, &unit.traits, now);
    let mut station = unit.station.clone();
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

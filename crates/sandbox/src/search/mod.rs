//! Which stations a query means.

mod distance;
mod place;
mod text;

use chargepoint::code::Code;
use chargepoint::{Geo, Port, Station, StationsQuery, StatusQuery};

use crate::Estate;
use crate::estate::Unit;
use crate::service::Refused;

pub use text::{is_qualified, like};

/// Most rows of a page.
pub const PAGE: usize = 500;

/// The part of a status query that getStations has too.
pub fn stations_query(query: &StatusQuery) -> StationsQuery {
    let query = query.clone();
    StationsQuery {
        station_id: query.station_id,
        station_manufacturer: query.station_manufacturer,
        station_model: query.station_model,
        station_name: query.station_name,
        address: query.address,
        city: query.city,
        state: query.state,
        country: query.country,
        postal_code: query.postal_code,
        proximity: query.proximity,
        proximity_unit: query.proximity_unit,
        connector: query.connector,
        voltage: query.voltage,
        current: query.current,
        power: query.power,
        demo_serial_number: query.demo_serial_number,
        reservable: query.reservable,
        geo: query.geo,
        level: query.level,
        mode: query.mode,
        pricing: query.pricing,
        start_record: query.start_record,
        num_stations: query.num_stations,
        ..StationsQuery::default()
    }
}

/// Checks what the guide says about the form of parameters.
pub fn check(query: &StationsQuery) -> Result<(), Refused> {
    if query
        .station_id
        .as_deref()
        .is_some_and(|id| !is_qualified(id, ""))
    {
        return Err(Code::StationIdFormat.into());
    }
    if query.org_id.as_deref().is_some_and(|id| !is_qualified(id, "ORG")) {
        return Err(Code::OrganizationIdFormat.into());
    }
    let pricing = query.pricing.as_ref();
    if pricing.is_some_and(|session| {
        session.start_time.is_none()
            || session.duration.is_none()
            || session.energy_required.is_none()
            || session.vehicle_power.is_none()
    }) {
        return Err(Code::PricingIncomplete.into());
    }
    let unit = query.proximity_unit.as_deref();
    if unit.is_some_and(|unit| distance::metres(unit).is_none()) {
        return Err(Code::InvalidFields.into());
    }
    check_page(query.start_record, query.num_stations)
}

/// Checks which page is asked for.
pub fn check_page(start: Option<i32>, count: Option<i32>) -> Result<(), Refused> {
    match (start.unwrap_or(1), count.unwrap_or(1)) {
        (start, count) if start < 1 || count < 1 => Err(Code::InvalidFields.into()),
        (_, count) if count as usize > PAGE => Err(too_large("numStations", PAGE)),
        _ => Ok(()),
    }
}

/// More rows were asked for than a page holds.
pub fn too_large(parameter: &str, most: usize) -> Refused {
    let text = format!("The value of <{parameter}> exceeded the maximum of {most}");
    Refused::because(Code::PageTooLarge, text)
}

/// The page of rows asked for, with the number of its first row, and whether more follow.
pub fn page<T>(start: Option<i32>, count: Option<i32>, rows: Vec<T>) -> (usize, Vec<T>, bool) {
    let start = start.map_or(1, |start| start as usize);
    let count = count.map_or(PAGE, |count| count as usize);
    let more = rows.len() > (start - 1).saturating_add(count);
    let page = rows.into_iter().skip(start - 1).take(count).collect();
    (start, page, more)
}

/// The stations a query means.
pub fn stations<'a>(estate: &'a Estate, query: &StationsQuery) -> Vec<&'a Unit> {
    let around = place::around(estate, query);
    let query = around.as_ref().unwrap_or(query);
    let units = estate.units().iter();
    units.filter(|unit| matches(query, &unit.station)).collect()
}

/// Whether a station is meant: all that is set must hold.
fn matches(query: &StationsQuery, station: &Station) -> bool {
    let same = |wanted: &Option<String>, found: &Option<String>| {
        wanted.as_deref().is_none_or(|wanted| {
            let found = found.as_deref().unwrap_or_default();
            like(wanted, found)
        })
    };
    let listed = |wanted: &Option<String>, found: Option<&[String]>| {
        wanted.as_deref().is_none_or(|wanted| {
            let mut found = found.unwrap_or_default().iter();
            found.any(|found| like(wanted, found))
        })
    };
    same(&query.station_id, &station.station_id)
        && same(&query.station_manufacturer, &station.station_manufacturer)
        && same(&query.station_model, &station.station_model)
        && same(&query.serial_number, &station.station_serial_num)
        && same(&query.city, &station.city)
        && same(&query.state, &station.state)
        && same(&query.country, &station.country)
        && same(&query.postal_code, &station.postal_code)
        && same(&query.org_id, &station.org_id)
        && same(&query.organization_name, &station.organization_name)
        && same(&query.warranty_service, &station.warranty_service)
        && listed(&query.sg_id, station.sg_ids.as_deref())
        && listed(&query.sg_name, station.sg_names.as_deref())
        && query
            .station_name
            .as_deref()
            .is_none_or(|name| named(name, station))
        && query
            .address
            .as_deref()
            .is_none_or(|address| at(address, station))
        && query.station_activation_date.as_ref().is_none_or(|date| {
            let activated = station.station_activation_date.as_ref();
            activated.is_some_and(|activated| activated == date)
        })
        && query.demo_serial_number.as_ref().is_none_or(|demo| {
            let serial = station.station_serial_num.as_ref();
            serial.is_some_and(|serial| demo.numbers.contains(serial))
        })
        && query
            .geo
            .as_ref()
            .is_none_or(|centre| near(query, centre, station))
        && (!asks_for_port(query) || station.ports.iter().any(|port| has(query, port)))
}

fn asks_for_port(query: &StationsQuery) -> bool {
    query.connector.is_some()
        || query.voltage.is_some()
        || query.current.is_some()
        || query.power.is_some()
        || query.reservable.is_some()
        || query.level.is_some()
        || query.mode.is_some()
}

/// Whether one port has all that is asked of a port.
fn has(query: &StationsQuery, port: &Port) -> bool {
    let number = |wanted: &Option<String>, found: &Option<String>| {
        wanted.as_deref().is_none_or(|wanted| {
            let found = found.as_deref().unwrap_or_default();
            match (wanted.trim().parse::<f64>(), found.parse::<f64>()) {
                (Ok(wanted), Ok(found)) => wanted == found,
                _ => false,
            }
        })
    };
    let connector = |wanted: &str| {
        let all = port.connectors.iter().flat_map(|all| &all.names);
        port.connector.iter().chain(all).any(|name| like(wanted, name))
    };
    number(&query.voltage, &port.voltage)
        && number(&query.current, &port.current)
        && number(&query.power, &port.power)
        && query.connector.as_deref().is_none_or(connector)
        && query
            .reservable
            .is_none_or(|wanted| port.reservable == Some(wanted))
        && query.level.as_deref().is_none_or(|wanted| {
            let wanted = match wanted.trim() {
                "1" => "L1",
                "2" => "L2",
                "4" => "DC",
                other => other,
            };
            port.level.as_deref() == Some(wanted)
        })
        && query
            .mode
            .as_deref()
            .is_none_or(|wanted| port.mode.as_deref() == Some(wanted.trim()))
}

/// By the whole name, or by the company's or the station's part of it.
fn named(wanted: &str, station: &Station) -> bool {
    let name = station.station_name.as_deref().unwrap_or_default();
    like(wanted, name) || name.split(" / ").any(|part| like(wanted, part))
}

/// By the street address, or by any part of the complete address.
fn at(wanted: &str, station: &Station) -> bool {
    let parts = [
        &station.address,
        &station.city,
        &station.state,
        &station.postal_code,
        &station.country,
    ];
    let parts = parts.map(|part| part.as_deref().unwrap_or_default().trim().to_lowercase());
    let wanted = wanted.trim().to_lowercase();
    like(&wanted, &parts[0]) || parts.join(", ").contains(&wanted)
}

fn near(query: &StationsQuery, centre: &Geo, station: &Station) -> bool {
    let unit = query.proximity_unit.as_deref().unwrap_or("M");
    let reach = query.proximity.unwrap_or(5.0) * distance::metres(unit).unwrap_or_default();
    station
        .position()
        .is_some_and(|position| distance::between(centre, position) <= reach)
}

//! Which stations a query means.

use chargepoint::{Geo, Port, Station, StationsQuery, StatusQuery, code};

/// Most rows of a page.
pub const PAGE: usize = 500;

/// A response code other than success.
pub type Refused = &'static str;

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
        return Err(code::STATION_ID_FORMAT);
    }
    if query.org_id.as_deref().is_some_and(|id| !is_qualified(id, "ORG")) {
        return Err(code::ORGANIZATION_ID_FORMAT);
    }
    let pricing = query.pricing.as_ref();
    if pricing.is_some_and(|session| {
        session.start_time.is_none()
            || session.duration.is_none()
            || session.energy_required.is_none()
            || session.vehicle_power.is_none()
    }) {
        return Err(code::PRICING_INCOMPLETE);
    }
    let unit = query.proximity_unit.as_deref();
    if unit.is_some_and(|unit| metres(unit).is_none()) {
        return Err(code::INVALID_FIELDS);
    }
    match (query.start_record.unwrap_or(1), query.num_stations.unwrap_or(1)) {
        (start, count) if start < 1 || count < 1 => Err(code::INVALID_FIELDS),
        (_, count) if count as usize > PAGE => Err(code::PAGE_TOO_LARGE),
        _ => Ok(()),
    }
}

/// The page of rows asked for, with the number of its first row, and whether more follow.
pub fn page<T>(query: &StationsQuery, rows: Vec<T>) -> (usize, Vec<T>, bool) {
    let start = query.start_record.map_or(1, |start| start as usize);
    let count = query.num_stations.map_or(PAGE, |count| count as usize);
    let more = rows.len() > (start - 1).saturating_add(count);
    let page = rows.into_iter().skip(start - 1).take(count).collect();
    (start, page, more)
}

/// Whether a station is meant: all that is set must hold.
pub fn matches(query: &StationsQuery, station: &Station) -> bool {
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

/// Whether texts are the same in any case and without blanks around; `*` and `%` stand for any
/// characters, `?` for one.
fn like(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.trim().to_lowercase().chars().collect();
    let text: Vec<char> = text.trim().to_lowercase().chars().collect();
    // Reach: how much of the text the pattern so far can account for.
    let mut reach = vec![false; text.len() + 1];
    reach[0] = true;
    for wanted in pattern {
        let mut next = vec![false; text.len() + 1];
        for end in 0..=text.len() {
            next[end] = match wanted {
                '*' | '%' => reach[end] || end > 0 && next[end - 1],
                '?' => end > 0 && reach[end - 1],
                wanted => end > 0 && reach[end - 1] && text[end - 1] == wanted,
            };
        }
        reach = next;
    }
    reach[text.len()]
}

fn near(query: &StationsQuery, centre: &Geo, station: &Station) -> bool {
    let unit = query.proximity_unit.as_deref().unwrap_or("M");
    let reach = query.proximity.unwrap_or(5.0) * metres(unit).unwrap_or_default();
    station
        .position()
        .is_some_and(|position| distance(centre, position) <= reach)
}

/// Metres of a unit of the guide.
fn metres(unit: &str) -> Option<f64> {
    match unit.trim().to_ascii_uppercase().as_str() {
        "M" => Some(1609.344),
        "N" => Some(1852.0),
        "K" => Some(1000.0),
        "F" => Some(0.3048),
        "I" => Some(0.0254),
        _ => None,
    }
}

/// Metres between two positions, on a sphere.
fn distance(from: &Geo, to: &Geo) -> f64 {
    let (lat1, lat2) = (from.lat.to_radians(), to.lat.to_radians());
    let (dlat, dlong) = (lat2 - lat1, (to.long - from.long).to_radians());
    let half = (dlat / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (dlong / 2.0).sin().powi(2);
    2.0 * 6_371_000.0 * half.sqrt().min(1.0).asin()
}

/// `CPNID:Identifier`, where the identifier is a prefix and digits.
pub fn is_qualified(id: &str, prefix: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    id.trim()
        .split_once(':')
        .is_some_and(|(network, own)| digits(network) && own.strip_prefix(prefix).is_some_and(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_and_case() {
        for (pattern, text) in [
            ("oslo", " OSLO "),
            ("*garage*", "Union Garage 01"),
            ("union%01", "UNION GARAGE 01"),
            ("g?rage", "garage"),
            ("*", ""),
        ] {
            assert!(like(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("gar", "garage"), ("?", ""), ("a*b", "abc")] {
            assert!(!like(pattern, text), "{pattern} {text}");
        }
        // A pattern that would take a backtracking matcher forever.
        assert!(!like(&"*a".repeat(200), &"a".repeat(199)));
    }

    #[test]
    fn distance_is_that_of_the_globe() {
        let amsterdam = Geo {
            lat: 52.3676,
            long: 4.9041,
        };
        let rotterdam = Geo {
            lat: 51.9244,
            long: 4.4777,
        };
        let metres = distance(&amsterdam, &rotterdam);
        assert!((56_000.0..59_000.0).contains(&metres), "{metres}");
    }

    #[test]
    fn identifiers_have_their_form() {
        assert!(is_qualified("1:12345", ""));
        assert!(is_qualified("1:ORG07225", "ORG"));
        for id in ["12345", "1:", ":1", "a:1", "1:2:3", "1:ORG07225", ""] {
            assert!(!is_qualified(id, ""), "{id}");
        }
    }
}

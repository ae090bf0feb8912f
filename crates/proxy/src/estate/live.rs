//! The live stations of a location: details that stay, states that are asked for.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use chargepoint::calls::station_status::StationIds;
use chargepoint::{StationStatus, StatusQuery};
use domain::estate::{LocationStations, Port, PortStatus, Station};
use domain::problem::Problem;

use super::Estate;
use crate::clock;

/// The last answer for a location.
#[derive(Default)]
pub struct Answer {
    last: Option<LocationStations>,
    /// When asking last ended, well or not.
    ended: Option<Instant>,
    /// When the last good answer came.
    answered: Option<Instant>,
}

/// What does not change from minute to minute, by station id.
pub type Details = Arc<HashMap<String, Station>>;

/// The details of all stations of the account.
pub fn details_of(stations: &[chargepoint::Station]) -> Details {
    let station = |station: &chargepoint::Station| {
        station
            .station_id
            .clone()
            .map(|id| (id.clone(), details(id, station)))
    };
    Arc::new(stations.iter().filter_map(station).collect())
}

/// The stations with the state of each port: fresh, or the last answer and why there is no new one.
pub async fn stations(estate: &Estate, location_id: &str, known: Vec<(String, String)>) -> LocationStations {
    let asked = Instant::now();
    let slot = match estate.answers.lock() {
        Ok(mut answers) => Arc::clone(answers.entry(location_id.to_owned()).or_default()),
        Err(_) => Arc::default(),
    };
    let mut answer = slot.lock().await;
    let is_fresh = answer.answered.is_some_and(|at| at.elapsed() < estate.fresh);
    let was_waited_for = answer.ended.is_some_and(|at| at >= asked);
    if (is_fresh || was_waited_for)
        && let Some(last) = &answer.last
        && last.is_of(&known)
    {
        return last.clone();
    }
    let new = match ask(estate, &known).await {
        Ok(items) => {
            answer.answered = Some(Instant::now());
            LocationStations {
                items,
                as_of: Some(clock::now()),
                problem: None,
            }
        }
        Err(problem) => LocationStations {
            problem: Some(*problem),
            ..answer.kept(&known)
        },
    };
    answer.ended = Some(Instant::now());
    answer.last = Some(new.clone());
    new
}

impl Answer {
    /// What there is without ChargePoint.
    fn kept(&self, known: &[(String, String)]) -> LocationStations {
        match &self.last {
            Some(last) if last.is_of(known) => last.clone(),
            _ => LocationStations {
                items: known.iter().map(|(id, name)| bare(id, name)).collect(),
                as_of: None,
                problem: None,
            },
        }
    }
}

trait IsOf {
    /// Whether the answer is about these stations.
    fn is_of(&self, known: &[(String, String)]) -> bool;
}

impl IsOf for LocationStations {
    fn is_of(&self, known: &[(String, String)]) -> bool {
        self.items
            .iter()
            .map(|station| &station.station_id)
            .eq(known.iter().map(|(id, _)| id))
    }
}

async fn ask(estate: &Estate, known: &[(String, String)]) -> Result<Vec<Station>, Box<Problem>> {
    let client = estate.client()?;
    if known.is_empty() {
        return Ok(Vec::new());
    }
    let ids = known.iter().map(|(id, _)| id.clone()).collect();
    let query = StatusQuery {
        station_ids: Some(StationIds { ids }),
        port_details: Some(true),
        ..StatusQuery::default()
    };
    let details = estate.details().await?;
    let states = estate.note(client.station_status(&query).await)?;
    let merged = known.iter().map(|(id, name)| {
        let mut station = details.get(id).cloned().unwrap_or_else(|| bare(id, name));
        if let Some(state) = states
            .iter()
            .find(|state| state.station_id.as_deref() == Some(id))
        {
            add_state(&mut station, state);
        }
        station
    });
    Ok(merged.collect())
}

fn bare(id: &str, name: &str) -> Station {
    Station {
        station_id: id.to_owned(),
        name: name.to_owned(),
        manufacturer: None,
        model: None,
        serial_number: None,
        network_status: None,
        ports: Vec::new(),
    }
}

/// A text without the blanks around it; none for an empty one.
fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn details(id: String, station: &chargepoint::Station) -> Station {
    let text = |text: &Option<String>| filled(text.as_deref());
    let port = |port: &chargepoint::Port| Port {
        port_number: text(&port.port_number).unwrap_or_default(),
        status: PortStatus::Unknown,
        fault_reason: None,
        connector: text(&port.connector),
        level: text(&port.level).or_else(|| port.mode.as_deref().and_then(level_of_mode).map(str::to_owned)),
        power_kw: port.power.as_deref().and_then(|power| power.trim().parse().ok()),
        status_at: None,
    };
    Station {
        name: text(&station.station_name).unwrap_or_else(|| id.clone()),
        station_id: id,
        manufacturer: text(&station.station_manufacturer),
        model: text(&station.station_model),
        serial_number: text(&station.station_serial_num),
        network_status: text(&station.network_status),
        ports: station.ports.iter().map(port).collect(),
    }
}

/// Europe's charging modes in North America's levels.
fn level_of_mode(mode: &str) -> Option<&'static str> {
    match mode.trim() {
        "1" => Some("L1"),
        "3" => Some("L2"),
        "4" => Some("DC"),
        _ => None,
    }
}

fn add_state(station: &mut Station, state: &StationStatus) {
    if let Some(words) = filled(state.network_status.as_deref()) {
        station.network_status = Some(words);
    }
    for new in &state.ports {
        let number = filled(new.port_number.as_deref()).unwrap_or_default();
        let at = match station.ports.iter().position(|port| port.port_number == number) {
            Some(at) => at,
            None => {
                station.ports.push(Port {
                    port_number: number,
                    status: PortStatus::Unknown,
                    fault_reason: None,
                    connector: None,
                    level: None,
                    power_kw: None,
                    status_at: None,
                });
                station.ports.len() - 1
            }
        };
        let port = &mut station.ports[at];
        port.status = status(new.status.as_deref());
        port.fault_reason =
            filled(new.fault_reason.as_deref()).filter(|reason| !reason.eq_ignore_ascii_case("none"));
        port.connector = filled(new.connector.as_deref()).or(port.connector.take());
        port.power_kw = new
            .power
            .as_deref()
            .and_then(|power| power.trim().parse().ok())
            .or(port.power_kw);
        port.status_at = new.time_stamp.as_deref().and_then(clock::read);
    }
}

fn status(text: Option<&str>) -> PortStatus {
    match text.unwrap_or_default().trim().to_ascii_uppercase().as_str() {
        "AVAILABLE" => PortStatus::Available,
        "INUSE" | "IN USE" => PortStatus::InUse,
        "UNREACHABLE" => PortStatus::Unreachable,
        _ => PortStatus::Unknown,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn chargepoints_words_in_the_portals() {
        assert_eq!(status(Some("AVAILABLE")), PortStatus::Available);
        assert_eq!(status(Some(" inuse ")), PortStatus::InUse);
        assert_eq!(status(Some("UNREACHABLE")), PortStatus::Unreachable);
        assert_eq!(status(Some("RESERVED")), PortStatus::Unknown);
        assert_eq!(status(None), PortStatus::Unknown);
    }

    #[test]
    fn a_state_finds_its_port_or_makes_one() {
        let mut station = bare("1:2", "ACME / Garage 01");
        let port = chargepoint::PortStatus {
            port_number: Some("2".into()),
            status: Some("INUSE".into()),
            fault_reason: Some("NONE".into()),
            time_stamp: Some("2026-11-20T08:15:00Z".into()),
            power: Some(" 7.2".into()),
            ..chargepoint::PortStatus::default()
        };
        let state = StationStatus {
            ports: vec![port],
            ..StationStatus::default()
        };
        add_state(&mut station, &state);
        add_state(&mut station, &state);
        let [port] = station.ports.as_slice() else {
            panic!("{station:?}")
        };
        assert_eq!(
            (port.status, port.power_kw, port.fault_reason.as_deref()),
            (PortStatus::InUse, Some(7.2), None)
        );
        assert_eq!(port.status_at.as_deref(), Some("2026-11-20T08:15:00Z"));
    }
}

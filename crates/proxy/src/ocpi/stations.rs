//! EVSEs and connectors, from the stations and ports that ChargePoint tells of. They are made anew when its answer is,
//! and each remembers since when it is as it is: a partner who asks for what changed is told by that.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

use chargepoint::calls::station_status::GetStationStatus;
use chargepoint::calls::stations::GetStations;
use chargepoint::{Port, Station, StationStatus, StatusQuery};
use domain::estate::PortStatus;
use ocpi::locations::{Connector, Evse};
use ocpi::plug;
use ocpi::text::cut;

use super::Party;
use crate::app::App;
use crate::clock;
use crate::estate::words::{add_state, details};

/// The longest uid.
const MAX_UID: usize = 36;

/// The EVSEs of each station, by its id.
pub type Known = HashMap<String, Vec<Evse>>;

#[derive(Default)]
struct State {
    /// What it was made of: when ChargePoint was asked for stations and for their state.
    made_of: (String, String),
    known: Arc<Known>,
    /// What each EVSE was like, and since when.
    since: HashMap<String, (u64, String)>,
}

/// What is known of stations.
#[derive(Default)]
pub struct Stations(RwLock<State>);

impl Stations {
    /// All EVSEs, as ChargePoint last told of them; none where it never did.
    pub async fn known(&self, app: &App, party: &Party) -> Arc<Known> {
        let states = GetStationStatus {
            search_query: StatusQuery {
                port_details: Some(true),
                ..StatusQuery::default()
            },
        };
        let stations = app.estate.rows(&GetStations::default(), false, false).await;
        let Ok(stations) = stations else {
            return self.last();
        };
        let states = app.estate.rows(&states, false, false).await.ok();
        let states_as_of = states.as_ref().map(|kept| kept.as_of.clone());
        let made_of = (stations.as_of.clone(), states_as_of.unwrap_or_default());
        if self.state().made_of == made_of {
            return self.last();
        }
        let states: HashMap<&str, &StationStatus> = states
            .iter()
            .flat_map(|kept| kept.answer.iter())
            .filter_map(|row| Some((row.record.station_id.as_deref()?, &*row.record)))
            .collect();
        let rows = stations.answer.iter().map(|row| &*row.record);
        let all: Vec<(String, Vec<Evse>)> = rows
            .filter_map(|station| {
                let id = station.station_id.clone()?;
                let state = states.get(id.as_str()).copied();
                let evses = evses(&id, station, state, party);
                Some((id, evses))
            })
            .collect();
        self.take(all, made_of)
    }

    fn state(&self) -> std::sync::RwLockReadGuard<'_, State> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn last(&self) -> Arc<Known> {
        Arc::clone(&self.state().known)
    }

    fn take(&self, all: Vec<(String, Vec<Evse>)>, made_of: (String, String)) -> Arc<Known> {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let now = clock::now();
        let mut before = std::mem::take(&mut state.since);
        let mut known = Known::with_capacity(all.len());
        let last = Arc::clone(&state.known);
        for (id, mut evses) in all {
            // What is no more has no moment of its own: those beside it move instead.
            let is_there = |old: &Evse| evses.iter().any(|evse| evse.uid == old.uid);
            let is_one_gone = last.get(&id).is_some_and(|old| !old.iter().all(is_there));
            for evse in &mut evses {
                let mut hasher = DefaultHasher::new();
                format!("{evse:?}").hash(&mut hasher);
                let hash = hasher.finish();
                let was = before.remove(&evse.uid);
                let was = was.filter(|(was, _)| *was == hash && !is_one_gone);
                let since = was.map_or_else(|| now.clone(), |(_, since)| since);
                state.since.insert(evse.uid.clone(), (hash, since.clone()));
                for connector in &mut evse.connectors {
                    connector.last_updated.clone_from(&since);
                }
                evse.last_updated = since;
            }
            known.insert(id, evses);
        }
        state.made_of = made_of;
        state.known = Arc::new(known);
        Arc::clone(&state.known)
    }
}

/// The EVSEs of a station: its ports, as far as it is told what plugs they have.
fn evses(id: &str, station: &Station, state: Option<&StationStatus>, party: &Party) -> Vec<Evse> {
    let mut told = details(id.to_owned(), station);
    if let Some(state) = state {
        add_state(&mut told, state);
    }
    let ports = station.ports.iter().zip(&told.ports).enumerate();
    let evse = |(n, (port, live)): (usize, (&Port, &domain::estate::Port))| {
        let number = match live.port_number.is_empty() {
            true => (n + 1).to_string(),
            false => live.port_number.clone(),
        };
        let uid = format!("{id}-{number}");
        let connectors = connectors(port, live);
        let is_whole = !connectors.is_empty() && uid.len() <= MAX_UID && uid.is_ascii();
        is_whole.then(|| Evse {
            evse_id: Some(evse_id(&uid, party)),
            status: status(live).to_owned(),
            capabilities: vec!["RFID_READER".into()],
            connectors,
            physical_reference: Some(cut(&told.name, 16)).filter(|name| !name.is_empty()),
            last_updated: String::new(),
            uid,
        })
    };
    ports.filter_map(evse).collect()
}

/// `NL*EVP*E1*7*2`
fn evse_id(uid: &str, party: &Party) -> String {
    let letters = uid
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '*' });
    let outlet: String = letters.collect();
    format!("{}*{}*E{outlet}", party.country_code, party.party_id)
}

fn status(port: &domain::estate::Port) -> &'static str {
    match (port.status, &port.fault_reason) {
        (_, Some(_)) => "OUTOFORDER",
        (PortStatus::Available, None) => "AVAILABLE",
        (PortStatus::InUse, None) => "CHARGING",
        (PortStatus::Unreachable | PortStatus::Unknown, None) => "UNKNOWN",
    }
}

fn connectors(port: &Port, live: &domain::estate::Port) -> Vec<Connector> {
    let several = port.connectors.as_ref().map(|all| all.names.clone());
    let several = several.filter(|all| !all.is_empty());
    let words = several.unwrap_or_else(|| live.connector.clone().into_iter().collect());
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.trim().parse().ok());
    let plugs = words.iter().filter_map(|word| plug::of(word)).enumerate();
    let connector = |(n, plug): (usize, plug::Plug)| {
        let is_direct = live.level.as_deref() == Some("DC");
        let power = plug::power(
            is_direct,
            number(&port.voltage),
            number(&port.current),
            live.power_kw,
        )?;
        Some(Connector {
            id: (n + 1).to_string(),
            standard: plug.standard.into(),
            format: if plug.cable { "CABLE" } else { "SOCKET" }.into(),
            power_type: power.power_type.into(),
            max_voltage: power.volts,
            max_amperage: power.amperes,
            max_electric_power: power.watts,
            last_updated: String::new(),
        })
    };
    plugs.filter_map(connector).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn evse(uid: &str, status: &str) -> Evse {
        Evse {
            uid: uid.into(),
            status: status.into(),
            ..Evse::default()
        }
    }

    #[test]
    fn what_stands_beside_an_evse_that_is_gone_moves() {
        let stations = Stations::default();
        let take = |uids: &[&str], made_of: &str| {
            let evses = uids.iter().map(|uid| evse(uid, "AVAILABLE")).collect();
            stations.take(vec![("1:7".to_owned(), evses)], (made_of.into(), String::new()))
        };
        take(&["1:7-1", "1:7-2"], "a");
        for (_, since) in stations.0.write().unwrap().since.values_mut() {
            *since = "2020-01-01T00:00:00Z".into();
        }
        let same = take(&["1:7-2", "1:7-1"], "b");
        assert!(
            same["1:7"]
                .iter()
                .all(|evse| evse.last_updated == "2020-01-01T00:00:00Z")
        );
        let fewer = take(&["1:7-1"], "c");
        assert!(fewer["1:7"][0].last_updated.as_str() > "2026");
    }

    #[test]
    fn an_evse_remembers_since_when_it_is_as_it_is() {
        let stations = Stations::default();
        let take = |status: &str, made_of: &str| {
            let all = vec![(
                "1:7".to_owned(),
                vec![evse("1:7-1", status), evse("1:7-2", "AVAILABLE")],
            )];
            stations.take(all, (made_of.into(), String::new()))
        };
        take("AVAILABLE", "a");
        for (_, since) in stations.0.write().unwrap().since.values_mut() {
            *since = "2020-01-01T00:00:00Z".into();
        }
        let known = take("CHARGING", "b");
        let [changed, same] = known["1:7"].as_slice() else {
            panic!("{known:?}")
        };
        assert_eq!(same.last_updated, "2020-01-01T00:00:00Z");
        assert!(changed.last_updated > same.last_updated);
    }

    #[test]
    fn ports_become_evses() {
        let port = |connector: &str| Port {
            port_number: Some("1".into()),
            connector: Some(connector.into()),
            voltage: Some("240".into()),
            current: Some("30".into()),
            power: Some("7.200".into()),
            level: Some("L2".into()),
            ..Port::default()
        };
        let station = |connector| Station {
            station_name: Some("ACME / Garage 01".into()),
            ports: vec![port(connector)],
            ..Station::default()
        };
        let party = Party {
            country_code: "NL".into(),
            party_id: "EVP".into(),
            name: "EV portal".into(),
        };
        let made = evses("1:7", &station("J1772"), None, &party);
        let [evse] = made.as_slice() else {
            panic!("{made:?}")
        };
        assert_eq!(
            (evse.uid.as_str(), evse.evse_id.as_deref()),
            ("1:7-1", Some("NL*EVP*E1*7*1"))
        );
        assert_eq!(
            (evse.status.as_str(), evse.connectors[0].max_amperage),
            ("UNKNOWN", 30)
        );
        assert!(evses("1:7", &station("banana"), None, &party).is_empty());
        let long = "1:".to_owned() + &"7".repeat(40);
        assert!(evses(&long, &station("J1772"), None, &party).is_empty());
    }
}

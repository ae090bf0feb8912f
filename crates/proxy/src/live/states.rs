//! What is new in ChargePoint's answers: states of ports, alarms, and drivers who ask to be connected.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chargepoint::calls::alarms::Alarm;
use chargepoint::{StationStatus, User};
use domain::column::Listed;
use serde_json::{Value, json};

use crate::estate::rows::Row;
use crate::estate::waiting;

/// A port: its station's id and its number.
type Port = (String, String);
/// Its status, and the network's status of its station.
type State = (String, String);

/// The last answers. Before there was one, nothing is new.
#[derive(Default)]
pub struct States {
    status: Option<Arc<Vec<Row<StationStatus>>>>,
    ports: HashMap<Port, State>,
    alarms: Option<Arc<Vec<Row<Alarm>>>>,
    known: HashSet<String>,
    users: Option<Arc<Vec<Row<User>>>>,
    waiting: HashSet<String>,
}

/// Something new about a station: its id, and what.
pub type News = (String, Value);

fn text(text: &Option<String>) -> String {
    text.as_deref().map(str::trim).unwrap_or_default().to_owned()
}

impl States {
    /// The ports that are not as they were.
    pub fn ports(&mut self, answer: Arc<Vec<Row<StationStatus>>>) -> Vec<News> {
        if self
            .status
            .as_ref()
            .is_some_and(|last| Arc::ptr_eq(last, &answer))
        {
            return Vec::new();
        }
        let mut ports = HashMap::with_capacity(self.ports.len());
        let mut news = Vec::new();
        for row in answer.iter() {
            let (station, network) = (text(&row.record.station_id), text(&row.record.network_status));
            for port in &row.record.ports {
                let place = (station.clone(), text(&port.port_number));
                let state = (text(&port.status), network.clone());
                if self.status.is_some() && self.ports.get(&place) != Some(&state) {
                    let port = json!({
                        "stationId": place.0, "portNumber": place.1, "status": state.0, "networkStatus": state.1,
                    });
                    news.push((station.clone(), port));
                }
                ports.insert(place, state);
            }
        }
        (self.status, self.ports) = (Some(answer), ports);
        news
    }

    /// The alarms that were not there.
    pub fn alarms(&mut self, answer: Arc<Vec<Row<Alarm>>>) -> Vec<News> {
        if self
            .alarms
            .as_ref()
            .is_some_and(|last| Arc::ptr_eq(last, &answer))
        {
            return Vec::new();
        }
        let is_new = |row: &&Row<Alarm>| self.alarms.is_some() && !self.known.contains(row.id());
        let news = answer.iter().filter(is_new).map(|row| {
            let alarm = &row.record;
            let station = text(&alarm.station_id);
            let at = alarm.alarm_time.as_deref().and_then(crate::clock::read);
            // An alarm of the station has no port.
            let port = Some(text(&alarm.port_number)).filter(|port| !port.is_empty());
            let said = json!({
                "stationId": station, "portNumber": port, "alarmType": text(&alarm.alarm_type),
                "alarmTime": at,
            });
            (station, said)
        });
        let news = news.collect();
        self.known = answer.iter().map(|row| row.id().to_owned()).collect();
        self.alarms = Some(answer);
        news
    }

    /// The ids of requests that did not wait for a decision.
    pub fn requests(&mut self, answer: Arc<Vec<Row<User>>>) -> Vec<String> {
        if self.users.as_ref().is_some_and(|last| Arc::ptr_eq(last, &answer)) {
            return Vec::new();
        }
        let waiting: HashSet<String> = answer.iter().filter_map(|row| waiting(&row.record)).collect();
        let news = match self.users {
            Some(_) => waiting.difference(&self.waiting).cloned().collect(),
            None => Vec::new(),
        };
        (self.users, self.waiting) = (Some(answer), waiting);
        news
    }
}

#[cfg(test)]
mod tests {
    use chargepoint::PortStatus;

    use super::*;

    fn status(network: &str, states: &[&str]) -> Arc<Vec<Row<StationStatus>>> {
        let port = |(n, state): (usize, &&str)| PortStatus {
            port_number: Some((n + 1).to_string()),
            status: Some((*state).into()),
            ..PortStatus::default()
        };
        let record = StationStatus {
            station_id: Some("1:7".into()),
            network_status: Some(network.into()),
            ports: states.iter().enumerate().map(port).collect(),
            ..StationStatus::default()
        };
        Arc::new(vec![Row::new(record, "1:7")])
    }

    #[test]
    fn only_ports_that_changed_are_news() {
        let mut states = States::default();
        let first = status("Reachable", &["AVAILABLE", "INUSE"]);
        assert_eq!(states.ports(Arc::clone(&first)), []);
        assert_eq!(states.ports(first), [], "the same answer");
        assert_eq!(states.ports(status("Reachable", &["AVAILABLE", "INUSE"])), []);
        let news = states.ports(status("Reachable", &["INUSE", "INUSE", "AVAILABLE"]));
        let told: Vec<String> = news
            .iter()
            .map(|(_, port)| format!("{} {}", port["portNumber"], port["status"]))
            .collect();
        assert_eq!(told, ["\"1\" \"INUSE\"", "\"3\" \"AVAILABLE\""]);
        assert_eq!(
            states
                .ports(status("Unreachable", &["INUSE", "INUSE", "AVAILABLE"]))
                .len(),
            3
        );
    }

    #[test]
    fn only_alarms_that_were_not_there_are_news() {
        let alarm = |kind: &str| {
            let record = Alarm {
                station_id: Some("1:7".into()),
                alarm_type: Some(kind.into()),
                alarm_time: Some("2026-11-20T09:15:00+01:00".into()),
                ..Alarm::default()
            };
            Row::new(record, kind)
        };
        let mut states = States::default();
        assert_eq!(states.alarms(Arc::new(vec![alarm("A")])), []);
        let news = states.alarms(Arc::new(vec![alarm("A"), alarm("B")]));
        assert_eq!(news.len(), 1);
        assert_eq!(
            (&news[0].1["alarmType"], &news[0].1["alarmTime"]),
            (&json!("B"), &json!("2026-11-20T08:15:00Z"))
        );
        assert_eq!(states.alarms(Arc::new(vec![])), [], "cleared ones are no news");
    }
}

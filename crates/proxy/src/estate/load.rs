//! What all stations draw. ChargePoint tells it by group or by station, so that the fewest groups which hold all
//! stations are asked.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chargepoint::calls::load::{GetLoad, GetLoadResponse, LoadQuery, StationLoad};
use chargepoint::calls::stations::{GetStations, Station};
use domain::Timestamp;
use domain::column::Listed;
use domain::load::{LoadOfStation, PortLoad, Sum, words};
use domain::problem::{Problem, kind};
use futures::stream::{self, StreamExt};

use super::reach::Reach;
use super::rows::Row;
use super::{Estate, Kept, words as told};
use crate::problem::Error;

/// How many questions are asked at once: as many as the client sends.
const AT_ONCE: usize = 4;
/// How many stations that stand in no group are asked one by one. The load of others is not told.
const MOST_ALONE: usize = 50;

/// What stations draw.
pub struct Loads {
    pub stations: Vec<LoadOfStation>,
    /// When the oldest of the answers was asked for.
    pub as_of: Timestamp,
    /// Its age in seconds.
    pub age: u64,
    /// Why one of them is no newer.
    pub problem: Option<Problem>,
}

impl Loads {
    fn count<T: ?Sized>(&mut self, kept: &Kept<T>) {
        if self.as_of.is_empty() || kept.as_of < self.as_of {
            self.as_of.clone_from(&kept.as_of);
        }
        self.age = self.age.max(kept.age());
        if self.problem.is_none() {
            self.problem.clone_from(&kept.problem);
        }
    }
}

/// What ChargePoint tells, part by part.
#[derive(Default)]
struct Drawn {
    stations: HashMap<String, StationLoad>,
    answered: bool,
    failed: Option<Error>,
}

/// Of what the load is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    All,
    Group(String),
    Station(String),
}

impl Estate {
    /// What the stations draw that the caller reaches: all, those of a group, or one.
    ///
    /// # Errors
    /// ChargePoint does not tell the stations, or of none of them what it draws; the caller does not reach the
    /// group or the station.
    pub async fn loads(&self, of: &Of, anew: bool) -> Result<Loads, Error> {
        let reach = Reach::of_caller(self).await?;
        let (reached, noun) = match of {
            Of::All => (true, ""),
            Of::Group(id) => (reach.group(self, id).await?, "station group"),
            Of::Station(id) => (reach.station(id), "station"),
        };
        if !reached {
            return Err(Error::NotFound(noun));
        }
        let all = self.rows(&GetStations::default(), false, false).await?;
        let mut loads = Loads {
            stations: Vec::new(),
            as_of: Timestamp::new(),
            age: 0,
            problem: None,
        };
        loads.problem.clone_from(&all.problem);
        let own: Vec<&Row<Station>> = all.answer.iter().filter(|row| reach.row(*row)).collect();
        let mut drawn = Drawn::default();
        let parts = match of {
            Of::All => parts_of(&own),
            one => vec![one.clone()],
        };
        self.ask(parts, anew, &mut drawn, &mut loads).await;
        let mut meant: HashSet<&str> = own.iter().map(|row| row.id()).collect();
        if *of != Of::All {
            meant.retain(|id| drawn.stations.contains_key(*id));
        }
        if let (Of::Group(id), true) = (of, drawn.answered) {
            // Of a group that holds groups, ChargePoint may leave out what these hold.
            let below = self.with_groups_below(id).await;
            let is_left = |row: &&&Row<Station>| {
                !meant.contains(row.id()) && group_ids(&row.record).any(|id| below.contains(id))
            };
            let left: Vec<&Row<Station>> = own.iter().filter(is_left).copied().collect();
            self.ask(parts_of(&left), anew, &mut drawn, &mut loads).await;
            meant.extend(left.iter().map(|row| row.id()));
        }
        let wanted = own.iter().filter(|row| meant.contains(row.id()));
        loads.stations = wanted
            .map(|row| of_station(&row.record, &drawn.stations))
            .collect();
        let sum = Sum::of(&loads.stations);
        match drawn.failed {
            Some(error) if !drawn.answered || sum.is_untold() => return Err(error),
            // That an organization's plan lacks the call says nothing of the others: its stations tell no load.
            Some(Error::ChargePoint(problem)) if problem.status == 403 => {}
            Some(Error::ChargePoint(problem) | Error::Later(problem, _)) => {
                loads.problem.get_or_insert(*problem);
            }
            Some(error) => return Err(error),
            None if sum.is_untold() => {
                loads.problem.get_or_insert_with(untold);
            }
            None => {}
        }
        Ok(loads)
    }

    /// Asks for parts, and adds what they tell.
    async fn ask(&self, parts: Vec<Of>, anew: bool, drawn: &mut Drawn, loads: &mut Loads) {
        let asked: Vec<_> = stream::iter(parts)
            .map(|part| async move { self.part(part, anew).await })
            .buffered(AT_ONCE)
            .collect()
            .await;
        for answer in asked {
            match answer {
                Ok(kept) => {
                    drawn.answered = true;
                    loads.count(&kept);
                    let stations = kept.answer.stations.iter();
                    let stations = stations.filter_map(|one| Some((one.station_id.clone()?, one.clone())));
                    drawn.stations.extend(stations);
                }
                Err(error) => drawn.failed = Some(error),
            }
        }
    }

    async fn part(&self, part: Of, anew: bool) -> Result<Kept<GetLoadResponse>, Error> {
        let (sg_id, station_id) = match part {
            Of::All => (None, None),
            Of::Group(id) => (Some(id), None),
            Of::Station(id) => (None, Some(id)),
        };
        let search_query = LoadQuery {
            sg_id,
            station_id,
            ..LoadQuery::default()
        };
        self.answer(&GetLoad { search_query }, anew).await
    }
}

/// There are stations, and no answer says what one of them draws.
fn untold() -> Problem {
    Problem {
        kind: kind::CHARGEPOINT_INCOMPLETE.into(),
        title: "ChargePoint tells no load".into(),
        status: 502,
        detail: "It said of none of these stations what it draws. Look again in a while.".into(),
        ..Problem::default()
    }
}

/// The groups to ask for, the largest first, and stations that stand in none.
fn parts_of(stations: &[&Row<Station>]) -> Vec<Of> {
    let mut groups: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut open: HashSet<&str> = HashSet::new();
    for row in stations {
        let Some(id) = row.record.station_id.as_deref() else {
            continue;
        };
        open.insert(id);
        for group in group_ids(&row.record) {
            groups.entry(group).or_default().insert(id);
        }
    }
    let mut parts = Vec::new();
    loop {
        let new = |(_, held): &(&&str, &HashSet<&str>)| held.intersection(&open).count();
        let best = groups
            .iter()
            .max_by_key(|one| (new(one), std::cmp::Reverse(*one.0)));
        let Some((group, held)) = best.filter(|one| new(one) > 0) else {
            break;
        };
        parts.push(Of::Group((*group).to_owned()));
        open.retain(|id| !held.contains(id));
    }
    let mut alone: Vec<&str> = open.into_iter().collect();
    alone.sort_unstable();
    alone.truncate(MOST_ALONE);
    parts.extend(alone.into_iter().map(|id| Of::Station(id.to_owned())));
    parts
}

/// The ids of the groups that a station stands in.
fn group_ids(station: &Station) -> impl Iterator<Item = &str> {
    let ids = station.sg_ids.iter().flat_map(|ids| ids.0.iter());
    ids.map(|id| id.trim()).filter(|id| !id.is_empty() && *id != "0")
}

fn text(field: &Option<String>) -> String {
    field.as_deref().unwrap_or_default().trim().to_owned()
}

fn of_station(station: &Arc<Station>, drawn: &HashMap<String, StationLoad>) -> LoadOfStation {
    let id = text(&station.station_id);
    let load = drawn.get(&id);
    let capacities: HashMap<String, f64> = station
        .ports
        .iter()
        .filter_map(|port| {
            Some((
                text(&port.port_number),
                port.power.as_deref()?.trim().parse().ok()?,
            ))
        })
        .collect();
    let told = load.map(|load| load.ports.as_slice()).unwrap_or_default();
    let port = |port: &chargepoint::calls::load::PortLoad| {
        let number = text(&port.port_number);
        let is_shed = port.shed.unwrap_or_default();
        let percent = port
            .percent_shed
            .filter(|percent| is_shed && *percent != 0)
            .map(f64::from);
        PortLoad {
            load: port.port_load,
            capacity: capacities.get(&number).copied(),
            shed: is_shed,
            percent_shed: percent,
            // ChargePoint says 0 where a percentage is shed.
            allowed_load: port.allowed_load.filter(|_| is_shed && percent.is_none()),
            session_id: port.session().map(str::to_owned),
            port_number: number,
        }
    };
    let ports: Vec<PortLoad> = told.iter().map(port).collect();
    let capacity: f64 = capacities.values().sum();
    let names = station.sg_names.iter().flat_map(|names| names.0.iter());
    let all = |get: fn(&PortLoad) -> Option<f64>| ports.iter().filter_map(get);
    let (percent, allowed) = (
        all(|port| port.percent_shed).reduce(f64::max),
        all(|port| port.allowed_load).reduce(f64::min),
    );
    let is_of_each = percent.is_none() && allowed.is_some() && ports.len() > 1;
    let of_each = if is_of_each { " a port" } else { "" };
    LoadOfStation {
        station_name: Some(text(&station.station_name))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| id.clone()),
        address: text(&station.address),
        organization_name: text(&station.organization_name),
        org_id: text(&station.org_id),
        groups: names
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect(),
        group_ids: group_ids(station).map(str::to_owned).collect(),
        station_load: load.and_then(|load| load.station_load),
        capacity: Some(capacity).filter(|_| !capacities.is_empty()),
        shed: words(percent, allowed) + of_each,
        percent_shed: percent,
        allowed_load: allowed,
        shed_until: None,
        time_zone: told::zone_of(station),
        station_id: id,
        ports,
    }
}

//! The live stations of a location: details that stay, states that are asked for.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use chargepoint::StatusQuery;
use chargepoint::calls::station_status::StationIds;
use domain::estate::{LocationStations, Station};
use domain::problem::Problem;

use super::Estate;
use super::words::{add_state, bare, details};
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
/// With `anew`, no answer will do that had ended before this was asked.
pub async fn stations(
    estate: &Estate,
    location_id: &str,
    known: Vec<(String, String)>,
    anew: bool,
) -> LocationStations {
    let asked = Instant::now();
    let slot = match estate.answers.lock() {
        Ok(mut answers) => Arc::clone(answers.entry(location_id.to_owned()).or_default()),
        Err(_) => Arc::default(),
    };
    let mut answer = slot.lock().await;
    let is_fresh = !anew && answer.answered.is_some_and(|at| at.elapsed() < estate.fresh);
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

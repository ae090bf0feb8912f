//! The live stations of a location: what they are, and what their ports are doing.

use std::collections::HashMap;

use chargepoint::StatusQuery;
use chargepoint::calls::station_status::{GetStationStatus, StationIds};
use chargepoint::calls::stations::GetStations;
use domain::column::Listed;
use domain::estate::{LocationStations, Station};
use domain::problem::Problem;

use super::Estate;
use super::words::{add_state, bare, details};
use crate::clock;

impl Estate {
    /// The stations of a location, given as ids and names, with the state of each port: fresh, or the last answer
    /// and why there is no new one. With `anew`, states that are still fresh are not passed on.
    pub async fn stations(&self, known: Vec<(String, String)>, anew: bool) -> LocationStations {
        if known.is_empty() {
            let problem = self.client().err().map(|problem| *problem);
            return LocationStations {
                items: Vec::new(),
                as_of: problem.is_none().then(clock::now),
                problem,
            };
        }
        let ids = known.iter().map(|(id, _)| id.clone()).collect();
        let search_query = StatusQuery {
            station_ids: Some(StationIds { ids }),
            port_details: Some(true),
            ..StatusQuery::default()
        };
        let (stations, call) = (GetStations::default(), GetStationStatus { search_query });
        let (all, states) = tokio::join!(self.rows(&stations, false, false), self.rows(&call, false, anew));
        let mut items: Vec<Station> = known.iter().map(|(id, name)| bare(id, name)).collect();
        let places: HashMap<&str, usize> = known.iter().map(|(id, _)| id.as_str()).zip(0..).collect();
        let mut problem: Option<Problem> = None;
        match all {
            // What stations are may be old: it hardly ever changes.
            Ok(kept) => {
                for row in kept.answer.iter() {
                    if let Some(place) = places.get(row.id()) {
                        items[*place] = details(row.id().to_owned(), &row.record);
                    }
                }
            }
            Err(error) => problem = Some(error.problem()),
        }
        let mut as_of = None;
        match states {
            Ok(kept) => {
                for row in kept.answer.iter() {
                    if let Some(place) = places.get(row.id()) {
                        add_state(&mut items[*place], &row.record);
                    }
                }
                as_of = Some(kept.as_of.clone());
                problem = kept.problem.or(problem);
            }
            Err(error) => problem = Some(error.problem()),
        }
        LocationStations {
            items,
            as_of,
            problem,
        }
    }
}

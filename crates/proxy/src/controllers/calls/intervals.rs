//! GET `/sessions/{id}/intervals`: a session's parts of 15 minutes, each with its own energy and the zone of the
//! station's clock; and the same as a file

use std::cmp::Ordering;
use std::collections::HashSet;

use axum::extract::RawPathParams;
use chargepoint::calls::session_intervals::{
    Get15MinChargingSessionData, Get15MinChargingSessionDataResponse as Answer,
};
use domain::intervals::Interval;

use super::list::Face;
use super::worked::{Found, Pairs, Worked};
use super::{missing, parameters, require};
use crate::app::App;
use crate::clock;
use crate::estate::Estate;
use crate::estate::reach::Reach;
use crate::problem::Error;

/// The parts of the session that the address names.
pub struct Parts;

impl Worked for Parts {
    type Call = Get15MinChargingSessionData;
    type Row = Interval;
    type Told = Answer;

    async fn read(
        app: &App,
        face: &Face,
        path: &RawPathParams,
        pairs: Pairs,
        anew: bool,
    ) -> Result<Found<Self>, Error> {
        let named = parameters::named(face.names, path);
        let asked = parameters::read::<Self::Call>(&face.parameters, named, pairs)?;
        let reach = Reach::of_caller(&app.estate).await?;
        require(&app.estate, &reach, &asked.named).await?;
        let found = app.estate.answer(&asked.call, anew).await;
        let kept = found.map_err(|error| missing(error, &asked.named))?;
        let is_each = asked.call.energy_consumed_interval == Some(true);
        let parts = parts(&kept.answer, is_each, zone(&app.estate, &kept.answer));
        Ok((parts, kept, asked.others))
    }

    /// As they came to pass.
    fn usual(a: &Interval, b: &Interval) -> Ordering {
        a.station_time.cmp(&b.station_time)
    }
}

/// The zone of the clock of the session's station, as far as stations are kept.
fn zone(estate: &Estate, answer: &Answer) -> Option<String> {
    let station = answer.station_id.as_deref()?.trim();
    let zones = estate.zones(HashSet::from([station]));
    zones.get(station).map(|zone| zone.to_string())
}

/// The parts in their order; `is_each`: ChargePoint tells the energy of each, and not of all so far.
fn parts(answer: &Answer, is_each: bool, zone: Option<String>) -> Vec<Interval> {
    let moment = |text: &str| clock::read(text).unwrap_or_else(|| text.to_owned());
    let mut parts: Vec<Interval> = answer
        .intervals
        .iter()
        .map(|part| Interval {
            station_time: part.station_time.as_deref().map(moment).unwrap_or_default(),
            energy: None,
            energy_consumed: part.energy_consumed,
            rolling_power_avg: part.rolling_power_avg,
            peak_power: part.peak_power,
            timezone_offset: zone.clone(),
        })
        .collect();
    parts.sort_by(Parts::usual);
    let mut before = 0.0;
    for part in &mut parts {
        part.energy = part.energy_consumed.map(|count| {
            // A difference of numbers that are binary has digits that nobody measured.
            let grown = ((count - before) * 1e6).round() / 1e6;
            if !is_each {
                before = count;
            }
            grown
        });
    }
    parts
}

#[cfg(test)]
mod tests {
    use chargepoint::calls::session_intervals::Interval as Told;

    use super::*;

    #[test]
    fn a_part_has_what_the_count_grew_by() {
        let told = |(at, count): (&str, Option<f64>)| Told {
            station_time: Some(format!("2026-11-20T09:{at}:00+01:00").as_str().into()),
            energy_consumed: count,
            ..Told::default()
        };
        let counts = [
            ("30", Some(4.6)),
            ("00", Some(0.1)),
            ("15", None),
            ("45", Some(4.6)),
        ];
        let answer = Answer {
            intervals: counts.into_iter().map(told).collect(),
            ..Answer::default()
        };
        let energies = |is_each| {
            let parts = parts(&answer, is_each, Some("+01:00".into()));
            assert_eq!(parts[0].station_time, "2026-11-20T08:00:00Z");
            assert!(
                parts
                    .iter()
                    .all(|part| part.timezone_offset.as_deref() == Some("+01:00"))
            );
            parts.iter().map(|part| part.energy).collect::<Vec<_>>()
        };
        assert_eq!(energies(false), [Some(0.1), None, Some(4.5), Some(0.0)]);
        assert_eq!(energies(true), [Some(0.1), None, Some(4.6), Some(4.6)]);
    }
}

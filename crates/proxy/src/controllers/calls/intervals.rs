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
            time_zone: zone.clone(),
        })
        .collect();
    parts.sort_by(Parts::usual);
    let mut so_far = 0.0;
    // Nobody knows what a part without a time comes after.
    for part in parts.iter_mut().filter(|part| !part.station_time.is_empty()) {
        let Some(told) = part.energy_consumed else {
            continue;
        };
        let (energy, count) = match is_each {
            true => (told, exact(so_far + told)),
            false => (exact(told - so_far), told),
        };
        // A count that falls began anew: what the part drew is not known.
        part.energy = (energy >= 0.0).then_some(energy);
        part.energy_consumed = Some(count);
        so_far = count;
    }
    parts
}

/// Without the digits that nobody measured: numbers are binary.
fn exact(energy: f64) -> f64 {
    (energy * 1e6).round() / 1e6
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
        let told = |is_each| {
            let parts = parts(&answer, is_each, Some("Europe/Amsterdam".into()));
            assert_eq!(parts[0].station_time, "2026-11-20T08:00:00Z");
            assert!(
                parts
                    .iter()
                    .all(|part| part.time_zone.as_deref() == Some("Europe/Amsterdam"))
            );
            let energies: Vec<_> = parts.iter().map(|part| part.energy).collect();
            let so_far: Vec<_> = parts.iter().map(|part| part.energy_consumed).collect();
            (energies, so_far)
        };
        let (energies, so_far) = told(false);
        assert_eq!(energies, [Some(0.1), None, Some(4.5), Some(0.0)]);
        assert_eq!(so_far, [Some(0.1), None, Some(4.6), Some(4.6)]);
        let (energies, so_far) = told(true);
        assert_eq!(energies, [Some(0.1), None, Some(4.6), Some(4.6)]);
        assert_eq!(so_far, [Some(0.1), None, Some(4.7), Some(9.3)]);
    }

    #[test]
    fn what_a_part_drew_is_not_guessed() {
        let told = |(at, count): (Option<&str>, f64)| Told {
            station_time: at.map(Into::into),
            energy_consumed: Some(count),
            ..Told::default()
        };
        let counts = [
            (None, 9.0),
            (Some("2026-11-20T09:00:00Z"), 4.6),
            (Some("2026-11-20T09:15:00Z"), 0.2),
            (Some("2026-11-20T09:30:00Z"), 0.5),
        ];
        let answer = Answer {
            intervals: counts.into_iter().map(told).collect(),
            ..Answer::default()
        };
        let energies: Vec<_> = parts(&answer, false, None)
            .iter()
            .map(|part| part.energy)
            .collect();
        assert_eq!(energies, [None, Some(4.6), None, Some(0.3)]);
    }
}

//! What vehicles of fleets have used.

use super::fleet::Vehicle;
use super::sessions::{HISTORY, REFRESH, Session};
use super::tariffs;
use super::{Estate, Unit};
use crate::random::Dice;

/// Gallons of gasoline that a kilowatt hour saves.
pub const GALLONS: f64 = 0.1255;
/// Kilograms of greenhouse gases that a kilowatt hour saves.
pub const GREENHOUSE: f64 = 0.42;
/// Kilometres a vehicle drives in a day.
const DAILY: f64 = 85.0;

/// A session of a fleet's vehicle, ended.
#[derive(Debug, Clone)]
pub struct Usage<'a> {
    pub session: Session<'a>,
    pub vehicle: &'a Vehicle,
    /// When the station told of it, in seconds since 1970 UTC.
    pub at: i64,
    /// Name of the price rule, where there is one.
    pub rule: Option<&'static str>,
}

impl Usage<'_> {
    /// Number of the transaction.
    pub fn number(&self) -> i64 {
        self.session.visit.id * 2
    }

    /// What is paid, in the station's currency.
    pub fn fee(&self, now: i64) -> f64 {
        let Session { unit, visit, .. } = &self.session;
        let currency = unit.station.currency_code.as_deref().unwrap_or_default();
        let steps = self.session.steps(now);
        let fee = tariffs::fee(&unit.station.pricing, &unit.traits, visit, steps, currency);
        fee.map_or(0.0, |fee| fee.gross)
    }

    /// Where the money comes from.
    pub fn payment(&self) -> &'static str {
        match (self.rule, self.vehicle.payment) {
            (Some(_), Some((source, _))) => source,
            (Some(_), None) => "Credit Card",
            (None, _) => "Free",
        }
    }

    /// Last digits of the account it comes from.
    pub fn account(&self) -> Option<String> {
        let mut dice = Dice::of(&[self.vehicle.number, 0xACC7]);
        self.rule.map(|_| dice.pattern("####"))
    }

    /// Kilometres at the start.
    pub fn odometer(&self) -> f64 {
        let mut dice = Dice::of(&[self.vehicle.number, 0x0D0]);
        let days = (self.session.visit.start - 1_577_836_800) as f64 / 86_400.0;
        (days * DAILY + dice.unit() * 20_000.0).round()
    }
}

/// The API's name of a plug.
pub fn plug(connector: &str) -> &str {
    match connector {
        "J1772" => "Type 1",
        "IEC62196 Type 2" => "Type 2 Socket",
        "CCS1" => "CCS Combo Type 1",
        "CCS2" => "CCS Combo Type 2",
        "NACS" => "Tesla",
        other => other,
    }
}

impl Estate {
    /// What vehicles of fleets have used at a station up to a moment, since `from` or of late.
    pub fn usage<'a>(
        &'a self,
        unit: &'a Unit,
        from: Option<i64>,
        now: i64,
    ) -> impl Iterator<Item = Usage<'a>> + use<'a> {
        let rule = tariffs::rule(&unit.station.pricing);
        let fleet = unit
            .traits
            .organization
            .is_some_and(|organization| organization.fleet);
        let from = from.unwrap_or(now - HISTORY);
        let visits = fleet.then(|| self.visits(unit, from, now));
        visits.into_iter().flatten().filter_map(move |(port, visit)| {
            (visit.end <= now - now.rem_euclid(REFRESH)).then_some(())?;
            let session = self.session_of(unit, port, visit);
            Some(Usage {
                vehicle: session.vehicle?,
                at: session.visit.end + 5 + session.visit.id % 25,
                session,
                rule,
            })
        })
    }
}

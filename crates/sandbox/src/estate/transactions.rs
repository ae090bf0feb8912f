//! Transactions: what drivers pay, and what they have paid for a reservation.

use super::sessions::{HISTORY, REFRESH, Session};
use super::tariffs::{self, Fee};
use super::{Estate, Unit};
use crate::random::Dice;

/// Key of the dice of reservations.
const RESERVED: u64 = 0x0000_5E5E;
/// How long before its start a session was reserved, in seconds.
const AHEAD: i64 = 30 * 60;

/// What is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Session,
    Reservation,
}

impl Kind {
    /// The API's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Session => "Session",
            Self::Reservation => "Reservation",
        }
    }

    /// What one of the API's words stands for: for two of them nothing that happens here.
    pub fn of(word: &str) -> Option<Option<Self>> {
        match word.trim() {
            "Session" => Some(Some(Self::Session)),
            "Reservation" => Some(Some(Self::Reservation)),
            "Reservation Cancel" | "Reservation Usage Addendum" => Some(None),
            _ => None,
        }
    }
}

/// A transaction.
#[derive(Debug, Clone)]
pub struct Transaction<'a> {
    pub session: Session<'a>,
    pub kind: Kind,
    /// When the station told of it, in seconds since 1970 UTC.
    pub at: i64,
    /// Name of the price rule.
    pub rule: &'static str,
}

impl Transaction<'_> {
    /// Its number.
    pub fn number(&self) -> i64 {
        self.session.visit.id * 2 + i64::from(self.kind == Kind::Reservation)
    }

    /// What is paid.
    pub fn fee(&self, now: i64) -> Fee {
        let Session { unit, visit, .. } = &self.session;
        let currency = self.currency();
        let prices = &unit.station.pricing;
        let steps = self.session.steps(now);
        let fee = match self.kind {
            Kind::Session => tariffs::fee(prices, &unit.traits, visit, steps, currency),
            Kind::Reservation => None,
        };
        fee.unwrap_or_else(|| tariffs::shares(tariffs::RESERVATION, currency))
    }

    /// US dollars for one of its currency.
    pub fn in_dollars(&self) -> f64 {
        tariffs::in_dollars(self.currency())
    }

    fn currency(&self) -> &str {
        self.session
            .unit
            .station
            .currency_code
            .as_deref()
            .unwrap_or_default()
    }
}

impl Estate {
    /// The transactions of a station up to a moment: those that end since `from`, or of late.
    pub fn transactions<'a>(
        &'a self,
        unit: &'a Unit,
        from: Option<i64>,
        now: i64,
    ) -> impl Iterator<Item = Transaction<'a>> + use<'a> {
        let paid = tariffs::rule(&unit.station.pricing);
        let from = from.unwrap_or(now - HISTORY);
        let visits = self.visits(unit, from - REFRESH, now);
        let visits = paid.into_iter().zip(std::iter::once(visits));
        visits.flat_map(move |(rule, visits)| {
            visits.flat_map(move |(port, visit)| {
                let session = self.session_of(unit, port, visit);
                self.of_session(session, rule, now)
            })
        })
    }

    /// The transaction of a number, when it has happened.
    pub fn transaction(&self, number: i64, now: i64) -> Option<Transaction<'_>> {
        let session = self.session(number / 2)?;
        let rule = tariffs::rule(&session.unit.station.pricing)?;
        let mut found = self.of_session(session, rule, now).into_iter();
        found.find(|found| found.number() == number)
    }

    fn of_session<'a>(&self, session: Session<'a>, rule: &'static str, now: i64) -> Vec<Transaction<'a>> {
        let id = session.visit.id;
        let mut dice = Dice::of(&[self.seed, RESERVED, id as u64]);
        let port = session.unit.station.ports.get(session.port);
        let reservable = port.is_some_and(|port| port.reservable == Some(true));
        let reserved = reservable && dice.chance(0.3);
        let told = session.visit.end + 5 + id % 25;
        let reservation = reserved.then(|| Transaction {
            at: session.visit.start - AHEAD,
            session: session.clone(),
            kind: Kind::Reservation,
            rule,
        });
        let paid = Transaction {
            at: told,
            session,
            kind: Kind::Session,
            rule,
        };
        let both = reservation.into_iter().chain([paid]);
        both.filter(|found| found.at <= now).collect()
    }
}

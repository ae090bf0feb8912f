//! Transactions: what drivers pay, and what they have paid for a reservation.

use super::sessions::{HISTORY, REFRESH, Session};
use super::tariffs::{self, Fee};
use super::visits::Visit;
use super::{Estate, Unit};
use crate::random::Dice;

/// Key of the dice of reservations.
const RESERVED: u64 = 0x0000_5E5E;
/// When the station tells of a session.
fn told(visit: &Visit) -> i64 {
    visit.end + 5 + visit.id % 25
}

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

/// Which transactions are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Span<'q> {
    /// Told of then or later; none: of late.
    pub from: Option<i64>,
    /// Told of then or earlier.
    pub until: Option<i64>,
    pub now: i64,
    /// Paid with the bank card that ends in these digits.
    pub card: Option<&'q str>,
}

impl Estate {
    /// The transactions of a station that are told of in a time. What lies outside of it is not worked out.
    pub fn transactions<'a>(
        &'a self,
        unit: &'a Unit,
        span: Span<'a>,
    ) -> impl Iterator<Item = Transaction<'a>> + use<'a> {
        let rule = tariffs::rule(&unit.station.pricing);
        let from = span.from.unwrap_or(span.now - HISTORY);
        let until = span.until.map_or(span.now, |until| until.min(span.now));
        // A reservation is told of before its session, a session after its end.
        let visits = self.visits(unit, from - REFRESH, span.now.min(until + AHEAD));
        let wanted = move |at: i64| from <= at && at <= until;
        let visits = visits.filter(move |(port, visit)| {
            let in_time = wanted(told(visit)) || wanted(visit.start - AHEAD);
            let is_theirs = |card: &str| self.bank_card(unit, *port, visit.id).as_deref() == Some(card);
            in_time && span.card.is_none_or(is_theirs)
        });
        let visits = rule.into_iter().zip(std::iter::once(visits));
        visits.flat_map(move |(rule, visits)| {
            visits.flat_map(move |(port, visit)| {
                let session = self.session_of(unit, port, visit);
                let found = self.of_session(session, rule, span.now).into_iter();
                found.filter(move |found| wanted(found.at))
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
        let told = told(&session.visit);
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

//! Sessions: who charges what, from when to when.

use super::cars::{self, Model};
use super::charge::{Car, Charge, Limit, Steps};
use super::drivers::{self, Driver};
use super::fleet::Vehicle;
use super::shed::OptOut;
use super::traits::{Traits, Waitlist};
use super::visits::{self, Visit};
use super::{Estate, Unit};
use crate::random::Dice;

/// Key of the dice of who charges.
const WHO: u64 = 0x0000_3A0B;
/// The station tells the server of an ended session with the next of such spans, in seconds.
pub const REFRESH: i64 = 300;
/// Without a first moment, sessions of so many seconds are told of.
pub const HISTORY: i64 = 30 * 86_400;
/// A vehicle stays so long after its driver was told that it is done, in seconds.
const UNPLUGGED: i64 = 300;

/// A session.
#[derive(Debug, Clone)]
pub struct Session<'a> {
    pub unit: &'a Unit,
    /// The port, counted from 0.
    pub port: usize,
    pub visit: Visit,
    /// The vehicle as it came.
    pub car: Car,
    pub model: &'static Model,
    /// The vehicle of a fleet, when it is one.
    pub vehicle: Option<&'a Vehicle>,
    /// Limits of the port that touch the session.
    pub limits: Vec<Limit>,
    /// The driver's refusal of an event that sheds load.
    pub opted_out: Option<OptOut>,
}

impl Session<'_> {
    /// Its steps up to a moment.
    pub fn steps(&self, until: i64) -> Steps<'_> {
        let outlet = self.unit.traits.outlets[self.port];
        Steps::of(&self.visit, &self.car, outlet, &self.limits, until)
    }

    /// What it has come to at a moment.
    pub fn charge(&self, now: i64) -> Charge {
        Charge::of(self.steps(now))
    }

    /// Kilowatts at a moment.
    pub fn kw(&self, now: i64) -> f64 {
        let last = self.steps(now + 1).last();
        last.filter(|step| step.until > now).map_or(0.0, |step| step.kw)
    }

    /// The number of its port, as the API tells it.
    pub fn port_number(&self) -> Option<String> {
        self.unit.station.ports.get(self.port)?.port_number.clone()
    }
}

/// Who pays for a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Who<'a> {
    /// The driver; none of a bank card.
    pub driver: Option<&'a Driver>,
    /// The card or app; none of a bank card.
    pub credential: Option<String>,
    /// Last four digits of a bank card.
    pub bank_card: Option<String>,
    /// Whether the driver shows what vehicle it is.
    pub shows_vehicle: bool,
}

/// That a driver was told to be done, at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub at: i64,
    pub user_id: String,
    pub text: String,
    /// When the session ends because of it, if it does.
    ends: Option<i64>,
}

impl Estate {
    /// The session at a port, counted from 0, at a moment.
    pub(crate) fn visit_at(&self, traits: &Traits, port: usize, now: i64) -> Option<Visit> {
        let visit = self.noticed(visits::at(self.seed, traits, port, now)?);
        (now < visit.end).then_some(visit)
    }

    /// A visit, shorter when its driver was told to be done.
    fn noticed(&self, visit: Visit) -> Visit {
        match self.notices.get(&visit.id).and_then(|notice| notice.ends) {
            Some(end) if end < visit.end => Visit {
                end,
                ended_by: "Plug Out at Vehicle",
                ..visit
            },
            _ => visit,
        }
    }

    /// The session at a port, counted from 0, at a moment.
    pub fn session_at<'a>(&'a self, unit: &'a Unit, port: usize, now: i64) -> Option<Session<'a>> {
        let visit = self.visit_at(&unit.traits, port, now)?;
        Some(self.session_of(unit, port, visit))
    }

    /// The session of a number.
    pub fn session(&self, number: i64) -> Option<Session<'_>> {
        let (station, port) = visits::place(number)?;
        let unit = self.units.iter().find(|unit| unit.traits.number == station)?;
        (port < unit.traits.outlets.len()).then_some(())?;
        let visit = visits::of_number(self.seed, &unit.traits, port, number)?;
        Some(self.session_of(unit, port, self.noticed(visit)))
    }

    /// Sessions of a station that overlap with a time, port by port.
    pub fn visits<'a>(
        &'a self,
        unit: &'a Unit,
        from: i64,
        until: i64,
    ) -> impl Iterator<Item = (usize, Visit)> + use<'a> {
        // Before it was activated nobody came: there is nothing to look for.
        let from = from.max(unit.traits.activated);
        (0..unit.traits.outlets.len()).flat_map(move |port| {
            let visits = visits::between(self.seed, &unit.traits, port, from, until);
            visits
                .map(move |visit| (port, self.noticed(visit)))
                .filter(move |(_, visit)| visit.end > from)
        })
    }

    /// A visit as a session.
    pub fn session_of<'a>(&'a self, unit: &'a Unit, port: usize, visit: Visit) -> Session<'a> {
        let vehicle = self.fleet.at(self.seed, &unit.traits, port, visit.id);
        let (car, model) = match vehicle {
            Some(vehicle) => (cars::car_of(self.seed, visit.id, vehicle.model), vehicle.model),
            None => cars::car(self.seed, visit.id),
        };
        let mut session = Session {
            unit,
            port,
            visit,
            car,
            model,
            vehicle,
            limits: Vec::new(),
            opted_out: None,
        };
        self.sheds.limit(self.seed, &mut session);
        session.starve();
        session
    }

    /// Who pays for a session.
    pub fn who(&self, session: &Session<'_>) -> Who<'_> {
        self.payer(session.vehicle, session.visit.id)
    }

    /// The last four digits of the bank card that pays for a session, if one does, without a look at the session.
    pub fn bank_card(&self, unit: &Unit, port: usize, session: i64) -> Option<String> {
        let vehicle = self.fleet.at(self.seed, &unit.traits, port, session);
        self.payer(vehicle, session).bank_card
    }

    fn payer(&self, vehicle: Option<&Vehicle>, session: i64) -> Who<'_> {
        let mut dice = Dice::of(&[self.seed, WHO, session as u64]);
        let shows_vehicle = dice.chance(0.3);
        let number = match vehicle {
            Some(vehicle) => vehicle.number,
            None => dice.throw(),
        };
        let driver = &self.drivers[(number % drivers::COUNT) as usize];
        if let Some(vehicle) = vehicle {
            return Who {
                driver: Some(driver),
                credential: vehicle.credentials.first().cloned(),
                bank_card: None,
                shows_vehicle: true,
            };
        }
        let ids = driver.user.credential_ids.as_ref().map(|list| &list.ids);
        match ids.filter(|_| dice.chance(0.9)) {
            Some(ids) => Who {
                driver: Some(driver),
                credential: Some(dice.pick(ids).clone()),
                bank_card: None,
                shows_vehicle,
            },
            None => Who {
                driver: None,
                credential: None,
                bank_card: Some(dice.pattern("####")),
                shows_vehicle: false,
            },
        }
    }

    /// Tells the driver of a session that it is done.
    pub fn tell_done(&mut self, session: i64, policy: Waitlist, user_id: &str, text: &str, now: i64) {
        // What is too old to be asked for is forgotten.
        self.notices.retain(|_, notice| notice.at > now - 2 * HISTORY);
        let notice = Notice {
            at: now,
            user_id: user_id.to_owned(),
            text: text.to_owned(),
            ends: (policy == Waitlist::Ends).then_some(now + UNPLUGGED),
        };
        self.notices.insert(session, notice);
    }

    /// What the driver of a session was told.
    pub fn notice(&self, session: i64) -> Option<&Notice> {
        self.notices.get(&session)
    }
}

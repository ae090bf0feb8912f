use crate::clock::date_time;
use crate::estate::cars::{self, Model};
use crate::estate::organizations::Organization;
use crate::estate::{Estate, health};
use crate::random::Dice;

/// Key of the dice of vehicles.
const VEHICLES: u64 = 0x0000_F1EE;
/// 1 January 2025, before which no vehicle was changed.
const FIRST: i64 = 1_735_689_600;

/// A vehicle of a fleet. A text that nobody entered is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Vehicle {
    pub number: u64,
    /// `CPNID:fleetVehicleID`.
    pub id: String,
    pub organization: &'static Organization,
    pub fleet: String,
    /// The fleet manager's own identifier.
    pub vehicle_id: Option<String>,
    pub vin: Option<String>,
    pub license: String,
    pub color: Option<String>,
    pub model: &'static Model,
    pub year: i32,
    pub company_code: Option<String>,
    pub driver: Option<String>,
    /// Printed numbers of its cards.
    pub credentials: Vec<String>,
    pub ports_mac: Vec<String>,
    /// Name of the telematics provider, and whether it is connected.
    pub telematics: Option<(&'static str, bool)>,
    /// Where the money comes from, and the state of that source.
    pub payment: Option<(&'static str, &'static str)>,
    /// When it was changed last, in seconds since 1970 UTC.
    pub modified: i64,
    /// Where it charges: the number of a station and a port, counted from 0.
    pub home: Option<(u64, usize)>,
}

/// What a vehicle is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Charging,
    /// It has stopped drawing power and is still plugged in.
    Charged,
    NotPluggedIn,
    /// The port it is at has a fault.
    Fault,
}

impl State {
    /// The API's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Charging => "Charging",
            Self::Charged => "Charged",
            Self::NotPluggedIn => "Not Plugged In",
            Self::Fault => "Fault",
        }
    }
}

/// The names of an organization's fleets.
pub(super) fn fleets(organization: &'static Organization) -> [String; 3] {
    let first = organization.name.split(' ').next().unwrap_or_default();
    ["Delivery", "Service", "Pool"].map(|kind| format!("{first} {kind} Fleet"))
}

/// The identifier of a vehicle.
pub(super) fn id(number: u64, organization: &Organization) -> String {
    let network = organization.id.split(':').next().unwrap_or_default();
    format!("{network}:{number}")
}

/// The vehicle of a number, with its own port.
pub(super) fn grown(
    seed: u64,
    number: u64,
    organization: &'static Organization,
    home: (u64, usize),
) -> Vehicle {
    let mut dice = Dice::of(&[seed, VEHICLES, number]);
    let model = &cars::MODELS[*dice.pick(cars::FLEET)];
    let mut maybe = |pattern: &str| dice.chance(0.8).then(|| dice.pattern(pattern));
    let (vehicle_id, vin, company_code, driver) = (
        maybe("V-####"),
        maybe("1@#@@#@#########"),
        maybe("CUST#####"),
        maybe("A#####"),
    );
    let credentials = (0..1 + dice.below(2)).map(|_| dice.pattern("CNCP##########"));
    let credentials = credentials.collect();
    let provider = *dice.pick(&["FleetCarma", "Geotab"]);
    let source = *dice.pick(&["Voyager", "WEX", "ChargePoint Fuel Card", "Credit Card", "PayPal"]);
    let status = *dice.pick(&["Active", "Active", "Active", "Disabled", "Expired"]);
    Vehicle {
        number,
        id: id(number, organization),
        organization,
        fleet: dice.pick(&fleets(organization)).clone(),
        vehicle_id,
        vin,
        license: dice.pattern("@@@-####"),
        color: dice
            .chance(0.9)
            .then(|| (*dice.pick(&["White", "Blue", "Grey", "Red"])).to_owned()),
        model,
        year: model.since + dice.below(3) as i32,
        company_code,
        driver,
        credentials,
        ports_mac: vec![dice.pattern("00:24:B1:##:##:##")],
        telematics: dice.chance(0.6).then(|| (provider, dice.chance(0.9))),
        payment: dice.chance(0.7).then_some((source, status)),
        modified: FIRST + dice.below(590 * 86_400) as i64,
        home: Some(home),
    }
}

impl Vehicle {
    /// When it was changed last, as the API tells it.
    pub fn modified_at(&self) -> chargepoint::DateTime {
        date_time(self.modified)
    }
}

impl Estate {
    /// The vehicles of fleets.
    pub fn fleet(&self) -> &super::Fleet {
        &self.fleet
    }

    /// The vehicles of fleets, to be changed.
    pub fn fleet_mut(&mut self) -> &mut super::Fleet {
        &mut self.fleet
    }

    /// What a vehicle is doing at a moment.
    pub fn vehicle_state(&self, vehicle: &Vehicle, now: i64) -> State {
        let Some((number, port)) = vehicle.home else {
            return State::NotPluggedIn;
        };
        let Some(unit) = self.units.iter().find(|unit| unit.traits.number == number) else {
            return State::NotPluggedIn;
        };
        if let Some(session) = self.session_at(unit, port, now) {
            let mine = session
                .vehicle
                .is_some_and(|found| found.number == vehicle.number);
            return match (mine, session.kw(now) > 0.0) {
                (false, _) => State::NotPluggedIn,
                (true, true) => State::Charging,
                (true, false) => State::Charged,
            };
        }
        // It was there when the port broke, and is there still.
        let trouble = health::trouble(self.seed, number, port, now);
        let before = trouble.and_then(|trouble| self.session_at(unit, port, trouble.from - 1));
        let mine = before.and_then(|session| session.vehicle);
        if mine.is_some_and(|found| found.number == vehicle.number) {
            State::Fault
        } else {
            State::NotPluggedIn
        }
    }
}

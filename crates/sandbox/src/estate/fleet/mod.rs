//! Vehicles of fleets. The ones that an estate begins with have a port where they charge by turns;
//! those that a call adds come to none.

mod vehicle;

use std::collections::BTreeMap;

use super::Unit;
use super::organizations::Organization;
use super::places::COUNTRIES;
use super::traits::Traits;
use crate::random::Dice;

pub use vehicle::{State, Vehicle};

/// Vehicles that take turns at a port.
const TURNS: u64 = 2;
/// Number of the first vehicle that a call adds.
const ADDED: u64 = 5_000_000;

/// Vehicles by number.
#[derive(Debug, Clone, PartialEq)]
pub struct Fleet {
    vehicles: BTreeMap<u64, Vehicle>,
    next: u64,
}

impl Fleet {
    /// The vehicles of organizations that have fleets and these stations.
    pub(super) fn of(seed: u64, units: &[Unit]) -> Self {
        let mut vehicles = BTreeMap::new();
        for Unit { traits, .. } in units {
            let Some(organization) = traits.organization.filter(|organization| organization.fleet) else {
                continue;
            };
            for port in 0..traits.outlets.len() {
                for turn in 0..TURNS {
                    let number = number(traits, port, turn);
                    let home = (traits.number, port);
                    vehicles.insert(number, vehicle::grown(seed, number, organization, home));
                }
            }
        }
        Self {
            vehicles,
            next: ADDED,
        }
    }

    /// The vehicles, by number.
    pub fn vehicles(&self) -> impl Iterator<Item = &Vehicle> {
        self.vehicles.values()
    }

    /// The vehicle with an identifier.
    pub fn vehicle(&self, id: &str) -> Option<&Vehicle> {
        self.vehicles().find(|vehicle| vehicle.id == id.trim())
    }

    /// The vehicle with an identifier, to be changed.
    pub fn vehicle_mut(&mut self, id: &str) -> Option<&mut Vehicle> {
        let mut vehicles = self.vehicles.values_mut();
        vehicles.find(|vehicle| vehicle.id == id.trim())
    }

    /// Adds a vehicle and gives its identifier; its own number and identifier are not looked at.
    pub fn add(&mut self, vehicle: Vehicle) -> String {
        let number = self.next;
        self.next += 1;
        let id = vehicle::id(number, vehicle.organization);
        let known = Vehicle {
            number,
            id: id.clone(),
            home: None,
            ..vehicle
        };
        self.vehicles.insert(number, known);
        id
    }

    /// Takes a vehicle away; says whether there was one.
    pub fn remove(&mut self, id: &str) -> bool {
        let number = self.vehicle(id).map(|vehicle| vehicle.number);
        number.is_some_and(|number| self.vehicles.remove(&number).is_some())
    }

    /// The organization that has a fleet of this name.
    pub fn owner(&self, fleet: &str) -> Option<&'static Organization> {
        let mut owners = COUNTRIES.iter().flat_map(|country| country.organizations);
        owners.find(|organization| {
            organization.fleet
                && vehicle::fleets(organization)
                    .iter()
                    .any(|name| name == fleet.trim())
        })
    }

    /// The vehicle whose session this is; most that charge at a fleet's stations are its own.
    pub(super) fn at(&self, seed: u64, traits: &Traits, port: usize, session: i64) -> Option<&Vehicle> {
        traits.organization.filter(|organization| organization.fleet)?;
        let mut dice = Dice::of(&[seed, 0xF1EE7, session as u64]);
        let turn = dice.below(TURNS);
        dice.chance(0.85).then_some(())?;
        self.vehicles.get(&number(traits, port, turn))
    }
}

/// The number of the vehicle that charges at a port by turns.
fn number(traits: &Traits, port: usize, turn: u64) -> u64 {
    traits.number * 10 + port as u64 * TURNS + turn
}

//! Vehicles that charge: makes and models with what their batteries hold and take.

use super::charge::Car;
use crate::random::Dice;

/// Key of the dice of cars.
const CARS: u64 = 0x0000_CA25;

/// A model of a vehicle.
#[derive(Debug, PartialEq)]
pub struct Model {
    pub make: &'static str,
    pub name: &'static str,
    pub kind: &'static str,
    /// Kilowatt hours.
    pub battery: f64,
    /// Kilowatts it takes of alternating current.
    pub ac: f64,
    /// Kilowatts it takes of direct current.
    pub dc: f64,
    /// First year it was made.
    pub since: i32,
}

const fn model(
    make: &'static str,
    name: &'static str,
    kind: &'static str,
    (battery, ac, dc): (f64, f64, f64),
    since: i32,
) -> Model {
    Model {
        make,
        name,
        kind,
        battery,
        ac,
        dc,
        since,
    }
}

/// Models on the road.
pub const MODELS: &[Model] = &[
    model("Nissan", "LEAF", "Hatchback", (39.0, 6.6, 46.0), 2018),
    model("Tesla", "Model 3", "Sedan", (60.0, 11.0, 170.0), 2018),
    model("Volkswagen", "ID.4", "SUV", (77.0, 11.0, 135.0), 2021),
    model("Hyundai", "IONIQ 5", "SUV", (72.6, 10.5, 230.0), 2022),
    model("Renault", "Zoe", "Hatchback", (52.0, 22.0, 46.0), 2019),
    model("Kia", "EV6", "Crossover", (77.4, 11.0, 235.0), 2022),
    model("Chevrolet", "Bolt EV", "Hatchback", (65.0, 11.0, 55.0), 2019),
    model("Polestar", "2", "Sedan", (78.0, 11.0, 150.0), 2021),
    model("Ford", "E-Transit", "Van", (68.0, 11.3, 115.0), 2022),
    model("Mercedes-Benz", "eSprinter", "Van", (81.0, 9.6, 115.0), 2023),
];

/// Models of fleets: the last two, and what else delivers.
pub const FLEET: &[usize] = &[0, 8, 9];

/// The car of a session that no fleet knows, and its model.
pub fn car(seed: u64, session: i64) -> (Car, &'static Model) {
    let mut dice = Dice::of(&[seed, CARS, session as u64]);
    let model = dice.pick(MODELS);
    (with(&mut dice, model), model)
}

/// A car of this model that comes to this session.
pub fn car_of(seed: u64, session: i64, model: &'static Model) -> Car {
    with(&mut Dice::of(&[seed, CARS, session as u64]), model)
}

fn with(dice: &mut Dice, model: &'static Model) -> Car {
    Car {
        battery: model.battery,
        ac: model.ac,
        dc: model.dc,
        start: 0.08 + dice.unit() * 0.55,
        target: if dice.chance(0.4) { 1.0 } else { 0.8 },
    }
}

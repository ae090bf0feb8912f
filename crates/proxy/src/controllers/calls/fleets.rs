//! What a refusal of vehicles is about: ChargePoint says it in words, and of several vehicles not which one it means.

use std::collections::HashSet;
use std::sync::Arc;

use chargepoint::Code;
use chargepoint::calls::fleet_changes::{AddFleetVehicle, NewVehicle, UpdateFleetVehicle, VehicleChange};
use chargepoint::calls::fleet_vehicles::FleetVehicle;
use chargepoint::codec::Record;
use chargepoint::rules::Checked;
use domain::problem::{FieldError, Problem};
use serde_json::Value;

use crate::estate::ended;
use crate::estate::rows::Row;
use crate::problem::Error;

/// The list of vehicles in a request.
const LIST: &str = "vehicles";

/// The guide's words for what is wrong with a vehicle, and the field that they are about.
const WORDS: &[(&str, &str)] = &[
    ("Fleet not found", FLEET),
    ("Invalid Vehicle Type", MODEL),
    ("Invalid RFID card", CARDS),
];
const FLEET: &str = "fleetName";
const MODEL: &str = "model";
const CARDS: &str = "chargePointCards";

/// A vehicle of a request.
pub trait Entered: Record {
    fn fleet(&self) -> Option<&str>;
    /// Make, model and year.
    fn model(&self) -> (Option<&str>, Option<&str>, Option<i32>);
    /// Whether it keeps the guide's rules.
    fn check(&self) -> Checked;
}

macro_rules! entered {
    ($vehicle:ty, $call:ident) => {
        impl Entered for $vehicle {
            fn fleet(&self) -> Option<&str> {
                self.fleet_name.as_deref()
            }

            fn model(&self) -> (Option<&str>, Option<&str>, Option<i32>) {
                (self.make.as_deref(), self.model.as_deref(), self.year)
            }

            fn check(&self) -> Checked {
                let vehicles = vec![self.clone()];
                chargepoint::calls::Call::check(&$call { vehicles })
            }
        }
    };
}

entered!(NewVehicle, AddFleetVehicle);
entered!(VehicleChange, UpdateFleetVehicle);

type Known = [Arc<Vec<Row<FleetVehicle>>>];

/// Says in a problem which field of which vehicle it is about, as far as that can be told: of several vehicles those
/// are meant that have what no known vehicle has.
pub fn blame<V: Entered>(vehicles: &[V], known: &Known, problem: &mut Problem) {
    if problem.status != 422 {
        return;
    }
    if let Some(n) = vehicles.iter().position(|vehicle| vehicle.check().is_err()) {
        for error in &mut problem.errors {
            error.field = place(vehicles.len(), n, &error.field);
        }
        return;
    }
    let Some(field) = field_of::<V>(problem) else {
        return;
    };
    let message = ended(&problem.detail).to_owned();
    let meant: Vec<usize> = match field {
        _ if vehicles.len() == 1 => vec![0],
        FLEET => {
            let fleets: HashSet<&str> = rows(known).filter_map(|one| one.fleet_name.as_deref()).collect();
            let is_new = |vehicle: &V| vehicle.fleet().is_some_and(|fleet| !fleets.contains(fleet));
            places(vehicles, is_new)
        }
        MODEL => {
            let models: HashSet<_> = rows(known)
                .map(|one| (one.make.as_deref(), one.model.as_deref(), one.year))
                .collect();
            places(vehicles, |vehicle| {
                let model = vehicle.model();
                model != (None, None, None) && !models.contains(&model)
            })
        }
        _ => Vec::new(),
    };
    let error = |field: String| FieldError {
        field,
        message: message.clone(),
    };
    problem.errors = meant
        .iter()
        .map(|n| error(place(vehicles.len(), *n, field)))
        .collect();
    if meant.is_empty() {
        problem.errors.push(error(LIST.to_owned()));
    }
}

/// Refuses what would take something from a vehicle: ChargePoint changes what is sent and keeps the rest, so that an
/// empty value would be told as saved and stay as it was.
///
/// # Errors
/// The fields that are empty.
pub fn emptied(vehicles: &[Value]) -> Result<(), Error> {
    let is_blank = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
    let is_empty =
        |value: &Value| is_blank(value) || value.as_array().is_some_and(|all| all.iter().all(is_blank));
    let empty = |(n, vehicle): (usize, &Value)| {
        let fields = vehicle.as_object().into_iter().flatten();
        let empty = fields.filter(|(_, value)| is_empty(value));
        let error = |(key, _): (&String, &Value)| FieldError {
            field: place(vehicles.len(), n, key),
            message: "can be changed and not be emptied: ChargePoint keeps what it has".into(),
        };
        empty.map(error).collect::<Vec<_>>()
    };
    let errors: Vec<FieldError> = vehicles.iter().enumerate().flat_map(empty).collect();
    match errors.is_empty() {
        true => Ok(()),
        false => Err(Error::fields(errors)),
    }
}

fn rows(known: &Known) -> impl Iterator<Item = &FleetVehicle> {
    known.iter().flat_map(|rows| rows.iter().map(|row| &*row.record))
}

fn places<V>(vehicles: &[V], is_meant: impl Fn(&V) -> bool) -> Vec<usize> {
    let meant = vehicles
        .iter()
        .enumerate()
        .filter(|(_, vehicle)| is_meant(vehicle));
    meant.map(|(n, _)| n).collect()
}

/// A field of the n-th of so many vehicles, as the request names it.
fn place(of: usize, n: usize, field: &str) -> String {
    match of {
        1 => field.to_owned(),
        _ => format!("{LIST}[{n}].{field}"),
    }
}

/// The field that ChargePoint's answer is about, by its words, its number, or a parameter that it names.
fn field_of<V: Entered>(problem: &Problem) -> Option<&'static str> {
    let said = problem.detail.as_str();
    let by_words = WORDS.iter().find(|(words, _)| said.contains(words));
    if let Some((_, field)) = by_words {
        return Some(field);
    }
    match problem.code.as_deref().and_then(Code::of) {
        Some(Code::InvalidCard) => return Some(CARDS),
        Some(Code::InvalidUser) => return Some("driverId"),
        _ => {}
    }
    let words: HashSet<String> = said
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(str::to_ascii_lowercase)
        .collect();
    let mut fields = V::SHAPE.fields.iter();
    let named = fields.find(|field| {
        let is_plain = ["make", "model", "year", "color"].contains(&field.json);
        // These are words of their own too.
        !is_plain && words.contains(&field.json.to_ascii_lowercase())
    });
    named.map(|field| field.json)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vehicle(fleet: &str, make: &str) -> NewVehicle {
        NewVehicle {
            cards: vec![chargepoint::calls::fleet_changes::VehicleCard {
                serial_number: Some("CNCP0001".into()),
                mifare_id: None,
            }],
            license: Some("EV-1".into()),
            fleet_name: Some(fleet.into()),
            make: Some(make.into()),
            model: Some("LEAF".into()),
            year: Some(2020),
            ..NewVehicle::default()
        }
    }

    fn blamed(vehicles: &[NewVehicle], code: &str, said: &str) -> Vec<String> {
        let known = FleetVehicle {
            fleet_name: Some("Vans".into()),
            make: Some("Nissan".into()),
            model: Some("LEAF".into()),
            year: Some(2020),
            ..FleetVehicle::default()
        };
        let known = [Arc::new(vec![Row::new(known, "1:1")])];
        let mut problem = Problem {
            status: 422,
            code: Some(code.into()),
            detail: said.into(),
            ..Problem::default()
        };
        blame(vehicles, &known, &mut problem);
        problem.errors.into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn the_guides_words_name_a_field() {
        let one = [vehicle("Vans", "Nissan")];
        for (code, said, field) in [
            ("135", "Fleet not found", "fleetName"),
            ("135", "Invalid Vehicle Type", "model"),
            ("135", "Invalid RFID card provided", "chargePointCards"),
            ("147", "Invalid ChargePoint card", "chargePointCards"),
            ("190", "Invalid user ID", "driverId"),
            ("171", "Invalid Parameters driverID", "driverId"),
            ("135", "Invalid fields: VIN", "vin"),
        ] {
            assert_eq!(blamed(&one, code, said), [field], "{said}");
        }
        assert!(blamed(&one, "135", "Invalid fields").is_empty());
    }

    #[test]
    fn of_several_those_are_meant_that_are_unlike_all_that_is_known() {
        let three = [
            vehicle("Vans", "Nissan"),
            vehicle("Trams", "Nissan"),
            vehicle("Vans", "Unicorn"),
        ];
        assert_eq!(
            blamed(&three, "135", "Fleet not found"),
            ["vehicles[1].fleetName"]
        );
        assert_eq!(
            blamed(&three, "135", "Invalid Vehicle Type"),
            ["vehicles[2].model"]
        );
        assert_eq!(blamed(&three, "135", "Invalid RFID card provided"), ["vehicles"]);
        let known = [vehicle("Vans", "Nissan"), vehicle("Vans", "Nissan")];
        assert_eq!(blamed(&known, "135", "Fleet not found"), ["vehicles"]);
    }
}

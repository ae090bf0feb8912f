//! What a fleet manager enters of a vehicle, checked. The guide gives these refusals words and no
//! numbers.

use chargepoint::calls::fleet_changes::{NewVehicle, VehicleCard, VehicleChange};
use chargepoint::code::Code;

use crate::Estate;
use crate::estate::cars::{MODELS, Model};
use crate::estate::fleet::Vehicle;
use crate::estate::organizations::Organization;
use crate::service::Refused;
use crate::service::refused::refuse_if;

/// A vehicle as it is entered, without a number yet.
pub fn added(estate: &Estate, entered: NewVehicle, now: i64) -> Result<Vehicle, Refused> {
    let license = entered.license.ok_or(Code::Mandatory)?;
    let fleet = entered.fleet_name.ok_or(Code::Mandatory)?;
    let make = entered.make.ok_or(Code::Mandatory)?;
    let name = entered.model.ok_or(Code::Mandatory)?;
    let year = entered.year.ok_or(Code::Mandatory)?;
    refuse_if(entered.cards.is_empty(), Code::Mandatory)?;
    Ok(Vehicle {
        number: 0,
        id: String::new(),
        organization: owner(estate, &fleet)?,
        fleet,
        vehicle_id: entered.vehicle_id,
        vin: entered.vin,
        license,
        color: entered.color,
        model: model(&make, &name, year)?,
        year,
        company_code: entered.company_code,
        driver: entered.driver_id,
        credentials: cards(&entered.cards)?,
        ports_mac: entered.port_macs.map(|macs| macs.ids).unwrap_or_default(),
        telematics: None,
        payment: None,
        modified: now,
        home: None,
    })
}

/// A vehicle with what was entered in place of what was.
pub fn changed(
    estate: &Estate,
    vehicle: Vehicle,
    entered: VehicleChange,
    now: i64,
) -> Result<Vehicle, Refused> {
    let fleet = entered.fleet_name.unwrap_or(vehicle.fleet);
    let year = entered.year.unwrap_or(vehicle.year);
    let make = entered.make.as_deref().unwrap_or(vehicle.model.make);
    let name = entered.model.as_deref().unwrap_or(vehicle.model.name);
    Ok(Vehicle {
        organization: owner(estate, &fleet)?,
        fleet,
        vehicle_id: entered.vehicle_id.or(vehicle.vehicle_id),
        vin: entered.vin.or(vehicle.vin),
        license: entered.license.unwrap_or(vehicle.license),
        color: entered.color.or(vehicle.color),
        model: model(make, name, year)?,
        year,
        company_code: entered.company_code.or(vehicle.company_code),
        driver: entered.driver_id.or(vehicle.driver),
        credentials: if entered.cards.is_empty() {
            vehicle.credentials
        } else {
            cards(&entered.cards)?
        },
        ports_mac: entered.port_macs.map_or(vehicle.ports_mac, |macs| macs.ids),
        modified: now,
        ..vehicle
    })
}

fn owner(estate: &Estate, fleet: &str) -> Result<&'static Organization, Refused> {
    let owner = estate.fleet().owner(fleet);
    owner.ok_or_else(|| Refused::because(Code::InvalidFields, "Fleet not found"))
}

fn model(make: &str, name: &str, year: i32) -> Result<&'static Model, Refused> {
    let mut models = MODELS.iter();
    let known = models.find(|model| {
        model.make.eq_ignore_ascii_case(make.trim())
            && model.name.eq_ignore_ascii_case(name.trim())
            && year >= model.since
    });
    known.ok_or_else(|| Refused::because(Code::InvalidFields, "Invalid Vehicle Type"))
}

/// The cards' printed numbers, or their Mifare codes.
fn cards(cards: &[VehicleCard]) -> Result<Vec<String>, Refused> {
    let card = |card: &VehicleCard| {
        let id = card.serial_number.as_deref().or(card.mifare_id.as_deref());
        let id = id
            .map(str::trim)
            .filter(|id| (5..=20).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let id = id.ok_or_else(|| Refused::because(Code::InvalidCard, "Invalid RFID card provided"));
        id.map(str::to_owned)
    };
    cards.iter().map(card).collect()
}

use chargepoint::calls::fleet_changes::{
    AddFleetVehicle, AddFleetVehicleResponse, DeleteFleetVehicle, DeleteFleetVehicleResponse,
    UpdateFleetVehicle, UpdateFleetVehicleResponse, VehicleCard, VehicleChange, VehiclePortMacs,
};
use chargepoint::code::Code;

use super::entered;
use crate::Estate;
use crate::estate::fleet::Vehicle;
use crate::search::is_qualified;
use crate::service::calls::Answered;
use crate::service::refused::refuse_if;
use crate::service::{Refused, success};

impl Answered for AddFleetVehicle {
    /// All of them, or none.
    fn answer(self, estate: &mut Estate, now: i64) -> Result<AddFleetVehicleResponse, Refused> {
        refuse_if(self.vehicles.is_empty(), Code::Mandatory)?;
        let vehicles = self.vehicles.into_iter();
        let vehicles = vehicles.map(|entered| entered::added(estate, entered, now));
        let vehicles: Vec<_> = vehicles.collect::<Result<_, _>>()?;
        let fleet = estate.fleet_mut();
        Ok(AddFleetVehicleResponse {
            fleet_vehicle_ids: vehicles.into_iter().map(|vehicle| fleet.add(vehicle)).collect(),
            ..success()
        })
    }
}

impl Answered for UpdateFleetVehicle {
    /// All of them, or none.
    fn answer(self, estate: &mut Estate, now: i64) -> Result<UpdateFleetVehicleResponse, Refused> {
        refuse_if(self.vehicles.is_empty(), Code::Mandatory)?;
        let changes = self.vehicles.into_iter();
        let changes = changes.map(|entered| {
            let id = entered.fleet_vehicle_id.as_deref();
            let vehicle = known(estate, id)?.clone();
            entered::changed(estate, vehicle, entered, now)
        });
        let changes: Vec<_> = changes.collect::<Result<_, _>>()?;
        let rows = changes.iter().map(row).collect();
        for change in changes {
            if let Some(vehicle) = estate.fleet_mut().vehicle_mut(&change.id) {
                *vehicle = change;
            }
        }
        Ok(UpdateFleetVehicleResponse {
            vehicles: rows,
            ..success()
        })
    }
}

impl Answered for DeleteFleetVehicle {
    fn answer(self, estate: &mut Estate, _now: i64) -> Result<DeleteFleetVehicleResponse, Refused> {
        let id = known(estate, self.fleet_vehicle_id.as_deref())?.id.clone();
        Ok(DeleteFleetVehicleResponse {
            results: Some(estate.fleet_mut().remove(&id)),
            ..success()
        })
    }
}

/// The vehicle that a call names.
fn known<'a>(estate: &'a Estate, id: Option<&str>) -> Result<&'a Vehicle, Refused> {
    let id = id.ok_or(Code::Mandatory)?;
    refuse_if(!is_qualified(id, ""), Code::InvalidFields)?;
    Ok(estate.fleet().vehicle(id).ok_or(Code::NoData)?)
}

fn row(vehicle: &Vehicle) -> VehicleChange {
    let text = |text: &str| Some(text.to_owned());
    let card = |id: &String| VehicleCard {
        serial_number: Some(id.clone()),
        mifare_id: None,
    };
    let macs = vehicle.ports_mac.clone();
    VehicleChange {
        fleet_vehicle_id: text(&vehicle.id),
        cards: vehicle.credentials.iter().map(card).collect(),
        license: text(&vehicle.license),
        fleet_name: text(&vehicle.fleet),
        vehicle_id: vehicle.vehicle_id.clone(),
        vin: vehicle.vin.clone(),
        color: vehicle.color.clone(),
        make: text(vehicle.model.make),
        model: text(vehicle.model.name),
        year: Some(vehicle.year),
        company_code: vehicle.company_code.clone(),
        driver_id: vehicle.driver.clone().filter(|id| id.parse::<i32>().is_ok()),
        port_macs: (!macs.is_empty()).then_some(VehiclePortMacs { ids: macs }),
    }
}

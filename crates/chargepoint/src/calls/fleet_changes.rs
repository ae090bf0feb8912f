//! `addFleetVehicle`, `updateFleetVehicle` and `deleteFleetVehicle` (guide, sections 10.1 to 10.3).
//! No public contract has them: names are the samples', and where a sample has none, the guide's.

use super::{Call, answer};
use crate::code::Code;
use crate::codec::record;
use crate::rules::{self, Checked};

record! {
    /// Adds vehicles to fleets.
    #[derive(Default)]
    pub struct AddFleetVehicle: Sequence "addFleetVehicle" {
        /// The vehicles.
        vehicles: Vec<NewVehicle> [SOME] => "vehicle",
    }
}

record! {
    /// A vehicle to add.
    #[derive(Default)]
    pub struct NewVehicle: Sequence "newFleetVehicle" {
        /// Its cards.
        cards: Vec<VehicleCard> [SOME] => "ChargePointCards",
        /// Licence plate.
        license: Option<String> [ONE] => "LicensePlate" | "License",
        /// Name of the fleet.
        fleet_name: Option<String> [ONE] => "fleetName",
        /// The fleet's own identifier.
        vehicle_id: Option<String> => "vehicleID",
        /// Vehicle identification number.
        vin: Option<String> => "VIN",
        /// Colour.
        color: Option<String> => "color",
        /// Make.
        make: Option<String> [ONE] => "make",
        /// Model.
        model: Option<String> [ONE] => "model",
        /// Year it was made.
        year: Option<i32> [ONE] => "year",
        /// Code of whom the vehicle is assigned to.
        company_code: Option<String> => "companyCode",
        /// Driver.
        driver_id: Option<String> as Int => "driverID",
        /// MAC addresses of its charge ports.
        port_macs: Option<VehiclePortMacs> => "vehiclePortMACIDs",
    }
}

record! {
    /// A card of a vehicle: by one of the two.
    #[derive(Default)]
    pub struct VehicleCard: Sequence "fleetCard" {
        /// Serial number printed on its back.
        serial_number: Option<String> => "ChargePointCardSN",
        /// What a Mifare reader reads.
        mifare_id: Option<String> => "MIFAREID",
    }
}

record! {
    /// MAC addresses of a vehicle's charge ports.
    #[derive(Default)]
    pub struct VehiclePortMacs: Sequence "vehiclePortMACs" {
        /// The addresses.
        ids: Vec<String> => "vehiclePortMACID",
    }
}

record! {
    /// The vehicles that were added, in the order they were given.
    #[derive(Default)]
    pub struct AddFleetVehicleResponse: Sequence "addFleetVehicleResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// `CPNID:fleetVehicleID` of each.
        fleet_vehicle_ids: Vec<String> => "fleetVehicleID",
    }
    around ["vehicle"]
}

impl Call for AddFleetVehicle {
    type Answer = AddFleetVehicleResponse;
    const WRITES: bool = true;

    fn check(&self) -> Checked {
        let some = !self.vehicles.is_empty();
        rules::ensure(
            some,
            "vehicle",
            Code::Mandatory,
            "At least one vehicle must be given.",
        )?;
        self.vehicles.iter().try_for_each(|vehicle| {
            let some = !vehicle.cards.is_empty();
            rules::ensure(some, "ChargePointCards", Code::Mandatory, NO_CARD)?;
            cards(&vehicle.cards)?;
            rules::given("LicensePlate", vehicle.license.as_deref())?;
            rules::given("fleetName", vehicle.fleet_name.as_deref())?;
            rules::given("make", vehicle.make.as_deref())?;
            rules::given("model", vehicle.model.as_deref())?;
            let some = vehicle.year.is_some();
            rules::ensure(some, "year", Code::Mandatory, "year must be given.")?;
            rules::number("driverID", vehicle.driver_id.as_deref(), Code::InvalidParameters)
        })
    }
}
answer!(AddFleetVehicleResponse);

record! {
    /// Changes vehicles; what is not set stays.
    #[derive(Default)]
    pub struct UpdateFleetVehicle: Sequence "updateFleetVehicle" {
        /// The vehicles.
        vehicles: Vec<VehicleChange> [SOME] => "vehicle",
    }
}

record! {
    /// A vehicle as it is to be, or as it is now.
    #[derive(Default)]
    pub struct VehicleChange: Sequence "fleetVehicleChange" {
        /// `CPNID:fleetVehicleID`.
        fleet_vehicle_id: Option<String> [ONE] => "fleetVehicleID",
        /// Its cards.
        cards: Vec<VehicleCard> => "ChargePointCards",
        /// Licence plate.
        license: Option<String> => "License" | "LicensePlate",
        /// Name of the fleet.
        fleet_name: Option<String> => "fleetName",
        /// The fleet's own identifier.
        vehicle_id: Option<String> => "vehicleID",
        /// Vehicle identification number.
        vin: Option<String> => "VIN",
        /// Colour.
        color: Option<String> => "color",
        /// Make.
        make: Option<String> => "make",
        /// Model.
        model: Option<String> => "model",
        /// Year it was made.
        year: Option<i32> => "year",
        /// Code of whom the vehicle is assigned to.
        company_code: Option<String> => "companyCode",
        /// Driver.
        driver_id: Option<String> as Int => "driverID",
        /// MAC addresses of its charge ports.
        port_macs: Option<VehiclePortMacs> => "vehiclePortMACIDs",
    }
}

record! {
    /// The vehicles as they are now.
    #[derive(Default)]
    pub struct UpdateFleetVehicleResponse: Sequence "updateFleetVehicleResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The vehicles.
        vehicles: Vec<VehicleChange> => "vehicle",
    }
}

impl Call for UpdateFleetVehicle {
    type Answer = UpdateFleetVehicleResponse;
    const WRITES: bool = true;

    fn check(&self) -> Checked {
        let some = !self.vehicles.is_empty();
        rules::ensure(
            some,
            "vehicle",
            Code::Mandatory,
            "At least one vehicle must be given.",
        )?;
        self.vehicles.iter().try_for_each(|vehicle| {
            rules::given("fleetVehicleID", vehicle.fleet_vehicle_id.as_deref())?;
            rules::vehicle_id(vehicle.fleet_vehicle_id.as_deref())?;
            cards(&vehicle.cards)?;
            rules::number("driverID", vehicle.driver_id.as_deref(), Code::InvalidParameters)
        })
    }
}
answer!(UpdateFleetVehicleResponse);

record! {
    /// Deletes a vehicle.
    #[derive(Default)]
    pub struct DeleteFleetVehicle: Sequence "deleteFleetVehicle" {
        /// `CPNID:fleetVehicleID`.
        fleet_vehicle_id: Option<String> [ONE] => "fleetVehicleID",
    }
}

record! {
    /// Whether it was deleted.
    #[derive(Default)]
    pub struct DeleteFleetVehicleResponse: Sequence "deleteFleetVehicleResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// Whether it was done.
        results: Option<bool> => "Results",
    }
}

impl Call for DeleteFleetVehicle {
    type Answer = DeleteFleetVehicleResponse;
    const WRITES: bool = true;

    fn check(&self) -> Checked {
        rules::given("fleetVehicleID", self.fleet_vehicle_id.as_deref())?;
        rules::vehicle_id(self.fleet_vehicle_id.as_deref())
    }
}
answer!(DeleteFleetVehicleResponse);

const NO_CARD: &str = "Each vehicle needs a card, by its serial number or its RFID.";

/// Each card is told by its serial number or by its RFID.
fn cards(cards: &[VehicleCard]) -> Checked {
    let told = |card: &VehicleCard| card.serial_number.is_some() || card.mifare_id.is_some();
    rules::ensure(
        cards.iter().all(told),
        "ChargePointCards",
        Code::Mandatory,
        NO_CARD,
    )
}

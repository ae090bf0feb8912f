//! `getFleetVehicles` (guide, section 10.4). No public contract has the fleet calls: names are the
//! samples', and where a sample has none, the guide's.

use std::borrow::Cow;

use super::users::CredentialIds;
use super::{Call, Paged, answer};
use crate::codec::record;
use crate::codec::text::DateTime;
use crate::rules::{self, Checked};

record! {
    /// Asks for the vehicles of fleets.
    #[derive(Default)]
    pub struct GetFleetVehicles: Sequence "getFleetVehicles" {
        /// What to look for.
        search_query: FleetVehiclesQuery => "searchQuery",
    }
}

record! {
    /// What to look for; everything set must hold. 100 come in one page where nothing is said.
    #[derive(Default)]
    pub struct FleetVehiclesQuery: All "fleetVehiclesSearchRequest" {
        /// `CPNID:fleetVehicleID`.
        fleet_vehicle_id: Option<String> => "fleetVehicleID",
        /// Name of the fleet.
        fleet_name: Option<String> => "fleetName",
        /// The fleet's own identifier; two fleets may use the same.
        vehicle_id: Option<String> => "vehicleID",
        /// Vehicle identification number.
        vin: Option<String> => "VIN",
        /// Licence plate.
        license: Option<String> => "license" | "LicensePlate",
        /// Colour.
        color: Option<String> => "color",
        /// Make.
        make: Option<String> => "make",
        /// Model.
        model: Option<String> => "model",
        /// Model year.
        year: Option<i32> => "year",
        /// Driver.
        fleet_driver_id: Option<String> => "fleetDriverID",
        /// One of the vehicle's cards.
        credential_id: Option<String> => "credentialID",
        /// `CPNID:CompanyID`.
        org_id: Option<String> => "orgID",
        /// Name of the organization.
        organization_name: Option<String> => "organizationName",
        /// Who provides the telematics.
        telematics_provider: Option<String> => "telematicsProvider",
        /// `Connected` or `Not Connected`.
        telematics_status: Option<String> => "telematicsStatus",
        /// Code of whom the vehicle is assigned to.
        company_code: Option<String> => "companyCode",
        /// `Voyager`, `WEX`, `ChargePoint Fuel Card`, `Credit Card` or `PayPal`.
        payment_type: Option<String> => "paymentType",
        /// `Active`, `Deleted`, `Disabled` or `Expired`.
        payment_status: Option<String> => "paymentStatus",
        /// First row wanted; the first of all is 1.
        start_record: Option<i32> => "startRecord",
        /// Rows wanted.
        num_records: Option<i32> => "numRecords",
        /// Changed then or later.
        modified_since: Option<DateTime> => "modifiedSince",
    }
}

record! {
    /// One page of vehicles.
    #[derive(Default)]
    pub struct GetFleetVehiclesResponse: Sequence "getFleetVehiclesResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The rows.
        vehicles: Vec<FleetVehicle> => "FleetVehicle",
        /// Whether more rows follow.
        more: Option<bool> as Int => "moreFlag",
    }
}

record! {
    /// A vehicle of a fleet.
    #[derive(Default)]
    pub struct FleetVehicle: Sequence "fleetVehicleData" {
        /// Row number in the whole result, from 1.
        record_number: Option<i32> => "recordNumber",
        /// Last change of anything here but the charging.
        last_modified: Option<DateTime> => "lastModifiedTimestamp",
        /// `CPNID:fleetVehicleID`.
        fleet_vehicle_id: Option<String> => "fleetVehicleID",
        /// Name of the fleet.
        fleet_name: Option<String> => "fleetName",
        /// The fleet's own identifier; two fleets may use the same.
        vehicle_id: Option<String> => "vehicleID",
        /// Vehicle identification number.
        vin: Option<String> => "VIN",
        /// Licence plate.
        license: Option<String> => "license" | "LicensePlate",
        /// Colour.
        color: Option<String> => "color",
        /// Make.
        make: Option<String> => "make",
        /// Model.
        model: Option<String> => "model",
        /// Model year.
        year: Option<i32> => "year",
        /// Driver.
        fleet_driver_id: Option<String> => "fleetDriverID",
        /// The vehicle's cards.
        credential_ids: Option<CredentialIds> => "credentialIDs",
        /// `CPNID:CompanyID`.
        org_id: Option<String> => "orgID",
        /// Name of the organization.
        organization_name: Option<String> => "organizationName",
        /// Who provides the telematics.
        telematics_provider: Option<String> => "telematicsProvider",
        /// `Connected` or `Not Connected` in the guide's table, `Active` in its sample.
        telematics_status: Option<String> => "telematicsStatus",
        /// Code of whom the vehicle is assigned to.
        company_code: Option<String> => "companyCode",
        /// `Voyager`, `WEX`, `ChargePoint Fuel Card`, `Credit Card` or `PayPal`.
        payment_type: Option<String> => "paymentType",
        /// `Active`, `Deleted`, `Disabled` or `Expired`.
        payment_status: Option<String> => "paymentStatus",
        /// `Charging`, `Charged`, `Not Plugged In` or `Fault`.
        charging_state: Option<String> => "vehicleChargingState" | "vehicleChargingStatus",
    }
}

impl Call for GetFleetVehicles {
    type Answer = GetFleetVehiclesResponse;

    fn check(&self) -> Checked {
        let query = &self.search_query;
        rules::vehicle_id(query.fleet_vehicle_id.as_deref())?;
        rules::org_id("orgID", query.org_id.as_deref())?;
        rules::moment("modifiedSince", query.modified_since.as_ref())?;
        rules::page(
            query.start_record.map(i64::from),
            "numRecords",
            query.num_records,
            500,
        )
    }
}
answer!(GetFleetVehiclesResponse);

impl Paged for GetFleetVehicles {
    type Row = FleetVehicle;

    fn start(&self) -> Option<usize> {
        self.search_query
            .start_record
            .and_then(|record| usize::try_from(record).ok())
    }

    fn start_at(&mut self, record: usize) {
        self.search_query.start_record = i32::try_from(record).ok();
    }

    fn rows(answer: GetFleetVehiclesResponse) -> (Vec<FleetVehicle>, Option<bool>) {
        (answer.vehicles, answer.more)
    }

    fn key(row: &FleetVehicle) -> Cow<'_, str> {
        Cow::Borrowed(row.fleet_vehicle_id.as_deref().unwrap_or_default())
    }
}

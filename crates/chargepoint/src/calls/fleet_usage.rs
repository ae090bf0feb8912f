//! `getFleetUsageData` (guide, section 10.5). No public contract has it: names are the sample's, and
//! where it has none, the guide's.

use std::borrow::Cow;

use super::transactions::TYPES;
use super::{Call, Paged, answer};
use crate::code::Code;
use crate::codec::record;
use crate::codec::text::DateTime;
use crate::rules::{self, Checked};

record! {
    /// Asks for what the vehicles of fleets charged, at home and elsewhere.
    #[derive(Default)]
    pub struct GetFleetUsageData: Sequence "getFleetUsageData" {
        /// What to look for.
        search_query: FleetUsageQuery => "searchQuery",
    }
}

record! {
    /// What to look for; everything set must hold. 100 come in one page where nothing is said.
    #[derive(Default)]
    pub struct FleetUsageQuery: All "fleetUsageSearchRequest" {
        /// Transaction.
        transaction_id: Option<String> as Long => "transactionID",
        /// `Session`, `Reservation`, `Reservation Cancel` or `Reservation Usage Addendum`.
        transaction_type: Option<String> => "transactionType",
        /// `CPNID:fleetVehicleID`.
        fleet_vehicle_id: Option<String> => "fleetVehicleID",
        /// Name of the fleet.
        fleet_name: Option<String> => "fleetName",
        /// The fleet's own identifier of the vehicle.
        vehicle_id: Option<String> => "vehicleID",
        /// Licence plate.
        license: Option<String> => "License" | "LicensePlate",
        /// Driver.
        fleet_driver_id: Option<String> => "fleetDriverID",
        /// The card or app the session was started with.
        credential_id: Option<String> => "credentialID",
        /// `CPNID:CompanyID` of the fleet's organization.
        fleet_org_id: Option<String> => "fleetOrgID",
        /// Name of the fleet's organization.
        fleet_org_name: Option<String> => "fleetOrgName",
        /// `Session Validated` or `Fraud Detected`.
        fraud_detection_status: Option<String> => "fraudDetectionStatus",
        /// Begun after.
        from_time_stamp: Option<DateTime> => "fromTimeStamp",
        /// Ended before.
        to_time_stamp: Option<DateTime> => "toTimeStamp",
        /// Name of the station's organization.
        station_org_name: Option<String> => "stationOrgName",
        /// Name of the station.
        station_name: Option<String> => "stationName",
        /// Address.
        address: Option<String> => "Address",
        /// City.
        city: Option<String> => "City",
        /// State.
        state: Option<String> => "State",
        /// Postal code.
        postal_code: Option<String> => "postalCode",
        /// Country.
        country: Option<String> => "Country",
        /// `Voyager`, `WEX`, `ChargePoint Fuel Card`, `Credit Card` or `PayPal`.
        payment_type: Option<String> => "paymentType",
        /// First row wanted; the first of all is 1.
        start_record: Option<i32> => "startRecord",
        /// Rows wanted.
        num_records: Option<i32> => "numRecords",
    }
}

record! {
    /// One page of usage.
    #[derive(Default)]
    pub struct GetFleetUsageDataResponse: Sequence "getFleetUsageDataResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The rows.
        usage: Vec<FleetUsage> => "fleetUsageData",
        /// Whether more rows follow.
        more: Option<bool> as Int => "moreFlag",
    }
}

record! {
    /// A session of a fleet's vehicle; `fee` is in `currency`.
    #[derive(Default)]
    pub struct FleetUsage: Sequence "fleetUsage" {
        /// Row number in the whole result, from 1.
        record_number: Option<i32> => "recordNumber",
        /// `CPNID:fleetVehicleID`.
        fleet_vehicle_id: Option<String> => "fleetVehicleID",
        /// Name of the fleet.
        fleet_name: Option<String> => "fleetName",
        /// The fleet's own identifier of the vehicle.
        vehicle_id: Option<String> => "vehicleID",
        /// Licence plate.
        license: Option<String> => "License" | "LicensePlate",
        /// Driver.
        fleet_driver_id: Option<String> => "fleetDriverID",
        /// The card or app the session was started with.
        credential_id: Option<String> => "credentialID",
        /// `CPNID:CompanyID` of the fleet's organization.
        fleet_org_id: Option<String> => "fleetOrgID",
        /// Name of the fleet's organization.
        fleet_org_name: Option<String> => "fleetOrgName",
        /// `Session Validated`, `Fraud Detected`, or that it is not looked at.
        fraud_detection_status: Option<String> => "fraudDetectionStatus",
        /// Transaction.
        transaction_id: Option<String> as Long => "transactionID",
        /// `Session`, `Reservation`, `Reservation Cancel` or `Reservation Usage Addendum`.
        transaction_type: Option<String> => "transactionType",
        /// When the station reported it.
        transaction_time: Option<DateTime> => "transactionTime",
        /// Energy, kWh.
        energy: Option<f64> => "Energy",
        /// Gallons of petrol avoided.
        gasoline_savings: Option<f64> => "gasolineSavings",
        /// Kilograms of greenhouse gases avoided.
        ghg_savings: Option<f64> => "ghgSavings",
        /// Customer, as the fleet names them.
        fleet_customer_id: Option<String> => "fleetCustomerID",
        /// Odometer at the start, with telematics.
        odometer: Option<f64> => "Odometer",
        /// When it began.
        start_time: Option<DateTime> => "startTime",
        /// When it ended.
        end_time: Option<DateTime> => "endTime",
        /// Charge of the battery at the start, per cent.
        start_soc: Option<f64> => "startSOC",
        /// Charge of the battery at the end, per cent.
        end_soc: Option<f64> => "endSOC",
        /// How long current flowed, `HH:MM:SS`.
        charging_time: Option<String> => "chargingTime",
        /// How long it lasted, `HH:MM:SS`.
        session_duration: Option<String> => "sessionDuration",
        /// `AC` or `DC`.
        port_type: Option<String> => "portType",
        /// Plug.
        plug_type: Option<String> => "plugType",
        /// ISO 4217.
        currency: Option<String> => "Currency",
        /// What was paid.
        fee: Option<f64> => "Fee",
        /// Identifier of the ChargePoint Fuel Card.
        payment_id: Option<String> => "paymentID",
        /// Last four digits of the card that paid.
        payment_source_account: Option<String> => "paymentSourceAccount",
        /// `Voyager`, `WEX`, `ChargePoint Fuel Card`, `Credit Card`, `PayPal`, or `Free`.
        payment_type: Option<String> => "paymentType",
        /// Name of the pricing rule.
        pricing_rule: Option<String> => "pricingRule",
        /// Name of the station's organization.
        station_org_name: Option<String> => "stationOrgName",
        /// Name of the station.
        station_name: Option<String> => "stationName",
        /// Address.
        address: Option<String> => "Address",
        /// City.
        city: Option<String> => "City",
        /// State.
        state: Option<String> => "State",
        /// Postal code.
        postal_code: Option<String> => "postalCode",
        /// Country.
        country: Option<String> => "Country",
        /// Vehicle identification number (sample only).
        vin: Option<String> => "VIN",
        /// `CPNID:StationIdentifier` (sample only).
        station_id: Option<String> => "stationID",
        /// Port (sample only).
        port_number: Option<String> => "portNumber",
        /// Identifier of the row (sample only): `1:C:123:S`.
        id: Option<String> => "ID",
    }
}

impl Call for GetFleetUsageData {
    type Answer = GetFleetUsageDataResponse;

    fn check(&self) -> Checked {
        let query = &self.search_query;
        rules::number(
            "transactionID",
            query.transaction_id.as_deref(),
            Code::InvalidFields,
        )?;
        rules::one_of("transactionType", query.transaction_type.as_deref(), TYPES)?;
        rules::vehicle_id(query.fleet_vehicle_id.as_deref())?;
        rules::org_id("fleetOrgID", query.fleet_org_id.as_deref())?;
        rules::span(
            ("fromTimeStamp", query.from_time_stamp.as_ref()),
            ("toTimeStamp", query.to_time_stamp.as_ref()),
            Code::StartAfterEnd,
        )?;
        rules::page(
            query.start_record.map(i64::from),
            "numRecords",
            query.num_records,
            500,
        )
    }
}
answer!(GetFleetUsageDataResponse);

impl Paged for GetFleetUsageData {
    type Row = FleetUsage;

    fn start(&self) -> Option<usize> {
        self.search_query
            .start_record
            .and_then(|record| usize::try_from(record).ok())
    }

    fn start_at(&mut self, record: usize) {
        self.search_query.start_record = i32::try_from(record).ok();
    }

    fn rows(answer: GetFleetUsageDataResponse) -> (Vec<FleetUsage>, Option<bool>) {
        (answer.usage, answer.more)
    }

    fn key(row: &FleetUsage) -> Cow<'_, str> {
        let key = row.id.as_deref().or(row.transaction_id.as_deref());
        Cow::Borrowed(key.unwrap_or_default())
    }
}

//! `getStations` (guide, section 7.1).

use std::borrow::Cow;

pub use super::station_port::{Connectors, Port};
use super::{Call, Geo, Paged, Pricing, PricingOptions, answer};
use crate::codec::record;
use crate::codec::text::{CommaList, DateTime};
use crate::rules::{self, Checked};

record! {
    /// Asks for stations.
    #[derive(Default)]
    pub struct GetStations: Sequence "getStations" {
        /// What to look for.
        search_query: StationsQuery => "searchQuery",
    }
}

record! {
    /// What to look for; everything set must hold. At most 500 stations come in one page.
    #[derive(Default)]
    pub struct StationsQuery: All "stationSearchRequestExtended" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// Manufacturer.
        station_manufacturer: Option<String> => "stationManufacturer",
        /// Manufacturer's model number.
        station_model: Option<String> => "stationModel",
        /// Company name and station name; wildcards allowed.
        station_name: Option<String> => "stationName",
        /// Hardware serial number.
        serial_number: Option<String> => "serialNumber",
        /// Street address, or the whole address.
        address: Option<String> => "Address",
        /// City.
        city: Option<String> => "City",
        /// State.
        state: Option<String> => "State",
        /// Country.
        country: Option<String> => "Country",
        /// Postal code.
        postal_code: Option<String> => "postalCode",
        /// Greatest distance from `geo`, in `proximity_unit`; 5 by default.
        proximity: Option<f64> => "Proximity",
        /// `M` miles (default), `N` nautical miles, `K` kilometres, `F` feet, `I` inches.
        proximity_unit: Option<String> => "proximityUnit",
        /// Connector: `J1772`, `NEMA 5-20R`, `ALFENL3`, `Schuko`, …
        connector: Option<String> => "Connector",
        /// Nominal voltage, V.
        voltage: Option<String> => "Voltage",
        /// Current, A.
        current: Option<String> => "Current",
        /// Power, kW.
        power: Option<String> => "Power",
        /// Serial numbers of demo stations.
        demo_serial_number: Option<SerialNumbers> => "demoSerialNumber",
        /// Whether the station can be reserved.
        reservable: Option<bool> => "Reservable",
        /// Centre of a search by distance.
        geo: Option<Geo> => "Geo",
        /// `1`, `2`, `3`, or `4` for DC; North America.
        level: Option<String> => "Level",
        /// `1`, `3`, or `4` for DC; Europe.
        mode: Option<String> => "Mode",
        /// The session to work out `estimated_cost` for.
        pricing: Option<PricingOptions> => "Pricing",
        /// `CPNID:CompanyID`.
        org_id: Option<String> => "orgID",
        /// Name of the organization.
        organization_name: Option<String> => "organizationName",
        /// Station group.
        sg_id: Option<String> => "sgID",
        /// Name of the station group.
        sg_name: Option<String> => "sgName",
        /// When the station was activated.
        station_activation_date: Option<DateTime> => "stationActivationDate",
        /// Kind of warranty (guide, section 7.1.5).
        warranty_service: Option<String> => "warrantyService",
        /// First row wanted; the first of all is 1.
        start_record: Option<i32> => "startRecord",
        /// Rows wanted, at most 500.
        num_stations: Option<i32> => "numStations",
    }
}

record! {
    /// Serial numbers.
    #[derive(Default)]
    pub struct SerialNumbers: Sequence "serialNumberData" {
        /// The numbers.
        numbers: Vec<String> [SOME] => "serialNumber",
    }
}

record! {
    /// One page of stations.
    #[derive(Default)]
    pub struct GetStationsResponse: Sequence "getStationsResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The rows.
        stations: Vec<Station> => "stationData",
        /// Whether more rows follow.
        more: Option<bool> as Int => "moreFlag",
    }
}

record! {
    /// A station. Texts are as they came, with the blanks that some of them end in. The driver's
    /// name, address, e-mail and telephone, which the service may send, are not read.
    #[derive(Default)]
    pub struct Station: Sequence "stationDataExtended" {
        /// Row number in the whole result, from 1.
        record_number: Option<i32> => "recordNumber",
        /// `CPNID:StationIdentifier`; stays when the hardware is swapped.
        station_id: Option<String> => "stationID",
        /// Manufacturer.
        station_manufacturer: Option<String> => "stationManufacturer",
        /// Manufacturer's model number.
        station_model: Option<String> => "stationModel",
        /// MAC address.
        station_mac_addr: Option<String> => "stationMacAddr",
        /// Hardware serial number.
        station_serial_num: Option<String> => "stationSerialNum",
        /// When the station was activated.
        station_activation_date: Option<DateTime> => "stationActivationDate",
        /// `COMPANY / STATION`.
        station_name: Option<String> => "stationName",
        /// Description; `-` where there is none.
        description: Option<String> => "Description",
        /// Street and number, or the whole address.
        address: Option<String> => "Address",
        /// City.
        city: Option<String> => "City",
        /// State.
        state: Option<String> => "State",
        /// Country.
        country: Option<String> => "Country",
        /// Postal code.
        postal_code: Option<String> => "postalCode",
        /// Position, where it is given for the station; else see the ports.
        geo: Option<Geo> => "Geo",
        /// The ports.
        ports: Vec<Port> => "Port",
        /// The prices, two at most.
        pricing: Vec<Pricing> [TWO] => "Pricing",
        /// Number of ports.
        num_ports: Option<i32> => "numPorts",
        /// When the record was changed last.
        last_modified_date: Option<DateTime> => "lastModifiedDate",
        /// Telephone of driver support.
        main_phone: Option<String> => "mainPhone",
        /// When the record was changed last, as the 5.0 contract has it.
        mod_time_stamp: Option<DateTime> => "modTimeStamp",
        /// Offset from UTC.
        timezone_offset: Option<String> => "timezoneOffset",
        /// ISO 4217.
        currency_code: Option<String> => "currencyCode",
        /// `CPNID:CompanyID`.
        org_id: Option<String> [ONE] => "orgID",
        /// Name of the organization.
        organization_name: Option<String> [ONE] => "organizationName",
        /// Groups the station is in.
        sg_ids: Option<CommaList> => "sgID",
        /// Names of these groups.
        sg_names: Option<CommaList> => "sgName",
        /// When the warranty ends.
        warranty_expiration_date: Option<DateTime> => "warrantyExpirationDate",
        /// Kind of warranty (guide, section 7.1.5).
        warranty_service: Option<String> => "warrantyService",
        /// Whether the site design was validated.
        site_validated: Option<bool> as Int => "siteValidated",
        /// When it was.
        site_validation_date: Option<DateTime> => "siteValidationDate",
        /// Address of the station in its own network.
        wan_ip_address: Option<String> => "wanIpAddress",
        /// `REACHABLE` or `UNREACHABLE`, in any case.
        network_status: Option<String> => "networkStatus",
        /// Firmware version.
        station_firmware: Option<String> => "stationFirmware",
        /// Signal strength, dBm (guide, section 7.1.4). No public contract gives its type, so it is
        /// taken as it comes.
        station_reception: Option<String> as Int => "stationReception",
        /// Group of stations that share a radio.
        radio_group_id: Option<String> => "radioGroupID",
    }
}

impl Station {
    /// Position: the station's own, else that of its first port that has one.
    pub fn position(&self) -> Option<&Geo> {
        let ports = self.ports.iter();
        self.geo
            .as_ref()
            .or_else(|| ports.flat_map(|port| &port.geo).next())
    }
}

impl Call for GetStations {
    type Answer = GetStationsResponse;

    fn wildcard(&self) -> Option<&str> {
        let begins = self.start().is_none_or(|record| record <= 1);
        self.search_query.station_name.as_deref().filter(|_| begins)
    }

    fn check(&self) -> Checked {
        let query = &self.search_query;
        rules::station_id(query.station_id.as_deref())?;
        rules::org_id("orgID", query.org_id.as_deref())?;
        rules::pricing(query.pricing.as_ref())?;
        rules::place(
            query.geo.as_ref(),
            query.proximity,
            query.proximity_unit.as_deref(),
        )?;
        rules::level(query.level.as_deref(), query.mode.as_deref())?;
        rules::moment("stationActivationDate", query.station_activation_date.as_ref())?;
        rules::page(
            query.start_record.map(i64::from),
            "numStations",
            query.num_stations,
            500,
        )
    }
}
answer!(GetStationsResponse);

impl Paged for GetStations {
    type Row = Station;

    fn start(&self) -> Option<usize> {
        self.search_query
            .start_record
            .and_then(|record| usize::try_from(record).ok())
    }

    fn start_at(&mut self, record: usize) {
        self.search_query.start_record = i32::try_from(record).ok();
    }

    fn rows(answer: GetStationsResponse) -> (Vec<Station>, Option<bool>) {
        (answer.stations, answer.more)
    }

    fn key(row: &Station) -> Cow<'_, str> {
        Cow::Borrowed(row.station_id.as_deref().unwrap_or_default())
    }
}

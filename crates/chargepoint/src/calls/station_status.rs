//! `getStationStatus` (guide, section 7.2).

use std::borrow::Cow;

use super::stations::SerialNumbers;
use super::{Call, Geo, Paged, PricingOptions, answer};
use crate::code::Code;
use crate::codec::record;
use crate::codec::text::DateTime;
use crate::rules::{self, Checked};

record! {
    /// Asks for the state of stations and their ports.
    #[derive(Default)]
    pub struct GetStationStatus: Sequence "getStationStatus" {
        /// What to look for.
        search_query: StatusQuery => "searchQuery",
    }
}

record! {
    /// What to look for; everything set must hold. At most 500 stations come in one page.
    #[derive(Default)]
    pub struct StatusQuery: All "statusSearchdataForGetStations" {
        /// `CPNID:StationIdentifier`; not together with `station_ids`.
        station_id: Option<String> => "stationID",
        /// Several of them.
        station_ids: Option<StationIds> => "stationIDs",
        /// Manufacturer.
        station_manufacturer: Option<String> => "stationManufacturer",
        /// Manufacturer's model number.
        station_model: Option<String> => "stationModel",
        /// Company name and station name; wildcards allowed.
        station_name: Option<String> => "stationName",
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
        /// Connector.
        connector: Option<String> => "Connector",
        /// Nominal voltage, V.
        voltage: Option<String> => "Voltage",
        /// Current, A.
        current: Option<String> => "Current",
        /// Power, kW.
        power: Option<String> => "Power",
        /// Whether connector and power come in the answer.
        port_details: Option<bool> => "portDetails",
        /// Serial numbers of demo stations.
        demo_serial_number: Option<SerialNumbers> => "demoSerialNumber",
        /// Whether the station can be reserved.
        reservable: Option<bool> => "Reservable",
        /// Centre of a search by distance.
        geo: Option<Geo> => "Geo",
        /// 1 available, 2 in use, 3 unknown.
        status: Option<i32> => "Status",
        /// `1`, `2`, `3`, or `4` for DC; North America.
        level: Option<String> => "Level",
        /// `1`, `3`, or `4` for DC; Europe.
        mode: Option<String> => "Mode",
        /// A session to be priced.
        pricing: Option<PricingOptions> => "Pricing",
        /// First row wanted; the first of all is 1.
        start_record: Option<i32> => "startRecord",
        /// Rows wanted, at most 500.
        num_stations: Option<i32> => "numStations",
    }
}

record! {
    /// Station identifiers.
    #[derive(Default)]
    pub struct StationIds: Sequence "stationIdList" {
        /// The identifiers.
        ids: Vec<String> [SOME] => "stationID",
    }
}

record! {
    /// One page of states.
    #[derive(Default)]
    pub struct GetStationStatusResponse: Sequence "getStationStatusResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The rows.
        stations: Vec<StationStatus> => "stationData",
        /// Whether more rows follow.
        more: Option<bool> as Int => "moreFlag",
    }
}

record! {
    /// State of a station.
    #[derive(Default)]
    pub struct StationStatus: Sequence "oStatusdata" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> [ONE] => "stationID",
        /// `COMPANY / STATION`, where it is sent.
        station_name: Option<String> => "stationName",
        /// The ports.
        ports: Vec<PortStatus> [SOME] => "Port",
        /// Row number in the whole result, from 1.
        record_number: Option<i32> => "recordNumber",
        /// `REACHABLE` or `UNREACHABLE`, in any case.
        network_status: Option<String> => "networkStatus",
    }
}

record! {
    /// State of a port.
    #[derive(Default)]
    pub struct PortStatus: Sequence "portDataStatus" {
        /// Number, from 1.
        port_number: Option<String> [ONE] => "portNumber",
        /// `AVAILABLE`, `INUSE`, `UNREACHABLE` or `UNKNOWN`.
        status: Option<String> [ONE] => "Status",
        /// Why it does not work; `NONE` where it does.
        fault_reason: Option<String> => "faultReason",
        /// When the station last spoke.
        time_stamp: Option<DateTime> [ONE] => "TimeStamp",
        /// Connector; only when port details were asked for.
        connector: Option<String> => "Connector",
        /// Power, kW; only when port details were asked for.
        power: Option<String> => "Power",
    }
}

impl Call for GetStationStatus {
    type Answer = GetStationStatusResponse;

    fn wildcard(&self) -> Option<&str> {
        let begins = self.start().is_none_or(|record| record <= 1);
        self.search_query.station_name.as_deref().filter(|_| begins)
    }

    fn check(&self) -> Checked {
        let query = &self.search_query;
        let many = query.station_ids.as_ref().map(|list| &list.ids[..]);
        rules::station_ids(query.station_id.as_deref(), many)?;
        rules::pricing(query.pricing.as_ref())?;
        rules::place(
            query.geo.as_ref(),
            query.proximity,
            query.proximity_unit.as_deref(),
        )?;
        rules::level(query.level.as_deref(), query.mode.as_deref())?;
        let is_status = query.status.is_none_or(|status| (1..=3).contains(&status));
        rules::ensure(
            is_status,
            "Status",
            Code::InvalidFields,
            "Status must be 1, 2 or 3.",
        )?;
        rules::page(
            query.start_record.map(i64::from),
            "numStations",
            query.num_stations,
            500,
        )
    }
}
answer!(GetStationStatusResponse);

impl Paged for GetStationStatus {
    type Row = StationStatus;

    fn start(&self) -> Option<usize> {
        self.search_query
            .start_record
            .and_then(|record| usize::try_from(record).ok())
    }

    fn start_at(&mut self, record: usize) {
        self.search_query.start_record = i32::try_from(record).ok();
    }

    fn rows(answer: GetStationStatusResponse) -> (Vec<StationStatus>, Option<bool>) {
        (answer.stations, answer.more)
    }

    fn key(row: &StationStatus) -> Cow<'_, str> {
        Cow::Borrowed(row.station_id.as_deref().unwrap_or_default())
    }
}

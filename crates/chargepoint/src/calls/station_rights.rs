//! `getStationRights` (guide, section 7.6).

use std::borrow::Cow;

use super::stations::SerialNumbers;
use super::{Call, Geo, Paged, PricingOptions, answer};
use crate::code::Code;
use crate::codec::record;
use crate::codec::text::Date;
use crate::rules::{self, Checked};

record! {
    /// Asks which rights others have been granted over the account's stations.
    #[derive(Default)]
    pub struct GetStationRights: Sequence "getStationRights" {
        /// What to look for.
        search_query: RightsQuery => "searchQuery",
    }
}

record! {
    /// What to look for; everything set must hold. At most 100 stations come in one page.
    #[derive(Default)]
    pub struct RightsQuery: All "stationRightsSearchRequest" {
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
        /// Connector.
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
        /// A session to be priced.
        pricing: Option<PricingOptions> => "Pricing",
        /// `CPNID:CompanyID`.
        org_id: Option<String> => "orgID",
        /// Name of the organization.
        organization_name: Option<String> => "organizationName",
        /// Station group.
        sg_id: Option<String> => "sgID",
        /// Name of the station group.
        sg_name: Option<String> => "sgName",
        /// Days between which the station was provisioned.
        provision_date_range: Option<DateRange> => "provisionDateRange",
        /// Fault of the station.
        current_fault: Option<String> => "currentFault",
        /// State of a port.
        port_status: Option<String> => "portStatus",
        /// What the administration says of it.
        admin_status: Option<String> => "adminStatus",
        /// `Reachable` or `Unreachable`.
        network_status: Option<String> => "networkStatus",
        /// `Provisioned`, `Not Provisioned` or `Provisioning in progress`.
        provision_status: Option<String> => "provisionStatus",
        /// First row wanted; the first of all is 1.
        start_record: Option<i64> => "startRecord",
        /// Stations wanted (guide only); 100 where nothing is said.
        num_stations: Option<i32> => "numStations",
    }
}

record! {
    /// Days from and to.
    #[derive(Default)]
    pub struct DateRange: All "dateRange" {
        /// First day.
        start_date: Option<Date> => "startDate",
        /// Last day.
        end_date: Option<Date> => "endDate",
    }
}

record! {
    /// One page of rights.
    #[derive(Default)]
    pub struct GetStationRightsResponse: Sequence "getStationRightsResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The rights, each with its stations.
        rights: Vec<GroupRights> => "rightsData",
        /// Whether more rows follow.
        more: Option<bool> as Int => "moreFlag",
    }
}

record! {
    /// A right over stations of a group.
    #[derive(Default)]
    pub struct GroupRights: Sequence "rightsData" {
        /// Station group.
        sg_id: Option<String> => "sgID",
        /// Name of the station group.
        sg_name: Option<String> => "sgName",
        /// The right: `detailed usage viewer`, …
        profile: Option<String> => "stationRightsProfile",
        /// The stations.
        stations: Vec<RightsStation> => "stationData",
    }
}

record! {
    /// A station that a right is over.
    #[derive(Default)]
    pub struct RightsStation: Sequence "stationDataRights" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// `COMPANY / STATION`.
        station_name: Option<String> => "stationName",
        /// Hardware serial number.
        station_serial_num: Option<String> => "stationSerialNum",
        /// MAC address.
        station_mac_addr: Option<String> => "stationMacAddr",
        /// Company (5.1).
        company_id: Option<String> => "companyID",
    }
}

record! {
    /// A right over one station: what the service counts and pages by.
    #[derive(Default)]
    pub struct StationRight: Sequence "stationRight" {
        /// Station group.
        sg_id: Option<String> => "sgID",
        /// Name of the station group.
        sg_name: Option<String> => "sgName",
        /// The right.
        profile: Option<String> => "stationRightsProfile",
        /// The station; none where the group has none.
        station: Option<RightsStation> => "station",
    }
}

impl Call for GetStationRights {
    type Answer = GetStationRightsResponse;

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
        let days = query.provision_date_range.as_ref();
        let days = days.and_then(|days| Some((days.start_date.as_ref()?, days.end_date.as_ref()?)));
        rules::ensure(
            days.is_none_or(|(start, end)| start <= end),
            "provisionDateRange",
            Code::StartAfterEnd,
            "The first day may not be after the last.",
        )?;
        rules::page(query.start_record, "numStations", query.num_stations, 100)
    }
}
answer!(GetStationRightsResponse);

impl Paged for GetStationRights {
    type Row = StationRight;

    fn start(&self) -> Option<usize> {
        self.search_query
            .start_record
            .and_then(|record| usize::try_from(record).ok())
    }

    fn start_at(&mut self, record: usize) {
        self.search_query.start_record = i64::try_from(record).ok();
    }

    fn rows(answer: GetStationRightsResponse) -> (Vec<StationRight>, Option<bool>) {
        let mut rows = Vec::new();
        for right in answer.rights {
            let row = StationRight {
                sg_id: right.sg_id,
                sg_name: right.sg_name,
                profile: right.profile,
                station: None,
            };
            if right.stations.is_empty() {
                rows.push(row);
                continue;
            }
            rows.extend(right.stations.into_iter().map(|station| StationRight {
                station: Some(station),
                ..row.clone()
            }));
        }
        (rows, answer.more)
    }

    fn received(rows: &[StationRight]) -> usize {
        rows.iter().filter(|row| row.station.is_some()).count()
    }

    fn key(row: &StationRight) -> Cow<'_, str> {
        let station = row.station.as_ref().and_then(|s| s.station_id.as_deref());
        let parts = [row.sg_id.as_deref(), row.profile.as_deref(), station];
        Cow::Owned(parts.map(Option::unwrap_or_default).join("\n"))
    }
}

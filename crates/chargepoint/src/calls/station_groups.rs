//! `getStationGroups` and `getStationGroupDetails` (guide, sections 7.3 and 7.4).

use super::{Call, Geo, answer, whole};
use crate::codec::record;
use crate::rules::{self, Checked};

record! {
    /// Asks for the station groups of an organization.
    #[derive(Default)]
    pub struct GetStationGroups: Sequence "getStationGroups" {
        /// `CPNID:CompanyID`.
        org_id: Option<String> [ONE] => "orgID",
    }
}

record! {
    /// The groups.
    #[derive(Default)]
    pub struct GetStationGroupsResponse: Sequence "getStationGroupsResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The groups.
        groups: Vec<StationGroup> => "groupData",
    }
}

record! {
    /// A station group.
    #[derive(Default)]
    pub struct StationGroup: Sequence "groupsdata" {
        /// Identifier.
        sg_id: Option<String> as Int => "sgID",
        /// `CPNID:CompanyID`.
        org_id: Option<String> => "orgID",
        /// Name.
        sg_name: Option<String> => "sgName" | "groupName",
        /// Name of the organization.
        organization_name: Option<String> => "organizationName",
        /// The stations.
        stations: Vec<StationPlace> => "stationData",
    }
}

record! {
    /// A station of a group.
    #[derive(Default)]
    pub struct StationPlace: Sequence "stationGeoData" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// Position.
        geo: Option<Geo> => "Geo",
    }
}

impl Call for GetStationGroups {
    type Answer = GetStationGroupsResponse;

    fn check(&self) -> Checked {
        rules::given("orgID", self.org_id.as_deref())?;
        rules::org_id("orgID", self.org_id.as_deref())
    }
}
answer!(GetStationGroupsResponse);
whole!(GetStationGroups, StationGroup, groups, |one| one.sg_id);

record! {
    /// Asks for the groups and stations that stand in a group.
    #[derive(Default)]
    pub struct GetStationGroupDetails: Sequence "getStationGroupDetails" {
        /// Station group.
        sg_id: Option<String> as Int [ONE] => "sgID",
        /// Only this station of it.
        station_id: Option<String> => "stationID",
    }
}

record! {
    /// What stands in a group.
    #[derive(Default)]
    pub struct GetStationGroupDetailsResponse: Sequence "getStationGroupDetailsResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// Name of the group.
        group_name: Option<String> => "groupName",
        /// Number of stations.
        num_stations: Option<i32> => "numStations",
        /// Groups within it, one level down.
        groups: Vec<ChildGroup> => "groupData",
        /// Stations.
        stations: Vec<GroupStation> => "stationData",
    }
}

record! {
    /// A group within a group.
    #[derive(Default)]
    pub struct ChildGroup: Sequence "childGroupData" {
        /// Identifier.
        sg_id: Option<String> as Int => "sgID",
        /// Name.
        sg_name: Option<String> => "sgName",
    }
}

record! {
    /// A station of a group.
    #[derive(Default)]
    pub struct GroupStation: Sequence "stationGroupData" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// `COMPANY / STATION`.
        station_name: Option<String> => "stationName",
        /// The whole address.
        address: Option<String> => "Address",
    }
}

impl Call for GetStationGroupDetails {
    type Answer = GetStationGroupDetailsResponse;

    fn check(&self) -> Checked {
        rules::given("sgID", self.sg_id.as_deref())?;
        rules::group(self.sg_id.as_deref())?;
        rules::station_id(self.station_id.as_deref())
    }
}
answer!(GetStationGroupDetailsResponse);

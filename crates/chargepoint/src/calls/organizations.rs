//! `getOrgsAndStationGroups` (guide, section 7.5).

use super::{Call, answer, whole};
use crate::codec::record;
use crate::rules::{self, Checked};

record! {
    /// Asks for the organizations and station groups that the account may see.
    #[derive(Default)]
    pub struct GetOrgsAndStationGroups: Sequence "getOrgsAndStationGroups" {
        /// What to look for.
        search_query: OrganizationsQuery => "searchQuery",
    }
}

record! {
    /// What to look for; everything set must hold.
    #[derive(Default)]
    pub struct OrganizationsQuery: All "getOrgsAndStationGroupsSearchQuery" {
        /// `CPNID:CompanyID`.
        org_id: Option<String> => "orgID",
        /// Name of the organization.
        organization_name: Option<String> => "organizationName",
        /// Station group.
        sg_id: Option<String> as Int => "sgID",
        /// Name of the station group.
        sg_name: Option<String> => "sgName",
    }
}

record! {
    /// The organizations.
    #[derive(Default)]
    pub struct GetOrgsAndStationGroupsResponse: Sequence "getOrgsAndStationGroupsResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// The organizations.
        organizations: Vec<Organization> => "orgData",
    }
}

record! {
    /// An organization.
    #[derive(Default)]
    pub struct Organization: Sequence "ohostdata" {
        /// `CPNID:CompanyID`.
        org_id: Option<String> => "orgID",
        /// Name.
        organization_name: Option<String> => "organizationName",
        /// Its station groups.
        groups: Vec<OrganizationGroup> => "sgData",
    }
}

record! {
    /// A station group of an organization.
    #[derive(Default)]
    pub struct OrganizationGroup: Sequence "orgGroupData" {
        /// Identifier.
        sg_id: Option<String> as Int => "sgID",
        /// Name.
        sg_name: Option<String> => "sgName",
        /// The group around it, as it came; see [`OrganizationGroup::parent`].
        parent_group_id: Option<String> => "parentGroupID",
    }
}

impl OrganizationGroup {
    /// The group around it. One that stands in none has the number 0.
    pub fn parent(&self) -> Option<&str> {
        let parent = self.parent_group_id.as_deref().map(str::trim);
        parent.filter(|parent| *parent != "0")
    }
}

impl Call for GetOrgsAndStationGroups {
    type Answer = GetOrgsAndStationGroupsResponse;

    fn check(&self) -> Checked {
        rules::org_id("orgID", self.search_query.org_id.as_deref())?;
        rules::group(self.search_query.sg_id.as_deref())
    }
}
answer!(GetOrgsAndStationGroupsResponse);
whole!(GetOrgsAndStationGroups, Organization, organizations, |one| one
    .org_id);

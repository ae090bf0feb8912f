use chargepoint::calls::organizations::{
    GetOrgsAndStationGroups, GetOrgsAndStationGroupsResponse, Organization, OrganizationGroup,
};
use chargepoint::code::Code;

use crate::Estate;
use crate::service::asked::same;
use crate::service::calls::Answered;
use crate::service::refused::refuse_if;
use crate::service::{Refused, asked, success};

impl Answered for GetOrgsAndStationGroups {
    fn answer(self, estate: &mut Estate, _now: i64) -> Result<GetOrgsAndStationGroupsResponse, Refused> {
        let query = &self.search_query;
        if let Some(id) = query.org_id.as_deref() {
            asked::organization(id)?;
        }
        let mut rows: Vec<Organization> = Vec::new();
        for group in estate.groups() {
            let id = group.id.to_string();
            let meant = same(query.org_id.as_deref(), Some(group.organization.id))
                && same(query.organization_name.as_deref(), Some(group.organization.name))
                && same(query.sg_id.as_deref(), Some(&id))
                && same(query.sg_name.as_deref(), Some(&group.name));
            if !meant {
                continue;
            }
            let row = OrganizationGroup {
                sg_id: Some(id),
                sg_name: Some(group.name),
                parent_group_id: Some(group.parent.to_string()),
            };
            let organization = group.organization;
            match rows
                .iter_mut()
                .find(|known| known.org_id.as_deref() == Some(organization.id))
            {
                Some(known) => known.groups.push(row),
                None => rows.push(Organization {
                    org_id: Some(organization.id.to_owned()),
                    organization_name: Some(organization.name.to_owned()),
                    groups: vec![row],
                }),
            }
        }
        refuse_if(rows.is_empty(), Code::NoData)?;
        Ok(GetOrgsAndStationGroupsResponse {
            organizations: rows,
            ..success()
        })
    }
}

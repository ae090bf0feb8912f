use chargepoint::calls::station_groups::{
    ChildGroup, GetStationGroupDetails, GetStationGroupDetailsResponse, GetStationGroups,
    GetStationGroupsResponse, GroupStation, StationGroup, StationPlace,
};
use chargepoint::code::Code;

use super::calls::Answered;
use super::refused::refuse_if;
use super::{Refused, asked};
use crate::Estate;
use crate::estate::Unit;
use crate::estate::groups::Group;

mod organizations;

impl Answered for GetStationGroups {
    fn answer(self, estate: &mut Estate, _now: i64) -> Result<GetStationGroupsResponse, Refused> {
        let organization = asked::organization(self.org_id.as_deref().ok_or(Code::Mandatory)?)?;
        let groups = estate.groups().into_iter();
        let groups = groups.filter(|group| group.organization == organization);
        let rows: Vec<_> = groups.map(|group| row(estate, group)).collect();
        refuse_if(rows.is_empty(), Code::NoGroup)?;
        Ok(GetStationGroupsResponse {
            groups: rows,
            ..super::success()
        })
    }
}

fn row(estate: &Estate, group: Group) -> StationGroup {
    let place = |unit: &Unit| StationPlace {
        station_id: unit.station.station_id.clone(),
        geo: unit.station.position().cloned(),
    };
    StationGroup {
        sg_id: Some(group.id.to_string()),
        org_id: Some(group.organization.id.to_owned()),
        organization_name: Some(group.organization.name.to_owned()),
        stations: asked::members(estate, &group).into_iter().map(place).collect(),
        sg_name: Some(group.name),
    }
}

impl Answered for GetStationGroupDetails {
    fn answer(self, estate: &mut Estate, _now: i64) -> Result<GetStationGroupDetailsResponse, Refused> {
        let group = asked::group(estate, self.sg_id.as_deref())?;
        let members = asked::members(estate, &group);
        let children = estate
            .groups()
            .into_iter()
            .filter(|child| child.parent == group.id);
        let children: Vec<_> = children
            .map(|child| ChildGroup {
                sg_id: Some(child.id.to_string()),
                sg_name: Some(child.name),
            })
            .collect();
        let number = |unit: &Unit| unit.traits.number;
        let wanted = match self.station_id.as_deref() {
            None => None,
            Some(id) => Some(number(asked::station(estate, Some(id))?)),
        };
        let missing = wanted.is_some_and(|wanted| members.iter().all(|unit| number(unit) != wanted));
        refuse_if(missing, Code::NoStationInGroup)?;
        // Of a group that holds groups the stations are theirs.
        let direct = members.iter().filter(|unit| match wanted {
            Some(wanted) => number(unit) == wanted,
            None => children.is_empty(),
        });
        let station = |unit: &&Unit| GroupStation {
            station_id: unit.station.station_id.clone(),
            station_name: unit.station.station_name.clone(),
            address: Some(asked::address(unit)),
        };
        Ok(GetStationGroupDetailsResponse {
            num_stations: i32::try_from(members.len()).ok(),
            stations: direct.map(station).collect(),
            group_name: Some(group.name),
            groups: children,
            ..super::success()
        })
    }
}

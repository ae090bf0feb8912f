use chargepoint::StationsQuery;
use chargepoint::calls::rights_profile::{GetStationRightsProfile, GetStationRightsProfileResponse, Task};
use chargepoint::calls::station_rights::{
    GetStationRights, GetStationRightsResponse, GroupRights, RightsQuery, RightsStation,
};
use chargepoint::code::Code;

use super::asked::same;
use super::calls::Answered;
use super::refused::refuse_if;
use super::{Refused, asked};
use crate::Estate;
use crate::estate::Unit;
use crate::estate::groups::Group;
use crate::estate::rights::{PROFILES, granted};
use crate::search;

/// Most stations of a page.
const PAGE: usize = 100;

impl Answered for GetStationRights {
    fn answer(self, estate: &mut Estate, now: i64) -> Result<GetStationRightsResponse, Refused> {
        let query = &self.search_query;
        let criteria = stations(query);
        search::check(&criteria)?;
        let start = asked::start(query.start_record)?;
        let too_many = search::too_large("numStations", PAGE);
        let count = asked::count(query.num_stations, PAGE, PAGE, too_many)?;
        let found = search::stations(estate, &criteria).into_iter();
        let found: Vec<_> = found.filter(|unit| is_so(estate, query, unit, now)).collect();
        let groups = estate.groups();
        let meant = groups.iter().filter(|group| {
            let id = group.id.to_string();
            same(query.sg_id.as_deref(), Some(&id)) && same(query.sg_name.as_deref(), Some(&group.name))
        });
        // Rights are granted on the groups that stations are in themselves.
        let pairs = meant
            .filter(|group| !groups.iter().any(|child| child.parent == group.id))
            .flat_map(|group| {
                let members = found.iter().filter(|unit| unit.traits.groups.contains(&group.id));
                members.map(move |unit| (group, *unit))
            });
        let (page, more) = asked::page(start, count, pairs);
        refuse_if(page.is_empty(), Code::NoStation)?;
        let mut rights: Vec<GroupRights> = Vec::new();
        for (group, unit) in page {
            let id = group.id.to_string();
            match rights.last_mut().filter(|last| last.sg_id.as_ref() == Some(&id)) {
                Some(last) => last.stations.push(station(unit)),
                None => rights.push(GroupRights {
                    stations: vec![station(unit)],
                    ..of_group(group)
                }),
            }
        }
        Ok(GetStationRightsResponse {
            rights,
            more: Some(more),
            ..super::success()
        })
    }
}

fn of_group(group: &Group) -> GroupRights {
    GroupRights {
        sg_id: Some(group.id.to_string()),
        sg_name: Some(group.name.clone()),
        profile: Some(granted(group.organization).name.to_owned()),
        stations: Vec::new(),
    }
}

fn station(unit: &Unit) -> RightsStation {
    let station = &unit.station;
    RightsStation {
        station_id: station.station_id.clone(),
        station_name: station.station_name.clone(),
        station_serial_num: station.station_serial_num.clone(),
        station_mac_addr: station.station_mac_addr.clone(),
        company_id: station.org_id.as_ref().map(|id| id.replace("ORG", "")),
    }
}

/// Whether a station is in the state that is asked for.
fn is_so(estate: &Estate, query: &RightsQuery, unit: &Unit, now: i64) -> bool {
    let range = query.provision_date_range.as_ref();
    let activated = unit
        .station
        .station_activation_date
        .as_deref()
        .unwrap_or_default();
    let day = activated.split('T').next().unwrap_or_default();
    let after = range.and_then(|range| range.start_date.as_deref());
    let before = range.and_then(|range| range.end_date.as_deref());
    let status = estate.state(&unit.station, &unit.traits, now);
    let fault = query.current_fault.as_deref();
    let port = query.port_status.as_deref();
    after.is_none_or(|after| after <= day)
        && before.is_none_or(|before| day <= before)
        && same(query.network_status.as_deref(), status.network_status.as_deref())
        // Nothing here is planned, or put out of order by hand.
        && same(query.admin_status.as_deref(), Some("Active"))
        && same(query.provision_status.as_deref(), Some("Provisioned"))
        && status.ports.iter().any(|found| {
            same(fault, found.fault_reason.as_deref()) && same(port, found.status.as_deref())
        })
}

fn stations(query: &RightsQuery) -> StationsQuery {
    let query = query.clone();
    StationsQuery {
        station_id: query.station_id,
        station_manufacturer: query.station_manufacturer,
        station_model: query.station_model,
        station_name: query.station_name,
        serial_number: query.serial_number,
        address: query.address,
        city: query.city,
        state: query.state,
        country: query.country,
        postal_code: query.postal_code,
        proximity: query.proximity,
        proximity_unit: query.proximity_unit,
        connector: query.connector,
        voltage: query.voltage,
        current: query.current,
        power: query.power,
        demo_serial_number: query.demo_serial_number,
        reservable: query.reservable,
        geo: query.geo,
        level: query.level,
        mode: query.mode,
        pricing: query.pricing,
        org_id: query.org_id,
        organization_name: query.organization_name,
        ..StationsQuery::default()
    }
}

impl Answered for GetStationRightsProfile {
    fn answer(self, estate: &mut Estate, _now: i64) -> Result<GetStationRightsProfileResponse, Refused> {
        let group = asked::group(estate, self.sg_id.as_deref())?;
        let granted = granted(group.organization);
        if let Some(name) = self.profile.as_deref() {
            let known = PROFILES
                .iter()
                .find(|profile| profile.name.eq_ignore_ascii_case(name.trim()));
            let known = known.ok_or(Code::InvalidRightsProfile)?;
            refuse_if(known != granted, Code::NoData)?;
        }
        let task = |(task, description): &(&str, &str)| Task {
            task: Some((*task).to_owned()),
            description: Some((*description).to_owned()),
        };
        Ok(GetStationRightsProfileResponse {
            tasks: granted.tasks.iter().map(task).collect(),
            ..super::success()
        })
    }
}

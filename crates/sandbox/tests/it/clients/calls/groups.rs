//! Groups, organizations and rights.

use super::*;

pub fn groups(estate: &Estate, unit: &Unit) -> Vec<Value> {
    let organization = unit.traits.organization.unwrap();
    let all = estate.groups();
    let own: Vec<_> = all
        .iter()
        .filter(|group| group.organization == organization)
        .collect();
    let group = own[1];
    let members = |id: i32| {
        let units = estate.units().iter();
        units
            .filter(move |unit| unit.traits.groups.contains(&id))
            .map(|unit| &unit.station)
    };
    let rows = own.iter().map(|group| {
        let stations = members(group.id).map(|station| {
            let geo = station.position().unwrap();
            json!({ "stationID": station.station_id,
                    "Geo": { "Lat": geo.lat.to_string(), "Long": geo.long.to_string() } })
        });
        json!({ "sgID": group.id, "orgID": organization.id, "sgName": group.name,
                "organizationName": organization.name, "stationData": stations.collect::<Vec<_>>() })
    });
    let rows: Vec<_> = rows.collect();
    let tree = own.iter().map(
        |group| json!({ "sgID": group.id, "sgName": group.name, "parentGroupID": group.parent.to_string() }),
    );
    let tree: Vec<_> = tree.collect();
    let details = members(group.id)
        .map(|station| json!({ "stationID": station.station_id, "stationName": station.station_name }));
    let details: Vec<_> = details.collect();
    let children = own.iter().filter(|child| child.parent == own[0].id);
    let children = children.map(|child| json!({ "sgID": child.id, "sgName": child.name }));
    let children: Vec<_> = children.collect();
    let granted = rights::granted(organization);
    let ids = unit.station.sg_ids.as_ref().unwrap().0.iter();
    let profiles = ids.map(|id| {
        json!({ "sgID": id, "stationRightsProfile": granted.name,
                "stationData": [{ "stationID": unit.station.station_id,
                                  "stationSerialNum": unit.station.station_serial_num }] })
    });
    let profiles: Vec<_> = profiles.collect();
    let tasks = granted.tasks.iter();
    let tasks = tasks.map(|(task, description)| json!({ "Task": task, "Description": description }));
    let tasks: Vec<_> = tasks.collect();
    vec![
        call(
            "getStationGroups",
            json!({ "orgID": organization.id }),
            json!({ "responseCode": "100", "groupData": rows }),
        ),
        call(
            "getStationGroups",
            json!({ "orgID": "1:ORG99001" }),
            json!({ "responseCode": "178" }),
        ),
        call(
            "getStationGroupDetails",
            json!({ "sgID": group.id }),
            json!({ "responseCode": "100", "groupName": group.name, "numStations": details.len(),
                     "stationData": details }),
        ),
        call(
            "getStationGroupDetails",
            json!({ "sgID": own[0].id }),
            json!({ "responseCode": "100", "groupData": children }),
        ),
        call(
            "getOrgsAndStationGroups",
            json!({ "searchQuery": { "orgID": organization.id } }),
            json!({ "responseCode": "100",
                     "orgData": [{ "orgID": organization.id, "organizationName": organization.name,
                                   "sgData": tree }] }),
        ),
        call(
            "getStationRights",
            json!({ "searchQuery": { "stationID": unit.station.station_id } }),
            json!({ "responseCode": "100", "rightsData": profiles, "moreFlag": 0 }),
        ),
        call(
            "getStationRightsProfile",
            json!({ "sgID": group.id }),
            json!({ "responseCode": "100", "taskList": tasks }),
        ),
    ]
}

//! Calls for clients that other people wrote, one after the other, with what the estate says must
//! come: a client finds all of `expect` in the answer.

use sandbox::Estate;
use sandbox::estate::charge::{intervals, rounded};
use sandbox::estate::sessions::Session;
use sandbox::estate::traits::Shedding;
use sandbox::estate::{Unit, rights};
use sandbox::{Running, date_time};
use serde_json::{Value, json};

use crate::support::NOW;

const DAY: i64 = 86_400;

/// A call, what is asked, and what is expected.
fn call(name: &str, request: Value, expect: Value) -> Value {
    json!({ "call": name, "request": request, "expect": expect })
}

fn time(moment: i64) -> String {
    date_time(moment).0
}

/// Every call but the five that the clients know themselves.
pub fn calls(running: &Running) -> Vec<Value> {
    running.estate(|estate| {
        let unit = station(estate);
        let session = estate.session_at(unit, 0, NOW).unwrap();
        let parts = [
            groups(estate, unit),
            load(estate, &session),
            events(unit),
            sessions(estate, unit),
            alarms(estate, unit),
            fleet(estate),
            waitlist(estate),
        ];
        parts.into_iter().flatten().collect()
    })
}

/// A station that gives power at its first port, sheds in every way and takes part in events.
fn station(estate: &Estate) -> &Unit {
    let mut units = estate.units().iter();
    let found = units.find(|unit| {
        let session = estate.session_at(unit, 0, NOW);
        unit.traits.organization.unwrap().utility
            && unit.traits.shed == Shedding::Full
            && !unit.station.pricing.is_empty()
            && session.is_some_and(|session| session.kw(NOW) > 1.0)
            && estate.status(&unit.station, NOW).network_status.as_deref() == Some("Reachable")
    });
    found.unwrap()
}

fn groups(estate: &Estate, unit: &Unit) -> Vec<Value> {
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

fn load(estate: &Estate, session: &Session<'_>) -> Vec<Value> {
    let unit = session.unit;
    let id = &unit.station.station_id;
    let who = estate.who(session);
    let ask = || json!({ "searchQuery": { "stationID": id } });
    let port = |kw: f64, shed: i32, percent: i32| {
        let kw = (kw * 1000.0).round() / 1000.0;
        let port = json!({ "portNumber": "1", "portLoad": kw, "shedState": shed, "percentShed": percent,
                           "sessionID": session.visit.id.to_string(), "credentialID": who.credential });
        json!({ "responseCode": "100", "stationData": [{ "stationID": id, "Port": [port] }] })
    };
    let shed = |measure: Value, minutes: i32| {
        let mut station = json!({ "stationID": id });
        station
            .as_object_mut()
            .unwrap()
            .extend(measure.as_object().unwrap().clone());
        json!({ "shedQuery": { "shedStation": station, "timeInterval": minutes } })
    };
    let group = unit.traits.groups[0];
    let count = estate
        .units()
        .iter()
        .filter(|unit| unit.traits.groups.contains(&group))
        .count();
    let kw = session.kw(NOW);
    let ports = json!({ "Ports": { "Port": [{ "portNumber": "1", "percentShedPerPort": 50 }] } });
    let done = json!({ "responseCode": "100", "Success": 1, "stationID": id });
    vec![
        call("getLoad", ask(), port(kw, 0, 0)),
        call(
            "getLoad",
            json!({ "searchQuery": { "sgID": group } }),
            json!({ "responseCode": "100", "sgID": group, "numStations": count,
                     "groupName": estate.group(group).unwrap().name }),
        ),
        call(
            "shedLoad",
            shed(json!({ "percentShedPerStation": 40 }), 0),
            done.clone(),
        ),
        call("getLoad", ask(), port(kw * 0.6, 1, 40)),
        call(
            "shedLoad",
            shed(json!({ "allowedLoadPerStation": 1.5 }), 5),
            json!({ "responseCode": "179" }),
        ),
        call("shedLoad", shed(ports, 15), done.clone()),
        call("getLoad", ask(), port(kw * 0.5, 1, 50)),
        call(
            "clearShedState",
            json!({ "shedQuery": { "shedStation": { "stationID": id } } }),
            done,
        ),
        call("getLoad", ask(), port(kw, 0, 0)),
    ]
}

fn events(unit: &Unit) -> Vec<Value> {
    let event = |from: i64| {
        json!({ "shedEvent": { "stationID": unit.station.station_id, "eventStartTime": time(from),
                               "eventDuration": 60, "allowOptOut": true, "allowedLoadPerPort": 3.5 } })
    };
    vec![
        call(
            "createLoadShedEvent",
            event(NOW + 600),
            json!({ "responseCode": "100", "eventId": 1 }),
        ),
        call(
            "createLoadShedEvent",
            event(NOW),
            json!({ "responseCode": "106" }),
        ),
        call(
            "removeLoadShedEvent",
            json!({ "eventId": 1 }),
            json!({ "responseCode": "100", "response": "Success" }),
        ),
        call(
            "removeLoadShedEvent",
            json!({ "eventId": 1 }),
            json!({ "responseCode": "168" }),
        ),
    ]
}

fn sessions(estate: &Estate, unit: &Unit) -> Vec<Value> {
    let visits = estate.visits(unit, NOW - DAY, NOW);
    let ended = visits.filter(|(_, visit)| visit.start >= NOW - DAY && visit.end <= NOW);
    let all: Vec<_> = ended
        .map(|(port, visit)| estate.session_of(unit, port, visit))
        .collect();
    let rows = all.iter().map(|session| {
        let who = estate.who(session);
        json!({ "stationID": unit.station.station_id, "portNumber": session.port_number(),
                "sessionID": session.visit.id, "Energy": rounded(session.charge(NOW).energy),
                "startTime": time(session.visit.start), "endTime": time(session.visit.end),
                "userID": who.driver.and_then(|driver| driver.user.user_id.clone()),
                "credentialID": who.credential, "endedBy": session.visit.ended_by })
    });
    let rows: Vec<_> = rows.collect();
    let quarters = |delta: bool| {
        let quarters = intervals(all[0].steps(NOW)).into_iter().map(|quarter| {
            json!({ "stationTime": time(quarter.from), "peakPower": quarter.peak,
                    "energyConsumed": if delta { quarter.energy } else { quarter.total } })
        });
        let quarters: Vec<_> = quarters.collect();
        json!({ "responseCode": "100", "sessionID": all[0].visit.id, "fifteenminData": quarters })
    };
    let id = all[0].visit.id;
    let paid = estate.transaction(id * 2, NOW).unwrap();
    let fee = paid.fee(NOW);
    let paid = json!({ "stationID": unit.station.station_id, "transactionType": "Session",
                       "transactionID": id * 2, "grossAmount": fee.gross, "netRevenue": fee.revenue,
                       "pricingRuleName": paid.rule, "Currency": unit.station.currency_code,
                       "transactionTime": time(paid.at) });
    let query = json!({ "stationID": unit.station.station_id, "fromTimeStamp": time(NOW - DAY) });
    vec![
        call(
            "getChargingSessionData",
            json!({ "searchQuery": query }),
            json!({ "responseCode": "100", "ChargingSessionData": rows, "MoreFlag": 0 }),
        ),
        call(
            "getChargingSessionData",
            json!({ "searchQuery": { "stationName": "nobody" } }),
            json!({ "responseCode": "136" }),
        ),
        call(
            "get15minChargingSessionData",
            json!({ "sessionID": id, "energyConsumedInterval": true }),
            quarters(true),
        ),
        call(
            "get15minChargingSessionData",
            json!({ "sessionID": id }),
            quarters(false),
        ),
        call(
            "getTransactionData",
            json!({ "searchQuery": { "transactionID": id * 2 } }),
            json!({ "responseCode": "100", "transactions": { "transactionData": [paid] }, "MoreFlag": 0 }),
        ),
    ]
}

fn alarms(estate: &Estate, unit: &Unit) -> Vec<Value> {
    let found = estate.alarms(unit, NOW);
    let mut units = estate.units().iter();
    let unit = if found.is_empty() {
        units.find(|unit| !estate.alarms(unit, NOW).is_empty()).unwrap()
    } else {
        unit
    };
    let rows = estate.alarms(unit, NOW).into_iter().map(|alarm| {
        json!({ "stationID": unit.station.station_id, "alarmType": alarm.kind, "alarmTime": time(alarm.at),
                "orgID": unit.station.org_id })
    });
    let rows: Vec<_> = rows.collect();
    let ask = json!({ "searchQuery": { "stationID": unit.station.station_id } });
    vec![
        call(
            "getAlarms",
            ask.clone(),
            json!({ "responseCode": "100", "Alarms": rows, "moreFlag": 0 }),
        ),
        call("clearAlarms", ask.clone(), json!({ "responseCode": "100" })),
        call("getAlarms", ask, json!({ "responseCode": "153" })),
    ]
}

fn fleet(estate: &Estate) -> Vec<Value> {
    let vehicle = estate.fleet().vehicles().next().unwrap();
    let row = json!({ "fleetVehicleID": vehicle.id, "fleetName": vehicle.fleet, "license": vehicle.license,
                      "make": vehicle.model.make, "year": vehicle.year, "orgID": vehicle.organization.id,
                      "vehicleChargingState": estate.vehicle_state(vehicle, NOW).word(),
                      "credentialIDs": { "credentialID": vehicle.credentials } });
    let network = vehicle.organization.id.split(':').next().unwrap();
    let added = format!("{network}:5000000");
    let new = json!({ "ChargePointCards": [{ "ChargePointCardSN": "CNCP0001" }], "LicensePlate": "EV-1",
                      "fleetName": vehicle.fleet, "color": "Red", "make": "Nissan", "model": "LEAF",
                      "year": 2020 });
    let change = json!({ "vehicle": [{ "fleetVehicleID": added, "color": "Green" }] });
    let ask = |id: &str| json!({ "searchQuery": { "fleetVehicleID": id } });
    let found = |row: Value| json!({ "responseCode": "100", "FleetVehicle": [row], "moreFlag": 0 });
    let (number, port) = vehicle.home.unwrap();
    let mut units = estate.units().iter();
    let unit = units.find(|unit| unit.traits.number == number).unwrap();
    let used = estate.usage(unit, Some(NOW - 7 * DAY), NOW);
    let used = used.filter(|usage| usage.vehicle == vehicle && usage.session.visit.start > NOW - 7 * DAY);
    let used = used.map(|usage| {
        assert_eq!(usage.session.port, port);
        json!({ "fleetVehicleID": vehicle.id, "License": vehicle.license,
                "transactionID": usage.number(), "Energy": rounded(usage.session.charge(NOW).energy),
                "startTime": time(usage.session.visit.start), "Fee": usage.fee(NOW) })
    });
    let used: Vec<_> = used.collect();
    let query = json!({ "fleetVehicleID": vehicle.id, "fromTimeStamp": time(NOW - 7 * DAY) });
    let one = json!({ "fleetVehicleID": added });
    vec![
        call("getFleetVehicles", ask(&vehicle.id), found(row)),
        call(
            "getFleetUsageData",
            json!({ "searchQuery": query }),
            json!({ "responseCode": "100", "fleetUsageData": used, "moreFlag": 0 }),
        ),
        call(
            "addFleetVehicle",
            json!({ "vehicle": [new] }),
            json!({ "responseCode": "100", "fleetVehicleID": [added] }),
        ),
        call(
            "updateFleetVehicle",
            change,
            json!({ "responseCode": "100", "vehicle": [{ "color": "Green", "License": "EV-1" }] }),
        ),
        call(
            "getFleetVehicles",
            ask(&added),
            found(json!({ "color": "Green", "license": "EV-1" })),
        ),
        call(
            "deleteFleetVehicle",
            one.clone(),
            json!({ "responseCode": "100", "Results": true }),
        ),
        call("deleteFleetVehicle", one, json!({ "responseCode": "160" })),
    ]
}

fn waitlist(estate: &Estate) -> Vec<Value> {
    let units = estate
        .units()
        .iter()
        .filter(|unit| unit.traits.waitlist.is_some());
    let mut found = units.flat_map(|unit| {
        let ports = 0..unit.traits.outlets.len();
        ports.filter_map(move |port| {
            let session = estate.session_at(unit, port, NOW)?;
            let user = estate.who(&session).driver?.user.user_id.clone()?;
            Some((unit.station.station_id.clone()?, session.port_number()?, user))
        })
    });
    let (station, port, user) = found.next().unwrap();
    let ask = |user: &str| json!({ "stationID": station, "portID": port, "userID": user, "customMessageText": "Done" });
    vec![
        call("setWaitlistDone", ask(&user), json!({ "responseCode": "100" })),
        call("setWaitlistDone", ask("0"), json!({ "responseCode": "190" })),
    ]
}

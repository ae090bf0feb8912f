//! Load, shed and let flow again.

use super::*;

pub fn load(estate: &Estate, session: &Session<'_>) -> Vec<Value> {
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

//! Calls for clients that other people wrote, one after the other, with what the estate says must
//! come: a client finds all of `expect` in the answer.

mod fleet;
mod groups;
mod load;
mod sessions;

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
            groups::groups(estate, unit),
            load::load(estate, &session),
            events(unit),
            sessions::sessions(estate, unit),
            alarms(estate, unit),
            fleet::fleet(estate),
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

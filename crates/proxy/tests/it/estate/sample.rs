//! Things of the stand-in's estate that fit a test.

use sandbox::Estate;
use sandbox::estate::Unit;
use sandbox::estate::traits::Shedding;
use serde_json::{Value, json};

use crate::support::{NOW, TestApp};

/// A station that gives power at its first port, sheds in every way and takes part in events; its
/// organization and its first group.
pub struct Place {
    pub station: String,
    pub organization: String,
    pub group: String,
    pub session: String,
    pub kw: f64,
}

fn unit(estate: &Estate) -> &Unit {
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

/// See [`Place`].
pub fn place(app: &TestApp) -> Place {
    app.chargepoint().estate(|estate| {
        let unit = unit(estate);
        let session = estate.session_at(unit, 0, NOW).unwrap();
        Place {
            station: unit.station.station_id.clone().unwrap(),
            organization: unit.station.org_id.clone().unwrap(),
            group: unit.traits.groups[0].to_string(),
            session: session.visit.id.to_string(),
            kw: session.kw(NOW),
        }
    })
}

/// A session that has ended, with its transaction and the organization of its station.
pub struct Ended {
    pub session: i64,
    pub station: String,
    pub energy: f64,
}

/// See [`Ended`].
pub fn ended(app: &TestApp) -> Ended {
    app.chargepoint().estate(|estate| {
        let unit = unit(estate);
        let mut visits = estate.visits(unit, NOW - 2 * 86_400, NOW - 86_400);
        let (port, visit) = visits.find(|(_, visit)| visit.end < NOW - 43_200).unwrap();
        let session = estate.session_of(unit, port, visit);
        Ended {
            session: session.visit.id,
            station: unit.station.station_id.clone().unwrap(),
            energy: session.charge(NOW).energy,
        }
    })
}

/// A vehicle of a fleet: its id and its fleet.
pub fn vehicle(app: &TestApp) -> (String, String) {
    app.chargepoint().estate(|estate| {
        let vehicle = estate.fleet().vehicles().next().unwrap();
        (vehicle.id.clone(), vehicle.fleet.to_string())
    })
}

/// A station where others wait, the port that is in use, and its driver.
pub fn waiting(app: &TestApp) -> (String, String, Value) {
    app.chargepoint().estate(|estate| {
        let units = estate
            .units()
            .iter()
            .filter(|unit| unit.traits.waitlist.is_some());
        let mut found = units.flat_map(|unit| {
            let ports = 0..unit.traits.outlets.len();
            ports.filter_map(|port| {
                let session = estate.session_at(unit, port, NOW)?;
                let user = estate.who(&session).driver?.user.user_id.clone()?;
                Some((
                    unit.station.station_id.clone()?,
                    session.port_number()?,
                    json!({ "userId": user }),
                ))
            })
        });
        found.next().unwrap()
    })
}

/// A station with alarms, and how many.
pub fn alarmed(app: &TestApp) -> (String, usize) {
    app.chargepoint().estate(|estate| {
        let mut units = estate.units().iter();
        let unit = units.find(|unit| !estate.alarms(unit, NOW).is_empty()).unwrap();
        (
            unit.station.station_id.clone().unwrap(),
            estate.alarms(unit, NOW).len(),
        )
    })
}

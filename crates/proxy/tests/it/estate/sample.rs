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

/// A station that is out of reach and sheds in every way.
pub fn unreached(app: &TestApp) -> String {
    app.chargepoint().estate(|estate| {
        let mut units = estate.units().iter();
        let found = units.find(|unit| {
            unit.traits.organization.unwrap().enterprise
                && unit.traits.shed == Shedding::Full
                && estate.status(&unit.station, NOW).network_status.as_deref() == Some("Unreachable")
        });
        found.unwrap().station.station_id.clone().unwrap()
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

/// What the changes are tried on.
pub struct Samples {
    place: Place,
    alarmed: String,
    waiting: (String, String, Value),
    driver: String,
    fleet: String,
}

impl Samples {
    pub async fn of(app: &TestApp) -> Self {
        let drivers = app.get("/drivers?connection.status=PENDING").await.ok();
        Self {
            place: place(app),
            alarmed: alarmed(app).0,
            waiting: waiting(app),
            driver: drivers["items"][0]["userId"].as_str().unwrap().to_owned(),
            fleet: vehicle(app).1,
        }
    }

    /// A station with alarms.
    pub fn alarmed(&self) -> &str {
        &self.alarmed
    }

    /// What sheds load of a station.
    pub fn shed(&self) -> Value {
        json!({ "shedStation": { "stationId": self.place.station, "percentShedPerStation": 40 }, "timeInterval": 0 })
    }
}

/// Every change at ChargePoint, once: its route, its address and its body.
pub async fn changes(samples: &Samples, mut act: impl AsyncFnMut(&'static str, String, Value) -> Value) {
    let station = samples.place.station.as_str();
    act("POST /load/shed", "/load/shed".into(), samples.shed()).await;
    let clear = json!({ "shedStation": { "stationId": station } });
    act("POST /load/clear", "/load/clear".into(), clear).await;
    let event = json!({ "stationId": station, "eventStartTime": "2026-11-20T11:00:00Z", "eventDuration": 60,
                        "allowedLoadPerPort": 3.5 });
    let event = act("POST /load/events", "/load/events".into(), event).await;
    let path = format!("/load/events/{}", event["eventId"].as_str().unwrap());
    act("DELETE /load/events/{eventId}", path, Value::Null).await;
    let clear = json!({ "stationId": samples.alarmed, "clearReason": "seen" });
    act("POST /alarms/clear", "/alarms/clear".into(), clear).await;
    let (station, port, body) = &samples.waiting;
    let path = format!("/stations/{station}/ports/{port}/waitlist-done");
    act(
        "POST /stations/{id}/ports/{port}/waitlist-done",
        path,
        body.clone(),
    )
    .await;
    let decision = json!({ "associationType": "CONNECTION", "status": "APPROVED" });
    let path = format!("/drivers/{}/status", samples.driver);
    act("POST /drivers/{userId}/status", path, decision).await;
    let new = json!({ "chargePointCards": [{ "chargePointCardSn": "CNCP0001" }], "licensePlate": "EV-1",
                      "fleetName": samples.fleet, "make": "Nissan", "model": "LEAF", "year": 2020 });
    let made = act("POST /fleet/vehicles", "/fleet/vehicles".into(), new).await;
    let vehicle = made["fleetVehicleIds"][0].as_str().unwrap();
    let change = json!({ "fleetVehicleId": vehicle, "color": "Green" });
    act("PATCH /fleet/vehicles", "/fleet/vehicles".into(), change).await;
    let path = format!("/fleet/vehicles/{vehicle}");
    act("DELETE /fleet/vehicles/{fleetVehicleId}", path, Value::Null).await;
}

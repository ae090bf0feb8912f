//! Vehicles of fleets.

use super::*;

pub fn fleet(estate: &Estate) -> Vec<Value> {
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

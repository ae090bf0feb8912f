//! Requests, and what is to blame in them.

use chargepoint::code::Code;
use serde_json::{Value, json};

use super::{fields, operation};

#[test]
fn the_request_at_hand_says_which_parameter_is_meant() {
    let port = |percent: Value| json!({ "portNumber": "1", "percentShedPerPort": percent });
    let ports =
        |list: Value| json!({ "shedStation": { "stationId": "1:1", "ports": list }, "timeInterval": 5 });
    let group = json!({ "shedGroup": { "sgId": "1", "percentShedPerStation": 120 }, "timeInterval": 5 });
    let station =
        json!({ "shedStation": { "stationId": "1:1", "allowedLoadPerStation": 900 }, "timeInterval": 5 });
    let van = json!({ "chargePointCards": [{ "chargePointCardSn": "7" }], "licensePlate": "X", "vin": "Y" });
    for (call, request, code, said, expected) in [
        (
            "shedLoad",
            ports(json!([port(json!(120))])),
            "174",
            "",
            &["shedStation.ports[0].percentShedPerPort"][..],
        ),
        (
            "shedLoad",
            ports(json!([port(Value::Null), port(json!(120))])),
            "123",
            "",
            &["shedStation.ports[1].percentShedPerPort"],
        ),
        (
            "shedLoad",
            ports(json!([port(json!(1)), port(json!(120))])),
            "123",
            "",
            &["ports"],
        ),
        (
            "shedLoad",
            group.clone(),
            "123",
            "",
            &["shedGroup.percentShedPerStation"],
        ),
        ("shedLoad", group, "172", "", &["shedGroup.allowedLoadPerStation"]),
        (
            "shedLoad",
            station.clone(),
            "177",
            "",
            &["shedStation.allowedLoadPerStation"],
        ),
        ("shedLoad", station, "187", "", &["shedStation"]),
        ("shedLoad", json!({ "timeInterval": 5 }), "183", "", &["ports"]),
        (
            "shedLoad",
            ports(json!([{ "percentShedPerPort": 9 }])),
            "183",
            "",
            &["shedStation.ports[0].portNumber"],
        ),
        (
            "createLoadShedEvent",
            json!({ "percentShedPerStation": 120.0 }),
            "174",
            "",
            &["percentShedPerStation"],
        ),
        (
            "createLoadShedEvent",
            json!({ "eventDuration": 5 }),
            "107",
            "",
            &["eventDuration"],
        ),
        (
            "createLoadShedEvent",
            json!({ "stationId": "1:1" }),
            "106",
            "",
            &["eventStartTime"],
        ),
        (
            "createLoadShedEvent",
            json!({ "stationId": "1:1", "eventDuration": 5 }),
            "172",
            "",
            &["eventStartTime"],
        ),
        (
            "setWaitlistDone",
            json!({ "portId": "9" }),
            "132",
            "",
            &["portId"],
        ),
        (
            "setWaitlistDone",
            json!({ "portId": "9" }),
            "183",
            "",
            &["portId"],
        ),
        (
            "removeLoadShedEvent",
            json!({ "eventId": "7" }),
            "168",
            "",
            &["eventId"],
        ),
        (
            "getUsers",
            json!({ "lastName": "Ming" }),
            "189",
            "The value of <numStations> exceeded the maximum of 500",
            &["numUsers"],
        ),
        ("getFleetVehicles", json!({}), "189", "", &["numRecords"]),
        ("getStations", json!({}), "189", "", &["numStations"]),
        (
            "getUsers",
            json!({ "managementRealm": { "status": "X" } }),
            "135",
            "",
            &["managementRealm.status"],
        ),
        (
            "getStationStatus",
            json!({ "proximity": 5, "startRecord": 1 }),
            "135",
            "",
            &["proximity"],
        ),
        (
            "getStationStatus",
            json!({ "city": "X" }),
            "171",
            "Invalid Parameters < Country>, <CITY>",
            &["city"],
        ),
        (
            "getStationStatus",
            json!({ "city": "X", "state": "Y" }),
            "171",
            "Invalid Parameters State, city.",
            &["state", "city"],
        ),
        (
            "getStationStatus",
            json!({}),
            "171",
            "There is no city of the state",
            &["stationId"],
        ),
        (
            "getStationStatus",
            json!({ "pricing": { "duration": 2 } }),
            "166",
            Code::PricingIncomplete.text(),
            &["startTime", "energyRequired", "vehiclePower"],
        ),
        (
            "getTransactionData",
            json!({ "toTransactionTimeStamp": "x" }),
            "197",
            "",
            &["fromTransactionTimeStamp"],
        ),
        ("getAlarms", json!({ "endTime": "x" }), "151", "", &["endTime"]),
        (
            "getAlarms",
            json!({ "stationId": "1:1" }),
            "166",
            Code::PricingIncomplete.text(),
            &[],
        ),
        (
            "getStationRights",
            json!({ "provisionDateRange": { "endDate": "2026-11-20" } }),
            "141",
            "",
            &["endDate"],
        ),
        ("getLoad", json!({ "sgId": "9" }), "182", "", &["sgId"]),
        (
            "getLoad",
            json!({}),
            "184",
            Code::GroupOrStation.text(),
            &["sgId", "stationId"],
        ),
        ("addFleetVehicle", json!([van]), "147", "", &["chargePointCards"]),
        ("addFleetVehicle", json!([van, van]), "147", "", &["vehicles"]),
        (
            "addFleetVehicle",
            json!([van, { "make": "X" }]),
            "171",
            "Invalid Parameters VIN",
            &["vehicles[0].vin"],
        ),
        ("addFleetVehicle", json!([van]), "172", "", &["fleetName"]),
        ("addFleetVehicle", json!([]), "147", "", &["vehicles"]),
        (
            "updateUserStatus",
            json!({ "userIds": ["7"] }),
            "190",
            "",
            &["userIds"],
        ),
    ] {
        assert_eq!(
            fields(operation(call), &request, code, said),
            expected,
            "{call} {code} {request}"
        );
    }
}

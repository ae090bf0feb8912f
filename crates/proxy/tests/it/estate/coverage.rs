//! Every call has its face, and each face works: the table of the 26 calls.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chargepoint::table::OPERATIONS;
use reqwest::Method;
use serde_json::Value;

use super::app;
use super::sample::{Samples, changes, ended, place};
use crate::support::{Answer, TestApp};

/// The faces as the issue tells them, in its order.
const FACES: &[(&str, &[&str])] = &[
    ("getCPNInstances", &["GET /cpn-instances"]),
    ("getStations", &["GET /stations", "GET /stations/{id}"]),
    (
        "getStationStatus",
        &["GET /stations/status", "GET /stations/{id}/status"],
    ),
    ("getStationGroups", &["GET /organizations/{orgId}/station-groups"]),
    ("getStationGroupDetails", &["GET /station-groups/{id}"]),
    ("getOrgsAndStationGroups", &["GET /organizations"]),
    ("getStationRights", &["GET /station-rights"]),
    (
        "getStationRightsProfile",
        &["GET /station-groups/{id}/rights-profile"],
    ),
    (
        "getLoad",
        &["GET /station-groups/{id}/load", "GET /stations/{id}/load"],
    ),
    ("shedLoad", &["POST /load/shed"]),
    ("clearShedState", &["POST /load/clear"]),
    ("createLoadShedEvent", &["POST /load/events"]),
    ("removeLoadShedEvent", &["DELETE /load/events/{eventId}"]),
    ("getChargingSessionData", &["GET /sessions", "GET /sessions/{id}"]),
    ("get15minChargingSessionData", &["GET /sessions/{id}/intervals"]),
    (
        "getTransactionData",
        &["GET /transactions", "GET /transactions/sums"],
    ),
    ("getAlarms", &["GET /alarms"]),
    ("clearAlarms", &["POST /alarms/clear"]),
    ("getUsers", &["GET /drivers", "GET /drivers/{userId}"]),
    ("updateUserStatus", &["POST /drivers/{userId}/status"]),
    (
        "setWaitlistDone",
        &["POST /stations/{id}/ports/{port}/waitlist-done"],
    ),
    ("addFleetVehicle", &["POST /fleet/vehicles"]),
    ("updateFleetVehicle", &["PATCH /fleet/vehicles"]),
    ("deleteFleetVehicle", &["DELETE /fleet/vehicles/{fleetVehicleId}"]),
    ("getFleetVehicles", &["GET /fleet/vehicles"]),
    (
        "getFleetUsageData",
        &["GET /fleet/usage", "GET /fleet/usage/sums"],
    ),
];

/// The faces that the description tells, by their calls.
fn described(document: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if let Some(call) = operation["x-chargepoint-call"].as_str() {
                let path = path.strip_prefix("/api/v1").unwrap();
                let face = format!("{} {path}", method.to_uppercase());
                found.entry(call.to_owned()).or_default().insert(face);
            }
        }
    }
    found
}

/// Every parameter of the guide has its name in the address or in the body.
fn every_parameter_is_there(document: &Value) {
    for operation in OPERATIONS {
        let mut names: BTreeSet<String> = BTreeSet::new();
        for methods in document["paths"].as_object().unwrap().values() {
            for one in methods.as_object().unwrap().values() {
                if one["x-chargepoint-call"] == operation.name {
                    let parameters = one["parameters"].as_array().unwrap();
                    names.extend(
                        parameters
                            .iter()
                            .filter_map(|one| one["name"].as_str().map(str::to_owned)),
                    );
                    properties(&one["requestBody"], document, &mut names);
                }
            }
        }
        // What stands in addresses has the names of the issue.
        names.extend(
            [
                "stationId",
                "sgId",
                "sessionId",
                "portId",
                "userIds",
                "startTime",
                "status",
            ]
            .map(str::to_owned),
        );
        leaves(&operation.request, &mut |leaf| {
            let there = names
                .iter()
                .any(|name| name == leaf || name.ends_with(&format!(".{leaf}")));
            assert!(there, "{}: {leaf} in {names:?}", operation.name);
        });
    }
}

fn leaves(shape: &chargepoint::table::Shape, look: &mut impl FnMut(&str)) {
    for field in shape.fields {
        match field.kind {
            chargepoint::table::Kind::Complex(nested) if !nested.is_wrapper() => leaves(nested, look),
            chargepoint::table::Kind::Complex(nested) if shape.is_wrapper() => leaves(nested, look),
            _ if shape.is_wrapper() => {}
            _ => look(field.json),
        }
    }
}

fn properties(schema: &Value, document: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            if let Some(place) = fields.get("$ref").and_then(Value::as_str) {
                properties(document.pointer(&place[1..]).unwrap(), document, names);
            }
            if let Some(own) = fields.get("properties").and_then(Value::as_object) {
                names.extend(own.keys().cloned());
            }
            fields
                .iter()
                .filter(|(key, _)| *key != "example")
                .for_each(|(_, inner)| properties(inner, document, names));
        }
        Value::Array(items) => items.iter().for_each(|inner| properties(inner, document, names)),
        _ => {}
    }
}

struct Walk {
    app: TestApp,
    done: BTreeSet<String>,
}

impl Walk {
    async fn act(&mut self, face: &str, path: &str, body: Value) -> Value {
        let method: Method = face.split(' ').next().unwrap().parse().unwrap();
        let request = match method {
            Method::GET | Method::DELETE => self.app.request(method, path),
            _ => self.app.request(method, path).json(&body),
        };
        let answer = Answer::of(request).await;
        assert!(
            (200..300).contains(&answer.status),
            "{face}: {} {}",
            answer.status,
            answer.text
        );
        if let Some(items) = answer.json["items"].as_array() {
            assert!(!items.is_empty(), "{face}: nothing came");
        }
        self.done.insert(face.to_owned());
        answer.json
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_call_has_its_faces_and_each_works() {
    let app = app(160).await;
    let document = app.get("/api/openapi.json").await.ok();
    let expected: BTreeMap<String, BTreeSet<String>> = FACES
        .iter()
        .map(|(call, faces)| {
            (
                (*call).to_owned(),
                faces.iter().map(|face| (*face).to_owned()).collect(),
            )
        })
        .collect();
    assert_eq!(described(&document), expected);
    every_parameter_is_there(&document);
    let mut walk = Walk {
        app,
        done: BTreeSet::new(),
    };
    reads(&mut walk).await;
    let samples = Samples::of(&walk.app).await;
    changes(&samples, async |face, path, body| {
        walk.act(face, &path, body).await
    })
    .await;
    let all: BTreeSet<String> = FACES
        .iter()
        .flat_map(|(_, faces)| faces.iter().map(|face| (*face).to_owned()))
        .collect();
    assert_eq!(walk.done, all);
    let metrics = walk.app.get("/metrics").await.text;
    println!("{:<28} {:<8} {:<10} REST", "call", "client", "stand-in");
    for (call, faces) in FACES {
        let count = format!("ev_portal_chargepoint_calls_total{{call=\"{call}\",code=\"100\"}} ");
        assert!(
            metrics.contains(&count),
            "{call} was not answered with 100:\n{metrics}"
        );
        println!("{call:<28} {:<8} {:<10} {}", "✓", "✓", faces.join(", "));
    }
    assert_eq!(FACES.len(), OPERATIONS.len());
    // `cargo xtask test` puts the columns of all tests together.
    if let Some(folder) = std::env::var_os("EV_PORTAL_CALLS").map(PathBuf::from) {
        let names: Vec<&str> = FACES.iter().map(|(call, _)| *call).collect();
        for column in ["stand-in", "REST"] {
            std::fs::write(folder.join(column), names.join("\n")).unwrap();
        }
    }
}

async fn reads(walk: &mut Walk) {
    let (place, ended) = (place(&walk.app), ended(&walk.app));
    let (station, group) = (place.station.as_str(), place.group.as_str());
    let session = ended.session;
    let span = "fromTimeStamp=2026-11-19T00:00:00Z&toTimeStamp=2026-11-19T06:00:00Z";
    let paid = "fromTransactionTimeStamp=2026-11-19T00:00:00Z&toTransactionTimeStamp=2026-11-19T06:00:00Z";
    for (face, path) in [
        ("GET /cpn-instances", "/cpn-instances".to_owned()),
        ("GET /stations", "/stations".into()),
        ("GET /stations/{id}", format!("/stations/{station}")),
        ("GET /stations/status", "/stations/status".into()),
        ("GET /stations/{id}/status", format!("/stations/{station}/status")),
        (
            "GET /organizations/{orgId}/station-groups",
            format!("/organizations/{}/station-groups", place.organization),
        ),
        ("GET /station-groups/{id}", format!("/station-groups/{group}")),
        ("GET /organizations", format!("/organizations?sgId={group}")),
        ("GET /station-rights", "/station-rights".into()),
        (
            "GET /station-groups/{id}/rights-profile",
            format!("/station-groups/{group}/rights-profile"),
        ),
        (
            "GET /station-groups/{id}/load",
            format!("/station-groups/{group}/load"),
        ),
        ("GET /stations/{id}/load", format!("/stations/{station}/load")),
        ("GET /sessions", format!("/sessions?{span}")),
        ("GET /sessions/{id}", format!("/sessions/{session}")),
        (
            "GET /sessions/{id}/intervals",
            format!("/sessions/{session}/intervals"),
        ),
        ("GET /transactions", format!("/transactions?{paid}")),
        ("GET /transactions/sums", format!("/transactions/sums?{paid}")),
        ("GET /alarms", "/alarms".into()),
        ("GET /fleet/vehicles", "/fleet/vehicles".into()),
        ("GET /fleet/usage", format!("/fleet/usage?{span}")),
        ("GET /fleet/usage/sums", format!("/fleet/usage/sums?{span}")),
    ] {
        walk.act(face, &path, Value::Null).await;
    }
    let drivers = walk
        .act("GET /drivers", "/drivers?connection.status=PENDING", Value::Null)
        .await;
    let driver = drivers["items"][0]["userId"].as_str().unwrap();
    walk.act(
        "GET /drivers/{userId}",
        &format!("/drivers/{driver}"),
        Value::Null,
    )
    .await;
}

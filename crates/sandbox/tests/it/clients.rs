//! Clients that other people wrote: zeep in strict mode, and node-soap. The commands of the
//! project set them up and name them in `EV_PORTAL_PYTHON` (a Python with zeep) and
//! `EV_PORTAL_NODE_MODULES` (a folder with node_modules).

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use chargepoint::calls::station_status::{GetStationStatus, StationIds};
use chargepoint::calls::stations::{GetStations, SerialNumbers};
use chargepoint::codec::envelope::{self, UsernameToken};
use chargepoint::{DateTime, Geo, PricingOptions, StationsQuery, StatusQuery, Time};
use sandbox::Running;
use serde_json::{Value, json};

use super::support::{NOW, start};

/// What a client is expected to find.
fn expectations(running: &Running) -> Value {
    let station = |estate: &sandbox::Estate, station: &chargepoint::Station| {
        let status = estate.status(station, NOW);
        let ports = station.ports.iter().zip(&status.ports).map(|(port, state)| {
            let geo = port.geo.as_ref().unwrap();
            json!({
                "number": port.port_number, "connector": port.connector, "status": state.status,
                "lat": geo.lat, "long": geo.long,
            })
        });
        json!({
            "id": station.station_id, "name": station.station_name, "address": station.address,
            "city": station.city, "organization": station.org_id,
            "groups": station.sg_ids.as_ref().unwrap().0,
            "network": status.network_status, "ports": ports.collect::<Vec<_>>(),
        })
    };
    let stations: Vec<Value> =
        running.estate(|estate| estate.stations().map(|known| station(estate, known)).collect());
    json!({
        "licenseKey": "sandbox", "password": "sandbox", "stations": stations,
        "messages": messages(),
    })
}

/// What our client sends with every parameter set, to be checked against the schema.
fn messages() -> [String; 2] {
    let token = UsernameToken {
        username: "sandbox".into(),
        password: "sandbox".into(),
    };
    let text = || Some("text".to_owned());
    let geo = || Some(Geo { lat: 1.5, long: -2.5 });
    let pricing = || {
        Some(PricingOptions {
            start_time: Some(Time::from("10:00:00")),
            duration: Some(1),
            energy_required: Some(1.5),
            vehicle_power: Some(11.0),
        })
    };
    let serials = || {
        Some(SerialNumbers {
            numbers: vec!["1".to_owned(), "2".to_owned()],
        })
    };
    let stations = GetStations {
        search_query: StationsQuery {
            station_id: text(),
            station_manufacturer: text(),
            station_model: text(),
            station_name: text(),
            serial_number: text(),
            address: text(),
            city: text(),
            state: text(),
            country: text(),
            postal_code: text(),
            proximity: Some(5.0),
            proximity_unit: text(),
            connector: text(),
            voltage: text(),
            current: text(),
            power: text(),
            demo_serial_number: serials(),
            reservable: Some(true),
            geo: geo(),
            level: text(),
            mode: text(),
            pricing: pricing(),
            org_id: text(),
            organization_name: text(),
            sg_id: text(),
            sg_name: text(),
            station_activation_date: Some(DateTime::from("2026-11-20T10:00:00Z")),
            warranty_service: text(),
            start_record: Some(1),
            num_stations: Some(500),
        },
    };
    let status = GetStationStatus {
        search_query: StatusQuery {
            station_id: text(),
            station_ids: Some(StationIds {
                ids: vec!["1:1".to_owned(), "1:2".to_owned()],
            }),
            station_manufacturer: text(),
            station_model: text(),
            station_name: text(),
            address: text(),
            city: text(),
            state: text(),
            country: text(),
            postal_code: text(),
            proximity: Some(0.5),
            proximity_unit: text(),
            connector: text(),
            voltage: text(),
            current: text(),
            power: text(),
            port_details: Some(true),
            demo_serial_number: serials(),
            reservable: Some(false),
            geo: geo(),
            status: Some(1),
            level: text(),
            mode: text(),
            pricing: pricing(),
            start_record: Some(1),
            num_stations: Some(1),
        },
    };
    [
        envelope::write_request(&token, &stations),
        envelope::write_request(&token, &status),
    ]
}

/// The value of a variable; without it the test is passed over, or fails where all must run.
fn wanted(variable: &str) -> Option<PathBuf> {
    if let Some(value) = env::var_os(variable) {
        return Some(value.into());
    }
    let must = env::var_os("CI").is_some() || env::var_os("EV_PORTAL_REQUIRE_CLIENTS").is_some();
    assert!(!must, "{variable} is not set; `cargo xtask test` sets it");
    eprintln!("passed over: {variable} is not set");
    None
}

async fn run(program: &Path, script: &str) {
    let running = start().await;
    let name = format!("ev-portal-{script}-{}.json", running.addr().port());
    let file = env::temp_dir().join(name);
    std::fs::write(&file, expectations(&running).to_string()).unwrap();
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients");
    let mut command = Command::new(program);
    command.arg(scripts.join(script)).arg(running.wsdl()).arg(&file);
    command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap();
    std::fs::remove_file(&file).unwrap();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{failed}");
    println!("{said}");
}

#[tokio::test]
async fn zeep_in_strict_mode() {
    if let Some(python) = wanted("EV_PORTAL_PYTHON") {
        run(&python, "zeep_client.py").await;
    }
}

#[tokio::test]
async fn node_soap() {
    if wanted("EV_PORTAL_NODE_MODULES").is_some() {
        run(Path::new("node"), "node_soap_client.mjs").await;
    }
}

//! Clients that other people wrote: zeep in strict mode, and node-soap. The commands of the
//! project set them up and name them in `EV_PORTAL_PYTHON` (a Python with zeep) and
//! `EV_PORTAL_NODE_MODULES` (a folder with node_modules).

mod calls;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use sandbox::Running;
use sandbox::estate::drivers::Driver;
use serde_json::{Value, json};

use super::client_messages::messages;
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
    let drivers: Vec<Value> = running.estate(|estate| estate.drivers().iter().map(driver).collect());
    json!({
        "licenseKey": "sandbox", "password": "sandbox", "stations": stations, "drivers": drivers,
        "messages": messages(), "calls": calls::calls(running),
    })
}

fn driver(Driver { user, .. }: &Driver) -> Value {
    let connection = user.connection.as_ref();
    let infos = connection.and_then(|connection| connection.custom_infos.as_ref());
    let infos = infos.into_iter().flat_map(|list| &list.infos);
    let infos = infos.map(|info| json!([info.key, info.value]));
    json!({
        "id": user.user_id, "firstName": user.first_name, "lastName": user.last_name,
        "email": user.driver_email,
        "connection": connection.and_then(|connection| connection.status.as_ref()),
        "realm": user.management_realm.as_ref().and_then(|realm| realm.status.as_ref()),
        "answers": infos.collect::<Vec<_>>(),
        "credentials": user.credential_ids.as_ref().map_or(&[][..], |list| &list.ids),
    })
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
    // For the table that `cargo xtask test` puts together.
    if let Some(folder) = env::var_os("EV_PORTAL_CALLS").map(PathBuf::from) {
        let names = said
            .lines()
            .find_map(|line| line.strip_prefix("calls: "))
            .unwrap();
        let column = if script.contains("zeep") {
            "zeep"
        } else {
            "node-soap"
        };
        std::fs::write(folder.join(column), names.replace(' ', "\n")).unwrap();
    }
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

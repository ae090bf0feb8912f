//! A judge from elsewhere: ocpi-kit's program, asked by the test command to look at the portal. Without
//! `EV_PORTAL_OCPI_KIT`, its path, there is no judgement, unless `EV_PORTAL_REQUIRE_CLIENTS` wants one.

use std::ffi::OsString;
use std::io::Write;
use std::process::Command;

use futures::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};

use super::partner::Peer;
use crate::decision::world::execute;
use crate::support::TestApp;

/// More than fit a page.
const PLACES: usize = 1_000;

/// The path of a program from elsewhere, in that variable.
pub fn program(variable: &str) -> Option<OsString> {
    let program = std::env::var_os(variable);
    let must = ["CI", "EV_PORTAL_REQUIRE_CLIENTS"].map(std::env::var_os);
    let must = must.iter().any(Option::is_some);
    assert!(program.is_some() || !must, "{variable} names no program");
    program
}

/// What the program says, and whether it is content.
async fn judge(arguments: Vec<String>) -> Option<(bool, String)> {
    let program = program("EV_PORTAL_OCPI_KIT")?;
    let run = move || Command::new(program).args(arguments).arg("--insecure").output();
    let output = tokio::task::spawn_blocking(run).await.unwrap().unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Some((output.status.success(), said))
}

/// Says it to whoever runs the tests, and to the test command.
pub fn tell(said: &str) {
    println!("{said}");
    let Some(path) = std::env::var_os("EV_PORTAL_OCPI_REPORT") else {
        return;
    };
    let mut file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .unwrap();
    writeln!(file, "{said}").unwrap();
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A thousand places of which each tenth is private; a partner who is shown them all but some.
async fn world() -> (TestApp, Peer) {
    let app = TestApp::builder().estate(5_200).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    let peer = app.registered("NL-HUB", "HUB").await;
    let mine = json!({ "country_code": "NL", "party_id": "HUB", "uid": "04A1B2C3", "type": "RFID",
        "contract_id": "NL-HUB-C00000001", "issuer": "Hub", "valid": true, "whitelist": "NEVER",
        "last_updated": "2026-11-20T08:00:00Z" });
    let sent = peer.put("/2.2.1/cpo/tokens/NL/HUB/04A1B2C3", mine).await;
    assert_eq!(sent.json["status_code"], 1000);
    for n in 0..3 {
        app.token(
            json!({ "authId": format!("NL-HUB-C0000010{n}"), "chipId": format!("04D1D2D{n}"),
            "visualId": format!("000{n}"), "issuer": "Hub" }),
        )
        .await;
    }
    let locations = app.get("/locations?pageSize=500").await.ok();
    for (n, location) in locations["items"].as_array().unwrap().iter().take(30).enumerate() {
        let path = format!(
            "/locations/{}/authorization/tokens",
            location["id"].as_str().unwrap()
        );
        let auth = ["NL-HUB-C00000001", "NL-HUB-C00000100", "NL-GFX-C00000009"][n % 3];
        let request = app.request(reqwest::Method::POST, &path).header("if-match", "*");
        crate::support::Answer::of(request.json(&json!({ "authIds": [auth] })))
            .await
            .ok();
    }
    (app, peer)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ocpi_kit_finds_nothing_wrong() {
    let (app, peer) = world().await;
    let versions = format!("{}/ocpi/versions", app.site());
    let asked = words(&["conformance", &versions, "--token", &peer.token, "--limit", "100"]);
    let Some((is_content, report)) = judge(asked).await else {
        println!("ocpi-kit is not here: no judgement");
        return;
    };
    tell(&report);
    assert!(is_content, "{report}");
    assert!(report.contains(" 0 failed, 0 warnings"), "{report}");

    // All of them, page by page; then those of a window.
    let total: usize = peer
        .get("/2.2.1/cpo/locations?limit=1")
        .await
        .header("x-total-count")
        .parse()
        .unwrap();
    assert!(total >= PLACES, "{total}");
    let pull = ["pull", "locations", &versions, "--token", &peer.token];
    let (is_content, said) = judge(words(&pull)).await.unwrap();
    assert!(is_content, "{said}");
    let pulled = said.lines().filter(|line| line.starts_with('{')).count();
    tell(&format!("ocpi pull: {pulled} of {total} locations"));
    assert_eq!(pulled, total, "{}", said.chars().take(2_000).collect::<String>());
    execute(
        &app,
        "UPDATE locations SET updated_at = '2099-01-01T00:00:00Z' WHERE id IN \
        (SELECT id FROM locations WHERE customers + tokens = 0 AND gone = 0 ORDER BY id LIMIT 7)",
    )
    .await;
    let since = [&pull[..], &["--since", "2099-01-01T00:00:00Z"]].concat();
    let (is_content, said) = judge(words(&since)).await.unwrap();
    assert!(is_content, "{said}");
    let window = said.lines().filter(|line| line.starts_with('{')).count();
    tell(&format!("ocpi pull --since: {window} of the 7 that changed"));
    assert_eq!(window, 7, "{said}");
}

/// How many programs look at objects at once.
const AT_ONCE: usize = 4;

/// Every object is one to ocpi-kit.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ocpi_kit_takes_every_object() {
    if program("EV_PORTAL_OCPI_KIT").is_none() {
        return;
    }
    let (app, peer) = world().await;
    let folder = app.dir.path();
    let mut objects = vec![
        ("version-details", peer.get("/2.2.1").await.data()),
        ("credentials", peer.get("/2.2.1/credentials").await.data()),
    ];
    for (kind, path) in [("location", "cpo/locations"), ("token", "emsp/tokens")] {
        let before = objects.len();
        let total = loop {
            let offset = objects.len() - before;
            let page = peer.get(&format!("/2.2.1/{path}?offset={offset}")).await;
            let total: usize = page.header("x-total-count").parse().unwrap();
            let items = page.data().as_array().unwrap().clone();
            if items.is_empty() {
                break total;
            }
            objects.extend(items.into_iter().map(|item| (kind, item)));
        };
        assert_eq!(objects.len() - before, total, "{kind}");
    }
    let count = objects.len();
    assert!(count > PLACES, "{count}");
    let checks = objects.into_iter().enumerate().map(async |(n, (kind, object))| {
        let file = folder.join(format!("object-{n}.json"));
        std::fs::write(&file, object.to_string()).unwrap();
        let path = file.to_str().unwrap();
        let asked = words(&["validate", path, "--as", kind, "--version", "2.2.1"]);
        match judge(asked).await.unwrap() {
            (true, _) => Ok(()),
            (false, said) => Err(format!("{kind}: {said}: {object}")),
        }
    });
    let checked: Result<Vec<()>, String> = stream::iter(checks).buffer_unordered(AT_ONCE).try_collect().await;
    assert_eq!(checked.unwrap().len(), count);
    tell(&format!("ocpi validate: {count} objects, all conformant"));
}

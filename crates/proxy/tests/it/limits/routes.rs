//! Every route with an id in it, asked with what is of another organization.

use proxy::access::routes;
use reqwest::Method;
use serde_json::{Value, json};

use super::{HIDDEN, OURS, THEIRS, World, limited, nothing_of_theirs};
use crate::support::{Answer, TestApp, on_both};

/// Addresses of what belongs to everybody, or to whoever asks.
const EVERYBODYS: &[&str] = &["/customers/{id}", "/tokens/{id}", "/tables/{list}"];

/// Addresses of what ChargePoint knows, which `estate::limits` asks with a stand-in behind.
pub const CHARGEPOINTS: &[&str] = &[
    "/stations/",
    "/station-groups/",
    "/organizations/",
    "/sessions/",
    "/drivers/",
    "/load/",
    "/fleet/",
];

/// A body with which the route would do something.
fn body(path: &str) -> Value {
    match path.rsplit('/').next().unwrap_or_default() {
        "customers" => json!({ "customerIds": [] }),
        "tokens" => json!({ "tokenIds": [], "authIds": ["NL-GFX-C00000003-0"] }),
        "remove" => json!({ "all": true, "confirm": true }),
        "imports" => json!({ "fileName": "x.csv", "kind": "auth-id" }),
        "finalise" => json!({ "clear": true, "ids": 1 }),
        "{seq}" => json!({ "ids": ["NL-GFX-C00000003-0"] }),
        "decide" => json!({ "chosen": { "query": "", "count": 1 }, "decision": "Approve" }),
        "apply" => json!({ "evseId": "1:1-1" }),
        "export" => json!({ "format": "csv" }),
        _ if path.starts_with("/tables/{list}/views") => {
            json!({ "name": "Taken", "query": "", "everyone": false })
        }
        "{id}" if path.starts_with("/locations") => json!({ "name": "Taken" }),
        "{id}" if path.starts_with("/connections") => json!({ "connectionName": "Taken" }),
        "{id}" if path.starts_with("/chargestations") => json!({ "model": "Taken" }),
        "{id}" if path.starts_with("/station_tokens") => json!({ "description": "Taken" }),
        _ => json!({}),
    }
}

on_both! {
    async fn no_route_reaches_what_is_of_another_organization(app) {
        let world = World::of(app).await;
        let person = limited(app, "Lena", &[OURS]).await;
        let key = app.get("/keys").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
        let view = json!({ "name": HIDDEN, "query": "q=x", "everyone": false });
        let view = app.post("/tables/tokens/views", view).await.json["id"].as_str().unwrap().to_owned();
        app.get("/locations/export?progress=0123456789abcdef").await;
        let file = format!("Token S/N,Part No.,Cloud Plan,Org ID\nVBG-9,P,Plan,{}\n", THEIRS);
        let stock = app.request(Method::POST, "/station_tokens/imports").body(file);
        let stock = Answer::of(stock).await.json["id"].as_str().unwrap().to_owned();
        let administrator = app.get("/accounts?q=tess").await.ok()["items"][0]["id"].as_str().unwrap().to_owned();
        let before = world.theirs.picture(app).await;
        let (mut asked, mut shared) = (0, 0);
        for (method, pattern, _) in routes::all().filter(|(_, path, _)| path.contains('{')) {
            if CHARGEPOINTS.iter().any(|own| pattern.starts_with(own)) {
                continue;
            }
            let theirs = &world.theirs;
            let id = match pattern {
                path if path.starts_with("/locations/") => &theirs.location,
                path if path.starts_with("/connections/") => &theirs.connection,
                path if path.starts_with("/station_tokens/") => &theirs.token,
                path if path.starts_with("/driver_requests/") => &theirs.request,
                path if path.starts_with("/chargestations/") => &theirs.chargestation,
                path if path.starts_with("/customers/") => &world.customer,
                path if path.starts_with("/tokens/") => &world.token,
                path if path.starts_with("/keys/") => &key,
                path if path.starts_with("/accounts/") => &administrator,
                path if path.starts_with("/roles/") => "viewer",
                _ => &view,
            };
            let import = if pattern.starts_with("/station_tokens") { &stock } else { &theirs.import };
            let path = pattern
                .replace("{id}", id)
                .replace("{importId}", import)
                .replace("{entryId}", &world.customer)
                .replace("{seq}", "1")
                .replace("{list}", "tokens")
                .replace("{progress}", "0123456789abcdef");
            let request = person.request(method.clone(), &path).header("if-match", "*");
            let answer = Answer::of(match *method {
                Method::GET => request,
                _ => request.json(&body(pattern)),
            })
            .await;
            nothing_of_theirs(&answer.text, &format!("{method} {pattern}"));
            let everybodys = EVERYBODYS.iter().any(|own| pattern.starts_with(own));
            if everybodys && answer.status < 300 {
                shared += 1;
            } else {
                assert!(matches!(answer.status, 403 | 404), "{method} {pattern}: {} {}", answer.status, answer.text);
            }
            asked += 1;
        }
        assert_eq!(world.theirs.picture(app).await, before);
        assert!(asked > 80 && (8..30).contains(&shared), "{asked} {shared}");
        // The same addresses lead to what is one's own.
        for (path, id) in [("locations", &world.ours.location), ("connections", &world.ours.connection), ("station_tokens", &world.ours.token)] {
            assert_eq!(person.get(&format!("/{path}/{id}")).await.ok()["id"], **id);
        }
        let name = json!({ "name": "Ours now" });
        person.send(Method::PATCH, &format!("/locations/{}", world.ours.location), name).await.ok();
        println!("limits: {asked} routes with an id, asked with what is of another organization");
    }
}

/// What was answered to somebody else is not answered again to whoever sends the same key.
#[tokio::test]
async fn an_idempotency_key_is_ones_own() {
    let app = TestApp::sqlite().await;
    let world = World::of(&app).await;
    let (one, other) = (
        limited(&app, "Lena", &[OURS]).await,
        limited(&app, "Otto", &[OURS]).await,
    );
    let path = format!("/locations/{}/authorization/imports", world.ours.location);
    let stage = async |person: &crate::support::Person| {
        let request = person
            .request(Method::POST, &path)
            .header("idempotency-key", "same");
        Answer::of(request.json(&json!({ "fileName": "x.csv", "kind": "auth-id" })))
            .await
            .json["id"]
            .clone()
    };
    let first = stage(&one).await;
    assert_eq!(stage(&one).await, first);
    assert_ne!(stage(&other).await, first);
}

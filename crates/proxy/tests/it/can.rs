//! `can`: what a record's reader may do with it is what the routes let them do.

use std::collections::BTreeSet;

use domain::access::ROLES;
use domain::accounts::{Account, Role};
use domain::authorization::{CustomerEntry, TokenEntry};
use domain::chargestations::ChargestationRow;
use domain::column::Listed;
use domain::connections::Connection;
use domain::customers::Customer;
use domain::driver_requests::DriverRequest;
use domain::imports::Import;
use domain::locations::Location;
use domain::partners::Partner;
use domain::refused::RefusedToken;
use domain::station_tokens::StationToken;
use domain::tokens::Token;
use proxy::access::routes::{Needs, needs};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::{Person, TestApp};

/// Which route does each action of a kind of record.
fn check<T: Listed>(doers: &[(&str, &str, &str)]) {
    let actions: BTreeSet<&str> = T::ACTIONS.iter().map(|action| action.key).collect();
    let tested: BTreeSet<&str> = doers.iter().map(|(key, ..)| *key).collect();
    assert_eq!(actions, tested, "{}", T::NAME);
    for (key, method, path) in doers {
        let action = T::ACTIONS.iter().find(|action| action.key == *key).unwrap();
        let needs = needs(&method.parse().unwrap(), &format!("/api/v1{path}"));
        let permissions = match needs.unwrap_or_else(|| panic!("{method} {path}")) {
            Needs::Permission(one) => vec![one],
            Needs::Either(one, other) => vec![one, other],
            other => panic!("{method} {path}: {other:?}"),
        };
        assert_eq!(action.needs, permissions, "{} {key}", T::NAME);
    }
}

#[test]
fn an_action_takes_the_permission_of_the_route_that_does_it() {
    let list = "/locations/{id}/authorization";
    let import = format!("{list}/imports/{{importId}}");
    check::<Location>(&[
        ("edit", "PATCH", "/locations/{id}"),
        ("authorize", "POST", &format!("{list}/tokens")),
        ("publish", "POST", "/locations/{id}/publish"),
        ("unpublish", "POST", "/locations/{id}/unpublish"),
    ]);
    check::<CustomerEntry>(&[("remove", "POST", &format!("{list}/customers/remove"))]);
    check::<TokenEntry>(&[("remove", "POST", &format!("{list}/tokens/remove"))]);
    check::<RefusedToken>(&[
        ("authorize", "POST", &format!("{list}/tokens")),
        ("forget", "POST", "/locations/{id}/refused/forget"),
    ]);
    check::<Import>(&[
        ("finalise", "POST", &format!("{import}/finalise")),
        ("discard", "DELETE", &import),
        ("undo", "POST", &format!("{import}/undo")),
    ]);
    check::<Customer>(&[
        ("edit", "PATCH", "/customers/{id}"),
        ("delete", "DELETE", "/customers/{id}"),
    ]);
    check::<Token>(&[
        ("edit", "PATCH", "/tokens/{id}"),
        ("delete", "DELETE", "/tokens/{id}"),
        ("block", "POST", "/tokens/block"),
        ("unblock", "POST", "/tokens/unblock"),
    ]);
    check::<StationToken>(&[
        ("edit", "PATCH", "/station_tokens/{id}"),
        ("apply", "POST", "/station_tokens/{id}/apply"),
        ("transfer", "POST", "/station_tokens/transfers"),
        ("delete", "DELETE", "/station_tokens/{id}"),
    ]);
    check::<Partner>(&[
        ("edit", "PATCH", "/partners/{id}"),
        ("token", "POST", "/partners/{id}/token"),
        ("register", "POST", "/partners/{id}/register"),
        ("revoke", "POST", "/partners/{id}/revoke"),
        ("delete", "DELETE", "/partners/{id}"),
    ]);
    check::<Connection>(&[
        ("edit", "PATCH", "/connections/{id}"),
        ("enable", "PATCH", "/connections/{id}"),
        ("disable", "PATCH", "/connections/{id}"),
        ("invite", "GET", "/connections/{id}/invitation"),
        ("rotate", "POST", "/connections/{id}/invitation/rotate"),
        ("delete", "DELETE", "/connections/{id}"),
    ]);
    check::<ChargestationRow>(&[
        ("edit", "PATCH", "/chargestations/{id}"),
        ("activate", "PATCH", "/chargestations/{id}"),
        ("deactivate", "PATCH", "/chargestations/{id}"),
        ("delete", "DELETE", "/chargestations/{id}"),
    ]);
    check::<DriverRequest>(&[
        ("approve", "POST", "/driver_requests/decide"),
        ("deny", "POST", "/driver_requests/decide"),
        ("remove", "POST", "/driver_requests/decide"),
    ]);
    check::<Account>(&[
        ("edit", "PATCH", "/accounts/{id}"),
        ("setUp", "POST", "/accounts/{id}/set-up"),
        ("signOut", "DELETE", "/accounts/{id}/sessions"),
        ("enable", "PATCH", "/accounts/{id}"),
        ("disable", "PATCH", "/accounts/{id}"),
        ("delete", "DELETE", "/accounts/{id}"),
    ]);
    check::<Role>(&[
        ("edit", "PATCH", "/roles/{id}"),
        ("delete", "DELETE", "/roles/{id}"),
    ]);
}

fn told(record: &Value) -> Vec<&str> {
    let can = record["can"].as_array();
    let can = can.unwrap_or_else(|| panic!("no `can`: {record}"));
    can.iter().filter_map(Value::as_str).collect()
}

/// Every row of a list, and its first record by itself, tell a person what their role and the row's state allow.
async fn rows<T: Listed + DeserializeOwned>(person: &Person, role: &str, list: &str, by_id: bool) -> u32 {
    let role = ROLES.iter().find(|own| own.id == role).unwrap();
    let answer = person.get(&format!("{list}?pageSize=500")).await;
    if answer.status == 403 {
        return 0;
    }
    let page = answer.ok();
    let mut seen = 0;
    for row in page["items"].as_array().unwrap() {
        let record: T = serde_json::from_value(row.clone()).unwrap();
        assert_eq!(
            told(row),
            record.can(|key| role.holds(key)),
            "{} in {list}",
            role.id
        );
        seen += 1;
        if by_id && seen == 1 {
            // A station's record has the seed's fields alone.
            let page = if list == "/chargestations" { "/page" } else { "" };
            let one = person.get(&format!("{list}/{}{page}", record.id())).await.ok();
            assert_eq!(one["can"], row["can"]);
        }
    }
    seen
}

#[tokio::test]
async fn rows_and_records_tell_every_role_what_it_may() {
    let app = TestApp::builder().sandbox(8).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    proxy::seed::fill(&app.app.books).await.unwrap();
    let private = app.get("/locations?filter=visibility:is:Private").await.ok();
    let location = private["items"][0]["id"].as_str().unwrap();
    let list = format!("/locations/{location}/authorization");
    app.stage(location, "auth-id", &[&["NL-GFX-C00000001-4"]]).await;
    for role in ROLES {
        let person = app.person(role.name, role.id).await;
        let mut seen = Vec::new();
        seen.push(rows::<Location>(&person, role.id, "/locations", true).await);
        seen.push(rows::<Import>(&person, role.id, &format!("{list}/imports"), true).await);
        let entries = rows::<CustomerEntry>(&person, role.id, &format!("{list}/customers"), false).await;
        seen.push(entries + rows::<TokenEntry>(&person, role.id, &format!("{list}/tokens"), false).await);
        seen.push(rows::<Customer>(&person, role.id, "/customers", true).await);
        seen.push(rows::<Token>(&person, role.id, "/tokens", true).await);
        seen.push(rows::<StationToken>(&person, role.id, "/station_tokens", true).await);
        seen.push(rows::<Connection>(&person, role.id, "/connections", true).await);
        seen.push(rows::<DriverRequest>(&person, role.id, "/driver_requests", false).await);
        seen.push(rows::<Account>(&person, role.id, "/accounts", true).await);
        seen.push(rows::<ChargestationRow>(&person, role.id, "/chargestations", true).await);
        seen.push(rows::<Role>(&person, role.id, "/roles", true).await);
        match role.id {
            "administrator" => assert!(seen.iter().all(|rows| *rows > 0), "{seen:?}"),
            _ => assert!(seen.iter().any(|rows| *rows > 0), "{}: {seen:?}", role.id),
        }
    }
}

/// What a change answers tells it too, a key may do no more than its scope, and an export is columns alone.
#[tokio::test]
async fn changes_tell_it_and_keys_by_their_scope() {
    let app = TestApp::sqlite().await;
    let customer = app.post("/customers", json!({ "name": "Acme" })).await;
    assert_eq!(told(&customer.json), ["edit", "delete"]);
    let id = customer.json["id"].as_str().unwrap();
    let changed = app
        .change(
            reqwest::Method::PATCH,
            &format!("/customers/{id}"),
            &json!(1),
            json!({ "note": "x" }),
        )
        .await;
    assert_eq!(told(&changed.json), ["edit", "delete"]);
    let scope = json!({ "name": "reader", "permissions": ["View:Customer"], "days": 1 });
    let admin = app.person("Ada", "administrator").await;
    let key = admin.send(reqwest::Method::POST, "/keys", scope).await.json["secret"].clone();
    let asked = crate::support::http()
        .get(format!("{}/api/v1/customers/{id}", app.site()))
        .bearer_auth(key.as_str().unwrap());
    assert_eq!(told(&crate::support::Answer::of(asked).await.ok()), [""; 0]);
    let file = app.get("/customers/export?format=json").await;
    assert!(
        file.text.contains("Acme") && !file.text.contains("\"can\""),
        "{}",
        file.text
    );
}

#[tokio::test]
async fn the_description_names_what_can_be_done() {
    let app = TestApp::sqlite().await;
    let document = app.get("/api/openapi.json").await.ok();
    let schemas = &document["components"]["schemas"];
    let keys = |name: &str| schemas[name]["properties"]["can"]["items"]["enum"].clone();
    assert_eq!(
        keys("Location"),
        json!(["edit", "authorize", "publish", "unpublish"])
    );
    assert_eq!(keys("DriverRequest"), json!(["approve", "deny", "remove"]));
    assert_eq!(keys("RemovedEntry"), Value::Null);
}

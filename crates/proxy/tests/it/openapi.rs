use serde_json::Value;

use crate::estate::sample;
use crate::support::TestApp;

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn the_description_names_every_address_and_every_record() {
    let app = TestApp::sqlite().await;
    let document = app.get("/api/openapi.json").await.ok();
    assert_eq!(document["openapi"], "3.1.0");
    let mut operations: Vec<String> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            operations.push(format!("{method} {}", path.strip_prefix("/api/v1").unwrap()));
            assert!(!operation["summary"].as_str().unwrap().is_empty());
            let named = operation["parameters"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|p| p["in"] == "path")
                .count();
            assert_eq!(named, path.matches('{').count(), "{path}");
            // Whoever may ask without an account names none.
            let account = serde_json::json!({ "$ref": "#/components/parameters/account" });
            let is_open = operation["security"] == serde_json::json!([]);
            assert_eq!(
                is_open,
                (method.as_str(), path.as_str()) == ("post", "/api/v1/session")
            );
            assert_eq!(
                operation["parameters"].as_array().unwrap().contains(&account),
                !is_open,
                "{path}"
            );
        }
    }
    operations.sort();
    assert_eq!(operations.join("\n"), include_str!("operations.txt").trim_end());
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        let target = document.pointer(reference.strip_prefix('#').unwrap());
        assert!(target.is_some(), "{reference}");
    }
    let account = &document["components"]["parameters"]["account"];
    assert_eq!(account["name"], "ev-portal-account");
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(
        (&schemes["key"]["scheme"], &schemes["session"]["name"]),
        (&"bearer".into(), &"ev_portal".into())
    );
    let location = &document["components"]["schemas"]["Location"]["properties"];
    assert!(location["visibility"].is_object() && location["openingHours"].is_object());
    let create = &document["paths"]["/api/v1/customers"]["post"];
    assert!(
        create["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .any(|p| p["name"] == "Idempotency-Key")
    );
}

/// Whoever reads it sees what may come, good and bad.
#[tokio::test]
async fn every_operation_has_examples_of_its_answers_and_of_its_errors() {
    let app = TestApp::sqlite().await;
    let document = app.get("/api/openapi.json").await.ok();
    let (mut lists, mut records) = (0, 0);
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let responses = operation["responses"].as_object().unwrap();
            let (bad, good): (Vec<_>, Vec<_>) =
                responses.iter().partition(|(status, _)| status.as_str() >= "400");
            assert!(!bad.is_empty() && good.len() == 1, "{method} {path}");
            for (status, response) in bad {
                let problem = &response["content"]["application/problem+json"]["example"];
                assert_eq!(problem["status"].to_string(), *status, "{method} {path}");
                assert!(problem["title"].is_string(), "{method} {path}: {status}");
            }
            if operation["x-chargepoint-call"].is_string() {
                for status in ["429", "502", "503", "504"] {
                    assert!(responses.contains_key(status), "{method} {path}: {status}");
                }
            }
            let answer = &good[0].1["content"]["application/json"];
            if answer.is_null() {
                continue;
            }
            let example = &answer["example"];
            let told = match (&example["items"], example) {
                (Value::Array(items), _) => {
                    lists += 1;
                    items.first()
                }
                (_, Value::Array(items)) => items.first(),
                (_, record) => {
                    records += 1;
                    Some(record)
                }
            };
            let told = told.unwrap_or_else(|| panic!("{method} {path}: {example}"));
            // What a change answers may be that it was done, and nothing else.
            let is_told = method != "get" || told.as_object().is_none_or(|fields| !fields.is_empty());
            assert!(is_told && !told.is_null(), "{method} {path}: {example}");
        }
    }
    assert!(lists >= 40 && records >= 60, "{lists} lists, {records} records");
}

/// What the description says a route answers, it answers.
#[tokio::test]
async fn answers_have_the_fields_that_the_description_requires() {
    let app = TestApp::builder().estate(160).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    proxy::seed::fill(&app.app.books).await.unwrap();
    let document = app.get("/api/openapi.json").await.ok();
    let first = async |path: &str| {
        app.get(path).await.ok()["items"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let shown = first("/locations/visible").await;
    let (location, customer, token) = (
        first("/locations").await,
        first("/customers").await,
        first("/tokens").await,
    );
    let place = sample::place(&app);
    let driver = app.get("/drivers").await.ok()["items"][0]["userId"]
        .as_str()
        .unwrap()
        .to_owned();
    let station_token = first("/station_tokens").await;
    let connection = first("/connections").await;
    let (account, role) = (first("/accounts").await, first("/roles").await);
    let partner = app.partner("NL-TNM", "EMSP").await.id;
    let import = app.stage(&location, "auth-id", &[&["NL-GFX-C00000001-4"]]).await;
    let import = import.rsplit('/').next().unwrap();
    let file = app
        .request(reqwest::Method::POST, "/station_tokens/imports")
        .body("Token S/N\n");
    let stock = crate::support::Answer::of(file).await.ok()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    // A name of 16 characters, as ids are.
    app.get(&format!("/tokens/export?progress={token}")).await.ok();
    let mut checked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        let schema = &methods["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        let Some(reference) = schema["$ref"].as_str() else {
            continue;
        };
        let id = match path {
            path if path.contains("/locations/visible/{id}") => &shown,
            path if path.contains("/locations/{id}") => &location,
            path if path.contains("/customers/{id}") => &customer,
            path if path.contains("/station_tokens/{id}") => &station_token,
            path if path.contains("/connections/{id}") => &connection,
            path if path.contains("/accounts/{id}") => &account,
            path if path.contains("/roles/{id}") => &role,
            path if path.contains("/chargestations/{id}") => &place.station,
            path if path.contains("/partners/{id}") => &partner,
            path if path.contains("/stations/{id}") => &place.station,
            path if path.contains("/station-groups/{id}") => &place.group,
            path if path.contains("/sessions/{id}") => &place.session,
            _ => &token,
        };
        let import = if path.contains("/station_tokens/imports") {
            stock.as_str()
        } else {
            import
        };
        let answer = app
            .get(
                &path
                    .replace("{id}", id)
                    .replace("{importId}", import)
                    .replace("{progress}", &token)
                    .replace("{orgId}", &place.organization)
                    .replace("{userId}", &driver)
                    .replace("{list}", "tokens"),
            )
            .await
            .ok();
        let required = &document.pointer(reference.strip_prefix('#').unwrap()).unwrap()["required"];
        for field in required.as_array().into_iter().flatten() {
            assert!(answer.get(field.as_str().unwrap()).is_some(), "{path}: {field}");
        }
        checked += 1;
    }
    assert!(checked >= 18, "{checked}");
}

#[tokio::test]
async fn the_page_to_read_it_loads_nothing() {
    let app = TestApp::sqlite().await;
    let page = app.get("/api/docs").await;
    assert!(page.header("content-type").starts_with("text/html"));
    assert_eq!(page.text.matches("<link").count(), 1);
    assert!(page.text.contains("href=\"/assets/docs.css\""));
    assert!(
        page.text
            .contains("/api/v1/locations/{id}/authorization/imports/{importId}/finalise")
    );
    for foreign in ["<script", "<style", "style=", "src=", "http://", "https://"] {
        let visible = page.text.split("<h1>Records</h1>").next().unwrap();
        assert!(!visible.contains(foreign), "{foreign}");
    }
}

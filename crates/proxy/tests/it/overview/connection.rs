use chargepoint::{Client, ClientConfig, Guards};
use sandbox::Fault;
use serde_json::{Value, json};

use crate::support::TestApp;

fn kept<'k>(told: &'k Value, call: &str) -> &'k Value {
    let all = told["kept"].as_array().unwrap();
    all.iter().find(|one| one["call"] == call).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_connection_goes_by_is_told_without_a_secret() {
    let app = TestApp::builder().sandbox(24).start().await;
    let told = app.get("/chargepoint").await.ok();
    assert_eq!(
        (&told["hasLicenceKey"], &told["hasPassword"]),
        (&json!(true), &json!(true))
    );
    assert!(told["address"].as_str().unwrap().starts_with("http://127.0.0.1:"));
    assert_eq!(
        (&told["region"], &told["breaker"]),
        (&json!(null), &json!("Closed"))
    );
    assert!(!told["kept"].to_string().contains("getStations"), "{told}");
    app.get("/stations").await.ok();
    app.get("/stations").await.ok();
    let told = app.get("/chargepoint").await.ok();
    let stations = kept(&told, "getStations");
    assert_eq!(stations["keptFor"], 900);
    assert_eq!((&stations["answers"], &stations["rows"]), (&json!(1), &json!(24)));
    assert_eq!((&stations["hits"], &stations["misses"]), (&json!(1), &json!(1)));
    assert!(stations["oldestSeconds"].as_u64().unwrap() < 60 && told["sent"].as_u64().unwrap() >= 1);
    let none = TestApp::sqlite().await.get("/chargepoint").await.ok();
    assert_eq!(
        (&none["configured"], &none["hasLicenceKey"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(none["breaker"], json!(null));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_asks_past_what_is_kept() {
    let app = TestApp::builder().sandbox(24).start().await;
    app.get("/cpn-instances").await.ok();
    let before = app.chargepoint().calls();
    let told = app.post("/chargepoint/test", Value::Null).await.ok();
    assert_eq!(app.chargepoint().calls() - before, 1);
    assert!(told["networks"].as_array().unwrap().len() > 1 && told["milliseconds"].is_u64());
    app.chargepoint().set_fault(Some(Fault::InvalidSecurity));
    let failed = app.post("/chargepoint/test", Value::Null).await;
    failed.problem(502, "/problems/chargepoint-refused-key");
    let none = TestApp::sqlite().await;
    let failed = none.post("/chargepoint/test", Value::Null).await;
    failed.problem(409, "/problems/chargepoint-not-configured");
    let person = none.person("Ivo Stock", "inventory-manager").await;
    let refused = person
        .send(reqwest::Method::POST, "/chargepoint/test", Value::Null)
        .await;
    refused.problem(403, "/problems/forbidden");
}

#[tokio::test]
async fn calls_that_are_left_are_counted() {
    let stand_in = sandbox::Sandbox::start(sandbox::SandboxConfig::default())
        .await
        .unwrap();
    let config = ClientConfig {
        guards: Guards::default(),
        ..ClientConfig::new(stand_in.endpoint(), "sandbox", "sandbox")
    };
    let client = Client::new(config).unwrap();
    assert_eq!(
        (client.health().minute, client.health().wildcard),
        (Some((300, 300)), Some(true))
    );
    client.cpn_instances().await.unwrap();
    assert_eq!(client.health().minute, Some((300, 299)));
}

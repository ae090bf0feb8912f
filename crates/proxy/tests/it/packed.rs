//! Who can unpack what is read gets it packed.

use std::io::Read;

use flate2::read::GzDecoder;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::TestApp;

async fn read(app: &TestApp, path: &str, accepted: &str) -> (String, Vec<u8>) {
    let request = app.request(Method::GET, path).header("accept-encoding", accepted);
    let response = request.send().await.unwrap();
    let coding = response.headers().get("content-encoding");
    let coding = coding.map_or("", |coding| coding.to_str().unwrap()).to_owned();
    (coding, response.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn lists_come_packed_to_whoever_can_unpack_them() {
    let app = TestApp::sqlite().await;
    for n in 0..20 {
        app.customer(&format!("Customer {n}")).await;
    }
    let (coding, plain) = read(&app, "/customers", "br, identity").await;
    assert_eq!(coding, "");
    let (coding, packed) = read(&app, "/customers", "br, gzip").await;
    assert_eq!(coding, "gzip");
    assert!(
        packed.len() < plain.len() / 2,
        "{} of {}",
        packed.len(),
        plain.len()
    );
    let mut unpacked = String::new();
    GzDecoder::new(&packed[..]).read_to_string(&mut unpacked).unwrap();
    let rows = |text: &[u8]| serde_json::from_slice::<Value>(text).unwrap()["items"].clone();
    assert_eq!(rows(unpacked.as_bytes()), rows(&plain));
    assert_eq!(rows(&plain).as_array().unwrap().len(), 20);
}

#[tokio::test]
async fn what_is_short_or_no_list_or_does_not_end_is_not_packed() {
    let app = TestApp::sqlite().await;
    for path in ["/tables/tokens", "/api/docs"] {
        assert_eq!(read(&app, path, "gzip").await.0, "", "{path}");
    }
    let events = app
        .request(Method::GET, "/events")
        .header("accept-encoding", "gzip");
    let headers = events.send().await.unwrap().headers().clone();
    assert_eq!(headers.get("content-encoding"), None);
}

#[tokio::test]
async fn what_is_answered_to_a_body_is_not_packed() {
    let app = TestApp::sqlite().await;
    for n in 0..20 {
        app.customer(&format!("Customer {n}")).await;
    }
    let file = app
        .request(Method::POST, "/customers/export")
        .header("accept-encoding", "gzip");
    let response = file
        .json(&json!({ "query": "", "format": "json" }))
        .send()
        .await
        .unwrap();
    let headers = response.headers().clone();
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(headers.get("content-encoding"), None);
    assert!(response.bytes().await.unwrap().len() > 1024);
}

//! ChargePoint's calls by REST, with the stand-in behind.

mod calls;
mod coverage;
mod faults;
mod kept;
mod limits;
mod live;
mod metrics;
mod oddities;
mod personal;
pub mod sample;
mod writes;
mod zones;

use chargepoint::codec::json::RecordJson;
use chargepoint::{Client, ClientConfig};
use serde_json::Value;

use crate::support::TestApp;

/// A portal before a stand-in whose clock stands still.
async fn app(scale: usize) -> TestApp {
    TestApp::builder().estate(scale).start().await
}

/// A client of the stand-in, past the portal.
fn client(app: &TestApp) -> Client {
    Client::new(ClientConfig::new(
        app.chargepoint().endpoint(),
        "sandbox",
        "sandbox",
    ))
    .unwrap()
}

/// Records as the portal tells them.
fn told<R: chargepoint::codec::Record>(rows: &[R]) -> Vec<Value> {
    // By way of the text: reading numbers is not exact to the last digit.
    let told = rows.iter().map(|row| {
        let text = serde_json::to_string(&RecordJson(row)).unwrap();
        serde_json::from_str(&text).unwrap()
    });
    told.collect()
}

/// All rows of a list, page by page.
pub async fn all(app: &TestApp, path: &str) -> Vec<Value> {
    let joint = if path.contains('?') { '&' } else { '?' };
    let mut rows = Vec::new();
    for page in 1.. {
        let answer = app
            .get(&format!("{path}{joint}pageSize=500&page={page}"))
            .await
            .ok();
        let items = answer["items"].as_array().unwrap();
        rows.extend(items.iter().cloned());
        if items.is_empty() || rows.len() as u64 >= answer["total"].as_u64().unwrap() {
            break;
        }
    }
    rows
}

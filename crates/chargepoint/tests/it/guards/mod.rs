//! What stands between a call and the service.

mod limits;
mod shared;
mod tries;

use std::time::Duration;

use chargepoint::{Association, Client, ClientConfig, Decision, Error, Guards, StationsQuery};

use super::fake::{Fake, http, stations};

fn found() -> Vec<u8> {
    let row = "<stationData><stationID>1:1</stationID></stationData>";
    http(200, "", stations("100", row, 0))
}

/// All guards, without the pauses that a test would have to wait for.
fn guards() -> Guards {
    Guards {
        retry_pause: Duration::ZERO,
        breaker: None,
        ..Guards::default()
    }
}

fn client(fake: &Fake, guards: Guards) -> Client {
    Client::new(ClientConfig {
        guards,
        ..fake.config()
    })
    .unwrap()
}

async fn read(client: &Client) -> Result<usize, Error> {
    let stations = client.stations(&StationsQuery::default()).await;
    stations.map(|stations| stations.len())
}

async fn write(client: &Client) -> Result<(), Error> {
    let decided = client.update_user_status("7", Association::Connection, Decision::Approved, "");
    decided.await
}

fn named(name: &str) -> StationsQuery {
    StationsQuery {
        station_name: Some(name.to_owned()),
        ..StationsQuery::default()
    }
}

//! Searches with wildcards: the service allows one in a day.

use chargepoint::StationsQuery;
use chargepoint::calls::station_status::{GetStationStatus, StatusQuery};
use chargepoint::calls::stations::GetStations;

use super::support::{NOW, code, start};

fn stations(name: &str) -> GetStations {
    GetStations {
        search_query: StationsQuery {
            station_name: Some(name.to_owned()),
            ..StationsQuery::default()
        },
    }
}

#[tokio::test]
async fn the_second_of_a_day_is_refused_until_midnight() {
    let running = start().await;
    let name = running.estate(|estate| estate.stations().next().unwrap().station_name.clone());
    let plain = stations(&name.unwrap());
    let status = GetStationStatus {
        search_query: StatusQuery {
            station_name: Some("*".to_owned()),
            ..StatusQuery::default()
        },
    };
    assert_eq!(code(&running, &plain).await, "100");
    assert_eq!(code(&running, &stations("*0?*")).await, "100");
    for name in ["*", "%", "N?rth"] {
        assert_eq!(code(&running, &stations(name)).await, "139", "{name}");
    }
    assert_eq!(code(&running, &status).await, "139", "whichever call it is");
    assert_eq!(code(&running, &plain).await, "100");
    let midnight = NOW - NOW % 86_400 + 86_400;
    running.set_clock(midnight - 1);
    assert_eq!(code(&running, &stations("*")).await, "139");
    running.set_clock(midnight);
    assert_eq!(code(&running, &status).await, "100");
    assert_eq!(code(&running, &status).await, "139");
    running.estate(sandbox::Estate::allow_wildcards);
    assert_eq!(code(&running, &status).await, "100");
}

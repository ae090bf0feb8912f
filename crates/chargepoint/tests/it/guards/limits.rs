//! Rules, searches with wildcards, and calls in a minute.

use std::time::Duration;

use chargepoint::calls::sessions::GetChargingSessionData;
use chargepoint::calls::stations::GetStations;
use chargepoint::{Client, ClientConfig, Code, Error, Guards, Meaning, StationsQuery};

use super::{client, found, guards, named, read};
use crate::fake::{Fake, http, stations};

#[tokio::test]
async fn a_request_against_the_rules_is_not_sent() {
    let fake = Fake::always(found()).await;
    let query = StationsQuery {
        station_id: Some("7".to_owned()),
        ..StationsQuery::default()
    };
    match client(&fake, guards()).stations(&query).await {
        Err(Error::Invalid(invalid)) => {
            assert_eq!(
                (invalid.field, invalid.code),
                ("stationID", Code::StationIdFormat)
            );
            assert!(invalid.why.contains("1:12345"), "{}", invalid.why);
        }
        other => panic!("{other:?}"),
    }
    assert!(fake.requests().is_empty());
    client(&fake, Guards::off()).stations(&query).await.unwrap();
}

#[tokio::test]
async fn one_search_with_wildcards_a_day() {
    let page = |from: usize, more| {
        let row = |id| format!("<stationData><stationID>1:{id}</stationID></stationData>");
        let rows: String = (from..from + 2).map(row).collect();
        http(200, "", stations("100", &rows, more))
    };
    let fake = Fake::start(move |number, _| page(1 + 2 * number, u8::from(number < 2))).await;
    let client = client(&fake, guards());
    let found = client.stations(&named("North*")).await.unwrap();
    assert_eq!(found.len(), 6, "further pages are the same search");
    for name in ["North*", "S?uth", "100%"] {
        let error = client.stations(&named(name)).await.unwrap_err();
        assert!(matches!(error, Error::WildcardSpent), "{error:?}");
    }
    let mut sessions = GetChargingSessionData::default();
    sessions.search_query.station_name = Some("*".to_owned());
    assert!(matches!(client.call(&sessions).await, Err(Error::WildcardSpent)));
    assert_eq!(fake.requests().len(), 3);
    client.stations(&named("North")).await.unwrap();
    assert_eq!(fake.requests().len(), 4);
}

#[tokio::test]
async fn the_services_own_word_on_wildcards_counts() {
    let fake = Fake::always(http(200, "", stations("139", "", 0))).await;
    let told = client(&fake, guards());
    let call = GetStations {
        search_query: named("North*"),
    };
    let error = told.call(&call).await.unwrap_err();
    assert!(
        matches!(&error, Error::Response { code, .. } if code == "139"),
        "{error:?}"
    );
    assert_eq!(error.meaning(), Some(Meaning::RateLimited));
    assert!(matches!(told.call(&call).await, Err(Error::WildcardSpent)));
}

/// Whoever sent one does not know whether it was made; whoever did not send it has it still.
#[tokio::test]
async fn a_search_with_wildcards_is_sent_once_and_is_left_where_none_was_sent() {
    for failure in [http(503, "", "busy"), http(404, "", "")[..9].to_vec()] {
        let fake = Fake::always(failure).await;
        let client = client(&fake, guards());
        client.stations(&named("North*")).await.unwrap_err();
        let error = client.stations(&named("North*")).await.unwrap_err();
        assert!(matches!(error, Error::WildcardSpent), "{error:?}");
        assert_eq!(fake.requests().len(), 1);
    }
    // Bound and not listening: it refuses, and nobody else gets the port.
    let held = tokio::net::TcpSocket::new_v4().unwrap();
    held.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let closed = held.local_addr().unwrap();
    let nobody = Client::new(ClientConfig {
        guards: guards(),
        ..ClientConfig::new(format!("http://{closed}/"), "key", "password")
    });
    let nobody = nobody.unwrap();
    for _ in 0..2 {
        let error = nobody.stations(&named("North*")).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
    assert_eq!(nobody.health().wildcard, Some(true));
    let fake = Fake::always(found()).await;
    let per_minute = Some(1);
    let busy = client(
        &fake,
        Guards {
            per_minute,
            ..guards()
        },
    );
    read(&busy).await.unwrap();
    let error = busy.stations(&named("North*")).await.unwrap_err();
    assert!(matches!(error, Error::Budget { .. }), "{error:?}");
    assert_eq!(busy.health().wildcard, Some(true));
}

#[tokio::test]
async fn a_minute_has_so_many_calls() {
    let fake = Fake::always(found()).await;
    let client = client(
        &fake,
        Guards {
            per_minute: Some(2),
            ..guards()
        },
    );
    for _ in 0..2 {
        read(&client).await.unwrap();
    }
    let error = read(&client).await.unwrap_err();
    let (least, most) = (Duration::from_secs(30), Duration::from_secs(60));
    assert!(
        matches!(error, Error::Budget { wait } if (least..=most).contains(&wait)),
        "{error:?}"
    );
    assert_eq!(fake.requests().len(), 2);
}

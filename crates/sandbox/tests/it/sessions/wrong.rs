//! Questions that the service refuses.

use std::time::Duration;

use super::*;

async fn refusal(running: &Running, search_query: SessionsQuery) -> String {
    code(running, &GetChargingSessionData { search_query }).await
}

#[tokio::test]
async fn wrong_questions_about_sessions_have_the_guides_codes() {
    let running = start().await;
    let text = |text: &str| Some(text.to_owned());
    let none = SessionsQuery::default;
    for (query, expected) in [
        (
            SessionsQuery {
                city: text("Atlantis"),
                ..none()
            },
            "136",
        ),
        (
            SessionsQuery {
                session_id: text("1"),
                ..none()
            },
            "136",
        ),
        (
            SessionsQuery {
                station_id: text("12345"),
                ..none()
            },
            "152",
        ),
        (
            SessionsQuery {
                station_id: text("1:1"),
                station_ids: Some(StationIds {
                    ids: vec!["1:1".to_owned()],
                }),
                ..none()
            },
            "194",
        ),
        (
            SessionsQuery {
                start_record: Some(0),
                ..none()
            },
            "135",
        ),
        (
            SessionsQuery {
                proximity_unit: text("X"),
                ..none()
            },
            "135",
        ),
        (
            SessionsQuery {
                from_time_stamp: moment(NOW),
                to_time_stamp: moment(NOW - 1),
                ..none()
            },
            "142",
        ),
        (
            SessionsQuery {
                from_time_stamp: Some(DateTime::from("yesterday")),
                ..none()
            },
            "141",
        ),
    ] {
        assert_eq!(refusal(&running, query.clone()).await, expected, "{query:?}");
    }
}

#[tokio::test]
async fn wrong_questions_about_transactions_have_the_guides_codes() {
    let running = start().await;
    let text = |text: &str| Some(text.to_owned());
    let none = TransactionsQuery::default;
    let commercial = running.estate(|estate| {
        let mut units = estate.units().iter();
        let unit = units
            .find(|unit| !unit.traits.organization.unwrap().enterprise)
            .unwrap();
        unit.station.clone()
    });
    for (query, expected) in [
        (
            TransactionsQuery {
                num_transactions: Some(501),
                ..none()
            },
            "198",
        ),
        (
            TransactionsQuery {
                num_transactions: Some(0),
                ..none()
            },
            "135",
        ),
        (
            TransactionsQuery {
                start_record: Some(-1),
                ..none()
            },
            "135",
        ),
        (
            TransactionsQuery {
                from_time_stamp: moment(NOW),
                ..none()
            },
            "197",
        ),
        (
            TransactionsQuery {
                to_time_stamp: moment(NOW),
                ..none()
            },
            "197",
        ),
        (
            TransactionsQuery {
                from_time_stamp: moment(NOW),
                to_time_stamp: moment(NOW - 1),
                ..none()
            },
            "196",
        ),
        (
            TransactionsQuery {
                transaction_type: text("Gift"),
                ..none()
            },
            "135",
        ),
        (
            TransactionsQuery {
                transaction_type: text("Reservation Cancel"),
                ..none()
            },
            "201",
        ),
        (
            TransactionsQuery {
                transaction_id: text("5"),
                ..none()
            },
            "201",
        ),
        (
            TransactionsQuery {
                org_id: text("7"),
                ..none()
            },
            "158",
        ),
        (
            TransactionsQuery {
                org_id: text("1:ORG00001"),
                ..none()
            },
            "159",
        ),
        (
            TransactionsQuery {
                org_id: text("1:ORG99001"),
                ..none()
            },
            "178",
        ),
        (
            TransactionsQuery {
                org_id: commercial.org_id,
                ..none()
            },
            "101",
        ),
        (
            TransactionsQuery {
                station_id: commercial.station_id,
                ..none()
            },
            "101",
        ),
        (
            TransactionsQuery {
                station_id: text("1"),
                ..none()
            },
            "152",
        ),
    ] {
        let search_query = query.clone();
        assert_eq!(
            code(&running, &GetTransactionData { search_query }).await,
            expected,
            "{query:?}"
        );
    }
}

#[tokio::test]
async fn a_time_before_all_stations_costs_nothing() {
    let running = start().await;
    let query = SessionsQuery {
        from_time_stamp: Some(DateTime::from("0001-01-01T00:00:00Z")),
        to_time_stamp: Some(DateTime::from("2018-01-01T00:00:00Z")),
        ..SessionsQuery::default()
    };
    let answer = tokio::time::timeout(Duration::from_secs(20), refusal(&running, query));
    assert_eq!(answer.await.unwrap(), "136");
}

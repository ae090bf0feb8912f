//! Sessions, their quarters of an hour, and what was paid.

use chargepoint::DateTime;
use chargepoint::calls::session_intervals::Get15MinChargingSessionData;
use chargepoint::calls::sessions::{GetChargingSessionData, Session, SessionsQuery};
use chargepoint::calls::station_status::StationIds;
use chargepoint::calls::transactions::{GetTransactionData, Transaction, TransactionsQuery};
use sandbox::Running;

use super::support::{NOW, ask, code, start};

const DAY: i64 = 86_400;

fn moment(seconds: i64) -> Option<DateTime> {
    Some(sandbox::date_time(seconds))
}

/// All sessions a query means, page by page.
async fn sessions(running: &Running, query: SessionsQuery) -> Vec<Session> {
    let mut rows: Vec<Session> = Vec::new();
    loop {
        let search_query = SessionsQuery {
            start_record: Some(rows.len() as i64 + 1),
            ..query.clone()
        };
        let answer = ask(running, &GetChargingSessionData { search_query }).await;
        if answer.response_code.as_deref() == Some("136") {
            return rows;
        }
        assert_eq!(answer.response_code.as_deref(), Some("100"));
        assert!(answer.sessions.len() <= 100);
        rows.extend(answer.sessions);
        if answer.more == Some(false) {
            return rows;
        }
        assert_eq!(rows.len() % 100, 0, "a page that is not full announces more");
    }
}

fn of_day() -> SessionsQuery {
    SessionsQuery {
        from_time_stamp: moment(NOW - DAY),
        ..SessionsQuery::default()
    }
}

async fn refusal(running: &Running, search_query: SessionsQuery) -> String {
    code(running, &GetChargingSessionData { search_query }).await
}

#[tokio::test]
async fn ended_sessions_are_those_of_the_estate() {
    let running = start().await;
    let rows = sessions(&running, of_day()).await;
    assert!(rows.len() > 500, "{}", rows.len());
    running.estate(|estate| {
        let units = estate.units().iter();
        let visits = units.flat_map(|unit| estate.visits(unit, NOW - DAY, NOW));
        let ended = visits.filter(|(_, visit)| visit.start >= NOW - DAY && visit.end <= NOW);
        assert_eq!(rows.len(), ended.count());
        for (number, row) in (1..).zip(&rows) {
            assert_eq!(row.record_number, Some(number));
            let session = estate
                .session(row.session_id.as_ref().unwrap().parse().unwrap())
                .unwrap();
            let charge = session.charge(NOW);
            assert_eq!(row.station_id, session.unit.station.station_id);
            assert_eq!(row.port_number, session.port_number());
            assert_eq!(row.start_time, moment(session.visit.start));
            assert_eq!(row.end_time, moment(session.visit.end));
            assert_eq!(row.ended_by.as_deref(), Some(session.visit.ended_by));
            assert!((row.energy.unwrap() - charge.energy).abs() < 1e-6);
            let who = estate.who(&session);
            assert_eq!(
                row.user_id,
                who.driver.and_then(|driver| driver.user.user_id.clone())
            );
            assert_eq!(row.credential_id, who.credential);
            assert_eq!(row.payment_terminal_info.is_some(), who.bank_card.is_some());
            let parts = |text: &Option<String>| -> Vec<i64> {
                text.as_deref()
                    .unwrap()
                    .split(':')
                    .map(|part| part.parse().unwrap())
                    .collect()
            };
            let [hours, minutes, seconds] = parts(&row.total_session_duration)[..] else {
                panic!()
            };
            let lasted = hours * 3600 + minutes * 60 + seconds;
            assert_eq!(lasted, session.visit.end - session.visit.start);
            assert!(parts(&row.total_charging_duration) <= parts(&row.total_session_duration));
            let organization = session.unit.traits.organization.unwrap();
            if !estate.is_enterprise(organization) {
                assert_eq!(
                    (&row.driver_name, &row.rfid_serial_number, &row.vehicle_id),
                    (&None, &None, &None)
                );
            }
        }
    });
    let known: [fn(&Session) -> bool; 3] = [
        |row| row.driver_name.is_some(),
        |row| row.vehicle_make.is_some(),
        |row| row.stop_battery_percentage.is_some(),
    ];
    for known in known {
        assert!(rows.iter().any(known) && !rows.iter().all(known));
    }
}

/// Whether a session is meant as this one is.
type Means = fn(&Session, &Session) -> bool;

#[tokio::test]
async fn every_parameter_narrows_sessions() {
    let running = start().await;
    let all = sessions(&running, of_day()).await;
    let mut known = all.iter().skip(all.len() / 2).filter(|row| row.user_id.is_some());
    let one = known.next().unwrap().clone();
    let position = running.estate(|estate| {
        let unit = estate.unit(one.station_id.as_deref().unwrap()).unwrap();
        unit.station.position().cloned().unwrap()
    });
    let street = running.estate(|estate| {
        let unit = estate.unit(one.station_id.as_deref().unwrap()).unwrap();
        unit.station.address.clone()
    });
    let (far, unit) = (Some(25.0), Some("K".to_owned()));
    let cases: [(SessionsQuery, Means); 14] = [
        (
            SessionsQuery {
                station_id: one.station_id.clone(),
                ..of_day()
            },
            |row, one| row.station_id == one.station_id,
        ),
        (
            SessionsQuery {
                station_ids: Some(StationIds {
                    ids: vec!["1:1".to_owned(), one.station_id.clone().unwrap()],
                }),
                ..of_day()
            },
            |row, one| row.station_id == one.station_id,
        ),
        (
            SessionsQuery {
                session_id: one.session_id.clone(),
                ..of_day()
            },
            |row, one| row.session_id == one.session_id,
        ),
        (
            SessionsQuery {
                station_name: one.station_name.clone(),
                ..of_day()
            },
            |row, one| row.station_name == one.station_name,
        ),
        (
            SessionsQuery {
                address: street,
                ..of_day()
            },
            |row, one| row.address == one.address,
        ),
        (
            SessionsQuery {
                city: one.city.clone(),
                ..of_day()
            },
            |row, one| row.city == one.city,
        ),
        (
            SessionsQuery {
                state: one.state.clone(),
                ..of_day()
            },
            |row, one| row.state == one.state,
        ),
        (
            SessionsQuery {
                country: one.country.clone(),
                ..of_day()
            },
            |row, one| row.country == one.country,
        ),
        (
            SessionsQuery {
                postal_code: one.postal_code.clone(),
                ..of_day()
            },
            |row, one| row.postal_code == one.postal_code,
        ),
        (
            SessionsQuery {
                user_id: one.user_id.clone(),
                ..of_day()
            },
            |row, one| row.user_id == one.user_id,
        ),
        (
            SessionsQuery {
                geo: Some(position),
                proximity: far,
                proximity_unit: unit.clone(),
                ..of_day()
            },
            |row, one| row.city == one.city,
        ),
        // A place that is named, not measured.
        (
            SessionsQuery {
                address: one.address.clone(),
                proximity: far,
                proximity_unit: unit,
                ..of_day()
            },
            |row, one| row.city == one.city,
        ),
        (
            SessionsQuery {
                from_time_stamp: one.start_time.clone(),
                ..SessionsQuery::default()
            },
            |row, one| row.start_time >= one.start_time,
        ),
        (
            SessionsQuery {
                to_time_stamp: one.end_time.clone(),
                ..of_day()
            },
            |row, one| row.end_time < one.end_time,
        ),
    ];
    for (query, means) in cases {
        let found = sessions(&running, query.clone()).await;
        let found: Vec<_> = found.into_iter().map(|row| row.session_id).collect();
        let expected = all.iter().filter(|row| means(row, &one));
        let expected: Vec<_> = expected.map(|row| row.session_id.clone()).collect();
        assert!(!found.is_empty() && found.len() < all.len(), "{query:?}");
        assert_eq!(found, expected, "{query:?}");
    }
}

#[tokio::test]
async fn active_sessions_are_told_of_when_asked_for() {
    let running = start().await;
    let active = SessionsQuery {
        active_sessions_only: Some(true),
        ..SessionsQuery::default()
    };
    let rows = sessions(&running, active.clone()).await;
    running.estate(|estate| {
        let states = estate.stations().map(|station| estate.status(station, NOW));
        let used = states
            .flat_map(|state| state.ports)
            .filter(|port| port.status.as_deref() == Some("INUSE"));
        assert_eq!(rows.len(), used.count());
    });
    assert!(
        rows.iter()
            .all(|row| row.end_time.is_none() && row.ended_by.is_none())
    );
    let later = SessionsQuery {
        from_time_stamp: moment(NOW - 3600),
        ..active
    };
    let later = sessions(&running, later).await;
    assert!(!later.is_empty() && later.len() < rows.len());
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
async fn quarters_of_an_hour_add_up_whichever_way_they_are_told() {
    let running = start().await;
    let rows = sessions(&running, of_day()).await;
    for row in rows.iter().step_by(29) {
        let call = |delta| Get15MinChargingSessionData {
            session_id: row.session_id.clone(),
            energy_consumed_interval: delta,
        };
        let enterprise = running.estate(|estate| {
            let unit = estate.unit(row.station_id.as_deref().unwrap()).unwrap();
            estate.is_enterprise(unit.traits.organization.unwrap())
        });
        if !enterprise {
            assert_eq!(code(&running, &call(None)).await, "101");
            continue;
        }
        let deltas = ask(&running, &call(Some(true))).await;
        let totals = ask(&running, &call(None)).await;
        assert_eq!(
            (&deltas.session_id, &deltas.station_id, &deltas.port_number),
            (&row.session_id, &row.station_id, &row.port_number)
        );
        let sum: f64 = deltas
            .intervals
            .iter()
            .map(|interval| interval.energy_consumed.unwrap())
            .sum();
        assert!((sum - row.energy.unwrap()).abs() < 1e-6);
        assert_eq!(totals.intervals.last().unwrap().energy_consumed, row.energy);
        assert_eq!(totals.intervals[0].station_time, row.start_time);
        assert_eq!(totals.intervals.len(), deltas.intervals.len());
    }
    for (number, expected) in [
        ("1", "132"),
        ("word", "132"),
        ("", "172"),
        ("124664999981", "133"),
    ] {
        let session_id = Some(number.to_owned()).filter(|number| !number.is_empty());
        let call = Get15MinChargingSessionData {
            session_id,
            energy_consumed_interval: None,
        };
        assert_eq!(code(&running, &call).await, expected, "{number}");
    }
}

async fn transactions(running: &Running, query: TransactionsQuery) -> Vec<Transaction> {
    let mut rows: Vec<Transaction> = Vec::new();
    loop {
        let search_query = TransactionsQuery {
            start_record: Some(rows.len() as i32 + 1),
            ..query.clone()
        };
        let answer = ask(running, &GetTransactionData { search_query }).await;
        assert_eq!(answer.response_code.as_deref(), Some("100"), "{query:?}");
        rows.extend(answer.transactions.unwrap().rows);
        if answer.more == Some(false) {
            return rows;
        }
    }
}

fn paid_of_day() -> TransactionsQuery {
    TransactionsQuery {
        from_time_stamp: moment(NOW - DAY),
        to_time_stamp: moment(NOW),
        num_transactions: Some(500),
        ..TransactionsQuery::default()
    }
}

#[tokio::test]
async fn what_is_paid_follows_from_sessions_and_prices() {
    let running = start().await;
    let rows = transactions(&running, paid_of_day()).await;
    let mut numbers: Vec<_> = rows.iter().map(|row| row.transaction_id.clone()).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), rows.len());
    assert!(rows.len() > 200, "{}", rows.len());
    running.estate(|estate| {
        for row in &rows {
            let number: i64 = row.transaction_id.as_ref().unwrap().parse().unwrap();
            let found = estate.transaction(number, NOW).unwrap();
            let fee = found.fee(NOW);
            assert_eq!(
                (row.gross_amount, row.tax_amount, row.net_revenue),
                (Some(fee.gross), Some(fee.tax), Some(fee.revenue))
            );
            let station = &found.session.unit.station;
            assert!(!station.pricing.is_empty());
            assert!(estate.is_enterprise(found.session.unit.traits.organization.unwrap()));
            assert_eq!(
                (&row.station_id, &row.currency),
                (&station.station_id, &station.currency_code)
            );
            let reservation = row.transaction_type.as_deref() == Some("Reservation");
            assert_eq!(reservation, row.energy == Some(0.0));
            assert!((moment(NOW - DAY)..=moment(NOW)).contains(&row.transaction_time));
        }
    });
    let kind = |word: &str| {
        rows.iter()
            .filter(|row| row.transaction_type.as_deref() == Some(word))
            .count()
    };
    assert!(kind("Session") > 200 && kind("Reservation") > 0);

    let one = rows
        .iter()
        .find(|row| row.anonymous_credit_card_number.is_some())
        .unwrap();
    let count = |means: &dyn Fn(&Transaction) -> bool| rows.iter().filter(|row| means(row)).count();
    for (query, expected) in [
        (
            TransactionsQuery {
                transaction_type: Some("Reservation".to_owned()),
                ..paid_of_day()
            },
            kind("Reservation"),
        ),
        (
            TransactionsQuery {
                station_id: one.station_id.clone(),
                ..paid_of_day()
            },
            count(&|row| row.station_id == one.station_id),
        ),
        (
            TransactionsQuery {
                station_mac_addr: one.station_mac_addr.clone(),
                ..paid_of_day()
            },
            count(&|row| row.station_id == one.station_id),
        ),
        (
            TransactionsQuery {
                organization_name: one.organization_name.clone(),
                ..paid_of_day()
            },
            count(&|row| row.organization_name == one.organization_name),
        ),
        (
            TransactionsQuery {
                pricing_rule_name: one.pricing_rule_name.clone(),
                ..paid_of_day()
            },
            count(&|row| row.pricing_rule_name == one.pricing_rule_name),
        ),
        (
            TransactionsQuery {
                anonymous_credit_card_number: one.anonymous_credit_card_number.clone(),
                ..paid_of_day()
            },
            count(&|row| row.anonymous_credit_card_number == one.anonymous_credit_card_number),
        ),
        (
            TransactionsQuery {
                transaction_id: one.transaction_id.clone(),
                ..TransactionsQuery::default()
            },
            1,
        ),
    ] {
        assert_eq!(
            transactions(&running, query.clone()).await.len(),
            expected,
            "{query:?}"
        );
    }
    let part = one.station_name.as_deref().unwrap();
    let part = part.split(' ').nth(1).unwrap().to_owned();
    let query = TransactionsQuery {
        station_name: Some(part.clone()),
        ..paid_of_day()
    };
    let part = part.to_lowercase();
    let expected = count(&|row| row.station_name.as_ref().unwrap().to_lowercase().contains(&part));
    assert_eq!(transactions(&running, query).await.len(), expected);
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

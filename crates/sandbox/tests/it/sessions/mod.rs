//! Sessions, their quarters of an hour, and what was paid.

mod intervals;
mod narrow;
mod transactions;
mod wrong;

use chargepoint::DateTime;
use chargepoint::calls::session_intervals::Get15MinChargingSessionData;
use chargepoint::calls::sessions::{GetChargingSessionData, Session, SessionsQuery};
use chargepoint::calls::station_status::StationIds;
use chargepoint::calls::transactions::{GetTransactionData, Transaction, TransactionsQuery};
use sandbox::Running;

use crate::support::{NOW, ask, code, start};

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
async fn an_ended_session_is_told_of_with_the_next_refresh() {
    let running = start().await;
    let (id, end) = running.estate(|estate| {
        let visits = estate
            .units()
            .iter()
            .flat_map(|unit| estate.visits(unit, NOW, NOW + 7200));
        let mut visits = visits.filter(|(_, visit)| visit.end % 300 != 0 && visit.end > NOW);
        visits.next().map(|(_, visit)| (visit.id, visit.end)).unwrap()
    });
    let query = SessionsQuery {
        session_id: Some(id.to_string()),
        ..SessionsQuery::default()
    };
    let refreshed = (end / 300 + 1) * 300;
    running.set_clock(refreshed - 1);
    assert_eq!(sessions(&running, query.clone()).await, []);
    running.set_clock(refreshed);
    assert_eq!(sessions(&running, query).await.len(), 1);
}

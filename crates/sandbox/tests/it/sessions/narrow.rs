//! Each parameter with a value of some session.

use super::*;

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

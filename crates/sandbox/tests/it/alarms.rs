//! Alarms, current until they are cleared.

use chargepoint::calls::alarms::{Alarm, AlarmsQuery, ClearAlarms, ClearAlarmsQuery, GetAlarms};
use sandbox::Running;

use super::support::{NOW, ask, code, start};

fn text(text: impl ToString) -> Option<String> {
    Some(text.to_string())
}

async fn alarms(running: &Running, query: AlarmsQuery) -> Vec<Alarm> {
    let mut rows: Vec<Alarm> = Vec::new();
    loop {
        let search_query = AlarmsQuery {
            start_record: Some(rows.len() as i32 + 1),
            ..query.clone()
        };
        let answer = ask(running, &GetAlarms { search_query }).await;
        if answer.response_code.as_deref() == Some("153") {
            return rows;
        }
        assert!(answer.alarms.len() <= 100);
        rows.extend(answer.alarms);
        if answer.more == Some(false) {
            return rows;
        }
    }
}

#[tokio::test]
async fn alarms_are_those_of_the_estate_and_every_parameter_narrows() {
    let running = start().await;
    let none = AlarmsQuery::default;
    let all = alarms(&running, none()).await;
    running.estate(|estate| {
        let units = estate.units().iter();
        let known = units.flat_map(|unit| estate.alarms(unit, NOW)).map(|alarm| {
            (
                alarm.unit.station.station_id.clone(),
                text(alarm.kind),
                sandbox::date_time(alarm.at),
            )
        });
        let rows = all.iter().map(|row| {
            (
                row.station_id.clone(),
                row.alarm_type.clone(),
                row.alarm_time.clone().unwrap(),
            )
        });
        assert!(known.eq(rows));
    });
    assert!(all.len() > 300);
    let one = all.iter().find(|row| row.port_number.is_some()).unwrap();
    let groups = running.estate(|estate| {
        estate
            .unit(one.station_id.as_deref().unwrap())
            .unwrap()
            .station
            .clone()
    });
    let (ids, names) = (groups.sg_ids.unwrap().0, groups.sg_names.unwrap().0);
    let members = running.estate(|estate| {
        let units = estate
            .units()
            .iter()
            .filter(|unit| unit.station.sg_ids.as_ref().unwrap().0.contains(&ids[0]));
        units
            .map(|unit| unit.station.station_id.clone())
            .collect::<Vec<_>>()
    });
    let cities = running.estate(|estate| {
        let units = estate
            .units()
            .iter()
            .filter(|unit| unit.station.sg_names.as_ref().unwrap().0.contains(&names[0]));
        units
            .map(|unit| unit.station.station_id.clone())
            .collect::<Vec<_>>()
    });
    let count = |means: &dyn Fn(&Alarm) -> bool| all.iter().filter(|row| means(row)).count();
    for (query, expected) in [
        (
            AlarmsQuery {
                org_id: one.org_id.clone(),
                ..none()
            },
            count(&|row| row.org_id == one.org_id),
        ),
        (
            AlarmsQuery {
                organization_name: one.organization_name.clone(),
                ..none()
            },
            count(&|row| row.org_id == one.org_id),
        ),
        (
            AlarmsQuery {
                station_id: one.station_id.clone(),
                ..none()
            },
            count(&|row| row.station_id == one.station_id),
        ),
        (
            AlarmsQuery {
                station_name: one.station_name.clone(),
                ..none()
            },
            count(&|row| row.station_id == one.station_id),
        ),
        (
            AlarmsQuery {
                sg_id: text(&ids[0]),
                ..none()
            },
            count(&|row| members.contains(&row.station_id)),
        ),
        (
            AlarmsQuery {
                sg_name: text(&names[0]),
                ..none()
            },
            count(&|row| cities.contains(&row.station_id)),
        ),
        (
            AlarmsQuery {
                start_time: one.alarm_time.clone(),
                ..none()
            },
            count(&|row| row.alarm_time >= one.alarm_time),
        ),
        (
            AlarmsQuery {
                end_time: one.alarm_time.clone(),
                ..none()
            },
            count(&|row| row.alarm_time <= one.alarm_time),
        ),
        (
            AlarmsQuery {
                port_number: one.port_number.clone(),
                ..none()
            },
            count(&|row| row.port_number == one.port_number),
        ),
        (
            AlarmsQuery {
                num_alarms: Some(1),
                station_id: one.station_id.clone(),
                ..none()
            },
            count(&|row| row.station_id == one.station_id),
        ),
    ] {
        assert_eq!(alarms(&running, query.clone()).await.len(), expected, "{query:?}");
    }
    for (search_query, expected) in [
        (
            AlarmsQuery {
                station_id: text("1:12345"),
                ..none()
            },
            "153",
        ),
        (
            AlarmsQuery {
                station_id: text("5"),
                ..none()
            },
            "152",
        ),
        (
            AlarmsQuery {
                org_id: text("1:ORG00001"),
                ..none()
            },
            "159",
        ),
        (
            AlarmsQuery {
                sg_id: text(5),
                ..none()
            },
            "129",
        ),
        (
            AlarmsQuery {
                num_alarms: Some(501),
                ..none()
            },
            "198",
        ),
        (
            AlarmsQuery {
                start_record: Some(0),
                ..none()
            },
            "135",
        ),
        (
            AlarmsQuery {
                start_time: one.alarm_time.clone(),
                end_time: Some("2020-01-01T00:00:00Z".into()),
                ..none()
            },
            "142",
        ),
        (
            AlarmsQuery {
                start_time: Some("today".into()),
                ..none()
            },
            "141",
        ),
    ] {
        assert_eq!(
            code(
                &running,
                &GetAlarms {
                    search_query: search_query.clone()
                }
            )
            .await,
            expected,
            "{search_query:?}"
        );
    }
}

#[tokio::test]
async fn alarms_are_cleared_by_what_they_are() {
    let running = start().await;
    let none = ClearAlarmsQuery::default;
    let all = alarms(&running, AlarmsQuery::default()).await;
    let one = all[all.len() / 2].clone();
    let query = ClearAlarmsQuery {
        station_id: one.station_id.clone(),
        alarm_type: one.alarm_type.clone(),
        clear_reason: text("seen"),
        ..none()
    };
    let call = ClearAlarms { search_query: query };
    assert_eq!(code(&running, &call).await, "100");
    let same = |row: &&Alarm| row.station_id == one.station_id && row.alarm_type == one.alarm_type;
    let left: Vec<_> = all
        .iter()
        .filter(|row| !same(row))
        .map(|row| (&row.station_id, &row.alarm_time))
        .collect();
    let now = alarms(&running, AlarmsQuery::default()).await;
    assert_eq!(
        now.iter()
            .map(|row| (&row.station_id, &row.alarm_time))
            .collect::<Vec<_>>(),
        left
    );
    assert_eq!(code(&running, &call).await, "153");
    assert_eq!(code(&running, &ClearAlarms { search_query: none() }).await, "100");
    assert_eq!(alarms(&running, AlarmsQuery::default()).await, []);
}

//! Events that shed load.

use super::*;

#[tokio::test]
async fn events_are_announced_and_removed_before_they_begin() {
    let running = start().await;
    let utility = |unit: &Unit| unit.traits.organization.unwrap().utility;
    let id = station(&running, true, utility);
    let other = station(&running, true, |unit| enterprise(unit) && !utility(unit));
    let event = |minutes: i64| ShedEvent {
        station_id: text(&id),
        start_time: Some(sandbox::date_time(NOW + minutes * 60)),
        duration: Some(60),
        allow_opt_out: Some(false),
        allowed_load: Some(0.5),
        ..ShedEvent::default()
    };
    let created = ask(
        &running,
        &CreateLoadShedEvent {
            shed_event: event(10),
        },
    )
    .await;
    let first = created.event_id.unwrap();
    let second = ask(
        &running,
        &CreateLoadShedEvent {
            shed_event: event(10),
        },
    )
    .await;
    assert_ne!(second.event_id.as_ref(), Some(&first));
    for (shed_event, expected) in [
        (
            ShedEvent {
                start_time: None,
                ..event(1)
            },
            "172",
        ),
        (
            ShedEvent {
                duration: None,
                ..event(1)
            },
            "172",
        ),
        (
            ShedEvent {
                duration: Some(0),
                ..event(1)
            },
            "107",
        ),
        (event(0), "106"),
        (
            ShedEvent {
                percent_shed: Some(10.0),
                ..event(1)
            },
            "173",
        ),
        (
            ShedEvent {
                allowed_load: None,
                ..event(1)
            },
            "173",
        ),
        (
            ShedEvent {
                allowed_load: Some(-1.0),
                ..event(1)
            },
            "130",
        ),
        (
            ShedEvent {
                allowed_load: None,
                percent_shed: Some(101.0),
                ..event(1)
            },
            "174",
        ),
        (
            ShedEvent {
                sg_id: text("10"),
                ..event(1)
            },
            "187",
        ),
        (
            ShedEvent {
                station_id: None,
                ..event(1)
            },
            "184",
        ),
        (
            ShedEvent {
                station_id: text("1:12345"),
                ..event(1)
            },
            "119",
        ),
        (
            ShedEvent {
                station_id: None,
                sg_id: text("10"),
                ..event(1)
            },
            "129",
        ),
        (
            ShedEvent {
                station_id: text(&other),
                ..event(1)
            },
            "101",
        ),
    ] {
        let call = CreateLoadShedEvent { shed_event };
        assert_eq!(code(&running, &call).await, expected, "{call:?}");
    }
    let remove = |id: &str| RemoveLoadShedEvent { event_id: text(id) };
    let removed = ask(&running, &remove(&first)).await;
    assert_eq!(removed.response.as_deref(), Some("Success"));
    assert_eq!(code(&running, &remove(&first)).await, "168");
    running.set_clock(NOW + 600);
    assert_eq!(code(&running, &remove(&second.event_id.unwrap())).await, "106");
    assert!(load(&running, &id).await.stations[0].ports[0].port_load.unwrap() <= 0.5);
}

#[tokio::test]
async fn modes_of_events_and_calls_are_not_mixed() {
    let running = start().await;
    let id = station(&running, true, |unit| {
        full(unit) && unit.traits.organization.unwrap().utility && unit.traits.outlets.len() > 1
    });
    let event = |allowed_load: Option<f64>, percent_shed: Option<f64>| CreateLoadShedEvent {
        shed_event: ShedEvent {
            station_id: text(&id),
            start_time: Some(sandbox::date_time(NOW + 600)),
            duration: Some(60),
            allow_opt_out: Some(false),
            allowed_load,
            percent_shed,
            ..ShedEvent::default()
        },
    };
    assert_eq!(code(&running, &shed(&id, 0, None, Some(10))).await, "100");
    assert_eq!(code(&running, &event(Some(1.0), None)).await, "179");
    assert_eq!(code(&running, &clear(&id)).await, "100");
    let port = |number: &'static str| of_port(&id, &[(number, Some(1.0), None)]);
    assert_eq!(code(&running, &port("2")).await, "100");
    assert_eq!(
        code(&running, &of_port(&id, &[("1", None, Some(10))])).await,
        "179"
    );
    assert_eq!(code(&running, &event(None, Some(10.0))).await, "179");
    assert_eq!(code(&running, &event(Some(1.0), None)).await, "100");
    assert_eq!(
        code(&running, &event(None, Some(10.0))).await,
        "179",
        "two events at once"
    );
    assert_eq!(code(&running, &clear(&id)).await, "100");

    running.set_clock(NOW + 600);
    assert_eq!(code(&running, &shed(&id, 0, None, Some(10))).await, "179");
    assert_eq!(
        code(&running, &of_port(&id, &[("1", None, Some(10))])).await,
        "179"
    );
    let group = running.estate(|estate| estate.unit(&id).unwrap().traits.groups[0].to_string());
    assert_eq!(code(&running, &of_group(&group, None, Some(10))).await, "179");
    assert_eq!(code(&running, &shed(&id, 0, Some(1.0), None)).await, "100");
    assert_eq!(code(&running, &port("1")).await, "100");
    assert_eq!(code(&running, &clear(&id)).await, "100");
    running.set_clock(NOW + 600 + 3600);
    assert_eq!(code(&running, &shed(&id, 0, None, Some(10))).await, "100");
}

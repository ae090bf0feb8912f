//! What may be done with stations.

use super::*;

/// Pairs of group and station, page by page.
async fn rights(running: &Running, query: RightsQuery) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    loop {
        let search_query = RightsQuery {
            start_record: Some(rows.len() as i64 + 1),
            ..query.clone()
        };
        let answer = ask(running, &GetStationRights { search_query }).await;
        assert_eq!(answer.response_code.as_deref(), Some("100"), "{query:?}");
        let before = rows.len();
        for right in answer.rights {
            let id = right.sg_id.unwrap();
            let group = running.estate(|estate| estate.group(id.parse().unwrap()).unwrap());
            assert_eq!(right.profile.as_deref(), Some(granted(group.organization).name));
            rows.extend(
                right
                    .stations
                    .into_iter()
                    .map(|station| (id.clone(), station.station_id.unwrap())),
            );
        }
        assert!(rows.len() - before <= 100);
        if answer.more == Some(false) {
            return rows;
        }
    }
}

#[tokio::test]
async fn rights_are_told_of_every_station_in_its_groups() {
    let running = start().await;
    let none = RightsQuery::default;
    let all = all(&running);
    let mut found = rights(&running, none()).await;
    let mut expected: Vec<(String, String)> = all
        .iter()
        .flat_map(|station| {
            let ids = station.sg_ids.as_ref().unwrap().0.iter();
            ids.map(|id| (id.clone(), station.station_id.clone().unwrap()))
        })
        .collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert!(found.len() > 160);

    let one = &all[50];
    let port = &one.ports[0];
    let groups = one.sg_ids.as_ref().unwrap();
    let day = one
        .station_activation_date
        .as_ref()
        .unwrap()
        .split('T')
        .next()
        .unwrap();
    let state = running.estate(|estate| estate.status(one, crate::support::NOW));
    let exact = RightsQuery {
        station_id: one.station_id.clone(),
        station_manufacturer: one.station_manufacturer.clone(),
        station_model: one.station_model.clone(),
        station_name: one.station_name.clone(),
        serial_number: one.station_serial_num.clone(),
        address: one.address.clone(),
        city: one.city.clone(),
        state: one.state.clone(),
        country: one.country.clone(),
        postal_code: one.postal_code.clone(),
        geo: port.geo.clone(),
        connector: port.connector.clone(),
        voltage: port.voltage.clone(),
        current: port.current.clone(),
        power: port.power.clone(),
        reservable: port.reservable,
        level: port.level.clone(),
        mode: port.mode.clone(),
        org_id: one.org_id.clone(),
        organization_name: one.organization_name.clone(),
        sg_id: text(&groups.0[0]),
        sg_name: one.sg_names.as_ref().map(|names| names.0[0].clone()),
        provision_date_range: Some(DateRange {
            start_date: Some(Date::from(day)),
            end_date: Some(Date::from(day)),
        }),
        current_fault: state.ports[0].fault_reason.clone(),
        port_status: state.ports[0].status.clone(),
        admin_status: text("Active"),
        network_status: state.network_status.clone(),
        provision_status: text("Provisioned"),
        ..none()
    };
    let expected = [(groups.0[0].clone(), one.station_id.clone().unwrap())];
    assert_eq!(rights(&running, exact.clone()).await, expected);
    let other = || text("other");
    let late = Some(DateRange {
        start_date: Some(Date::from("2999-01-01")),
        end_date: None,
    });
    for (wrong, expected) in [
        (
            RightsQuery {
                station_model: other(),
                ..exact.clone()
            },
            "102",
        ),
        (
            RightsQuery {
                city: other(),
                ..exact.clone()
            },
            "102",
        ),
        (
            RightsQuery {
                sg_id: other(),
                ..exact.clone()
            },
            "102",
        ),
        (
            RightsQuery {
                sg_name: other(),
                ..exact.clone()
            },
            "102",
        ),
        (
            RightsQuery {
                organization_name: other(),
                ..exact.clone()
            },
            "102",
        ),
        (
            RightsQuery {
                provision_date_range: late,
                ..exact.clone()
            },
            "102",
        ),
        (
            RightsQuery {
                current_fault: other(),
                ..exact.clone()
            },
            "102",
        ),
        (
            RightsQuery {
                port_status: other(),
                ..exact.clone()
            },
            "102",
        ),
        (
            RightsQuery {
                admin_status: other(),
                ..exact.clone()
            },
            "102",
        ),
        (
            RightsQuery {
                network_status: other(),
                ..exact.clone()
            },
            "102",
        ),
        (
            RightsQuery {
                provision_status: other(),
                ..exact.clone()
            },
            "102",
        ),
        (
            RightsQuery {
                num_stations: Some(101),
                ..none()
            },
            "189",
        ),
        (
            RightsQuery {
                start_record: Some(0),
                ..none()
            },
            "135",
        ),
        (
            RightsQuery {
                station_id: other(),
                ..none()
            },
            "152",
        ),
    ] {
        let call = GetStationRights { search_query: wrong };
        assert_eq!(code(&running, &call).await, expected, "{call:?}");
    }
}

#[tokio::test]
async fn the_profile_of_a_group_tells_its_tasks() {
    let running = start().await;
    for group in groups(&running) {
        let profile = granted(group.organization);
        let call = |profile: Option<&str>| GetStationRightsProfile {
            sg_id: text(group.id),
            profile: profile.map(str::to_owned),
        };
        let answer = ask(&running, &call(None)).await;
        let tasks = answer.tasks.iter().map(|task| task.task.as_deref().unwrap());
        assert!(tasks.eq(profile.tasks.iter().map(|(task, _)| *task)));
        assert_eq!(ask(&running, &call(Some(profile.name))).await, answer);
        let other = if profile.name == "network manager" {
            "station manager"
        } else {
            "network manager"
        };
        assert_eq!(code(&running, &call(Some(other))).await, "160");
        assert_eq!(code(&running, &call(Some("king"))).await, "167");
    }
    for (id, expected) in [(text(5), "129"), (text(9001), "125"), (None, "172")] {
        let call = GetStationRightsProfile {
            sg_id: id,
            profile: None,
        };
        assert_eq!(code(&running, &call).await, expected);
    }
}

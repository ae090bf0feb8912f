//! Groups, organizations, and what may be done with their stations.

use chargepoint::Date;
use chargepoint::calls::organizations::{GetOrgsAndStationGroups, OrganizationsQuery};
use chargepoint::calls::rights_profile::GetStationRightsProfile;
use chargepoint::calls::station_groups::{GetStationGroupDetails, GetStationGroups};
use chargepoint::calls::station_rights::{DateRange, GetStationRights, RightsQuery};
use sandbox::Running;
use sandbox::estate::groups::Group;
use sandbox::estate::rights::granted;

use super::support::{all, ask, code, start};

fn text(text: impl ToString) -> Option<String> {
    Some(text.to_string())
}

fn groups(running: &Running) -> Vec<Group> {
    running.estate(|estate| estate.groups())
}

#[tokio::test]
async fn every_group_comes_with_its_stations() {
    let running = start().await;
    let groups = groups(&running);
    let mut seen = 0;
    for organization in groups.iter().map(|group| group.organization) {
        let answer = ask(
            &running,
            &GetStationGroups {
                org_id: text(organization.id),
            },
        )
        .await;
        let known = groups.iter().filter(|group| group.organization == organization);
        assert_eq!(answer.groups.len(), known.count());
        for row in answer.groups {
            seen += 1;
            let id: i32 = row.sg_id.as_ref().unwrap().parse().unwrap();
            let group = groups.iter().find(|group| group.id == id).unwrap();
            assert_eq!(
                (row.sg_name, row.org_id),
                (text(&group.name), text(organization.id))
            );
            running.estate(|estate| {
                let units = estate
                    .units()
                    .iter()
                    .filter(|unit| unit.traits.groups.contains(&id));
                let places = units.map(|unit| (&unit.station.station_id, unit.station.position()));
                assert!(
                    places.eq(row
                        .stations
                        .iter()
                        .map(|place| (&place.station_id, place.geo.as_ref())))
                );
            });
        }
    }
    assert!(seen >= groups.len());
    for (id, expected) in [
        ("1:ORG00001", "159"),
        ("1:ORG99001", "178"),
        ("7", "158"),
        ("", "172"),
    ] {
        let org_id = text(id).filter(|id| !id.is_empty());
        assert_eq!(
            code(&running, &GetStationGroups { org_id }).await,
            expected,
            "{id}"
        );
    }
}

#[tokio::test]
async fn details_tell_of_child_groups_and_stations() {
    let running = start().await;
    let groups = groups(&running);
    for group in &groups {
        let call = |station: Option<String>| GetStationGroupDetails {
            sg_id: text(group.id),
            station_id: station,
        };
        let answer = ask(&running, &call(None)).await;
        let children: Vec<_> = groups.iter().filter(|child| child.parent == group.id).collect();
        assert_eq!(answer.groups.len(), children.len());
        assert_eq!(answer.group_name.as_ref(), Some(&group.name));
        let members = running.estate(|estate| {
            let units = estate
                .units()
                .iter()
                .filter(|unit| unit.traits.groups.contains(&group.id));
            units
                .flat_map(|unit| unit.station.station_id.clone())
                .collect::<Vec<_>>()
        });
        assert_eq!(answer.num_stations, Some(members.len() as i32));
        let stations: Vec<_> = answer
            .stations
            .iter()
            .flat_map(|row| row.station_id.clone())
            .collect();
        assert_eq!(
            stations,
            if children.is_empty() {
                members.clone()
            } else {
                Vec::new()
            }
        );
        let one = ask(&running, &call(members.last().cloned())).await;
        assert_eq!(one.stations[0].station_id.as_ref(), members.last());
        assert!(one.stations[0].address.as_ref().unwrap().matches(", ").count() >= 4);
    }
    let outside = all(&running).into_iter().find(|station| {
        let ids = station.sg_ids.as_ref().unwrap();
        !ids.0.contains(&groups[1].id.to_string())
    });
    for (id, station, expected) in [
        (text(groups[1].id), outside.unwrap().station_id, "122"),
        (text(5), None, "129"),
        (text(9001), None, "125"),
        (None, None, "172"),
    ] {
        let call = GetStationGroupDetails {
            sg_id: id,
            station_id: station,
        };
        assert_eq!(code(&running, &call).await, expected, "{call:?}");
    }
}

#[tokio::test]
async fn organizations_come_with_the_tree_of_their_groups() {
    let running = start().await;
    let groups = groups(&running);
    let find = async |search_query: OrganizationsQuery| {
        let answer = ask(&running, &GetOrgsAndStationGroups { search_query }).await;
        let rows = answer.organizations.into_iter();
        let rows = rows.flat_map(|row| {
            row.groups
                .into_iter()
                .map(move |group| (row.org_id.clone(), group))
        });
        let mut ids: Vec<_> = rows
            .map(|(org, group)| {
                let id: i32 = group.sg_id.as_ref().unwrap().parse().unwrap();
                let known = groups.iter().find(|known| known.id == id).unwrap();
                assert_eq!(org.as_deref(), Some(known.organization.id));
                assert_eq!(group.parent_group_id, text(known.parent));
                id
            })
            .collect();
        ids.sort_unstable();
        ids
    };
    let expected = |means: &dyn Fn(&Group) -> bool| {
        let mut ids: Vec<_> = groups
            .iter()
            .filter(|group| means(group))
            .map(|group| group.id)
            .collect();
        ids.sort_unstable();
        ids
    };
    let none = OrganizationsQuery::default;
    let one = &groups[1];
    assert_eq!(find(none()).await, expected(&|_| true));
    let query = OrganizationsQuery {
        org_id: text(one.organization.id),
        ..none()
    };
    assert_eq!(
        find(query).await,
        expected(&|group| group.organization == one.organization)
    );
    let query = OrganizationsQuery {
        organization_name: text("*FLEET*"),
        ..none()
    };
    assert_eq!(
        find(query).await,
        expected(&|group| group.organization.name.contains("Fleet"))
    );
    let query = OrganizationsQuery {
        sg_id: text(one.id),
        ..none()
    };
    assert_eq!(find(query).await, [one.id]);
    let query = OrganizationsQuery {
        sg_name: text("dc fast"),
        ..none()
    };
    assert_eq!(find(query).await, expected(&|group| group.name == "DC fast"));
    for (search_query, expected) in [
        (
            OrganizationsQuery {
                sg_name: text("Nowhere"),
                ..none()
            },
            "160",
        ),
        (
            OrganizationsQuery {
                org_id: text("1:ORG99001"),
                ..none()
            },
            "178",
        ),
    ] {
        assert_eq!(
            code(&running, &GetOrgsAndStationGroups { search_query }).await,
            expected
        );
    }
}

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
    let state = running.estate(|estate| estate.status(one, super::support::NOW));
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

//! Groups, organizations, and what may be done with their stations.

mod rights;

use chargepoint::Date;
use chargepoint::calls::organizations::{GetOrgsAndStationGroups, OrganizationsQuery};
use chargepoint::calls::rights_profile::GetStationRightsProfile;
use chargepoint::calls::station_groups::{GetStationGroupDetails, GetStationGroups};
use chargepoint::calls::station_rights::{DateRange, GetStationRights, RightsQuery};
use sandbox::Running;
use sandbox::estate::groups::Group;
use sandbox::estate::rights::granted;

use crate::support::{all, ask, code, start};

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

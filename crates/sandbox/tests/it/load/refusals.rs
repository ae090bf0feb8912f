//! What cannot be shed.

use chargepoint::PortStatus;

use super::*;

#[tokio::test]
async fn what_cannot_be_shed_has_the_guides_code_and_changes_nothing() {
    let running = start().await;
    let id = station(&running, true, |unit| {
        full(unit) && unit.traits.outlets.len() == 2
    });
    let kind = |is: Shedding| station(&running, false, |unit| enterprise(unit) && unit.traits.shed == is);
    let (percent, whole, panel) = (
        kind(Shedding::PercentOnly),
        kind(Shedding::StationOnly),
        kind(Shedding::PanelSharing),
    );
    let commercial = station(&running, false, |unit| !enterprise(unit));
    let (gone, mixed) = running.estate(|estate| {
        let mut units = estate.units().iter().filter(|unit| full(unit));
        let gone = units
            .find(|unit| estate.status(&unit.station, NOW).network_status.as_deref() == Some("Unreachable"));
        let unit = estate.unit(&percent).unwrap();
        (
            gone.unwrap().station.station_id.clone().unwrap(),
            unit.traits.groups.last().unwrap().to_string(),
        )
    });
    let both = {
        let mut both = shed(&id, 0, None, Some(10));
        both.shed_query.shed_group = of_group("1", None, Some(10)).shed_query.shed_group;
        both
    };
    let neither = ShedLoad {
        shed_query: ShedQuery {
            time_interval: Some(0),
            ..ShedQuery::default()
        },
    };
    let levels = {
        let mut levels = of_port(&id, &[("1", None, Some(10))]);
        levels.shed_query.shed_station.as_mut().unwrap().percent_shed = Some(10);
        levels
    };
    for (call, expected) in [
        (both, "187"),
        (neither, "184"),
        (levels, "199"),
        (shed(&id, 0, None, None), "200"),
        (shed(&id, 0, Some(1.0), Some(10)), "173"),
        (shed(&id, 0, None, Some(101)), "174"),
        (shed(&id, 0, None, Some(-1)), "123"),
        (shed(&id, 0, Some(-1.0), None), "130"),
        (shed(&id, 0, Some(1000.0), None), "177"),
        (shed(&id, -1, None, Some(10)), "124"),
        (shed("12345", 0, None, Some(10)), "152"),
        (shed("1:12345", 0, None, Some(10)), "119"),
        (shed("1:900001", 0, None, Some(10)), "131"),
        (shed(&commercial, 0, None, Some(10)), "101"),
        (shed(&panel, 0, None, Some(10)), "202"),
        (shed(&percent, 0, Some(1.0), None), "176"),
        (shed(&gone, 0, None, Some(10)), "115"),
        (of_group("1", None, Some(10)), "129"),
        (of_group("9001", None, Some(10)), "125"),
        (of_group("1", None, None), "173"),
        (of_group(&mixed, Some(1.0), None), "175"),
        (of_port(&whole, &[("1", None, Some(10))]), "185"),
        (of_port(&id, &[("9", None, Some(10))]), "186"),
        (of_port(&id, &[("1", None, Some(10)); 2]), "186"),
        (of_port(&id, &[("1", None, Some(10)); 3]), "186"),
        (
            of_port(&id, &[("1", None, Some(10)), ("2", Some(1.0), None)]),
            "181",
        ),
        (of_port(&id, &[("1", None, None)]), "173"),
    ] {
        assert_eq!(code(&running, &call).await, expected, "{call:?}");
    }
    let missing = {
        let mut missing = shed(&id, 0, None, Some(10));
        missing.shed_query.time_interval = None;
        missing
    };
    assert_eq!(code(&running, &missing).await, "172");
    for (call, expected) in [
        (clear("1:12345"), "119"),
        (clear(&commercial), "101"),
        (clear(&gone), "115"),
        (ClearShedState::default(), "184"),
    ] {
        assert_eq!(code(&running, &call).await, expected, "{call:?}");
    }
    let none = LoadQuery::default;
    for (search_query, expected) in [
        (none(), "184"),
        (
            LoadQuery {
                sg_id: text("10"),
                station_id: text(&id),
                ..none()
            },
            "182",
        ),
        (
            LoadQuery {
                sg_id: text("10"),
                ..none()
            },
            "129",
        ),
        (
            LoadQuery {
                station_id: text("1:12345"),
                ..none()
            },
            "119",
        ),
        (
            LoadQuery {
                station_id: text(&commercial),
                ..none()
            },
            "101",
        ),
        (
            LoadQuery {
                session_id: text("1"),
                ..none()
            },
            "132",
        ),
    ] {
        assert_eq!(
            code(
                &running,
                &GetLoad {
                    search_query: search_query.clone()
                }
            )
            .await,
            expected,
            "{search_query:?}"
        );
    }
    let row = load(&running, &id).await.stations[0].clone();
    assert!(row.ports.iter().all(|port| port.shed == Some(false)));
}

/// Hours of the next two months.
fn hours() -> impl Iterator<Item = i64> {
    (0..60 * 24).map(|hour| NOW + hour * 3600)
}

#[tokio::test]
async fn a_station_that_needs_maintenance_is_not_shed() {
    let running = start().await;
    let (now, id, faulty, working) = running.estate(|estate| {
        let of_unit = |unit: &Unit, now| {
            let status = estate.status(&unit.station, now);
            let is_reached = status.network_status.as_deref() == Some("Reachable");
            let has_fault = |port: &&PortStatus| port.status.as_deref() == Some("UNKNOWN");
            let number = |port: &PortStatus| port.port_number.clone().unwrap();
            let faulty = status.ports.iter().find(has_fault).map(number)?;
            let working = status.ports.iter().find(|port| !has_fault(port)).map(number)?;
            is_reached.then(|| (now, unit.station.station_id.clone().unwrap(), faulty, working))
        };
        let units = || estate.units().iter().filter(|unit| full(unit));
        let mut found = hours().flat_map(|now| units().filter_map(move |unit| of_unit(unit, now)));
        found.next().unwrap()
    });
    running.set_clock(now);
    let port = |number: &str| of_port(&id, &[(number, None, Some(10))]);
    assert_eq!(code(&running, &port(&faulty)).await, "115");
    assert_eq!(code(&running, &port(&working)).await, "100");
    let whole = code(&running, &shed(&id, 0, None, Some(10))).await;
    assert_eq!(whole, "100", "one of its ports works");
}

/// No single station is named then.
#[tokio::test]
async fn a_group_of_which_no_station_is_reached_is_not_shed_now() {
    let running = start().await;
    let (group, now) = running.estate(|estate| {
        let sites: Vec<u64> = estate.sites().iter().map(|site| site.id).collect();
        for site in sites {
            estate.remove_site(site);
        }
        let own = loop {
            let site = estate.add_site("Lone", 1);
            if estate.units_of(site).any(full) {
                break site;
            }
            estate.remove_site(site);
        };
        let alone = estate.units_of(own).next().unwrap();
        let is_gone = |now: &i64| {
            let status = estate.status(&alone.station, *now);
            status.network_status.as_deref() == Some("Unreachable")
        };
        (alone.traits.groups[0].to_string(), hours().find(is_gone).unwrap())
    });
    running.set_clock(now);
    assert_eq!(code(&running, &of_group(&group, None, Some(10))).await, "126");
    let shed_query = ClearQuery {
        shed_group: Some(ClearGroup { sg_id: text(&group) }),
        shed_station: None,
    };
    assert_eq!(code(&running, &ClearShedState { shed_query }).await, "127");
}

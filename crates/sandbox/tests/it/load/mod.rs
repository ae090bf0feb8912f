//! Load, shed and let flow again, over the wire.

mod events;
mod refusals;

use chargepoint::calls::clear_shed_state::{
    ClearGroup, ClearPort, ClearPorts, ClearQuery, ClearShedState, ClearStation,
};
use chargepoint::calls::load::{GetLoad, GetLoadResponse, LoadQuery};
use chargepoint::calls::load_shed_event::{CreateLoadShedEvent, RemoveLoadShedEvent, ShedEvent};
use chargepoint::calls::shed_load::{ShedGroup, ShedLoad, ShedPort, ShedPorts, ShedQuery, ShedStation};
use sandbox::Running;
use sandbox::estate::Unit;
use sandbox::estate::traits::Shedding;

use crate::support::{NOW, ask, code, start};

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A station that can be reached and is of this kind, with a session that gives power at its first
/// port when `charging`.
fn station(running: &Running, charging: bool, is: impl Fn(&Unit) -> bool) -> String {
    running.estate(|estate| {
        let mut units = estate.units().iter();
        let found = units.find(|unit| {
            let status = estate.status(&unit.station, NOW);
            let session = estate.session_at(unit, 0, NOW);
            let gives = session.is_some_and(|session| session.kw(NOW) > 1.0);
            status.network_status.as_deref() == Some("Reachable") && gives == charging && is(unit)
        });
        found.unwrap().station.station_id.clone().unwrap()
    })
}

fn enterprise(unit: &Unit) -> bool {
    unit.traits.organization.unwrap().enterprise
}

fn full(unit: &Unit) -> bool {
    enterprise(unit) && unit.traits.shed == Shedding::Full
}

async fn load(running: &Running, station: &str) -> GetLoadResponse {
    let search_query = LoadQuery {
        station_id: text(station),
        ..LoadQuery::default()
    };
    ask(running, &GetLoad { search_query }).await
}

fn shed(station: &str, minutes: i32, allowed_load: Option<f64>, percent_shed: Option<i32>) -> ShedLoad {
    let station = ShedStation {
        station_id: text(station),
        allowed_load,
        percent_shed,
        ports: None,
    };
    of_station(station, minutes)
}

fn of_station(station: ShedStation, minutes: i32) -> ShedLoad {
    ShedLoad {
        shed_query: ShedQuery {
            shed_group: None,
            shed_station: Some(station),
            time_interval: Some(minutes),
        },
    }
}

fn of_group(group: &str, allowed_load: Option<f64>, percent_shed: Option<i32>) -> ShedLoad {
    ShedLoad {
        shed_query: ShedQuery {
            shed_group: Some(ShedGroup {
                sg_id: text(group),
                allowed_load,
                percent_shed,
            }),
            shed_station: None,
            time_interval: Some(0),
        },
    }
}

fn of_port(station: &str, ports: &[(&str, Option<f64>, Option<i32>)]) -> ShedLoad {
    let port = |(number, allowed_load, percent_shed): &(&str, Option<f64>, Option<i32>)| ShedPort {
        port_number: text(number),
        allowed_load: *allowed_load,
        percent_shed: *percent_shed,
    };
    let station = ShedStation {
        station_id: text(station),
        ports: Some(ShedPorts {
            ports: ports.iter().map(port).collect(),
        }),
        ..ShedStation::default()
    };
    of_station(station, 0)
}

fn clear(station: &str) -> ClearShedState {
    ClearShedState {
        shed_query: ClearQuery {
            shed_group: None,
            shed_station: Some(ClearStation {
                station_id: text(station),
                ports: None,
            }),
        },
    }
}

#[tokio::test]
async fn the_load_of_a_station_and_of_a_group_is_that_of_their_sessions() {
    let running = start().await;
    let id = station(&running, true, enterprise);
    let answer = load(&running, &id).await;
    let [row] = answer.stations.as_slice() else {
        panic!()
    };
    let sum: f64 = row.ports.iter().map(|port| port.port_load.unwrap()).sum();
    assert!((row.station_load.unwrap() - sum).abs() < 1e-9 && sum > 1.0);
    let group = running.estate(|estate| {
        let unit = estate.unit(&id).unwrap();
        for (port, row) in row.ports.iter().enumerate() {
            assert!((row.port_load.unwrap() - estate.kw(unit, port, NOW)).abs() < 0.0006);
            let session = estate.session_at(unit, port, NOW);
            let number = session.as_ref().map(|session| session.visit.id.to_string());
            assert_eq!(row.session().map(str::to_owned), number);
            let driver = session.as_ref().and_then(|session| estate.who(session).driver);
            assert_eq!(row.user_id, driver.and_then(|driver| driver.user.user_id.clone()));
            assert_eq!(
                (row.shed, row.allowed_load, row.percent_shed),
                (Some(false), Some(0.0), Some(0))
            );
        }
        unit.traits.groups[0]
    });
    let by_session = LoadQuery {
        session_id: row.ports[0].session_id.clone(),
        ..LoadQuery::default()
    };
    let by_session = ask(
        &running,
        &GetLoad {
            search_query: by_session,
        },
    )
    .await;
    assert_eq!(by_session.stations, answer.stations);

    let search_query = LoadQuery {
        sg_id: text(&group.to_string()),
        ..LoadQuery::default()
    };
    let answer = ask(&running, &GetLoad { search_query }).await;
    let sum: f64 = answer.stations.iter().map(|row| row.station_load.unwrap()).sum();
    assert!((answer.sg_load.unwrap() - sum).abs() < 1e-6);
    assert_eq!(answer.num_stations, Some(answer.stations.len() as i32));
    running.estate(|estate| {
        assert_eq!(answer.group_name, estate.group(group).map(|group| group.name));
        let units = estate
            .units()
            .iter()
            .filter(|unit| unit.traits.groups.contains(&group));
        assert_eq!(answer.stations.len(), units.count());
    });
}

#[tokio::test]
async fn load_is_shed_and_flows_again() {
    let running = start().await;
    let id = station(&running, true, full);
    let before = load(&running, &id).await.stations[0].ports[0].port_load.unwrap();
    let answer = ask(&running, &shed(&id, 0, None, Some(60))).await;
    assert_eq!(
        (answer.response_code.as_deref(), answer.success),
        (Some("100"), Some(true))
    );
    assert_eq!(
        (answer.station_id.as_deref(), answer.percent_shed),
        (Some(&*id), Some(60))
    );
    let port = load(&running, &id).await.stations[0].ports[0].clone();
    assert!((port.port_load.unwrap() - before * 0.4).abs() < 0.001);
    assert_eq!(
        (port.shed, port.percent_shed, port.allowed_load),
        (Some(true), Some(60), Some(0.0))
    );
    assert_eq!(code(&running, &shed(&id, 0, Some(1.0), None)).await, "179");
    assert_eq!(code(&running, &shed(&id, 0, None, Some(10))).await, "100");
    let port = load(&running, &id).await.stations[0].ports[0].clone();
    assert!((port.port_load.unwrap() - before * 0.9).abs() < 0.001);

    assert_eq!(ask(&running, &clear(&id)).await.success, Some(true));
    let port = load(&running, &id).await.stations[0].ports[0].clone();
    assert_eq!((port.port_load, port.shed), (Some(before), Some(false)));
    assert_eq!(code(&running, &shed(&id, 5, Some(1.0), None)).await, "100");
    let row = load(&running, &id).await.stations[0].clone();
    assert!(row.station_load.unwrap() <= 1.0 && row.station_load.unwrap() > 0.0);
}

#[tokio::test]
async fn a_group_and_a_single_port_are_shed() {
    let running = start().await;
    let id = station(&running, true, |unit| full(unit) && unit.traits.outlets.len() > 1);
    let answer = ask(&running, &of_port(&id, &[("1", Some(0.5), None)])).await;
    assert_eq!(
        (answer.success, answer.ports.unwrap().ports.len()),
        (Some(true), 1)
    );
    let row = load(&running, &id).await.stations[0].clone();
    assert_eq!(
        (row.ports[0].port_load, row.ports[0].allowed_load),
        (Some(0.5), Some(0.5))
    );
    assert_eq!(row.ports[1].shed, Some(false));
    let ports = ClearPorts {
        ports: vec![ClearPort {
            port_number: text("1"),
        }],
    };
    let mut cleared = clear(&id);
    cleared.shed_query.shed_station.as_mut().unwrap().ports = Some(ports);
    assert_eq!(code(&running, &cleared).await, "100");

    let group = running.estate(|estate| {
        estate
            .unit(&id)
            .unwrap()
            .traits
            .groups
            .last()
            .unwrap()
            .to_string()
    });
    let answer = ask(&running, &of_group(&group, None, Some(100))).await;
    assert_eq!(
        (answer.success, answer.sg_id.as_deref()),
        (Some(true), Some(&*group))
    );
    let search_query = LoadQuery {
        sg_id: text(&group),
        ..LoadQuery::default()
    };
    let all = ask(&running, &GetLoad { search_query }).await;
    let shared = running.estate(|estate| {
        let units = estate.units().iter();
        let shared = units.filter(|unit| unit.traits.shed == Shedding::PanelSharing);
        shared
            .flat_map(|unit| unit.station.station_id.clone())
            .collect::<Vec<_>>()
    });
    for row in &all.stations {
        let shares = shared.contains(row.station_id.as_ref().unwrap());
        assert!(shares || row.station_load == Some(0.0));
        assert!(row.ports.iter().all(|port| port.shed == Some(!shares)));
    }
    let shed_query = ClearQuery {
        shed_group: Some(ClearGroup { sg_id: text(&group) }),
        shed_station: None,
    };
    assert_eq!(code(&running, &ClearShedState { shed_query }).await, "100");
    assert!(load(&running, &id).await.stations[0].station_load.unwrap() > 1.0);
}

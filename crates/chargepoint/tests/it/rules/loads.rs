//! Loads: who is shed, by how much, for how long.

use chargepoint::DateTime;
use chargepoint::calls::clear_shed_state::{
    ClearGroup, ClearPort, ClearPorts, ClearQuery, ClearShedState, ClearStation,
};
use chargepoint::calls::load::{GetLoad, LoadQuery};
use chargepoint::calls::load_shed_event::{CreateLoadShedEvent, RemoveLoadShedEvent, ShedEvent};
use chargepoint::calls::shed_load::{ShedGroup, ShedLoad, ShedPort, ShedPorts, ShedQuery, ShedStation};

use super::{refused, taken, text};

fn group(load: Option<f64>, percent: Option<i32>) -> ShedLoad {
    let group = ShedGroup {
        sg_id: text("12"),
        allowed_load: load,
        percent_shed: percent,
    };
    ShedLoad {
        shed_query: ShedQuery {
            shed_group: Some(group),
            time_interval: Some(0),
            ..ShedQuery::default()
        },
    }
}

fn station(station: ShedStation) -> ShedLoad {
    ShedLoad {
        shed_query: ShedQuery {
            shed_station: Some(ShedStation {
                station_id: station.station_id.or(text("1:7")),
                ..station
            }),
            time_interval: Some(15),
            ..ShedQuery::default()
        },
    }
}

fn ports(ports: &[(&str, Option<f64>, Option<i32>)]) -> ShedLoad {
    let port = |(number, load, percent): &(&str, _, _)| ShedPort {
        port_number: text(number),
        allowed_load: *load,
        percent_shed: *percent,
    };
    let ports = ports.iter().map(port).collect();
    station(ShedStation {
        ports: Some(ShedPorts { ports }),
        ..ShedStation::default()
    })
}

#[test]
fn one_level_and_one_method() {
    taken(&group(Some(0.0), None));
    taken(&group(None, Some(100)));
    taken(&station(ShedStation {
        percent_shed: Some(0),
        ..ShedStation::default()
    }));
    taken(&ports(&[("1", None, Some(50)), ("2", None, Some(0))]));

    let both = ShedLoad {
        shed_query: ShedQuery {
            shed_group: group(None, Some(1)).shed_query.shed_group,
            ..station(ShedStation {
                percent_shed: Some(1),
                ..ShedStation::default()
            })
            .shed_query
        },
    };
    assert_eq!(refused(&both), ("shedGroup", "187"));
    assert_eq!(refused(&ShedLoad::default()), ("shedStation", "199"));
    let (load, percent) = ("allowedLoadPerStation", "percentShedPerStation");
    assert_eq!(refused(&group(None, None)), (load, "173"));
    assert_eq!(refused(&group(Some(1.0), Some(1))), (load, "173"));
    for kw in [-0.1, f64::NAN, f64::INFINITY] {
        assert_eq!(refused(&group(Some(kw), None)), (load, "130"));
    }
    assert_eq!(refused(&group(None, Some(101))), (percent, "174"));
    assert_eq!(refused(&group(None, Some(-1))), (percent, "123"));

    assert_eq!(refused(&station(ShedStation::default())), ("shedStation", "200"));
    let odd = ShedStation {
        station_id: text("7"),
        percent_shed: Some(1),
        ..ShedStation::default()
    };
    assert_eq!(refused(&station(odd)), ("stationID", "152"));
    let mixed = ports(&[("1", None, Some(1))]).shed_query.shed_station.unwrap();
    let mixed = ShedStation {
        allowed_load: Some(1.0),
        ..mixed
    };
    assert_eq!(refused(&station(mixed)), ("Ports", "199"));
    assert_eq!(refused(&ports(&[])), ("Ports", "183"));
    assert_eq!(refused(&ports(&[(" ", None, Some(1))])), ("portNumber", "183"));
    assert_eq!(
        refused(&ports(&[("1", None, None)])),
        ("allowedLoadPerPort", "173")
    );
    assert_eq!(
        refused(&ports(&[("1", None, Some(1)), ("2", Some(1.0), None)])),
        ("Ports", "181")
    );
}

#[test]
fn how_long_must_be_said() {
    for (minutes, said) in [(None, "must be given"), (Some(-1), "must be 0 or more")] {
        let mut call = group(Some(1.0), None);
        call.shed_query.time_interval = minutes;
        assert_eq!(refused(&call), ("timeInterval", "124"));
        let why = chargepoint::calls::Call::check(&call).unwrap_err().why;
        assert!(why.contains(said), "{why}");
    }
}

#[test]
fn what_is_cleared_is_one_thing() {
    let group = ClearGroup { sg_id: text("7") };
    let clear = |number: Option<&str>| {
        let ports = number.map(|number| ClearPorts {
            ports: vec![ClearPort {
                port_number: text(number),
            }],
        });
        let station = ClearStation {
            station_id: text("1:7"),
            ports,
        };
        ClearShedState {
            shed_query: ClearQuery {
                shed_station: Some(station),
                ..ClearQuery::default()
            },
        }
    };
    taken(&clear(None));
    taken(&clear(Some("1")));
    assert_eq!(refused(&clear(Some(""))), ("portNumber", "183"));
    let mut call = clear(None);
    call.shed_query.shed_group = Some(group);
    assert_eq!(refused(&call), ("shedGroup", "187"));
    call.shed_query.shed_station = None;
    taken(&call);
    call.shed_query.shed_group = Some(ClearGroup { sg_id: text("seven") });
    assert_eq!(refused(&call), ("sgID", "121"));
    assert_eq!(refused(&ClearShedState::default()), ("shedStation", "199"));
}

#[test]
fn a_load_is_of_a_group_or_a_station() {
    let load = |group: Option<&str>, station: Option<&str>, session: Option<&str>| GetLoad {
        search_query: LoadQuery {
            sg_id: group.map(str::to_owned),
            station_id: station.map(str::to_owned),
            session_id: session.map(str::to_owned),
        },
    };
    taken(&load(Some("1"), None, None));
    taken(&load(None, Some("1:7"), Some("5")));
    taken(&load(None, None, Some("5")));
    assert_eq!(refused(&load(Some("1"), Some("1:7"), None)), ("stationID", "182"));
    assert_eq!(refused(&load(None, None, None)), ("stationID", "182"));
    assert_eq!(refused(&load(Some("99999999999"), None, None)), ("sgID", "121"));
}

#[test]
fn an_event_has_a_place_a_time_and_an_amount() {
    let event = || ShedEvent {
        station_id: text("1:7"),
        start_time: Some(DateTime::from("2026-11-20T21:00:00Z")),
        duration: Some(60),
        allowed_load: Some(3.0),
        ..ShedEvent::default()
    };
    let create = |shed_event| CreateLoadShedEvent { shed_event };
    taken(&create(event()));
    for (wrong, expected) in [
        (
            ShedEvent {
                sg_id: text("1"),
                ..event()
            },
            ("stationID", "184"),
        ),
        (
            ShedEvent {
                station_id: None,
                ..event()
            },
            ("stationID", "184"),
        ),
        (
            ShedEvent {
                start_time: None,
                ..event()
            },
            ("eventStartTime", "172"),
        ),
        (
            ShedEvent {
                start_time: Some(DateTime::from("tomorrow")),
                ..event()
            },
            ("eventStartTime", "141"),
        ),
        (
            ShedEvent {
                duration: None,
                ..event()
            },
            ("eventDuration", "107"),
        ),
        (
            ShedEvent {
                duration: Some(0),
                ..event()
            },
            ("eventDuration", "107"),
        ),
        (
            ShedEvent {
                allowed_load: None,
                ..event()
            },
            ("allowedLoadPerPort", "173"),
        ),
        (
            ShedEvent {
                percent_shed: Some(1.0),
                ..event()
            },
            ("allowedLoadPerPort", "173"),
        ),
        (
            ShedEvent {
                allowed_load: None,
                percent_shed: Some(100.5),
                ..event()
            },
            ("percentShedPerStation", "174"),
        ),
    ] {
        assert_eq!(refused(&create(wrong)), expected);
    }
    taken(&RemoveLoadShedEvent { event_id: text("77") });
    assert_eq!(
        refused(&RemoveLoadShedEvent {
            event_id: text("1:77")
        }),
        ("eventId", "168")
    );
    assert_eq!(refused(&RemoveLoadShedEvent::default()), ("eventId", "172"));
}

#![allow(clippy::unwrap_used)]
use super::*;

fn station(loads: &[Option<f64>]) -> LoadOfStation {
    let port = |(n, load): (usize, &Option<f64>)| PortLoad {
        port_number: (n + 1).to_string(),
        load: *load,
        ..PortLoad::default()
    };
    LoadOfStation {
        station_load: Some(loads.iter().flatten().sum()),
        ports: loads.iter().enumerate().map(port).collect(),
        ..LoadOfStation::default()
    }
}

#[test]
fn it_is_told_in_a_sentence() {
    let told = |loads: &[Option<f64>], way| preview(&[station(loads)], &Shed::Stations(way)).unwrap().words;
    assert_eq!(
        told(&[Some(20.0), Some(0.0)], Way::Percent(50.0)),
        "Frees 10 kW now: 10 kW instead of 20 kW, at 2 ports."
    );
    assert_eq!(
        told(&[Some(1_204_000.5)], Way::Above(999.96)),
        "Frees 1,203,000.5 kW now: 1,000 kW instead of 1,204,000.5 kW, at 1 port."
    );
    let mut shed = station(&[Some(4.0)]);
    shed.ports[0].percent_shed = Some(60.0);
    let less = preview(&[shed], &Shed::Stations(Way::Percent(45.0))).unwrap();
    assert_eq!(
        less.words,
        "Allows 1.5 kW more now: 5.5 kW instead of 4 kW, at 1 port."
    );
    let none = preview(&[], &Shed::Stations(Way::Percent(45.0))).unwrap();
    assert_eq!(none.words, "Frees 0 kW now: 0 kW instead of 0 kW, at 0 ports.");
    let silent = LoadOfStation::default;
    for (stations, said) in [
        (
            vec![silent(), station(&[Some(4.0)])],
            "Frees 1 kW now: 3 kW instead of 4 kW, at 1 port. 1 of 2 stations does not tell what it draws.",
        ),
        (
            vec![silent(), silent()],
            "Frees 0 kW now: 0 kW instead of 0 kW, at 0 ports. 2 of 2 stations do not tell what they draw.",
        ),
    ] {
        let told = preview(&stations, &Shed::Stations(Way::Percent(25.0))).unwrap();
        assert_eq!(told.words, said);
    }
}

fn figures(preview: &ShedPreview) -> (f64, f64, f64) {
    (preview.now_kw, preview.after_kw, preview.freed_kw)
}

#[test]
fn a_percentage_is_of_what_is_drawn_and_a_limit_frees_what_is_above_it() {
    let two = [station(&[Some(7.2), Some(3.6)]), station(&[Some(0.0), None])];
    let by = |way| preview(&two, &Shed::Stations(way)).unwrap();
    let half = by(Way::Percent(50.0));
    assert_eq!(figures(&half), (10.8, 5.4, 5.4));
    assert_eq!((half.stations, half.ports, half.without), (2, 4, 2));
    assert_eq!(figures(&by(Way::Above(6.0))), (10.8, 6.0, 4.8));
    assert_eq!(
        figures(&by(Way::Above(50.0))),
        (10.8, 10.8, 0.0),
        "nothing is given back"
    );
    assert_eq!(figures(&by(Way::Percent(100.0))), (10.8, 0.0, 10.8));
}

/// The guide's example: 10 kW, of which 30 % are shed; then 50 % leave 5 kW, not 3.5.
#[test]
fn a_second_percentage_is_of_the_same_as_the_first() {
    let mut one = [station(&[Some(7.0)])];
    one[0].ports[0].percent_shed = Some(30.0);
    for shed in [Shed::Stations, |way| of_port("1", way)] {
        let by = |way| figures(&preview(&one, &shed(way)).unwrap());
        assert_eq!(by(Way::Percent(50.0)), (7.0, 5.0, 2.0));
        assert_eq!(by(Way::Percent(10.0)), (7.0, 9.0, -2.0));
    }
    // Nothing is known of what is shed wholly.
    one[0].ports[0] = PortLoad {
        load: Some(0.0),
        percent_shed: Some(100.0),
        ..one[0].ports[0].clone()
    };
    one[0].station_load = Some(0.0);
    assert_eq!(
        figures(&preview(&one, &Shed::Stations(Way::Percent(50.0))).unwrap()),
        (0.0, 0.0, 0.0)
    );
}

/// The guide (5.1): modes are not mixed at a station, and its ports are of it.
#[test]
fn the_other_way_is_refused_while_one_is_under_way() {
    let mut two = [station(&[Some(7.0), Some(3.0)]), station(&[Some(2.0)])];
    let percent = [
        Shed::Stations(Way::Percent(50.0)),
        of_port("1", Way::Percent(50.0)),
    ];
    let load = [Shed::Stations(Way::Above(5.0)), of_port("1", Way::Above(5.0))];
    let is_refused = |two: &[LoadOfStation], shed: &[Shed; 2]| {
        let refused = shed
            .each_ref()
            .map(|shed| preview(two, shed) == Err(Refusal::OtherWay));
        assert_eq!(refused[0], refused[1], "{shed:?}");
        refused[0]
    };
    assert!(!is_refused(&two, &percent) && !is_refused(&two, &load));
    two[0].ports[1].percent_shed = Some(30.0);
    assert!(!is_refused(&two, &percent) && is_refused(&two, &load));
    two[0].ports[1] = PortLoad {
        percent_shed: None,
        allowed_load: Some(0.0),
        ..two[0].ports[1].clone()
    };
    assert!(is_refused(&two, &percent) && !is_refused(&two, &load));
    assert_eq!(
        preview(&two, &of_port("7", Way::Percent(50.0))),
        Err(Refusal::NoPort("7".into()))
    );
}

fn of_port(number: &str, way: Way) -> Shed {
    Shed::Ports(vec![(number.into(), way)])
}

#[test]
fn ports_are_named_and_must_be_there() {
    let one = [station(&[Some(7.2), Some(3.6)])];
    let ports = |number: &str| of_port(number, Way::Percent(25.0));
    let second = preview(&one, &ports("2")).unwrap();
    assert_eq!((figures(&second), second.ports), ((3.6, 2.7, 0.9), 1));
    assert_eq!(preview(&one, &ports("7")), Err(Refusal::NoPort("7".into())));
    assert_eq!(
        figures(&preview(&[], &Shed::Stations(Way::Percent(10.0))).unwrap()),
        (0.0, 0.0, 0.0)
    );
}

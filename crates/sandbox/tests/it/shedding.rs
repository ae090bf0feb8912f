//! Load shedding, as the guide tells it.

use sandbox::Estate;
use sandbox::estate::Unit;
use sandbox::estate::sessions::Session;
use sandbox::estate::shed::{Event, Measure, OtherMode, Removal};

use super::support::NOW;

/// A session that gives at least 5 kW at a moment and goes on for two hours.
fn session(estate: &Estate) -> Session<'_> {
    let all = estate.units().iter().flat_map(|unit| {
        let ports = 0..unit.traits.outlets.len();
        ports.filter_map(|port| estate.session_at(unit, port, NOW))
    });
    let mut long = all.filter(|session| session.visit.end > NOW + 7200 && session.kw(NOW + 7000) > 5.0);
    long.next().unwrap()
}

/// The estate, a port that gives power, and how much.
fn estate() -> (Estate, u64, usize, f64) {
    let estate = Estate::new(1, 400);
    let session = session(&estate);
    let (number, port, kw) = (session.unit.traits.number, session.port, session.kw(NOW));
    (estate, number, port, kw)
}

fn unit(estate: &Estate, number: u64) -> &Unit {
    let mut units = estate.units().iter();
    units.find(|unit| unit.traits.number == number).unwrap()
}

fn kw(estate: &Estate, number: u64, port: usize, now: i64) -> f64 {
    estate.kw(unit(estate, number), port, now)
}

#[test]
fn percent_works_on_the_power_at_the_first_call() {
    let (mut estate, number, port, first) = estate();
    let near = |one: f64, other: f64| assert!((one - other).abs() < 1e-9, "{one} {other}");
    estate
        .shed(&[(number, port, Measure::Percent(30.0))], 0, NOW)
        .unwrap();
    near(kw(&estate, number, port, NOW), first * 0.7);
    estate
        .shed(&[(number, port, Measure::Percent(50.0))], 0, NOW + 600)
        .unwrap();
    near(kw(&estate, number, port, NOW + 600), first * 0.5);
    estate.clear_shed(&[(number, port)], NOW + 1200);
    near(kw(&estate, number, port, NOW + 1200), first);
    assert_eq!(estate.shed_at(unit(&estate, number), port, NOW + 1200), None);
}

#[test]
fn what_is_shed_is_missing_from_the_energy_and_the_past_stays() {
    let (mut estate, number, port, _) = estate();
    let visit = session(&estate).visit.clone();
    let of = |estate: &Estate, until| {
        let session = estate.session(visit.id).unwrap();
        session.charge(until).energy
    };
    let (before, after) = (of(&estate, NOW), of(&estate, NOW + 3600));
    estate
        .shed(&[(number, port, Measure::Allowed(1.0))], 30, NOW)
        .unwrap();
    assert_eq!(of(&estate, NOW), before);
    let drawn = of(&estate, NOW + 1800) - before;
    assert!((drawn - 0.5).abs() < 1e-9, "{drawn} kWh at 1 kW in half an hour");
    let shed = of(&estate, NOW + 3600);
    assert!(shed < after - 1.0);
    // Ended by itself, and told of no more; the energy does not come back.
    assert!(kw(&estate, number, port, NOW + 1800) > 5.0);
    assert_eq!(estate.shed_at(unit(&estate, number), port, NOW + 1800), None);
    estate.clear_shed(&[(number, port)], NOW + 1800);
    assert_eq!(of(&estate, NOW + 3600), shed);
}

#[test]
fn another_mode_is_refused_while_one_is_active() {
    let (mut estate, number, port, _) = estate();
    estate
        .shed(&[(number, port, Measure::Allowed(2.0))], 10, NOW)
        .unwrap();
    let ports = [(number, port, Measure::Percent(50.0))];
    assert_eq!(estate.shed(&ports, 0, NOW + 599), Err(OtherMode));
    assert_eq!(kw(&estate, number, port, NOW + 599), 2.0);
    assert_eq!(estate.shed(&ports, 0, NOW + 600), Ok(()));
    estate.clear_shed(&[(number, port)], NOW + 700);
    estate
        .shed(&[(number, port, Measure::Allowed(1.0))], 0, NOW + 700)
        .unwrap();
    assert_eq!(kw(&estate, number, port, NOW + 700), 1.0);
}

#[test]
fn a_port_that_gives_no_power_is_held_at_none() {
    let mut estate = Estate::new(1, 400);
    let (number, port, start) = {
        let all = estate.units().iter().flat_map(|unit| {
            estate
                .visits(unit, NOW, NOW + 20_000)
                .map(move |found| (unit, found))
        });
        let mut coming =
            all.filter(|(_, (_, visit))| visit.start > NOW + 60 && visit.end > visit.start + 600);
        let (unit, (port, visit)) = coming.next().unwrap();
        assert!(estate.session_at(unit, port, NOW).is_none());
        (unit.traits.number, port, visit.start)
    };
    estate
        .shed(&[(number, port, Measure::Percent(10.0))], 0, NOW)
        .unwrap();
    assert_eq!(kw(&estate, number, port, start + 300), 0.0);
    estate.clear_shed(&[(number, port)], start + 300);
    assert!(kw(&estate, number, port, start + 300) > 0.0);
}

#[test]
fn an_event_sheds_in_its_time_unless_the_driver_refuses() {
    let (mut estate, number, port, first) = estate();
    let event = |may_opt_out, measure| Event {
        id: 0,
        station: Some(number),
        group: None,
        from: NOW + 600,
        until: NOW + 3600,
        measure,
        may_opt_out,
    };
    let id = estate
        .add_event(event(false, Measure::Percent(50.0)), NOW)
        .unwrap();
    assert_eq!(kw(&estate, number, port, NOW + 599), first);
    assert!((kw(&estate, number, port, NOW + 600) - first / 2.0).abs() < 1e-9);
    assert_eq!(kw(&estate, number, port, NOW + 3600), first);
    assert_eq!(estate.remove_event(id, NOW + 600), Removal::TooLate);
    assert_eq!(estate.remove_event(id, NOW + 599), Removal::Removed);
    assert_eq!(estate.remove_event(id, NOW), Removal::Unknown);
    assert_eq!(kw(&estate, number, port, NOW + 600), first);

    let visit = session(&estate).visit.id;
    let refused = (0..200).find_map(|_| {
        let id = estate.add_event(event(true, Measure::Allowed(1.0)), NOW).unwrap();
        let opted_out = estate.session(visit).unwrap().opted_out;
        if opted_out.is_none() {
            assert_eq!(kw(&estate, number, port, NOW + 3599), 1.0);
            assert_eq!(estate.remove_event(id, NOW), Removal::Removed);
        }
        opted_out
    });
    let at = refused.unwrap().at;
    assert!((NOW + 600..NOW + 3600).contains(&at));
    assert_eq!(kw(&estate, number, port, at), first);
    assert_eq!(estate.shed_at(unit(&estate, number), port, at), None);
}

const PERCENT: Measure = Measure::Percent(20.0);
const ALLOWED: Measure = Measure::Allowed(1.0);

/// An event of an hour from ten minutes on, at a station.
fn event(number: u64, measure: Measure) -> Event {
    Event {
        id: 0,
        station: Some(number),
        group: None,
        from: NOW + 600,
        until: NOW + 4200,
        measure,
        may_opt_out: false,
    }
}

#[test]
fn another_mode_is_refused_while_an_event_lasts() {
    for (own, other) in [(PERCENT, ALLOWED), (ALLOWED, PERCENT)] {
        let (mut estate, number, port, first) = estate();
        let group = unit(&estate, number).traits.groups[0];
        let of_group = Event {
            station: None,
            group: Some(group),
            ..event(number, own)
        };
        for event in [event(number, own), of_group] {
            let id = estate.add_event(event, NOW).unwrap();
            assert_eq!(
                estate.shed(&[(number, port, other)], 0, NOW + 600),
                Err(OtherMode)
            );
            assert_eq!(
                estate.shed(&[(number, port, other)], 0, NOW + 4199),
                Err(OtherMode)
            );
            assert_eq!(estate.shed(&[(number, port, own)], 1, NOW + 700), Ok(()));
            // Of percent, the power before the event counts.
            if let Measure::Percent(percent) = own {
                let shed = estate.shed_at(unit(&estate, number), port, NOW + 700).unwrap();
                assert!((shed.first - first).abs() < 1e-9 && percent == 20.0, "{shed:?}");
            }
            estate.clear_shed(&[(number, port)], NOW + 701);
            assert_eq!(estate.shed(&[(number, port, other)], 1, NOW + 4200), Ok(()));
            estate.clear_shed(&[(number, port)], NOW + 4200);
            assert_eq!(estate.remove_event(id, NOW), Removal::Removed);
        }
    }
}

#[test]
fn modes_are_not_mixed_among_the_ports_of_a_station() {
    let mut estate = Estate::new(1, 400);
    let mut units = estate.units().iter();
    let wide = units.find(|unit| unit.traits.outlets.len() > 1).unwrap();
    let number = wide.traits.number;
    estate.shed(&[(number, 0, PERCENT)], 10, NOW).unwrap();
    assert_eq!(estate.shed(&[(number, 1, ALLOWED)], 0, NOW + 1), Err(OtherMode));
    assert_eq!(estate.shed(&[(number, 1, PERCENT)], 1, NOW + 1), Ok(()));
    assert_eq!(estate.shed(&[(number, 1, ALLOWED)], 0, NOW + 600), Ok(()));
}

#[test]
fn an_event_is_refused_over_another_mode_that_lasts_until_then() {
    for (own, other) in [(PERCENT, ALLOWED), (ALLOWED, PERCENT)] {
        let (mut estate, number, port, _) = estate();
        let group = unit(&estate, number).traits.groups[0];
        let of_group = Event {
            station: None,
            group: Some(group),
            ..event(number, own)
        };
        // Without an end, beyond the beginning, and until just before it.
        for (minutes, refused) in [(0, true), (11, true), (10, false)] {
            estate.shed(&[(number, port, other)], minutes, NOW).unwrap();
            for event in [event(number, own), of_group.clone()] {
                let added = estate.add_event(event, NOW);
                assert_eq!(added.is_err(), refused, "{minutes} {added:?}");
                if let Ok(id) = added {
                    estate.remove_event(id, NOW);
                }
            }
            let same = estate.add_event(event(number, other), NOW).unwrap();
            assert_eq!(
                estate.add_event(of_group.clone(), NOW),
                Err(OtherMode),
                "at the same time"
            );
            let later = Event {
                from: NOW + 4200,
                until: NOW + 4260,
                ..event(number, own)
            };
            assert_eq!(estate.add_event(later.clone(), NOW).is_err(), minutes == 0);
            for id in [same, same + 1] {
                estate.remove_event(id, NOW);
            }
            estate.clear_shed(&[(number, port)], NOW);
        }
    }
}

#[test]
fn what_is_kept_does_not_grow_without_end() {
    let (mut estate, number, port, _) = estate();
    for round in 0..500 {
        let ports = [(number, port, Measure::Allowed(f64::from(round)))];
        estate.shed(&ports, 0, NOW + i64::from(round)).unwrap();
    }
    let limits = session(&estate).limits.len();
    assert!(limits <= 100, "{limits}");
}

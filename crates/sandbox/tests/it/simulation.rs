//! What happens in the estate: a function of seed and time.

use std::collections::HashSet;

use sandbox::Estate;
use sandbox::estate::charge::{Charge, intervals, rounded};
use sandbox::estate::sessions::Session;
use sandbox::estate::tariffs;

use super::support::NOW;

const DAY: i64 = 86_400;

fn sessions(estate: &Estate, from: i64, until: i64) -> Vec<Session<'_>> {
    let units = estate.units().iter();
    units
        .flat_map(|unit| {
            let visits = estate.visits(unit, from, until);
            visits.map(|(port, visit)| estate.session_of(unit, port, visit))
        })
        .collect()
}

#[test]
fn sessions_have_numbers_of_their_own_and_follow_one_another() {
    let estate = Estate::new(1, 160);
    let all = sessions(&estate, NOW - 7 * DAY, NOW);
    assert!(all.len() > 3000, "{}", all.len());
    let mut numbers = HashSet::new();
    for pair in all.windows(2) {
        let [one, next] = pair else { unreachable!() };
        if one.unit == next.unit && one.port == next.port {
            assert!(one.visit.end <= next.visit.start);
        }
    }
    for session in &all {
        assert!(numbers.insert(session.visit.id));
        assert!(session.visit.start < session.visit.end);
        let found = estate.session(session.visit.id).unwrap();
        assert_eq!(
            (&found.visit, found.port, &found.unit.station),
            (&session.visit, session.port, &session.unit.station)
        );
        assert_eq!(found.charge(NOW), session.charge(NOW));
    }
    for number in [0, -1, 1, i64::MAX, all[0].visit.id + 1] {
        assert!(estate.session(number).is_none(), "{number}");
    }
    let reasons: HashSet<_> = all.iter().map(|session| session.visit.ended_by).collect();
    let known = [
        "Timeout",
        "Customer",
        "Plug Out at Vehicle",
        "Station Offline",
        "Fault",
    ];
    assert_eq!(reasons, HashSet::from(known));
}

#[test]
fn a_port_is_in_use_while_its_session_lasts() {
    let estate = Estate::new(2, 160);
    let mut seen = HashSet::new();
    for unit in estate.units() {
        for moment in (NOW..NOW + DAY).step_by(1777) {
            let status = estate.status(&unit.station, moment);
            for (port, state) in status.ports.iter().enumerate() {
                let word = state.status.as_deref().unwrap();
                let session = estate.session_at(unit, port, moment);
                assert_eq!(word == "INUSE", session.is_some());
                seen.insert(word.to_owned());
            }
        }
    }
    assert_eq!(seen.len(), 4);
}

#[test]
fn power_follows_a_curve_and_quarters_add_up_to_the_energy() {
    let estate = Estate::new(3, 160);
    let (mut full, mut fast) = (0, 0);
    for session in sessions(&estate, NOW - DAY, NOW - 7 * 3600) {
        let outlet = session.unit.traits.outlets[session.port];
        let steps: Vec<_> = session.steps(NOW).collect();
        assert_eq!(steps.first().unwrap().from, session.visit.start);
        assert_eq!(steps.last().unwrap().until, session.visit.end);
        for pair in steps.windows(2) {
            assert_eq!(pair[0].until, pair[1].from);
            // Nobody sheds: the power never rises.
            assert!(pair[1].kw <= pair[0].kw + 1e-9);
        }
        assert!(steps.iter().all(|step| (0.0..=outlet.kw).contains(&step.kw)));
        let charge = session.charge(NOW);
        assert!(charge.energy > 0.0 && charge.full <= session.car.target + 1e-9);
        let stored = (charge.full - session.car.start) * session.car.battery;
        assert!(stored < charge.energy, "more arrives than was sent");
        full += usize::from(charge.flowing < session.visit.end - session.visit.start);
        fast += usize::from(outlet.dc && steps[0].kw > 40.0);

        let quarters = intervals(session.steps(NOW));
        let sum: f64 = quarters.iter().map(|quarter| quarter.energy).sum();
        assert!((sum - rounded(charge.energy)).abs() < 1e-6);
        assert_eq!(quarters.last().unwrap().total, rounded(charge.energy));
        assert_eq!(quarters[0].from, session.visit.start);
        assert!(quarters[1..].iter().all(|quarter| quarter.from % 900 == 0));
        assert!(
            quarters
                .iter()
                .all(|quarter| quarter.average <= quarter.peak + 2e-6)
        );
    }
    assert!(full > 20 && fast > 20, "{full} {fast}");
}

#[test]
fn a_session_that_lasts_grows_until_it_ends() {
    let estate = Estate::new(1, 160);
    let mut all = estate.units().iter().flat_map(|unit| {
        let ports = 0..unit.traits.outlets.len();
        ports.filter_map(|port| estate.session_at(unit, port, NOW))
    });
    let session = all.find(|session| session.kw(NOW) > 1.0).unwrap();
    let (now, later) = (session.charge(NOW), session.charge(NOW + 60));
    assert!(later.energy > now.energy);
    let end = session.visit.end;
    assert_eq!(session.charge(end), session.charge(end + DAY));
    assert_eq!(session.kw(end), 0.0);
    assert_eq!(session.kw(session.visit.start - 1), 0.0);
    assert_eq!(Charge::of(session.steps(session.visit.start)), Charge::default());
}

#[test]
fn fees_follow_the_prices() {
    let estate = Estate::new(1, 400);
    let mut rules = HashSet::new();
    for session in sessions(&estate, NOW - DAY, NOW) {
        let station = &session.unit.station;
        let prices = &station.pricing;
        let currency = station.currency_code.as_deref().unwrap();
        let fee = tariffs::fee(
            prices,
            &session.unit.traits,
            &session.visit,
            session.steps(NOW),
            currency,
        );
        let rule = tariffs::rule(prices);
        assert_eq!(fee.is_some(), rule.is_some());
        rules.insert(rule);
        let Some(fee) = fee else { continue };
        let cents = |amount: f64| (amount * 100.0).round() as i64;
        assert_eq!(cents(fee.gross), cents(fee.net) + cents(fee.tax));
        assert_eq!(cents(fee.net), cents(fee.revenue) + cents(fee.service));
        assert!(cents(fee.gross) >= cents(prices[0].min_price.unwrap()));
        assert!(cents(fee.gross) <= cents(prices[0].max_price.unwrap()));
        if let [price] = prices.as_slice() {
            let hours = (session.visit.end - session.visit.start) as f64 / 3600.0;
            let expected = match price.unit_price_per_kwh {
                Some(per_kwh) => per_kwh * session.charge(NOW).energy,
                None => {
                    hours.min(2.0) * price.unit_price_per_hour.unwrap()
                        + (hours - 2.0).max(0.0) * price.unit_price_per_hour_thereafter.unwrap()
                }
            };
            let expected = expected.clamp(price.min_price.unwrap(), price.max_price.unwrap());
            assert!((fee.gross - expected).abs() < 0.0051, "{fee:?} {expected}");
        } else {
            let energy = session.charge(NOW).energy;
            let price = |index: usize| prices[index].unit_price_per_kwh.unwrap();
            let (day, night) = (price(0) * energy, price(1) * energy);
            assert!(fee.gross <= day.max(night) + 0.0051 && fee.gross >= day.min(night) - 0.0051);
        }
    }
    assert_eq!(rules.len(), 4);
}

#[test]
fn groups_have_numbers_of_their_own_and_hold_every_station() {
    let estate = Estate::new(1, 2000);
    let groups = estate.groups();
    let numbers: HashSet<_> = groups.iter().map(|group| group.id).collect();
    assert_eq!(numbers.len(), groups.len());
    for unit in estate.units() {
        let organization = unit.traits.organization.unwrap();
        for id in &unit.traits.groups {
            let group = groups.iter().find(|group| group.id == *id).unwrap();
            assert_eq!(group.organization, organization);
        }
    }
    for group in &groups {
        let parent = groups.iter().find(|other| other.id == group.parent);
        assert_eq!(parent.is_some(), group.parent != 0);
    }
}

#[test]
fn alarms_tell_what_states_tell_and_are_cleared_once() {
    let mut estate = Estate::new(1, 160);
    let mut kinds = HashSet::new();
    let mut keys = Vec::new();
    for unit in estate.units() {
        for alarm in estate.alarms(unit, NOW) {
            assert!(alarm.at <= NOW);
            let status = estate.status(&unit.station, alarm.at);
            let state = |port: usize| status.ports[port].status.clone().unwrap();
            match (alarm.kind, alarm.port) {
                ("station unreachable", None) => assert_eq!(state(0), "UNREACHABLE"),
                ("station reachable", None) => assert_ne!(state(0), "UNREACHABLE"),
                ("fault cleared", Some(port)) => assert_ne!(state(port), "UNKNOWN"),
                (_, Some(port)) => assert!(["UNKNOWN", "UNREACHABLE"].contains(&state(port).as_str())),
                other => panic!("{other:?}"),
            }
            kinds.insert(alarm.kind);
            keys.push(alarm.key());
        }
    }
    assert_eq!(kinds.len(), 7, "{kinds:?}");
    assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());
    let count = |estate: &Estate| -> usize {
        let units = estate.units().iter();
        units.map(|unit| estate.alarms(unit, NOW).len()).sum()
    };
    assert_eq!(count(&estate), keys.len());
    estate.clear_alarms(keys[..10].to_vec(), NOW);
    assert_eq!(count(&estate), keys.len() - 10);
    estate.clear_alarms(keys.clone(), NOW);
    assert_eq!(count(&estate), 0);
}

#[test]
fn vehicles_of_fleets_charge_by_turns() {
    let estate = Estate::new(1, 160);
    let vehicles: Vec<_> = estate.fleet().vehicles().collect();
    assert!(vehicles.len() > 100, "{}", vehicles.len());
    let ids: HashSet<_> = vehicles.iter().map(|vehicle| &vehicle.id).collect();
    assert_eq!(ids.len(), vehicles.len());
    let mut came = HashSet::new();
    for session in sessions(&estate, NOW - 7 * DAY, NOW) {
        let fleet = session.unit.traits.organization.unwrap().fleet;
        let Some(vehicle) = session.vehicle else { continue };
        assert!(fleet);
        assert_eq!(vehicle.home, Some((session.unit.traits.number, session.port)));
        let who = estate.who(&session);
        assert_eq!(who.credential.as_ref(), vehicle.credentials.first());
        came.insert(vehicle.number);
    }
    assert!(
        came.len() * 10 > vehicles.len() * 9,
        "{} of {}",
        came.len(),
        vehicles.len()
    );
    let states = vehicles
        .iter()
        .map(|vehicle| estate.vehicle_state(vehicle, NOW).word());
    let states: HashSet<_> = states.collect();
    assert!(states.contains("Charging") && states.contains("Charged") && states.contains("Not Plugged In"));
    let faults = (0..10 * DAY).step_by(3 * 3600).any(|later| {
        let mut vehicles = vehicles.iter();
        vehicles.any(|vehicle| estate.vehicle_state(vehicle, NOW + later).word() == "Fault")
    });
    assert!(faults);
}

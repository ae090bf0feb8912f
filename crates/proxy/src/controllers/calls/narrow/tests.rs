#![allow(clippy::unwrap_used, clippy::expect_used)]
use chargepoint::DateTime;
use chargepoint::calls::Call;
use chargepoint::calls::alarms::GetAlarms;
use chargepoint::calls::fleet_usage::GetFleetUsageData;
use chargepoint::calls::sessions::{GetChargingSessionData, Session};
use chargepoint::calls::transactions::GetTransactionData;
use domain::moment;

use super::*;

fn pairs(filters: &[&str]) -> Pairs {
    let pair = |filter: &&str| ("filter".to_owned(), (*filter).to_owned());
    filters.iter().map(pair).collect()
}

/// A call with the time of filters, which it takes.
fn narrow<C: Read + Paged<Row: Told> + Default>(filters: &[&str]) -> C {
    let mut call = C::default();
    call.of_late(&dated::<C::Row>(&pairs(filters)).unwrap());
    assert_eq!(Call::check(&call), Ok(()), "{filters:?}");
    call
}

fn sessions(filters: &[&str]) -> [Option<DateTime>; 2] {
    let query = narrow::<GetChargingSessionData>(filters).search_query;
    [query.from_time_stamp, query.to_time_stamp]
}

fn transactions(filters: &[&str]) -> [Option<DateTime>; 2] {
    let query = narrow::<GetTransactionData>(filters).search_query;
    [query.from_time_stamp, query.to_time_stamp]
}

fn usage(filters: &[&str]) -> [Option<DateTime>; 2] {
    let query = narrow::<GetFleetUsageData>(filters).search_query;
    [query.from_time_stamp, query.to_time_stamp]
}

fn alarms(filters: &[&str]) -> [Option<DateTime>; 2] {
    let query = narrow::<GetAlarms>(filters).search_query;
    [query.start_time, query.end_time]
}

fn at(text: &str) -> Option<DateTime> {
    Some(text.into())
}

#[test]
fn what_began_in_a_time_may_end_a_week_after_it() {
    let (first, next) = ("2026-11-12T00:00:00Z", "2026-11-13T00:00:00Z");
    let week = "2026-11-20T00:00:00Z";
    let day = ["startTime:is:2026-11-12"];
    assert_eq!(sessions(&day), [at(first), at(week)]);
    // ChargePoint's usage begins after the moment that is asked for.
    assert_eq!(usage(&day), [at("2026-11-11T23:59:59Z"), at(week)]);
    assert_eq!(
        transactions(&["transactionTime:is:2026-11-12"]),
        [at(first), at(next)]
    );
    assert_eq!(alarms(&["alarmTime:is:2026-11-12"]), [at(first), at(next)]);
    let ends = [
        "startTime:after:2026-11-11",
        "startTime:before:2026-11-13",
        "startTime:after:2026-11-01",
        "energy:gt:0",
    ];
    assert_eq!(sessions(&ends), [at(first), at(week)]);
}

#[test]
fn a_time_without_an_end_has_none_where_the_call_needs_none() {
    let first = at("2026-11-20T00:00:00Z");
    assert_eq!(sessions(&["startTime:after:2026-11-19"]), [first.clone(), None]);
    assert_eq!(alarms(&["alarmTime:after:2026-11-19"]), [first.clone(), None]);
    let [from, to] = transactions(&["transactionTime:after:2026-11-19"]);
    assert!(from == first && to >= at("2026-11-21T00:00:00Z"), "{to:?}");
    let far = transactions(&["transactionTime:after:9000-01-01"]);
    assert_eq!(far, [at("9000-01-02T00:00:00Z"), at("9000-01-03T00:00:00Z")]);
    assert_eq!(
        sessions(&["startTime:between:2026-11-20,9999-12-31"]),
        [first, None]
    );
}

#[test]
fn times_in_which_nothing_can_be_are_a_moment() {
    for [first, second] in [
        ["after:2026-11-20", "before:2026-11-01"],
        ["is:2026-11-20", "is:2026-11-21"],
        ["before:1999-01-01", "before:2026-11-01"],
        ["is:0000-01-01", "before:2026-11-01"],
        ["after:9999-12-30", "after:2026-11-01"],
        ["after:9999-12-31", "after:2026-11-01"],
    ] {
        let of = |key: &str| [format!("{key}:{first}"), format!("{key}:{second}")];
        let [one, other] = of("startTime");
        let [from, to] = sessions(&[&one, &other]);
        assert_eq!(from, to, "{first} {second}");
        let read = |at: Option<DateTime>| moment::read(&at.unwrap()).unwrap();
        let [from, to] = usage(&[&one, &other]).map(read);
        assert_eq!(to - from, 1, "{first} {second}");
        let [one, other] = of("transactionTime");
        let [from, to] = transactions(&[&one, &other]);
        assert_eq!(from, to, "{first} {second}");
        let [one, other] = of("alarmTime");
        let [from, to] = alarms(&[&one, &other]);
        assert_eq!(from, to, "{first} {second}");
    }
}

#[test]
fn filters_that_mean_no_time_narrow_none() {
    for filter in [
        "startTime:isNot:2026-11-12",
        "startTime:is:soon",
        "endTime:is:2026-11-12",
        "x",
    ] {
        assert!(dated::<Session>(&pairs(&[filter])).is_none(), "{filter}");
    }
    let mut any = pairs(&["startTime:is:2026-11-12"]);
    any.push(("match".to_owned(), "any".to_owned()));
    assert!(dated::<Session>(&any).is_none());
}

#[test]
fn a_name_is_asked_for_as_it_is_written_if_it_is_written_in_one_way() {
    let spelling = |name: &str, all: &[&str]| spelling(name, all.iter().map(|own| (*own).to_owned()));
    let all = ["ACME / Süd 1", "", "ACME / Süd 1", "ACME / Süd 2", "ACME / SUD 2"];
    assert_eq!(spelling("acme / sud 1", &all).as_deref(), Some("ACME / Süd 1"));
    assert_eq!(spelling("ACME / Süd 2", &all), None, "another may be meant, too");
    assert_eq!(spelling("ACME / Nord", &all), None);
    assert_eq!(spelling("\u{301}", &all), None);
    let is_spelt = |key: &str, name: &str| is_spelt(&(key.to_owned(), name.to_owned()));
    assert!(is_spelt("stationId", "1:100001") && is_spelt("sessionId", "nobody"));
    assert!(!is_spelt("stationId", "1:A1") && !is_spelt("stationName", "acme / sud 1"));
}

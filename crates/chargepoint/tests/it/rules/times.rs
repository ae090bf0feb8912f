//! Times: their form, and from before to.

use chargepoint::calls::alarms::{AlarmsQuery, GetAlarms};
use chargepoint::calls::sessions::{GetChargingSessionData, SessionsQuery};
use chargepoint::calls::station_rights::{DateRange, GetStationRights, RightsQuery};
use chargepoint::calls::transactions::{GetTransactionData, TransactionsQuery};
use chargepoint::{Date, DateTime};

use super::{refused, taken, text};

fn sessions(from: &str, to: &str) -> GetChargingSessionData {
    let time = |text: &str| (!text.is_empty()).then(|| DateTime::from(text));
    GetChargingSessionData {
        search_query: SessionsQuery {
            from_time_stamp: time(from),
            to_time_stamp: time(to),
            ..SessionsQuery::default()
        },
    }
}

#[test]
fn from_comes_before_to() {
    taken(&sessions("2026-11-20T10:00:00Z", ""));
    taken(&sessions("", "2026-11-20T10:00:00Z"));
    taken(&sessions("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"));
    taken(&sessions("2026-11-20T10:00:00Z", "2026-11-20T10:00:00.5Z"));
    let late = sessions("2026-11-20T10:00:01Z", "2026-11-20T10:00:00Z");
    assert_eq!(refused(&late), ("fromTimeStamp", "142"));
    let late = sessions("2026-11-20T10:00:00.5Z", "2026-11-20T10:00:00Z");
    assert_eq!(refused(&late), ("fromTimeStamp", "142"));
    for odd in [
        "2026-11-20",
        "2026-11-20T10:00:00",
        "2026-11-20T10:00:00+01:00",
        "2026-11-20 10:00:00Z",
        "2026-13-20T10:00:00Z",
        "2026-11-32T10:00:00Z",
        "2026-11-20T24:00:00Z",
        "2026-11-20T10:60:00Z",
        "2026-11-20T10:00:00.Z",
        "2026-11-20T10:00:0\u{e4}Z",
    ] {
        assert_eq!(refused(&sessions(odd, "")), ("fromTimeStamp", "141"), "{odd}");
        assert_eq!(refused(&sessions("", odd)), ("toTimeStamp", "141"), "{odd}");
    }
    let alarms = GetAlarms {
        search_query: AlarmsQuery {
            start_time: Some(DateTime::from("2026-11-20T10:00:01Z")),
            end_time: Some(DateTime::from("2026-11-20T10:00:00Z")),
            ..AlarmsQuery::default()
        },
    };
    assert_eq!(refused(&alarms), ("startTime", "142"));
    let range = DateRange {
        start_date: Some(Date::from("2026-11-20")),
        end_date: Some(Date::from("2026-11-19")),
    };
    let rights = GetStationRights {
        search_query: RightsQuery {
            provision_date_range: Some(range),
            ..RightsQuery::default()
        },
    };
    assert_eq!(refused(&rights), ("provisionDateRange", "142"));
}

#[test]
fn transactions_have_rules_of_their_own() {
    let query = TransactionsQuery::default;
    let call = |search_query| GetTransactionData { search_query };
    let early = Some(DateTime::from("2026-11-20T10:00:00Z"));
    let late = Some(DateTime::from("2026-11-21T10:00:00Z"));
    taken(&call(TransactionsQuery {
        from_time_stamp: early.clone(),
        to_time_stamp: late.clone(),
        transaction_type: text("Reservation Cancel"),
        anonymous_credit_card_number: text("0042"),
        num_transactions: Some(500),
        ..query()
    }));
    for (wrong, expected) in [
        (
            TransactionsQuery {
                from_time_stamp: early.clone(),
                ..query()
            },
            ("toTransactionTimeStamp", "197"),
        ),
        (
            TransactionsQuery {
                to_time_stamp: late.clone(),
                ..query()
            },
            ("fromTransactionTimeStamp", "197"),
        ),
        (
            TransactionsQuery {
                from_time_stamp: late,
                to_time_stamp: early,
                ..query()
            },
            ("fromTransactionTimeStamp", "196"),
        ),
        (
            TransactionsQuery {
                num_transactions: Some(501),
                ..query()
            },
            ("numTransactions", "198"),
        ),
        (
            TransactionsQuery {
                transaction_id: text("7a"),
                ..query()
            },
            ("transactionID", "135"),
        ),
        (
            TransactionsQuery {
                transaction_type: text("Gift"),
                ..query()
            },
            ("transactionType", "135"),
        ),
        (
            TransactionsQuery {
                anonymous_credit_card_number: text("42"),
                ..query()
            },
            ("anonymousCreditCardNumber", "135"),
        ),
    ] {
        assert_eq!(refused(&call(wrong)), expected);
    }
}

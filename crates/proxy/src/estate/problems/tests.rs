//! What the caller is told.
#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use chargepoint::table::OPERATIONS;
use chargepoint::{Code, Invalid, Meaning};

fn http(status: u16, wait: Option<u64>) -> Error {
    Error::HttpStatus {
        status,
        hint: "something that is not XML",
        wait: wait.map(std::time::Duration::from_secs),
    }
}

#[test]
fn every_failure_has_its_own_words() {
    let wait = std::time::Duration::from_secs(9);
    let cases = [
        (
            Error::Config("x".into()),
            kind::CHARGEPOINT_NOT_CONFIGURED,
            409,
            None,
        ),
        (Error::InvalidSecurity, kind::CHARGEPOINT_REFUSED_KEY, 502, None),
        (Error::Timeout, kind::CHARGEPOINT_TIMEOUT, 504, None),
        (
            Error::Transport("x".into()),
            kind::CHARGEPOINT_UNREACHABLE,
            502,
            None,
        ),
        (
            Error::HttpStatus {
                status: 200,
                hint: "a web page",
                wait: None,
            },
            kind::CHARGEPOINT_UNREADABLE,
            502,
            None,
        ),
        (http(429, None), kind::TOO_MANY, 429, None),
        (http(503, None), kind::CHARGEPOINT_UNAVAILABLE, 503, None),
        (
            Error::TooLarge { limit: 1 },
            kind::CHARGEPOINT_UNREADABLE,
            502,
            None,
        ),
        (
            Error::Incomplete { received: 1 },
            kind::CHARGEPOINT_INCOMPLETE,
            502,
            None,
        ),
        (
            Error::Invalid(Invalid::of("stationID", Code::StationIdFormat)),
            kind::INVALID,
            422,
            Some("152"),
        ),
        (Error::WildcardSpent, kind::TOO_MANY, 429, Some("139")),
        (Error::Budget { wait }, kind::TOO_MANY, 429, None),
        (Error::Paused { wait }, kind::CHARGEPOINT_UNREACHABLE, 503, None),
        (
            Error::Fault {
                code: "Server".into(),
                string: "broken".into(),
            },
            kind::CHARGEPOINT_FAULT,
            502,
            Some("Server"),
        ),
        (
            Error::Response {
                code: "101".into(),
                text: "no".into(),
                fields: Vec::new(),
            },
            kind::PLAN_RESTRICTED,
            403,
            Some("101"),
        ),
    ];
    for (error, kind, status, code) in cases {
        let problem = of(&error);
        assert_eq!(
            (problem.kind.as_str(), problem.status, problem.code.as_deref()),
            (kind, status, code)
        );
        assert!(!problem.title.is_empty() && !problem.detail.is_empty());
        let fields: Vec<&str> = problem.errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, if status == 422 { &["stationId"][..] } else { &[] });
    }
}

/// Every code of the guide, with a text of its own and without one.
#[test]
fn every_code_has_its_status() {
    let mut counts = std::collections::BTreeMap::new();
    let mut table = format!(
        "{:>4} {:>6} {:<38} {:<26} words\n",
        "code", "status", "type", "field"
    );
    for code in Code::ALL {
        if code.meaning() == Meaning::Done {
            continue;
        }
        let mut fields: Vec<String> = OPERATIONS
            .iter()
            .flat_map(|call| chargepoint::code::blamed(&call.request, &serde_json::Value::Null, *code, ""))
            .collect();
        fields.truncate(1);
        let answer = |text: &str| Error::Response {
            code: code.number().into(),
            text: text.into(),
            fields: fields.clone(),
        };
        let problem = of(&answer("Said so."));
        let expected = match (code.number(), code.meaning()) {
            ("101", _) => (403, kind::PLAN_RESTRICTED),
            ("139", _) => (429, kind::TOO_MANY),
            ("115" | "137", _) => (503, kind::CHARGEPOINT_UNAVAILABLE),
            ("143", _) => (502, kind::CHARGEPOINT_FAULT),
            ("131" | "133" | "178", _) => (403, kind::NOT_YOURS),
            (_, Meaning::NothingFound) => (404, kind::NOT_FOUND),
            (_, Meaning::NotYours) => (403, kind::NOT_YOURS),
            // No call has a parameter that they are about: nobody could put their request better.
            ("104" | "108" | "113" | "140" | "170", _) => (502, kind::CHARGEPOINT_FAULT),
            (_, Meaning::Invalid(_)) => (422, kind::INVALID),
            (_, Meaning::Conflict) => (409, kind::CHARGEPOINT_REFUSED),
            (_, Meaning::Unavailable) => (503, kind::CHARGEPOINT_UNAVAILABLE),
            (_, Meaning::Upstream) => (502, kind::CHARGEPOINT_FAULT),
            (number, meaning) => panic!("{number} means {meaning:?}, which nobody expects"),
        };
        assert_eq!((problem.status, problem.kind.as_str()), expected, "{code:?}");
        assert_eq!(problem.code.as_deref(), Some(code.number()));
        if code.number() == "101" {
            assert!(problem.detail.contains("service plan"), "{}", problem.detail);
        } else {
            assert_eq!(problem.detail, "Said so.");
            assert_eq!(of(&answer(" ")).detail, code.text());
        }
        assert!(
            problem.errors.iter().all(|error| error.message == "Said so"),
            "{code:?}"
        );
        let field = problem
            .errors
            .first()
            .map(|error| error.field.clone())
            .unwrap_or_default();
        assert_eq!(problem.status == 422, !field.is_empty(), "{code:?}");
        let later = matches!(super::error(&answer("")), crate::problem::Error::Later(..));
        assert_eq!(later, matches!(problem.status, 429 | 503), "{code:?}");
        assert_eq!(
            is_down(&answer("")),
            matches!(problem.status, 429 | 502 | 503),
            "{code:?}"
        );
        table += &format!(
            "{:>4} {:>6} {:<38} {:<26} {}\n",
            code.number(),
            problem.status,
            problem.kind,
            field,
            code.text()
        );
        *counts.entry(problem.status).or_insert(0) += 1;
    }
    // `cargo xtask test` shows it.
    if let Some(folder) = std::env::var_os("EV_PORTAL_TABLES") {
        std::fs::write(std::path::Path::new(&folder).join("codes"), table).unwrap();
    }
    assert_eq!(counts.values().sum::<i32>(), Code::ALL.len() as i32 - 1);
    let unknown = of(&Error::Response {
        code: "999".into(),
        text: String::new(),
        fields: Vec::new(),
    });
    assert_eq!((unknown.status, unknown.code.as_deref()), (502, Some("999")));
}

#[test]
fn what_may_be_over_in_a_while_says_when() {
    let wait = std::time::Duration::from_millis(8_200);
    for (error, seconds) in [
        (Error::Budget { wait }, 9..=9),
        (Error::Paused { wait }, 9..=9),
        (Error::WildcardSpent, 1..=86_400),
        (http(429, Some(7)), 7..=7),
        (http(429, Some(u64::MAX)), 86_400..=86_400),
        (http(503, None), 60..=60),
    ] {
        let crate::problem::Error::Later(_, told) = super::error(&error) else {
            panic!("{error:?}")
        };
        assert!(seconds.contains(&told), "{error:?}: {told}");
        assert!(is_down(&error));
    }
    assert!(!is_down(&Error::Config("x".into())));
    assert!(!is_down(&Error::Invalid(Invalid::of(
        "stationID",
        Code::StationIdFormat
    ))));
}

#[test]
fn a_rule_names_the_parameter_once() {
    let why = "stationIDs must be of the form 1:12345: network, colon, identifier.";
    let problem = of(&Error::Invalid(Invalid::because(
        "stationIDs",
        Code::StationIdFormat,
        why,
    )));
    assert_eq!(problem.errors[0].field, "stationIds");
    assert!(problem.errors[0].message.starts_with("must be of the form"));
    let why = "driverID must be a whole number.";
    let problem = of(&Error::Invalid(Invalid::because(
        "driverID",
        Code::InvalidParameters,
        why,
    )));
    assert_eq!(problem.errors[0].message, "must be a whole number");
    assert_eq!(
        problem.detail,
        "Nothing was sent: Driver ID must be a whole number."
    );
}

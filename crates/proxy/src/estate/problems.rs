//! What ChargePoint's failures mean to an operator.

use chargepoint::Error;
use domain::problem::{FieldError, Problem, kind};

/// The failure in the operator's words.
pub fn of(error: &Error) -> Problem {
    let (kind, status, title, detail) = match error {
        Error::Config(_) => (
            kind::CHARGEPOINT_NOT_CONFIGURED,
            409,
            "The ChargePoint connection is not set up rightly",
            "The server's settings for ChargePoint cannot work; its administrator finds the reason in the log.",
        ),
        Error::InvalidSecurity => (
            kind::CHARGEPOINT_REFUSED_KEY,
            502,
            "ChargePoint refused the API key or the region is wrong",
            "Check the licence key and the password, and whether they belong to the region the server asks. \
             The portal shows what it knew before.",
        ),
        Error::Timeout => (
            kind::CHARGEPOINT_TIMEOUT,
            504,
            "ChargePoint did not answer in time",
            "The service may be slow or down. Try again in a few minutes; the portal shows what it knew before.",
        ),
        Error::Transport(_) => (
            kind::CHARGEPOINT_UNREACHABLE,
            502,
            "ChargePoint cannot be reached",
            "Check the server's network and the address it asks. The portal shows what it knew before.",
        ),
        Error::HttpStatus { .. } => (
            kind::CHARGEPOINT_UNREADABLE,
            502,
            "Something else answered in ChargePoint's place",
            "The answer was a web page or an error of a server between, not ChargePoint's. Check the address and any \
             proxy; if both are right, the service is being maintained. The portal shows what it knew before.",
        ),
        Error::Malformed(_) | Error::TooLarge { .. } => (
            kind::CHARGEPOINT_UNREADABLE,
            502,
            "ChargePoint's answer cannot be read",
            "The answer broke off or is not what was asked for. Try again; the portal shows what it knew before.",
        ),
        Error::Incomplete { .. } => (
            kind::CHARGEPOINT_INCOMPLETE,
            502,
            "ChargePoint's list broke off",
            "ChargePoint announced more than it sent, so nothing can be said of what is missing and nothing was \
             changed. Try again in a few minutes; the portal shows what it knew before.",
        ),
        Error::Invalid(_) => (
            kind::INVALID,
            422,
            "ChargePoint would not take this",
            "Nothing was sent. The field below says what is wrong.",
        ),
        Error::WildcardSpent => (
            kind::TOO_MANY,
            429,
            "Today's search with wildcards was made",
            "ChargePoint allows one in a day. Search without * and ?, or tomorrow (UTC).",
        ),
        Error::Budget { .. } => (
            kind::TOO_MANY,
            429,
            "Too many calls to ChargePoint in this minute",
            "Nothing was sent. Try again in a minute; the portal shows what it knew before.",
        ),
        Error::Paused { .. } => (
            kind::CHARGEPOINT_UNREACHABLE,
            503,
            "ChargePoint failed again and again",
            "It is left alone for a moment, so nothing was sent. Try again in a minute; the portal shows what it knew \
             before.",
        ),
        Error::Fault { .. } => (
            kind::CHARGEPOINT_FAULT,
            502,
            "ChargePoint reported an error of its own",
            "Try again later. If it stays, give ChargePoint's support the code below. The portal shows what it knew \
             before.",
        ),
        Error::Response { .. } => (
            kind::CHARGEPOINT_FAULT,
            502,
            "ChargePoint did not do what was asked",
            "The code below says why; the account's plan or rights may not allow the call. The portal shows what it \
             knew before.",
        ),
    };
    let (code, said) = match error {
        Error::Fault { code, string } => (Some(code.clone()), Some(string)),
        Error::Response { code, text } => (Some(code.clone()), Some(text)),
        Error::Invalid(invalid) => (Some(invalid.code.number().to_owned()), None),
        _ => (None, None),
    };
    let errors = match error {
        Error::Invalid(invalid) => vec![FieldError {
            field: invalid.field.to_owned(),
            message: invalid.why.clone(),
        }],
        _ => Vec::new(),
    };
    let detail = match said {
        Some(said) if !said.is_empty() => format!("{detail} ChargePoint said: {said}"),
        _ => detail.to_owned(),
    };
    Problem {
        kind: kind.into(),
        title: title.into(),
        status,
        detail,
        code,
        errors,
    }
}

/// The server has no ChargePoint account.
pub fn not_configured() -> Problem {
    Problem {
        kind: kind::CHARGEPOINT_NOT_CONFIGURED.into(),
        title: "ChargePoint is not connected".into(),
        status: 409,
        detail: "The server has no address, licence key and password for ChargePoint. Start it with \
                 --chargepoint-region and the two files, or with --sandbox to look around."
            .into(),
        ..Problem::default()
    }
}

/// ChargePoint reports no station while the books know that many locations.
pub fn no_stations(locations: usize) -> Problem {
    Problem {
        kind: kind::CHARGEPOINT_INCOMPLETE.into(),
        title: "ChargePoint reports no station at all".into(),
        status: 502,
        detail: format!(
            "The portal knows {locations} charge locations, and all of them would be gone, so nothing was changed. \
             Check whether the licence key belongs to the right organization and may see its stations, then sync again."
        ),
        ..Problem::default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use chargepoint::{Code, Invalid};

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
                },
                kind::CHARGEPOINT_UNREADABLE,
                502,
                None,
            ),
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
            (Error::WildcardSpent, kind::TOO_MANY, 429, None),
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
                },
                kind::CHARGEPOINT_FAULT,
                502,
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
            assert_eq!(fields, if status == 422 { &["stationID"][..] } else { &[] });
        }
    }
}

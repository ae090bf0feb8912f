//! What ChargePoint's failures mean to an operator.

mod answers;

use std::time::{Duration, SystemTime};

use chargepoint::codec::Name;
use chargepoint::{Code, Error, Invalid, Meaning};
use domain::label::label;
use domain::problem::{FieldError, Problem, kind};
use domain::text::number;

/// The failure as an answer to a request; where it may be over in a while, with how long to wait.
pub fn error(error: &Error) -> crate::problem::Error {
    let problem = Box::new(of(error));
    match wait(error) {
        Some(wait) => crate::problem::Error::Later(problem, wait.as_secs().max(1)),
        None => crate::problem::Error::ChargePoint(problem),
    }
}

/// A change that was sent and not answered well.
pub fn unknown(error: &Error) -> crate::problem::Error {
    let mut problem = of(error);
    problem.detail =
        "The change was sent, and no good answer came: it may be made there or not. Look how it is before \
                      sending it again."
            .into();
    crate::problem::Error::ChargePoint(Box::new(problem))
}

/// Whether ChargePoint could not answer: what it answered before is then the best there is. Otherwise its
/// answer is that it will not.
pub fn is_down(error: &Error) -> bool {
    let meaning = match error {
        Error::Config(_) | Error::TooMany { .. } => return false,
        Error::Response { .. } | Error::Invalid(_) => error.meaning().unwrap_or(Meaning::Upstream),
        _ => return true,
    };
    matches!(
        meaning,
        Meaning::RateLimited | Meaning::Unavailable | Meaning::Upstream
    )
}

/// When asking again may help.
fn wait(error: &Error) -> Option<Duration> {
    match error {
        Error::WildcardSpent => Some(until_tomorrow()),
        Error::Budget { wait } | Error::Paused { wait } => Some(*wait + Duration::from_millis(999)),
        Error::Response { .. } => match error.meaning() {
            Some(Meaning::RateLimited) => Some(until_tomorrow()),
            Some(Meaning::Unavailable) => Some(MINUTE),
            _ => None,
        },
        Error::HttpStatus {
            status: 429 | 503,
            wait,
            ..
        } => Some(wait.unwrap_or(MINUTE).min(DAY)),
        _ => None,
    }
}

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(86_400);

/// The service's day ends at midnight UTC.
fn until_tomorrow() -> Duration {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    DAY - Duration::from_secs(now.unwrap_or_default().as_secs() % DAY.as_secs())
}

/// A parameter's name as a request has it.
pub fn named(wire: &str) -> String {
    Name::of(wire, false).as_str().to_owned()
}

/// Words without their full stops: what shows them ends them.
pub fn ended(words: &str) -> &str {
    words.trim_end().trim_end_matches('.')
}

/// What a rule says of its parameter, where it begins with that.
fn about(invalid: &Invalid) -> Option<&str> {
    ended(&invalid.why).strip_prefix(invalid.field)?.strip_prefix(' ')
}

/// The failure in the operator's words.
pub fn of(error: &Error) -> Problem {
    if let Error::Response { code, text, fields } = error {
        return answers::of(error.meaning(), code, text, fields);
    }
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
            "Check the licence key and the password, and whether they belong to the region the server asks.",
        ),
        Error::Timeout => (
            kind::CHARGEPOINT_TIMEOUT,
            504,
            "ChargePoint did not answer in time",
            "The service may be slow or down. Try again in a few minutes.",
        ),
        Error::Transport(_) => (
            kind::CHARGEPOINT_UNREACHABLE,
            502,
            "ChargePoint cannot be reached",
            "Check the server's network and the address it asks.",
        ),
        Error::HttpStatus { status: 429, .. } => (
            kind::TOO_MANY,
            429,
            "ChargePoint was asked too often",
            "It takes no more calls for a while. Try again later.",
        ),
        Error::HttpStatus { status: 503, .. } => (
            kind::CHARGEPOINT_UNAVAILABLE,
            503,
            "ChargePoint is not there for a while",
            "The service is busy or being maintained. Try again later.",
        ),
        Error::HttpStatus { .. } => (
            kind::CHARGEPOINT_UNREADABLE,
            502,
            "Something else answered in ChargePoint's place",
            "The answer was a web page or an error of a server between, not ChargePoint's. Check the address and any \
             proxy; if both are right, the service is being maintained.",
        ),
        Error::Malformed(_) | Error::TooLarge { .. } => (
            kind::CHARGEPOINT_UNREADABLE,
            502,
            "ChargePoint's answer cannot be read",
            "The answer broke off or is not what was asked for. Try again.",
        ),
        Error::Incomplete { .. } => (
            kind::CHARGEPOINT_INCOMPLETE,
            502,
            "ChargePoint's list broke off",
            "ChargePoint announced more than it sent, so nothing can be said of what is missing and nothing was \
             changed. Try again in a few minutes.",
        ),
        Error::TooMany { .. } => (
            kind::INVALID,
            422,
            "More rows than can be shown",
            "Ask for a shorter time, or for fewer stations.",
        ),
        Error::Invalid(_) => (
            kind::INVALID,
            422,
            "ChargePoint would not take this",
            "Nothing was sent",
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
            "Nothing was sent. Try again in a minute.",
        ),
        Error::Paused { .. } => (
            kind::CHARGEPOINT_UNREACHABLE,
            503,
            "ChargePoint failed again and again",
            "It is left alone for a moment, so nothing was sent. Try again in a minute.",
        ),
        Error::Fault { .. } => (
            kind::CHARGEPOINT_FAULT,
            502,
            "ChargePoint reported an error of its own",
            "Try again later. If it stays, give ChargePoint's support the code below.",
        ),
        // Told above.
        Error::Response { .. } => (kind::CHARGEPOINT_FAULT, 502, "", ""),
    };
    let (code, said) = match error {
        Error::Fault { code, string } => (Some(code.clone()), Some(string)),
        Error::Invalid(invalid) => (Some(invalid.code.number().to_owned()), None),
        Error::WildcardSpent => (Some(Code::WildcardSpent.number().to_owned()), None),
        _ => (None, None),
    };
    let errors = match error {
        Error::Invalid(invalid) => {
            let field = named(invalid.field);
            let message = match about(invalid) {
                Some(why) => why.to_owned(),
                None => ended(&invalid.why).replace(invalid.field, &field),
            };
            vec![FieldError { field, message }]
        }
        _ => Vec::new(),
    };
    let detail = match said {
        // Not every form has the field, or the room to say it there.
        None if let [one] = errors.as_slice() => {
            let label = label(&one.field);
            let why = match error {
                Error::Invalid(invalid) if about(invalid).is_some() => format!("{label} {}", one.message),
                _ => one.message.replace(&one.field, &label),
            };
            format!("{detail}: {why}.")
        }
        None if let Error::TooMany { most } = error => {
            format!("More than {} rows are meant. {detail}", number(*most as u64))
        }
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
mod tests;

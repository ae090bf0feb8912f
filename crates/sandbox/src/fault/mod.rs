//! The ways in which the stand-in can be broken.

mod rules;

use std::fmt;
use std::str::FromStr;

pub use rules::{Rule, Rules};

/// A way in which the stand-in can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// `InvalidSecurity` with HTTP 500: wrong key, wrong password, key of another region.
    InvalidSecurity,
    /// `FailedAuthentication` with HTTP 200, which is seen too.
    FailedAuthentication,
    /// A `Server` fault with HTTP 500.
    SoapFault,
    /// A `Server` fault with HTTP 200.
    SoapFault200,
    /// Response code 101: the plan does not allow the call.
    NotInPlan,
    /// This response code.
    Code(u16),
    /// A login page with HTTP 200.
    Html,
    /// HTTP 500 with plain text.
    Http500,
    /// HTTP 503 with plain text.
    Http503,
    /// HTTP 429 that asks to wait for a second.
    Http429,
    /// A redirect to another address.
    Redirect,
    /// An answer that breaks off in the middle.
    Truncated,
    /// The first page again whichever is asked for, with more announced each time.
    Repeating,
    /// A page without rows that announces more.
    NoRows,
    /// The right answer in another namespace.
    WrongNamespace,
    /// The right answer with its elements the other way round.
    WrongOrder,
    /// HTTP 200 without a body.
    Empty,
    /// A connection that is reset.
    Reset,
    /// The right answer after so many milliseconds.
    Latency(u16),
    /// The right answer, a few bytes at a time with so many milliseconds between them.
    Drip(u16),
    /// No answer at all, as long as the client waits.
    Hang,
}

impl Fault {
    /// Every fault with its name. What has a number can be given another: `latency=50`.
    pub const ALL: [(&'static str, Self); 21] = [
        ("invalid-security", Self::InvalidSecurity),
        ("failed-authentication", Self::FailedAuthentication),
        ("soap-fault", Self::SoapFault),
        ("soap-fault-200", Self::SoapFault200),
        ("not-in-plan", Self::NotInPlan),
        ("code", Self::Code(143)),
        ("html", Self::Html),
        ("http-500", Self::Http500),
        ("http-503", Self::Http503),
        ("http-429", Self::Http429),
        ("redirect", Self::Redirect),
        ("truncated", Self::Truncated),
        ("repeating", Self::Repeating),
        ("no-rows", Self::NoRows),
        ("wrong-namespace", Self::WrongNamespace),
        ("wrong-order", Self::WrongOrder),
        ("empty", Self::Empty),
        ("reset", Self::Reset),
        ("latency", Self::Latency(500)),
        ("drip", Self::Drip(100)),
        ("hang", Self::Hang),
    ];
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, number) = match text.split_once('=') {
            Some((name, number)) => (name, Some(number)),
            None => (text, None),
        };
        let known = Self::ALL.into_iter().find(|(known, _)| *known == name);
        let (_, fault) = known.ok_or_else(|| {
            let names = Self::ALL.map(|(name, _)| name).join(", ");
            format!("{name:?} is not one of {names}")
        })?;
        let Some(number) = number else {
            return Ok(fault);
        };
        let number = number
            .parse()
            .map_err(|_| format!("{number:?} is not a number from 0 to {}", u16::MAX))?;
        match fault {
            Self::Code(_) => Ok(Self::Code(number)),
            Self::Latency(_) => Ok(Self::Latency(number)),
            Self::Drip(_) => Ok(Self::Drip(number)),
            _ => Err(format!("{name} takes no number")),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let same = std::mem::discriminant(self);
        let known = Self::ALL
            .iter()
            .find(|(_, fault)| std::mem::discriminant(fault) == same);
        f.write_str(known.map_or("", |(name, _)| name))?;
        match self {
            Self::Code(number) | Self::Latency(number) | Self::Drip(number) => write!(f, "={number}"),
            _ => Ok(()),
        }
    }
}

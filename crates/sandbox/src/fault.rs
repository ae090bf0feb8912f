use std::str::FromStr;

/// A way in which the stand-in can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// `InvalidSecurity` with HTTP 500: wrong key, wrong password, key of another region.
    InvalidSecurity,
    /// `FailedAuthentication` with HTTP 200, which is seen too.
    FailedAuthentication,
    /// A `Server` fault with HTTP 500.
    SoapFault,
    /// Response code 101: the plan does not allow the call.
    NotInPlan,
    /// A login page with HTTP 200.
    Html,
    /// HTTP 503 with plain text.
    Http503,
    /// A redirect to another address.
    Redirect,
    /// An answer that breaks off in the middle.
    Truncated,
    /// The first page again whichever is asked for, with more announced each time.
    Repeating,
    /// HTTP 200 without a body.
    Empty,
    /// No answer at all, as long as the client waits.
    Hang,
}

impl Fault {
    /// Every fault with its name.
    pub const ALL: [(&'static str, Self); 11] = [
        ("invalid-security", Self::InvalidSecurity),
        ("failed-authentication", Self::FailedAuthentication),
        ("soap-fault", Self::SoapFault),
        ("not-in-plan", Self::NotInPlan),
        ("html", Self::Html),
        ("http-503", Self::Http503),
        ("redirect", Self::Redirect),
        ("truncated", Self::Truncated),
        ("repeating", Self::Repeating),
        ("empty", Self::Empty),
        ("hang", Self::Hang),
    ];
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|(name, _)| *name == text);
        known.map(|(_, fault)| fault).ok_or_else(|| {
            let names = Self::ALL.map(|(name, _)| name).join(", ");
            format!("{text:?} is not one of {names}")
        })
    }
}

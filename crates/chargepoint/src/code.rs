//! Response codes (guide, section 3): the real status of an answer; HTTP is 200 with all of them.

mod blame;
mod table;

pub use blame::{Blame, blamed};
pub use table::Code;

/// What a response code means to who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// It was done.
    Done,
    /// There is nothing: an empty list, or no such record.
    NothingFound,
    /// The plan does not allow this call. It is per call: other calls may still work.
    PlanRestricted,
    /// It belongs to somebody else.
    NotYours,
    /// What was asked for is not well put, by these parameters; see [`blamed`].
    Invalid(Blame),
    /// It cannot be done as things are: another decision was made, the station does not support it.
    Conflict,
    /// Asked too often.
    RateLimited,
    /// It may work later.
    Unavailable,
    /// The service failed.
    Upstream,
}

impl Code {
    /// The code of an answer; `None` where the guide knows no such code.
    pub fn of(number: &str) -> Option<Self> {
        let number = number.trim();
        Self::ALL.iter().find(|code| code.number() == number).copied()
    }
}

/// The call did what it was asked.
pub const SUCCESS: &str = Code::Success.number();
/// The plan does not allow this call.
pub const NOT_IN_PLAN: &str = Code::NotInPlan.number();
/// No station matches.
pub const NO_STATION: &str = Code::NoStation.number();
/// A parameter has a value the call does not take.
pub const INVALID_FIELDS: &str = Code::InvalidFields.number();
/// A station identifier is not of the form `CPNID:StationIdentifier`.
pub const STATION_ID_FORMAT: &str = Code::StationIdFormat.number();
/// An organization identifier is not of the form `CPNID:CompanyID`.
pub const ORGANIZATION_ID_FORMAT: &str = Code::OrganizationIdFormat.number();
/// A price estimate needs all four of its parameters.
pub const PRICING_INCOMPLETE: &str = Code::PricingIncomplete.number();
/// A parameter that must stand is missing.
pub const MANDATORY: &str = Code::Mandatory.number();
/// No user matches.
pub const NO_USER: &str = Code::NoUser.number();
/// More rows were asked for than a page holds.
pub const PAGE_TOO_LARGE: &str = Code::PageTooLarge.number();
/// There is no such user.
pub const INVALID_USER: &str = Code::InvalidUser.number();
/// The user has no request, and belongs to the organization in no other way.
pub const NO_USER_REQUEST: &str = Code::NoUserRequest.number();
/// The user has been approved or rejected already; the text says which.
pub const ALREADY_DECIDED: &str = Code::AlreadyDecided.number();
/// `stationID` and `stationIDs` may not stand together.
pub const STATION_ID_TWICE: &str = Code::StationIdTwice.number();

/// Whether a code stands for an empty list: not an error to who asked for a list.
pub fn is_nothing_found(code: &str) -> bool {
    Code::of(code).is_some_and(|code| code.meaning() == Meaning::NothingFound)
}

/// The guide's words for a code as an answer has them, for the stand-in: with the largest page in
/// place of its name.
pub fn text(code: &str) -> &'static str {
    match Code::of(code).unwrap_or(Code::Unknown) {
        Code::PageTooLarge => "The value of <numStations> exceeded the maximum of 500",
        code => code.text(),
    }
}

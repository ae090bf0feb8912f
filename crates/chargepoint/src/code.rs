//! Response codes (guide, section 3): the real status of an answer; HTTP is 200 with all of them.

/// The call did what it was asked.
pub const SUCCESS: &str = "100";
/// The plan does not allow this call. It is per call: other calls may still work.
pub const NOT_IN_PLAN: &str = "101";
/// No station matches.
pub const NO_STATION: &str = "102";
/// A parameter has a value the call does not take.
pub const INVALID_FIELDS: &str = "135";
/// A station identifier is not of the form `CPNID:StationIdentifier`.
pub const STATION_ID_FORMAT: &str = "152";
/// An organization identifier is not of the form `CPNID:CompanyID`.
pub const ORGANIZATION_ID_FORMAT: &str = "158";
/// A price estimate needs all four of its parameters.
pub const PRICING_INCOMPLETE: &str = "166";
/// A parameter that must stand is missing.
pub const MANDATORY: &str = "172";
/// No user matches.
pub const NO_USER: &str = "180";
/// More rows were asked for than a page holds.
pub const PAGE_TOO_LARGE: &str = "189";
/// There is no such user.
pub const INVALID_USER: &str = "190";
/// The user has no request, and belongs to the organization in no other way.
pub const NO_USER_REQUEST: &str = "191";
/// The user has been approved or rejected already; the text says which.
pub const ALREADY_DECIDED: &str = "192";
/// `stationID` and `stationIDs` may not stand together.
pub const STATION_ID_TWICE: &str = "194";

/// Codes that say "nothing found": an empty list to who asked for a list, not an error.
const NOTHING_FOUND: [&str; 10] = [
    "102", "120", "122", "136", "153", "156", "160", "169", "180", "201",
];

/// Whether a code stands for an empty list.
pub fn is_nothing_found(code: &str) -> bool {
    NOTHING_FOUND.contains(&code)
}

/// The guide's words for the codes named here, for the stand-in's answers.
pub fn text(code: &str) -> &'static str {
    match code {
        SUCCESS => "API input request executed successfully.",
        NOT_IN_PLAN => {
            "You are not authorized to access this API call, because your ChargePoint Network \
             Service Plan does not let you run this call. Please contact ChargePoint Customer \
             Support to upgrade your Service Plan."
        }
        NO_STATION => "No station found for given criteria",
        INVALID_FIELDS => "Invalid fields",
        STATION_ID_FORMAT => "Station ID is not in correct format",
        ORGANIZATION_ID_FORMAT => "Organization ID is not in correct format",
        PRICING_INCOMPLETE => "Please provide <startTime>, <Duration>, <energyRequired>, <vehiclePower>",
        MANDATORY => "Please provide all the mandatory fields to make this call",
        NO_USER => "No user found",
        PAGE_TOO_LARGE => "The value of <numStations> exceeded the maximum of 500",
        INVALID_USER => "Invalid user ID",
        NO_USER_REQUEST => "User ID request not found",
        ALREADY_DECIDED => "Connection already Rejected or Approved for this driver",
        STATION_ID_TWICE => {
            "Both single station ID and multiple station IDs search are not permitted. Please use \
             either option."
        }
        _ => "An unknown error has occurred. Please try again later.",
    }
}

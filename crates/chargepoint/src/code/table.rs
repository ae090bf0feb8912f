//! The table of codes: number, what it means, and the guide's words.

use super::Blame::{self, Any, Given, Missing};
use super::Meaning::{
    self, Conflict, Done, Invalid, NotYours, NothingFound, PlanRestricted, RateLimited, Unavailable, Upstream,
};

/// No call has a parameter that the code is about, so that no request can be put better: it is of calls that
/// the guide has no more, about reservations, people's own accounts and subscribers. Wrong credentials of the
/// portal's own are told by a SOAP fault (guide, section 2.3), and never so.
const NOBODY: Blame = Given(&[]);

/// Fields that have one of some words or a form of their own; how many rows, last of all, because clients set
/// that themselves.
const FORMS: Blame = Any(&[
    "transactionType",
    "transactionID",
    "associationType",
    "Status",
    "Level",
    "Mode",
    "proximityUnit",
    "Proximity",
    "Geo",
    "portStatus",
    "adminStatus",
    "networkStatus",
    "provisionStatus",
    "currentFault",
    "warrantyService",
    "alarmType",
    "paymentType",
    "paymentStatus",
    "fraudDetectionStatus",
    "telematicsProvider",
    "telematicsStatus",
    "fleetVehicleID",
    "vehicle",
    "numStations",
    "numUsers",
    "numTransactions",
    "numRecords",
    "startRecord",
]);
/// Moments and days; what begins stands before what ends.
const DATES: &[&str] = &[
    "fromTimeStamp",
    "fromTransactionTimeStamp",
    "eventStartTime",
    "startDate",
    "stationActivationDate",
    "lastModifiedTimeStamp",
    "modifiedSince",
    "startTime",
    "toTimeStamp",
    "toTransactionTimeStamp",
    "endDate",
    "endTime",
];
/// Events are of the future, and so is what is removed of them.
const FUTURE: Blame = Given(&[
    "eventStartTime",
    "eventId",
    "toTimeStamp",
    "toTransactionTimeStamp",
    "endDate",
    "endTime",
]);
/// Quantities.
const NUMBERS: Blame = Given(&[
    "allowedLoadPerStation",
    "allowedLoadPerPort",
    "percentShedPerStation",
    "percentShedPerPort",
    "timeInterval",
    "eventDuration",
    "Duration",
    "energyRequired",
    "vehiclePower",
    "Proximity",
    "year",
    "numStations",
    "numUsers",
    "numTransactions",
    "numRecords",
    "startRecord",
]);
const STATION: Blame = Given(&["stationID", "stationIDs"]);
const ORGANIZATION: Blame = Given(&["orgID", "fleetOrgID"]);
const LOADS: Blame = Given(&["allowedLoadPerStation", "allowedLoadPerPort"]);
const PERCENTS: Blame = Given(&["percentShedPerStation", "percentShedPerPort"]);
const ROWS: Blame = Given(&["numStations", "numUsers", "numRecords", "numTransactions"]);
const USER: Blame = Given(&["userID", "driverID", "fleetDriverID"]);
const GROUP_OR_STATION: Blame = Given(&["stationID", "sgID"]);

macro_rules! codes {
    ($( $number:literal $name:ident $meaning:expr, $text:literal; )*) => {
        /// A response code of the guide.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $( #[doc = $text] $name, )*
        }

        impl Code {
            /// Every code, by number.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The number, as it stands in `responseCode`.
            pub const fn number(self) -> &'static str {
                match self {
                    $( Self::$name => $number, )*
                }
            }

            /// The guide's words. Some hold a place for a name or a number: `<MaximumPageSize>`.
            pub const fn text(self) -> &'static str {
                match self {
                    $( Self::$name => $text, )*
                }
            }

            /// What it means.
            pub const fn meaning(self) -> Meaning {
                match self {
                    $( Self::$name => $meaning, )*
                }
            }
        }
    };
}

codes! {
    "100" Success Done, "API input request executed successfully.";
    "101" NotInPlan PlanRestricted, "You are not authorized to access this API call, because your ChargePoint Network Service Plan does not let you run this call. Please contact ChargePoint Customer Support to upgrade your Service Plan.";
    "102" NoStation NothingFound, "No station found for given criteria";
    "103" UnknownStation NothingFound, "This station information does not exist in the ChargePoint database";
    "104" InvalidLogin Invalid(NOBODY), "Invalid email/password";
    "105" CardNotActivated Conflict, "ChargePoint card was not activated. Please activate card.";
    "106" InvalidFutureDate Invalid(FUTURE), "Invalid future date. Provide valid future date.";
    "107" InvalidDuration Invalid(Given(&["eventDuration", "Duration", "timeInterval"])), "Invalid duration. Provide valid duration.";
    "108" InvalidAccount Invalid(NOBODY), "Invalid account handle. Please try again.";
    "109" StationNotAvailable Unavailable, "Station not available";
    "110" InvalidSerialNumber Invalid(Given(&["serialNumber", "demoSerialNumber"])), "Invalid serial number";
    "111" FreeUserReserves Conflict, "Free users cannot make a reservation on paid stations (stations on which price is applied)";
    "112" CannotReserve Unavailable, "Station cannot be reserved at this moment. Please try again later.";
    "113" InvalidReservation Invalid(NOBODY), "Invalid reservation handle";
    "114" CancellationTooLate Conflict, "Reservation cannot be cancelled. Cancellation interval time has expired.";
    "115" StationUnreachable Unavailable, "Station is unreachable OR maintenance is required at the moment. Please try again later.";
    "116" AlreadyCancelled Conflict, "Reservation has been previously cancelled";
    "117" OthersReservation NotYours, "You can not cancel reservation made by others";
    "118" AddressAndPlaceDiffer Invalid(Given(&["Address", "Geo"])), "Address and Lat/Long provided do not match";
    "119" InvalidStation Invalid(STATION), "Invalid station ID";
    "120" NoGroup NothingFound, "No station group found";
    "121" InvalidGroup Invalid(Given(&["sgID"])), "Provide a valid station group ID";
    "122" NoStationInGroup NothingFound, "No station found in this station group";
    "123" InvalidPercentage Invalid(PERCENTS), "Invalid shed percentage";
    "124" InvalidInterval Invalid(Given(&["timeInterval", "eventDuration"])), "Invalid time interval";
    "125" OthersGroup NotYours, "You must provide your station group only";
    "126" CannotShed Conflict, "Cannot shed load now";
    "127" CannotRestore Conflict, "Cannot restore load now";
    "128" NotReservable Conflict, "This station is not reservable";
    "129" UnknownGroup NothingFound, "This station group ID is not in the ChargePoint database";
    "130" NotAboveZero Invalid(NUMBERS), "Invalid value. Please enter a value greater than zero.";
    "131" OthersStations NotYours, "Stations are not within your ownership or rights realm";
    "132" InvalidSession Invalid(Given(&["sessionID", "portID"])), "Invalid session ID";
    "133" OthersSessions NotYours, "Sessions are not within your ownership or rights realm";
    "134" NoIntervals NothingFound, "No 15 min data found for this session";
    "135" InvalidFields Invalid(FORMS), "Invalid fields";
    "136" NoSession NothingFound, "No charging session data found for given criteria";
    "137" CannotCancelReservation Unavailable, "Unable to cancel the existing reservation at this moment. Station-Server communication may be broken. Please try again later.";
    "138" CannotModifyReservation Unavailable, "Cannot modify reservation at the moment. Please try again later.";
    "139" WildcardSpent RateLimited, "Only one wildcard search allowed per day";
    "140" InvalidGroupCode Invalid(NOBODY), "Please provide a valid group code (sgCode)";
    "141" InvalidDates Invalid(Given(DATES)), "Invalid dates";
    "142" StartAfterEnd Invalid(Given(DATES)), "Start date cannot be greater than end date";
    "143" Unknown Upstream, "An unknown error has occurred. Please try again later.";
    "144" FreeUserModifies Conflict, "Free user cannot modify reservation on paid stations";
    "145" OthersReservationHidden NotYours, "You cannot retrieve details of reservation made by others";
    "146" OthersReservationFixed NotYours, "You cannot modify reservation made by others";
    "147" InvalidCard Invalid(Given(&["ChargePointCards", "credentialID"])), "Invalid ChargePoint card";
    "148" NoReservation NothingFound, "No reservation found";
    "149" InvalidOrganizationDetails Invalid(Given(&["organizationName", "orgID", "fleetOrgName", "fleetOrgID", "stationOrgName"])), "Please provide valid organization details";
    "150" InvalidStationName Invalid(Given(&["stationName"])), "Please provide a valid station name";
    "151" InvalidPastDate Invalid(Given(DATES)), "Please provide a valid past date";
    "152" StationIdFormat Invalid(STATION), "Station ID is not in correct format";
    "153" NoAlarm NothingFound, "Alarms not found";
    "154" InvalidCustomGroupId Invalid(Given(&["sgID"])), "Please provide a valid custom group ID";
    "155" InvalidCustomGroupName Invalid(Given(&["sgName"])), "Please provide a valid custom group name";
    "156" NoCustomGroup NothingFound, "Custom groups not found";
    "158" OrganizationIdFormat Invalid(ORGANIZATION), "Organization ID is not in correct format";
    "159" InvalidOrganization Invalid(ORGANIZATION), "Please provide valid organization ID";
    "160" NoData NothingFound, "No data found for given criteria";
    "166" PricingIncomplete Invalid(Missing(&["Duration", "energyRequired", "vehiclePower"])), "Please provide <startTime>, <Duration>, <energyRequired>, <vehiclePower>";
    "167" InvalidRightsProfile Invalid(Given(&["stationRightsProfile"])), "Please provide a valid <stationRightsProfile>";
    "168" InvalidEvent Invalid(Given(&["eventId"])), "Please provide a valid event name";
    "169" NoStationFound NothingFound, "No Station found for given criteria";
    "170" InvalidSubscriber Invalid(NOBODY), "Please provide a valid subscriber ID";
    "171" InvalidParameters Invalid(Any(&[])), "Invalid Parameters < ParamName>, < ParamName>, < ParamName>";
    "172" Mandatory Invalid(Missing(&[])), "Please provide all the mandatory fields to make this call";
    "173" LoadOrPercent Invalid(Given(&["allowedLoadPerStation", "allowedLoadPerPort", "percentShedPerStation", "percentShedPerPort"])), "Please provide either <allowedLoad> or <percentShed>";
    "174" PercentAboveHundred Invalid(PERCENTS), "Please provide a parameter less than or equal to 100 while shedding load using <percentShed>";
    "175" GroupCannotShedByLoad Conflict, "Shedding failed, because some of the station(s) in this group do not support shedding via absolute load method";
    "176" StationCannotShedByLoad Conflict, "Shedding failed, station does not support <allowedLoad> feature";
    "177" LoadTooHigh Invalid(LOADS), "Allowed load cannot be more than X. X can be maximum allowed load while shedding load based on absolute value";
    "178" OthersOrganization NotYours, "The selected organization is not within your ownership or rights realm";
    "179" OtherShedInProgress Conflict, "Another type of shed is already in progress. Please restore load and then apply new shed.";
    "180" NoUser NothingFound, "No user found";
    "181" MixedShedMethods Invalid(Given(&["Ports"])), "Use same shed method for each port";
    "182" GroupOrStationSearch Invalid(GROUP_OR_STATION), "Search by either station group ID <sgID> or station ID <stationID>";
    "183" PortMissing Invalid(Missing(&["Ports", "portNumber", "portID"])), "Port information is missing";
    "184" GroupOrStation Invalid(GROUP_OR_STATION), "Enter either station group ID <sgID> or station ID <stationID>";
    "185" PortShedNotSupported Conflict, "Per port shed not supported on this station";
    "186" InvalidPortCount Invalid(Given(&["Ports", "portNumber"])), "Invalid number of ports specified in the request";
    "187" GroupAndStation Invalid(Given(&["shedGroup", "shedStation", "stationID", "sgID"])), "Shed at either the group level or the station level, but not both";
    "188" NoOperation Upstream, "Operation not found";
    "189" PageTooLarge Invalid(ROWS), "The value of <numStations> exceeded the maximum of <MaximumPageSize>";
    "190" InvalidUser Invalid(USER), "Invalid user ID";
    "191" NoUserRequest NothingFound, "User ID request not found";
    "192" AlreadyDecided Conflict, "Connection already <Rejected | Approved > for this driver";
    "194" StationIdTwice Invalid(Given(&["stationIDs"])), "Both single station ID and multiple station IDs search are not permitted. Please use either option.";
    "196" TransactionFromAfterTo Invalid(Given(&["fromTransactionTimeStamp"])), "Transaction from date cannot be greater than to date";
    "197" TransactionDatesIncomplete Invalid(Missing(&["toTransactionTimeStamp", "fromTransactionTimeStamp"])), "Provide both to and from transaction dates";
    "198" TooManyTransactions Invalid(ROWS), "Max transactions value cannot exceed 500";
    "199" OneLevel Invalid(Given(&["Ports", "shedStation", "shedGroup"])), "Please shed either at group, station, or port level";
    "200" LevelIncomplete Invalid(Given(&["shedStation"])), "Please provide either parameter from allowedLoadPerStation, percentShedPerStation or ports";
    "201" NoTransaction NothingFound, "No transaction found";
    "202" PanelSharing Conflict, "Shed load is not allowed on the station that has panel sharing enabled.";
}

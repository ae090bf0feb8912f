//! What the organization that asks may do with the stations of others, which have granted it.

use super::organizations::Organization;

/// A profile of rights.
#[derive(Debug, PartialEq, Eq)]
pub struct Profile {
    pub name: &'static str,
    /// Tasks with their descriptions.
    pub tasks: &'static [(&'static str, &'static str)],
}

const VIEW: (&str, &str) = ("View stations", "See stations, their ports and their state");
const USAGE: (&str, &str) = ("View usage", "See sessions with the energy they used");
const DETAILS: (&str, &str) = ("View usage details", "See drivers and 15-minute data of sessions");
const ALARMS: (&str, &str) = ("Manage alarms", "See alarms and move them to history");
const LOAD: (&str, &str) = ("Manage load", "Shed load and let it flow again");
const PRICES: (&str, &str) = ("Manage prices", "Set the prices of stations");
const PROVISION: (&str, &str) = ("Provision stations", "Activate stations and configure them");

/// The profiles there are.
pub static PROFILES: [Profile; 4] = [
    Profile {
        name: "network manager",
        tasks: &[VIEW, USAGE, DETAILS, ALARMS, LOAD, PRICES, PROVISION],
    },
    Profile {
        name: "station manager",
        tasks: &[VIEW, USAGE, DETAILS, ALARMS, LOAD],
    },
    Profile {
        name: "detailed usage viewer",
        tasks: &[VIEW, USAGE, DETAILS],
    },
    Profile {
        name: "basic usage viewer",
        tasks: &[VIEW, USAGE],
    },
];

/// The profile that an organization has granted.
pub fn granted(by: &Organization) -> &'static Profile {
    let sum: usize = by.id.bytes().map(usize::from).sum();
    &PROFILES[sum % PROFILES.len()]
}

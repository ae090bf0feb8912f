//! Who may do what: permissions, and the roles that are sets of them.

/// What an account may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// `Verb:Resource`, as it travels.
    pub key: &'static str,
    /// What it allows, behind "to": `manage charge locations`.
    pub words: &'static str,
    /// It reaches beyond organizations, so accounts that are limited to some do not have it.
    pub everywhere: bool,
}

const fn permission(key: &'static str, words: &'static str) -> Permission {
    Permission {
        key,
        words,
        everywhere: false,
    }
}

impl Permission {
    const fn everywhere(mut self) -> Self {
        self.everywhere = true;
        self
    }
}

/// Something that can be done with a record.
pub struct Action<T: 'static> {
    /// As it travels in the record's `can`.
    pub key: &'static str,
    /// One of these permissions is enough.
    pub needs: &'static [&'static str],
    /// Whether the record is in a state for it, as far as the record itself tells.
    pub fits: fn(&T) -> bool,
}

impl<T> Action<T> {
    /// An action that takes one of these permissions, whatever the record's state.
    pub const fn new(key: &'static str, needs: &'static [&'static str]) -> Self {
        Self {
            key,
            needs,
            fits: |_| true,
        }
    }

    /// The same action, where the record's state allows it.
    pub const fn when(mut self, fits: fn(&T) -> bool) -> Self {
        self.fits = fits;
        self
    }
}

/// What somebody without a permission is told, and who can give it. `limits` are the names of the organizations
/// that their account is limited to, if it is.
pub fn refusal(key: &str, limits: &[String], givers: &[String]) -> String {
    let permission = permission_of(key);
    let words = permission.map_or("do this", |permission| permission.words);
    let mut said = format!("You need permission to {words} ({key}).");
    if !limits.is_empty() && permission.is_some_and(|permission| permission.everywhere) {
        said += &format!(
            " It reaches beyond {}, which your account is limited to.",
            limits.join(" and ")
        );
    }
    if !givers.is_empty() {
        said += &format!(" {} can give it to you.", givers.join(" or "));
    }
    said
}

/// All permissions, in the order in which they are offered.
pub const PERMISSIONS: &[Permission] = &[
    permission(
        "View:Location",
        "see charge locations and their Authorization lists",
    ),
    permission(
        "Manage:Location",
        "manage locations and their Authorization lists",
    ),
    permission("Publish:Location", "publish and unpublish locations"),
    permission("Sync:Location", "sync locations from ChargePoint").everywhere(),
    permission(
        "Ask:Authorization",
        "ask whether charge tokens may charge at a location",
    ),
    permission("Ask:Visibility", "ask which locations a driver sees"),
    permission("View:Customer", "see customers"),
    permission("Manage:Customer", "manage customers").everywhere(),
    permission("View:Token", "see charge tokens"),
    permission("Manage:Token", "manage charge tokens").everywhere(),
    permission("View:StationToken", "see station tokens"),
    permission(
        "Manage:StationToken",
        "manage station tokens and apply them to stations",
    ),
    permission("Transfer:StationToken", "transfer station tokens"),
    permission("View:Connection", "see connections and the requests of drivers"),
    permission("Manage:Connection", "manage connections and their invitations"),
    permission("Approve:Connection", "approve and deny drivers"),
    permission("View:Partner", "see roaming partners and their tokens").everywhere(),
    permission("Manage:Partner", "manage roaming partners").everywhere(),
    permission("Manage:Account", "manage accounts and roles").everywhere(),
    permission("View:Audit", "see the audit log"),
    permission("View:Station", "see stations, their state and their alarms"),
    permission(
        "Manage:Station",
        "register charge stations and switch them on and off",
    ),
    permission("View:Session", "see sessions and transactions"),
    permission("Manage:Load", "shed load of stations"),
    permission("Clear:Alarm", "clear alarms"),
    permission("Notify:Driver", "tell drivers that they are done"),
    permission("View:Fleet", "see fleets"),
    permission("Manage:Fleet", "manage vehicles of fleets"),
];

/// What permissions are about, as they are grouped: the resource in their keys, and how it is called.
pub const RESOURCES: &[(&str, &str)] = &[
    ("Location", "Charge locations"),
    ("Authorization", "Authorization decisions"),
    ("Visibility", "Driver apps"),
    ("Customer", "Customers"),
    ("Token", "Charge tokens"),
    ("StationToken", "Station tokens"),
    ("Connection", "Connections"),
    ("Partner", "Roaming partners"),
    ("Account", "Accounts and roles"),
    ("Audit", "Audit log"),
    ("Station", "Stations"),
    ("Session", "Sessions"),
    ("Load", "Load"),
    ("Alarm", "Alarms"),
    ("Driver", "Drivers"),
    ("Fleet", "Fleets"),
];

impl Permission {
    /// What it is about, as in [`RESOURCES`].
    pub fn resource(&self) -> &'static str {
        self.key.split_once(':').map_or("", |(_, resource)| resource)
    }
}

/// The permission of that key.
pub fn permission_of(key: &str) -> Option<&'static Permission> {
    PERMISSIONS.iter().find(|permission| permission.key == key)
}

/// A role that every portal has.
pub struct BuiltIn {
    pub id: &'static str,
    pub name: &'static str,
    /// Empty: all.
    pub permissions: &'static [&'static str],
}

/// The id of the role that may do everything.
pub const ADMINISTRATOR: &str = "administrator";

/// The roles that every portal has; they do not change.
pub const ROLES: &[BuiltIn] = &[
    BuiltIn {
        id: ADMINISTRATOR,
        name: "Administrator",
        permissions: &[],
    },
    BuiltIn {
        id: "location-manager",
        name: "Location manager",
        permissions: &[
            "View:Location",
            "Manage:Location",
            "Publish:Location",
            "Sync:Location",
            "Ask:Authorization",
            "View:Customer",
            "Manage:Customer",
            "View:Token",
            "Manage:Token",
            "View:Station",
            "View:Session",
        ],
    },
    BuiltIn {
        id: "connections-officer",
        name: "Connections officer",
        permissions: &[
            "View:Customer",
            "View:Token",
            "View:Connection",
            "Manage:Connection",
            "Approve:Connection",
        ],
    },
    BuiltIn {
        id: "inventory-manager",
        name: "Inventory manager",
        permissions: &[
            "View:Location",
            "View:StationToken",
            "Manage:StationToken",
            "Transfer:StationToken",
        ],
    },
    BuiltIn {
        id: "operations",
        name: "Operations",
        permissions: &[
            "View:Location",
            "Sync:Location",
            "Ask:Authorization",
            "View:Customer",
            "View:Token",
            "View:StationToken",
            "View:Connection",
            "View:Station",
            "Manage:Station",
            "View:Session",
            "Manage:Load",
            "Clear:Alarm",
            "Notify:Driver",
            "View:Fleet",
            "Manage:Fleet",
        ],
    },
    BuiltIn {
        id: "viewer",
        name: "Viewer",
        permissions: &[
            "View:Location",
            "View:Customer",
            "View:Token",
            "View:StationToken",
            "View:Connection",
            "View:Station",
            "View:Session",
            "View:Fleet",
        ],
    },
];

impl BuiltIn {
    /// Whether it holds that permission.
    pub fn holds(&self, key: &str) -> bool {
        self.permissions.is_empty() || self.permissions.contains(&key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_hold_permissions_that_there_are() {
        for role in ROLES {
            for key in role.permissions {
                assert!(permission_of(key).is_some(), "{}: {key}", role.id);
            }
        }
        assert!(ROLES[0].holds("Manage:Account") && !ROLES[5].holds("Manage:Account"));
    }

    #[test]
    fn permissions_stand_in_groups() {
        for permission in PERMISSIONS {
            let known = RESOURCES.iter().any(|(key, _)| *key == permission.resource());
            assert!(known, "{} is about a resource without a name", permission.key);
        }
    }

    #[test]
    fn a_viewer_only_sees() {
        let viewer = &ROLES[5];
        assert!(viewer.permissions.iter().all(|key| key.starts_with("View:")));
    }
}

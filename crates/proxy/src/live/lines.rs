//! What lines of the audit log mean to whoever looks.

use serde_json::{Value, json};

use super::event::Audience;
use crate::books::audit::Happened;

/// What lines about a resource take to be seen, and whether such records belong to everybody. What is not here
/// concerns one person.
const SEEN: &[(&str, &str, bool)] = &[
    ("locations", "View:Location", false),
    ("customers", "View:Customer", true),
    ("tokens", "View:Token", true),
    ("station_tokens", "View:StationToken", false),
    ("connections", "View:Connection", false),
    ("driver_requests", "View:Connection", false),
    ("drivers", "View:Connection", false),
    ("accounts", "Manage:Account", true),
    ("roles", "Manage:Account", true),
    ("chargestations", "View:Station", false),
    ("stations", "View:Station", false),
    ("station-groups", "View:Station", false),
    ("load-events", "View:Station", false),
    ("alarms", "View:Station", false),
    ("fleet-vehicles", "View:Fleet", false),
    ("partners", "View:Partner", false),
    ("partner_tokens", "View:Partner", false),
];

/// Resources whose lines may end a session or change what somebody may do.
const ACCOUNTS: &[&str] = &["accounts", "roles", "keys"];

/// Whether somebody who reads may have to go.
pub fn is_of_accounts(happened: &Happened) -> bool {
    ACCOUNTS.contains(&happened.resource.as_str())
}

/// The events of a change: their names, what they tell, and to whom.
pub fn events(happened: &Happened) -> Vec<(&'static str, Value, Audience)> {
    let known = SEEN.iter().find(|(resource, ..)| *resource == happened.resource);
    let Some((_, permission, is_everybodys)) = known else {
        return Vec::new();
    };
    let audience = Audience::Of {
        permission,
        organization: happened.organization.clone(),
        is_everybodys: *is_everybodys,
    };
    // A change of many names none of them.
    let id = Some(&happened.record_id).filter(|_| happened.count == 1);
    let mut events = vec![(
        "books",
        json!({ "resource": happened.resource, "id": id, "action": happened.action, "count": happened.count }),
    )];
    if happened.resource == "driver_requests" {
        let (id, connection) = (id.map(String::as_str), happened.connection_id.as_deref());
        events.push((
            "request",
            request(id, connection, &happened.action, happened.count),
        ));
    }
    let state = match happened.action.as_str() {
        "Imported" => Some("finalised"),
        "Import undone" => Some("undone"),
        _ => None,
    };
    if let Some(state) = state {
        let is_list = happened.resource == "locations";
        let kind = if is_list {
            "authorization"
        } else {
            "station_tokens"
        };
        let location = id.filter(|_| is_list);
        events.push((
            "import",
            json!({ "id": happened.batch, "locationId": location, "kind": kind, "state": state }),
        ));
    }
    let told = |(name, data)| (name, data, audience.clone());
    events.into_iter().map(told).collect()
}

/// What is told of requests of drivers.
pub fn request(id: Option<&str>, connection: Option<&str>, action: &str, count: u64) -> Value {
    json!({ "id": id, "connectionId": connection, "action": action, "count": count })
}

#[cfg(test)]
mod tests {
    use domain::audit::RESOURCES;

    use super::*;

    #[test]
    fn every_resource_is_seen_by_somebody_or_concerns_one_person() {
        let own = ["keys", "views", "portal"];
        for resource in RESOURCES {
            let is_seen = SEEN.iter().any(|(name, ..)| *name == resource.name);
            assert_ne!(is_seen, own.contains(&resource.name), "{}", resource.name);
        }
        for (name, permission, _) in SEEN {
            assert!(RESOURCES.iter().any(|resource| resource.name == *name), "{name}");
            assert!(
                domain::access::permission_of(permission).is_some(),
                "{permission}"
            );
        }
    }

    #[test]
    fn an_import_is_told_by_its_id() {
        let happened = Happened {
            resource: "locations".into(),
            action: "Imported".into(),
            record_id: "loc_1".into(),
            batch: "imp_1".into(),
            count: 1,
            ..Happened::default()
        };
        let told = events(&happened);
        let names: Vec<&str> = told.iter().map(|(name, ..)| *name).collect();
        assert_eq!(names, ["books", "import"]);
        assert_eq!(
            told[1].1,
            json!({ "id": "imp_1", "locationId": "loc_1", "kind": "authorization", "state": "finalised" })
        );
        let many = Happened {
            resource: "driver_requests".into(),
            count: 40,
            ..happened
        };
        assert_eq!(events(&many)[1].1["id"], Value::Null);
    }
}

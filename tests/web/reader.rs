//! Who reads what the stand-in answers: an administrator, whom the portal tells of each record what they may do with it.

use domain::access::PERMISSIONS;
use domain::accounts::{Account, Role};
use domain::authorization::{CustomerEntry, TokenEntry};
use domain::column::Listed;
use domain::connections::Connection;
use domain::customers::Customer;
use domain::driver_requests::DriverRequest;
use domain::imports::Import;
use domain::locations::Location;
use domain::sessions::Session;
use domain::station_tokens::StationToken;
use domain::tokens::Token;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::portal::{Reply, Seen};

type Can = fn(&Value) -> Option<Vec<&'static str>>;

/// Records by a field that no other has; entries before the tokens and customers that they hold.
const KINDS: &[(&str, Can)] = &[
    ("entryId", can::<TokenEntry>),
    ("entryId", can::<CustomerEntry>),
    ("stations", can::<Location>),
    ("tokenSn", can::<StationToken>),
    ("nextChunk", can::<Import>),
    ("cardNumber", can::<DriverRequest>),
    ("connectedDrivers", can::<Connection>),
    ("builtIn", can::<Role>),
    ("roleId", can::<Account>),
    ("authId", can::<Token>),
    ("externalId", can::<Customer>),
];

fn can<T: Listed + DeserializeOwned>(record: &Value) -> Option<Vec<&'static str>> {
    let record: T = serde_json::from_value(record.clone()).ok()?;
    Some(record.can(|_| true))
}

/// The answer as the portal gives it: who is signed in, where the test says nothing of it, and `can`.
pub fn told(seen: &Seen, reply: Reply) -> Reply {
    match reply {
        Reply::Json(404, _) | Reply::Lost if seen.is("GET", "/session") => Reply::ok(&Session {
            name: "Ana".into(),
            role: "Administrator".into(),
            permissions: PERMISSIONS.iter().map(|one| one.key.to_owned()).collect(),
            ..Session::default()
        }),
        Reply::Json(status, body) if status < 300 => {
            let Ok(mut json) = serde_json::from_str::<Value>(&body) else {
                return Reply::Json(status, body);
            };
            tell(&mut json);
            if let Some(items) = json.get_mut("items").and_then(Value::as_array_mut) {
                items.iter_mut().for_each(tell);
            }
            Reply::Json(status, json.to_string())
        }
        Reply::Held(gate, reply) => Reply::Held(gate, Box::new(told(seen, *reply))),
        reply => reply,
    }
}

fn tell(record: &mut Value) {
    let known = KINDS.iter().filter(|(key, _)| record.get(key).is_some());
    let can = known.filter_map(|(_, can)| can(record)).next();
    if let (Some(can), Some(fields)) = (can, record.as_object_mut()) {
        fields.entry("can").or_insert(json!(can));
    }
}

//! Charge stations: ChargePoint's and the portal's own.

mod at_chargepoint;
mod own;

use std::collections::BTreeSet;

use serde_json::Value;

/// The seed's fields, and what stands beside them.
const FIELDS: [&str; 21] = [
    "_id",
    "active",
    "can",
    "chargepoint",
    "createdAt",
    "csconfig",
    "endpoint",
    "evses",
    "facts",
    "lastConnectAt",
    "lastDisconnectAt",
    "lastMessageAt",
    "location",
    "manufacturer",
    "model",
    "online",
    "organization",
    "protocol",
    "status",
    "updatedAt",
    "version",
];

/// Fails unless a record has exactly these fields.
#[track_caller]
fn whole(record: &Value) {
    let fields: BTreeSet<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, FIELDS.into_iter().collect(), "{record}");
}

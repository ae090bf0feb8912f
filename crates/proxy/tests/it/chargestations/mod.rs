//! Charge stations: ChargePoint's and the portal's own.

mod at_chargepoint;
mod own;

use std::collections::BTreeSet;

use serde_json::Value;

/// The seed's fields, and what ChargePoint says beside them.
const FIELDS: [&str; 18] = [
    "_id",
    "active",
    "chargepoint",
    "createdAt",
    "csconfig",
    "endpoint",
    "evses",
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
];

/// Fails unless a record has exactly these fields.
#[track_caller]
fn exact(record: &Value) {
    holds(record, &[]);
}

/// Fails unless it has exactly those and the ones that its page needs.
#[track_caller]
fn page(record: &Value) {
    holds(record, &["can", "facts", "version"]);
}

#[track_caller]
fn holds(record: &Value, more: &[&'static str]) {
    let fields: BTreeSet<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, FIELDS.iter().chain(more).copied().collect(), "{record}");
}

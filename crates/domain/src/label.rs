//! What a field of a request is called on screen: its label in the field table, wherever a person reads of it.

use crate::field::Field;
use crate::{chargestations, connections, customers, fleet, station_tokens, tokens};

/// The forms' fields. Where two have the same key, the first one's label serves for both.
const TABLES: &[&[Field]] = &[
    tokens::FIELDS,
    customers::FIELDS,
    station_tokens::FIELDS,
    connections::FIELDS,
    chargestations::FIELDS,
    fleet::FIELDS,
];

/// What is chosen beside a form's fields, and what stands in no form.
const OTHERS: &[(&str, &str)] = &[
    ("orgId", "Organization"),
    ("orgName", "Org Name"),
    ("evseId", "EVSE ID"),
    ("roleId", "Role"),
    ("status", "Status"),
    ("reference", "Reference"),
    ("authIds", "Auth ID"),
    ("tokenIds", "Charge token"),
    ("customerIds", "Customer"),
    ("tokenSns", "Token S/N"),
    ("ids", "ID"),
    ("csconfig", "Configuration"),
    ("q", "Search"),
    ("timeInterval", "Minutes"),
    ("eventStartTime", "Begins"),
    ("eventDuration", "Minutes"),
];

/// How much load is held back: one field of a form, which a request has under the name of its unit and place.
pub const AMOUNTS: &[&str] = &[
    "allowedLoadPerStation",
    "percentShedPerStation",
    "allowedLoadPerPort",
    "percentShedPerPort",
];

/// The words for a field of a request: `authIds[2]` is the third Auth ID, `openingHours.1` the opening hours.
pub fn label(field: &str) -> String {
    let end = field.find(['[', '.']).unwrap_or(field.len());
    let (key, rest) = field.split_at(end);
    let mut fields = TABLES.iter().copied().flatten();
    let other = OTHERS.iter().find(|(own, _)| *own == key);
    let words = match other.map(|(_, label)| *label) {
        Some(label) => label.to_owned(),
        None if AMOUNTS.contains(&key) => "How much".to_owned(),
        None => match fields.find(|field| field.key == key) {
            Some(field) => field.label.to_owned(),
            None => spelt_out(key),
        },
    };
    let at = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match at.and_then(|at| at.parse::<usize>().ok()) {
        Some(at) => format!("{words} {}", at.saturating_add(1)),
        None => words,
    }
}

/// `openingHours` as "Opening hours"; what is no such key stays as it is.
pub fn spelt_out(key: &str) -> String {
    let mut words = String::new();
    for letter in key.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() && !words.ends_with('-') {
            words.push(' ');
            words.push(letter.to_ascii_lowercase());
        } else if words.is_empty() {
            words.push(letter.to_ascii_uppercase());
        } else {
            words.push(letter);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_is_left_to_read() {
        for (field, words) in [
            ("orgId", "Organization"),
            ("chipId", "Chip ID"),
            ("partNo", "Part No."),
            ("askAgainDays", "Ask existing drivers to update this every … days"),
            ("authIds[2]", "Auth ID 3"),
            ("filter[0]", "Filter 1"),
            ("openingHours.1", "Opening hours"),
            ("columns.shown", "Columns"),
            ("defaultView", "Default view"),
            ("percentShedPerStation", "How much"),
            ("timeInterval", "Minutes"),
            ("driverId", "Driver ID"),
            ("Idempotency-Key", "Idempotency-Key"),
            ("", ""),
        ] {
            assert_eq!(label(field), words);
        }
        for field in TABLES.iter().copied().flatten() {
            assert!(!label(field.key).contains(field.key) || field.label.contains(field.key));
        }
    }
}

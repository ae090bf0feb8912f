//! What differs between two states of a record, by the tables that the record has anyway: whatever stands in
//! its JSON is told, under the label of its column or field.

use std::collections::BTreeMap;

use domain::audit::Change;
use domain::column::Kind;
use domain::moment::{self, Zone};
use serde_json::Value;

use super::noted::Audited;

/// What no record's change is told of: it changes with every change, or is told otherwise.
const UNTOLD: &[&str] = &["id", "version", "createdAt", "updatedAt", "can"];

/// The fields that are not the same, in the order of columns and form.
pub fn difference<T: Audited>(before: Option<&T>, after: Option<&T>) -> Vec<Change> {
    let (before, after) = (told(before), told(after));
    let mut paths: Vec<&String> = before.keys().chain(after.keys()).collect();
    paths.sort_by_key(|path| (place::<T>(path), path.as_str()));
    paths.dedup();
    let change = |path: &String| {
        let (before, after) = (before.get(path), after.get(path));
        // Of two of one name it is told which.
        let is_alike = before.map(|value| &value.text) == after.map(|value| &value.text);
        let words = |value: &Worded| match is_alike {
            true => format!("{} ({})", value.text, value.id),
            false => value.text.clone(),
        };
        let change = || Change::new(&label::<T>(path), before.map(words), after.map(words));
        (before != after).then(change)
    };
    paths.into_iter().filter_map(change).collect()
}

/// What is told of a field.
#[derive(Debug, Default, PartialEq)]
struct Worded {
    text: String,
    /// Of another record that is told by its name.
    id: String,
}

/// All that is told of a record, by the place in its JSON.
fn told<T: Audited>(record: Option<&T>) -> BTreeMap<String, Worded> {
    let mut all = BTreeMap::new();
    if let Some(Ok(json)) = record.map(serde_json::to_value) {
        take("", &json, &mut all);
    }
    let untold = |path: &str| UNTOLD.iter().chain(T::UNTOLD).any(|key| *key == path);
    all.retain(|path, value| !untold(path) && !value.text.is_empty());
    for (path, Worded { text, .. }) in &mut all {
        if kind::<T>(path) == Some(Kind::Pacific) {
            *text = moment::local(text, Zone::Pacific).unwrap_or_else(|| text.clone());
        }
    }
    all
}

fn take(path: &str, value: &Value, all: &mut BTreeMap<String, Worded>) {
    let mut id = String::new();
    let text = match value {
        Value::Object(fields) if path == "openingHours" => hours(fields),
        Value::Object(fields) => match (path, fields.get("name")) {
            (path, Some(Value::String(name))) if !path.is_empty() => {
                id = fields.get("id").map(text).unwrap_or_default();
                name.clone()
            }
            _ => {
                for (key, value) in fields {
                    let path = if path.is_empty() {
                        key.clone()
                    } else {
                        format!("{path}.{key}")
                    };
                    take(&path, value, all);
                }
                return;
            }
        },
        value => text(value),
    };
    all.insert(path.to_owned(), Worded { text, id });
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
        // A setting among others.
        Value::Object(fields) if fields.contains_key("key") => {
            let told = |key: &str| fields.get(key).map(text).unwrap_or_default();
            format!("{} = {}", told("key"), told("value"))
        }
        value => value.to_string(),
    }
}

/// `Monday 06:00–22:00; Tuesday …`
fn hours(days: &serde_json::Map<String, Value>) -> String {
    const DAYS: [&str; 7] = [
        "Sunday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
    ];
    let span = |span: &Value| format!("{}–{}", text(&span["startTime"]), text(&span["endTime"]));
    let day = |(day, spans): (&String, &Value)| {
        let name = day.parse::<usize>().ok().and_then(|day| DAYS.get(day)).copied();
        let spans: Vec<String> = spans.as_array().into_iter().flatten().map(span).collect();
        format!("{} {}", name.unwrap_or(day), spans.join(", "))
    };
    days.iter().map(day).collect::<Vec<_>>().join("; ")
}

fn kind<T: Audited>(path: &str) -> Option<Kind> {
    let head = T::HEADS.iter().find(|head| head.path == path);
    head.map(|head| head.kind)
}

fn place<T: Audited>(path: &str) -> usize {
    let column = T::HEADS.iter().position(|head| head.path == path);
    let field = || T::FIELDS.iter().position(|field| field.key == path);
    column
        .or_else(|| field().map(|field| T::HEADS.len() + field))
        .unwrap_or(usize::MAX)
}

fn label<T: Audited>(path: &str) -> String {
    let column = T::HEADS.iter().find(|head| head.path == path);
    let field = T::FIELDS.iter().find(|field| field.key == path);
    match (column, field) {
        (Some(head), _) => head.label.to_owned(),
        (None, Some(field)) => field.label.to_owned(),
        (None, None) => words(path.rsplit('.').next().unwrap_or(path)),
    }
}

/// `postalCode` as `Postal code`.
fn words(key: &str) -> String {
    let mut words = String::new();
    for (n, letter) in key.char_indices() {
        if n == 0 {
            words.extend(letter.to_uppercase());
        } else {
            if letter.is_uppercase() {
                words.push(' ');
            }
            words.extend(letter.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use domain::audit::summary;
    use domain::locations::{Location, OpeningSpan};
    use domain::station_tokens::StationToken;
    use domain::tokens::{CustomerRef, Token};

    use super::*;

    #[test]
    fn a_pacific_moment_is_told_in_its_zone() {
        let before = StationToken {
            part_no: "CPCLD".into(),
            ..StationToken::default()
        };
        let after = StationToken {
            activation_date: Some("2026-11-20T08:15:00Z".into()),
            version: 7,
            ..StationToken::default()
        };
        assert_eq!(
            summary(&difference(Some(&before), Some(&after))),
            "Part No.: CPCLD → nothing · Activation Date (Pacific Time): 2026-11-20 00:15"
        );
    }

    #[test]
    fn all_of_a_location_is_told_as_people_read_it() {
        let json = r#"{"id":"loc_1","name":"Yard","address":{"city":"Leiden","postalCode":"2311"},"coordinates":null,
            "timezone":null,"openingHours":null,"operatorName":"","notes":"","published":true,"visibility":"Published",
            "stations":["1:2","1:3"],"customers":0,"tokens":0,"gone":false,"version":1,"createdAt":"","updatedAt":""}"#;
        let before: Location = serde_json::from_str(json).unwrap();
        let mut after = before.clone();
        let span = OpeningSpan {
            start_time: "06:00".into(),
            end_time: "22:00".into(),
        };
        after.opening_hours = Some([("1".to_owned(), vec![span])].into());
        after.address.postal_code = "2312".into();
        after.operator_name = "Acme".into();
        assert_eq!(
            summary(&difference(Some(&before), Some(&after))),
            "Postal code: 2311 → 2312 · Opening hours: Monday 06:00–22:00 · Operator name: Acme"
        );
        assert_eq!(
            summary(&difference::<Location>(None, Some(&before))),
            "Name: Yard · City: Leiden · Stations: 1:2, 1:3 · Visibility: Published · Postal code: 2311 · Gone: no"
        );
    }

    #[test]
    fn a_customer_is_told_by_name() {
        let json = r#"{"id":"tok_1","authId":"DE","chipId":null,"visualId":null,"type":"RFID","customer":null,
            "issuer":"","valid":true,"expires":null,"note":"","version":1,"createdAt":"","updatedAt":""}"#;
        let before: Token = serde_json::from_str(json).unwrap();
        let mut after = before.clone();
        after.customer = Some(CustomerRef {
            id: "cus_1".into(),
            external_id: "C-1".into(),
            name: "Acme".into(),
        });
        after.valid = false;
        assert_eq!(
            summary(&difference(Some(&before), Some(&after))),
            "Customer: Acme · Valid: yes → no"
        );
    }
}

//! Examples, made from the schemas: what a record may look like.

use serde_json::{Map, Value, json};

/// How deep records within records are shown.
const DEPTH: usize = 6;

/// What some fields hold, by their names.
const KNOWN: &[(&str, &str)] = &[
    ("stationId", "1:100001"),
    ("stationIds", "1:100001"),
    ("stationName", "ACME / Garage 01"),
    ("orgId", "1:ORG07225"),
    ("fleetOrgId", "1:ORG07225"),
    ("organizationName", "Acme"),
    ("sgId", "18208"),
    ("sgIds", "18208"),
    ("parentGroupId", "0"),
    ("sessionId", "53068"),
    ("transactionId", "106136"),
    ("userId", "4196"),
    ("eventId", "1"),
    ("portNumber", "1"),
    ("fleetVehicleId", "1:7890"),
    ("fleetVehicleIds", "1:7890"),
    ("authId", "NL-GFX-C00000001-4"),
    ("authIds", "NL-GFX-C00000001-4"),
    ("chipId", "04A2B3C4D5E6F7"),
    ("email", "ana@portal.example"),
    ("driverEmail", "ana@portal.example"),
    ("city", "Leiden"),
    ("country", "Netherlands"),
    ("postalCode", "2316 AB"),
    ("address", "Oosteinde 1"),
    ("currency", "EUR"),
    ("currencyCode", "EUR"),
    ("credentialId", "CNCP00000001"),
    ("startTime", "2026-11-20T08:15:00Z"),
    ("endTime", "2026-11-20T09:45:00Z"),
    ("totalChargingDuration", "01:25:10"),
    ("totalSessionDuration", "01:30:00"),
];

/// An example of a schema; `name` is the field it is for, if it is one.
pub fn of(name: &str, schema: &Value, schemas: &Map<String, Value>) -> Value {
    make(name, schema, schemas, DEPTH)
}

fn make(name: &str, schema: &Value, schemas: &Map<String, Value>, depth: usize) -> Value {
    let inner = |name: &str, schema: &Value| make(name, schema, schemas, depth.saturating_sub(1));
    if let Some(reference) = schema["$ref"].as_str() {
        let target = reference.rsplit('/').next().unwrap_or_default();
        return match schemas.get(target).filter(|_| depth > 0) {
            Some(target) => inner(name, target),
            None => Value::Null,
        };
    }
    for word in ["const", "default"] {
        if let Some(value) = schema.get(word).filter(|value| !value.is_null()) {
            return value.clone();
        }
    }
    if let Some(first) = schema["enum"].as_array().and_then(|all| all.first()) {
        return first.clone();
    }
    for word in ["anyOf", "oneOf"] {
        let options = schema[word].as_array().into_iter().flatten();
        if let Some(option) = options.clone().find(|option| option["type"] != "null") {
            return inner(name, option);
        }
    }
    let mut object = Map::new();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        if let Value::Object(fields) = inner(name, part) {
            object.extend(fields);
        }
    }
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        object.insert(key.clone(), inner(key, property));
    }
    if !object.is_empty() {
        return Value::Object(object);
    }
    match kind(schema) {
        "object" => json!({}),
        "array" if depth == 0 => json!([]),
        "array" => json!([inner(name, &schema["items"])]),
        "integer" => schema["minimum"].as_i64().map_or(1, |least| least.max(1)).into(),
        "number" => json!(7.4),
        "boolean" => true.into(),
        "string" => text(name, schema).into(),
        _ => Value::Null,
    }
}

/// The type that is not null.
fn kind(schema: &Value) -> &str {
    match &schema["type"] {
        Value::Array(kinds) => {
            let mut kinds = kinds.iter().flat_map(Value::as_str);
            kinds.find(|kind| *kind != "null").unwrap_or_default()
        }
        kind => kind.as_str().unwrap_or_default(),
    }
}

fn text(name: &str, schema: &Value) -> &'static str {
    let is_time =
        name.ends_with("At") || name.ends_with("Time") || name.ends_with("TimeStamp") || name == "asOf";
    match schema["format"].as_str() {
        Some("date-time") => "2026-11-20T08:15:00Z",
        Some("date") => "2026-11-20",
        _ => match KNOWN.iter().find(|(known, _)| *known == name) {
            Some((_, text)) => text,
            None if is_time => "2026-11-20T08:15:00Z",
            None if name == "id" || name.ends_with("Id") => "k3J9xQ2mTz8LwPfA",
            None => "text",
        },
    }
}

/// An example of a problem of that status.
pub fn problem(status: u16, meaning: &str) -> Value {
    let (kind, title) = match status {
        400 => ("malformed-request", "The request cannot be read"),
        401 => ("signed-out", "Nobody is signed in"),
        403 => ("forbidden", "Not allowed"),
        404 => ("not-found", "Not found"),
        409 => ("in-use", "In use"),
        412 => ("stale", "Somebody else changed this meanwhile"),
        413 => ("too-large", "Too large"),
        415 => ("unsupported-media-type", "The body is not JSON"),
        422 => ("invalid", "Some of it is not valid"),
        428 => ("version-required", "No version named"),
        429 => ("too-many-requests", "Too often"),
        502 => ("chargepoint-unreachable", "ChargePoint cannot be reached"),
        503 => (
            "chargepoint-unavailable",
            "ChargePoint or the station cannot do this now",
        ),
        504 => ("chargepoint-timeout", "ChargePoint did not answer in time"),
        _ => ("internal", "The portal failed"),
    };
    let mut problem = json!({ "type": format!("/problems/{kind}"), "title": title, "status": status,
                              "detail": format!("{meaning}.") });
    if status == 422 {
        problem["errors"] = json!([{ "field": "name", "message": "this cannot stay empty" }]);
    }
    problem
}

/// Adds examples to every body and answer of a description.
pub fn add(paths: &mut Map<String, Value>, schemas: &Map<String, Value>) {
    let operations = paths.values_mut().flat_map(Value::as_object_mut).flatten();
    for (_, operation) in operations {
        if let Some(content) = operation.pointer_mut("/requestBody/content/application~1json") {
            content["example"] = of("", &content["schema"], schemas);
        }
        let responses = operation["responses"].as_object_mut().into_iter().flatten();
        for (status, response) in responses {
            let meaning = response["description"].as_str().unwrap_or_default().to_owned();
            if let Some(content) = response.pointer_mut("/content/application~1json") {
                content["example"] = of("", &content["schema"], schemas);
            }
            if let Some(content) = response.pointer_mut("/content/application~1problem+json") {
                content["example"] = problem(status.parse().unwrap_or_default(), &meaning);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_has_every_field() {
        let schemas = json!({
            "Port": { "type": "object", "properties": { "portNumber": { "type": ["string", "null"] } } },
            "Loop": { "type": "object", "properties": { "inner": { "$ref": "#/components/schemas/Loop" } } },
        });
        let schemas = schemas.as_object().cloned().unwrap_or_default();
        let schema = json!({ "allOf": [{ "$ref": "#/components/schemas/Port" }], "properties": {
            "stationId": { "type": "string" },
            "ports": { "type": "array", "items": { "$ref": "#/components/schemas/Port" } },
            "word": { "enum": ["a", "b"] },
            "count": { "anyOf": [{ "type": "null" }, { "type": "integer", "minimum": 3 }] },
            "at": { "type": "string", "format": "date-time" },
        } });
        let expected = json!({ "portNumber": "1", "stationId": "1:100001", "ports": [{ "portNumber": "1" }], "word": "a",
                               "count": 3, "at": "2026-11-20T08:15:00Z" });
        assert_eq!(of("", &schema, &schemas), expected);
        assert!(
            of("", &schemas["Loop"], &schemas).to_string().len() < 200,
            "it ends"
        );
    }
}

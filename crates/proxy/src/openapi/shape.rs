//! Schemas of ChargePoint's records, from the operation table.

use std::borrow::Cow;

use chargepoint::calls::Call;
use chargepoint::calls::station_groups::GetStationGroupDetails;
use chargepoint::codec::Record;
use chargepoint::table::{FieldShape, Kind, Plain, Shape, TRANSPORT};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::controllers::calls::parameters::{Names, Parameter};
use crate::estate::rows::{Row, Told};

impl<R: Told> JsonSchema for Row<R> {
    fn schema_name() -> Cow<'static, str> {
        name(&R::SHAPE).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let record = told::<R>(generator);
        if !Row::<R>::HAS_ZONE {
            return record;
        }
        with(
            record,
            "timeZone",
            "The zone of the station's clock, such as `Europe/Amsterdam`; null while that is not known.",
        )
    }
}

/// A record as it is answered: every field is there, null where there is nothing.
pub fn told<R: Record>(generator: &mut SchemaGenerator) -> Schema {
    reference(const { &R::SHAPE }, true, generator)
}

/// A record that a call answers, with when ChargePoint was asked and why not later.
pub fn told_with_age<R: Record>(generator: &mut SchemaGenerator) -> Schema {
    let record = told::<R>(generator);
    with_age(record, generator)
}

/// The same of a station group, which says whose it is.
pub fn group_with_age(generator: &mut SchemaGenerator) -> Schema {
    let group = told::<<GetStationGroupDetails as Call>::Answer>(generator);
    let group = with(
        group,
        "organizationName",
        "Whose it is; null while that is not known.",
    );
    with_age(group, generator)
}

/// The same of a row of a list.
pub fn row_with_age<R: Told>(generator: &mut SchemaGenerator) -> Schema {
    let row = <Row<R> as JsonSchema>::json_schema(generator);
    with_age(row, generator)
}

/// A record with words that ChargePoint does not tell with it.
fn with(record: Schema, field: &str, description: &str) -> Schema {
    let words = json!({ "type": ["string", "null"], "description": description });
    schema(json!({ "allOf": [record.to_value()], "properties": { field: words } }))
}

fn with_age(record: Schema, generator: &mut SchemaGenerator) -> Schema {
    let record = record.to_value();
    let problem = generator
        .subschema_for::<Option<domain::problem::Problem>>()
        .to_value();
    let as_of = json!({ "type": "string", "description": "When ChargePoint was asked." });
    schema(json!({
        "allOf": [record],
        "properties": { "asOf": as_of, "problem": problem },
        "required": ["asOf"],
    }))
}

/// A record as it is asked for: what is absent or null is not said.
pub fn asked<R: Record>(generator: &mut SchemaGenerator) -> Schema {
    reference(const { &R::SHAPE }, false, generator)
}

/// The body of a change: what is asked for without what its address names; of what takes several, also one
/// alone.
pub fn body<R: Record>(names: Names, generator: &mut SchemaGenerator) -> Schema {
    let shape = const { &R::SHAPE };
    match shape.fields {
        [only] if shape.is_wrapper() && only.several => {
            let list = field(only, false, generator);
            let one = list["items"].clone();
            let all = json!({ "type": "object", "properties": { only.json: list }, "required": [only.json] });
            schema(json!({ "anyOf": [one, all] }))
        }
        _ => {
            let body = asked::<R>(generator);
            let is_named = |field: &str| {
                let mut parts = names.iter().map(|(_, part)| *part);
                parts.any(|part| field == part || field.strip_suffix('s') == Some(part))
            };
            if let Some(own) = generator
                .definitions_mut()
                .get_mut(&format!("{}Input", name(shape)))
            {
                strike(own, is_named);
            }
            body
        }
    }
}

/// Takes fields out of an object's schema.
fn strike(object: &mut Value, is_one: impl Fn(&str) -> bool) {
    if let Some(properties) = object["properties"].as_object_mut() {
        properties.retain(|field, _| !is_one(field));
    }
    if let Some(required) = object.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|field| !field.as_str().is_some_and(&is_one));
    }
}

/// A parameter of an address.
pub fn parameter(parameter: &Parameter) -> Value {
    let schema = match parameter.several {
        true => json!({ "type": "array", "items": { "type": "string" } }),
        false => plain(parameter.field, false),
    };
    json!({ "name": parameter.name, "in": "query", "required": false, "style": "form", "explode": false,
            "description": words(parameter.field.doc), "schema": schema })
}

fn schema(value: Value) -> Schema {
    Schema::try_from(value).unwrap_or_default()
}

fn name(shape: &Shape) -> String {
    format!("ChargePoint{}", shape.title.trim_end_matches("Response"))
}

/// Adds a record to the schemas, and refers to it.
fn reference(shape: &'static Shape, told: bool, generator: &mut SchemaGenerator) -> Schema {
    if shape.is_wrapper() {
        return schema(field(&shape.fields[0], told, generator));
    }
    let name = match told {
        true => name(shape),
        false => format!("{}Input", name(shape)),
    };
    let place = format!("#/components/schemas/{name}");
    if generator.definitions().contains_key(&name) {
        return Schema::new_ref(place);
    }
    generator.definitions_mut().insert(name.clone(), json!({}));
    let mut properties = Map::new();
    let mut required = Vec::new();
    for own in shape
        .fields
        .iter()
        .filter(|field| !TRANSPORT.contains(&field.json))
    {
        let mut property = field(own, told, generator);
        property["description"] = words(own.doc).into();
        properties.insert(own.json.to_owned(), property);
        if told || own.occurs.min > 0 {
            required.push(own.json);
        }
    }
    let mut object = json!({ "type": "object", "description": words(shape.doc), "properties": properties });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    generator.definitions_mut().insert(name, object);
    Schema::new_ref(place)
}

fn field(field: &'static FieldShape, told: bool, generator: &mut SchemaGenerator) -> Value {
    let one = match field.kind {
        Kind::Complex(nested) => reference(nested, told, generator).to_value(),
        _ => plain(field, told && !field.several),
    };
    match field.kind {
        _ if field.several => json!({ "type": "array", "items": one }),
        Kind::Complex(nested) if told && !nested.is_wrapper() => {
            json!({ "anyOf": [one, { "type": "null" }] })
        }
        _ => one,
    }
}

fn plain(field: &FieldShape, nullable: bool) -> Value {
    let kind = match field.plain {
        _ if field.number => "number",
        Plain::Text => "string",
        Plain::Integer => "integer",
        Plain::Number => "number",
        Plain::Boolean => "boolean",
    };
    let format = match field.kind {
        Kind::DateTime => Some("date-time"),
        Kind::Date => Some("date"),
        _ => None,
    };
    let mut plain = match nullable {
        true => json!({ "type": [kind, "null"] }),
        false => json!({ "type": kind }),
    };
    if let Some(format) = format {
        plain["format"] = format.into();
    }
    if matches!(field.kind, Kind::Percent) {
        (plain["minimum"], plain["maximum"]) = (0.into(), 100.into());
    }
    plain
}

/// A field's words, without the links of source code.
fn words(doc: &str) -> String {
    let text = doc.split_once("; see [").map_or(doc, |(text, _)| text);
    let text = text.replace("[`", "`").replace("`]", "`");
    let parts = text.trim().split('`').enumerate();
    let parts = parts.map(|(n, part)| match n % 2 == 1 && part.contains('_') {
        true => camel(part),
        false => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("`")
}

/// A field's name in the code as it stands in JSON.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (initial, rest) = word.split_at(word.len().min(1));
        name + &initial.to_uppercase() + rest
    })
}

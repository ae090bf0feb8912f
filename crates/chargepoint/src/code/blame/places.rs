//! The fields of a request, each at its place.

use serde_json::Value as Json;

use crate::table::{FieldShape, Kind, Shape};

/// A field at its place in a request.
pub struct Place {
    field: &'static FieldShape,
    /// Its names in JSON with dots between them.
    pub name: String,
    /// The list that it stands in.
    pub list: Option<String>,
    /// The request says something there.
    pub is_given: bool,
    /// The request says nothing of what it stands in.
    pub is_absent: bool,
}

impl Place {
    /// Whether the field has this name, in any case.
    pub fn is(&self, name: &str) -> bool {
        let own = [self.field.wire, self.field.json].into_iter();
        let mut names = own.chain(self.field.also.iter().copied());
        names.any(|own| own.eq_ignore_ascii_case(name))
    }

    /// Whether it is no record that only holds others.
    pub fn is_plain(&self) -> bool {
        self.field.several || !matches!(self.field.kind, Kind::Complex(_))
    }

    /// Whether it must be given in what is given.
    pub fn must_stand(&self) -> bool {
        self.is_plain() && self.field.occurs.min > 0 && !self.is_absent
    }
}

/// All fields of a request, those of items as often as there are items.
pub fn places(shape: &'static Shape, request: &Json) -> Vec<Place> {
    let mut places = Vec::new();
    walk(shape, request, &At::default(), &mut places);
    places
}

/// What fields stand in.
#[derive(Clone, Default)]
struct At {
    path: String,
    list: Option<String>,
    /// The list has no items: its name stands for what they could have.
    is_empty: bool,
    is_absent: bool,
}

fn walk(shape: &'static Shape, json: &Json, at: &At, places: &mut Vec<Place>) {
    let is_wrapper = shape.is_wrapper();
    for field in shape.fields {
        let value = if is_wrapper {
            json
        } else {
            json.get(field.json).unwrap_or(&Json::Null)
        };
        let path = match (is_wrapper, at.path.as_str()) {
            (true, path) => path.to_owned(),
            (false, "") => field.json.to_owned(),
            (false, path) => format!("{path}.{}", field.json),
        };
        let name = if path.is_empty() { field.json } else { &path };
        let is_given = is_given(value);
        // What only holds all parameters has no name in a request.
        if !path.is_empty() || field.several {
            places.push(Place {
                field,
                name: at
                    .list
                    .as_deref()
                    .filter(|_| at.is_empty)
                    .unwrap_or(name)
                    .to_owned(),
                list: at.list.clone(),
                is_given,
                is_absent: at.is_absent,
            });
        }
        let Kind::Complex(nested) = field.kind else {
            continue;
        };
        let mut within = At {
            path: path.clone(),
            is_absent: at.is_absent || !is_given && !path.is_empty(),
            ..at.clone()
        };
        if !field.several {
            walk(nested, value, &within, places);
            continue;
        }
        within.list = Some(name.to_owned());
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        for (n, item) in items.iter().enumerate() {
            // One may stand for a list of one.
            let alone = path.is_empty() && items.len() == 1;
            within.path = if alone {
                String::new()
            } else {
                format!("{name}[{n}]")
            };
            walk(nested, item, &within, places);
        }
        if items.is_empty() {
            within.is_empty = true;
            walk(nested, &Json::Null, &within, places);
        }
    }
}

fn is_given(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::String(text) => !text.trim().is_empty(),
        Json::Array(items) => !items.is_empty(),
        Json::Object(fields) => fields.values().any(is_given),
        Json::Bool(_) | Json::Number(_) => true,
    }
}

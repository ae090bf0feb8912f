//! Between JSON and records: the same declaration as for XML, with names in camelCase, empty texts as
//! null, and lists without the elements that only hold them.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value as Json;

use super::text::{CommaList, Date, DateTime, Time};
use super::{Field, Record, Value};
use crate::table::{FieldShape, Kind, Plain, Shape};

/// Why JSON is no request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// The place, by its names in JSON: `shedGroup.sgId`, `vehicles[2].make`.
    pub field: String,
    /// What is wrong, in a sentence.
    pub why: String,
}

impl Unfit {
    fn of(why: impl Into<String>) -> Self {
        let (field, why) = (String::new(), why.into());
        Self { field, why }
    }

    /// The same, within something.
    fn within(mut self, name: &str) -> Self {
        let joint = if self.field.is_empty() || self.field.starts_with('[') {
            ""
        } else {
            "."
        };
        self.field = format!("{name}{joint}{}", self.field);
        self
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.why)
    }
}

/// A value at a place of a record, for comparing and showing.
#[derive(Debug, Clone, PartialEq)]
pub enum Look {
    /// There is none.
    Nothing,
    /// A text, trimmed; several with commas between them.
    Text(String),
    /// A number; of records in a list, how many.
    Number(f64),
    /// Yes or no.
    Bool(bool),
}

impl Look {
    fn text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Nothing,
            text => Self::Text(text.to_owned()),
        }
    }

    fn many(all: impl Iterator<Item = Self>) -> Self {
        let mut texts: Vec<String> = Vec::new();
        for one in all {
            let text = match one {
                Self::Nothing => continue,
                Self::Text(text) => text,
                Self::Number(number) => number.to_string(),
                Self::Bool(is) => is.to_string(),
            };
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        Self::text(&texts.join(", "))
    }
}

impl Shape {
    /// A record that only holds another or a list: in JSON, what it holds stands in its place.
    pub const fn is_wrapper(&self) -> bool {
        match self.fields {
            [only] => matches!(only.kind, Kind::Complex(_)) || only.occurs.max.is_none(),
            _ => false,
        }
    }

    /// Index of the field of a name in JSON, or under another that is read too.
    pub fn index_of_json(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| {
            field.json == name
                || field
                    .also
                    .iter()
                    .any(|also| super::Name::of(also, false).as_str() == name)
        })
    }
}

/// A field as JSON.
pub struct FieldJson<'f, F>(pub &'f F, pub &'static FieldShape);

impl<F: Field> Serialize for FieldJson<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.to_json(self.1, serializer)
    }
}

/// A value as JSON.
pub(super) struct ValueJson<'v, V>(pub &'v V, pub &'static FieldShape);

impl<V: Value> Serialize for ValueJson<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.to_json(self.1, serializer)
    }
}

/// A record as JSON: every field, null where there is nothing.
pub struct RecordJson<'r, R>(pub &'r R);

impl<R: Record> Serialize for RecordJson<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if R::SHAPE.is_wrapper() {
            return self.0.only_json(serializer);
        }
        let mut map = serializer.serialize_map(Some(R::SHAPE.fields.len()))?;
        self.0.fields_json(&mut map)?;
        map.end()
    }
}

/// Reads a record out of JSON: an object, or what it holds, of a record that only holds something.
///
/// # Errors
/// What does not fit, and where.
pub fn from_json<R: Record>(json: &Json) -> Result<R, Unfit> {
    let mut record = R::default();
    read_json(&mut record, json)?;
    Ok(record)
}

pub(super) fn read_json<R: Record>(record: &mut R, json: &Json) -> Result<(), Unfit> {
    if R::SHAPE.is_wrapper() {
        return record.read_json_field(0, json);
    }
    let Json::Object(fields) = json else {
        return Err(Unfit::of("must be an object."));
    };
    for (name, value) in fields {
        let Some(index) = R::SHAPE.index_of_json(name) else {
            let known: Vec<&str> = R::SHAPE.fields.iter().map(|field| field.json).collect();
            let why = format!("is not known here; there are {}.", known.join(", "));
            return Err(Unfit::of(why).within(name));
        };
        if !value.is_null() {
            record
                .read_json_field(index, value)
                .map_err(|unfit| unfit.within(name))?;
        }
    }
    if !record.is_complete() {
        let all: Vec<&str> = R::SHAPE.fields.iter().map(|field| field.json).collect();
        return Err(Unfit::of(format!("must be given together: {}.", all.join(", "))));
    }
    Ok(())
}

/// What stands at a place: names in JSON with dots between them.
pub fn look<R: Record>(record: &R, path: &str) -> Look {
    if R::SHAPE.is_wrapper() {
        return record.look_field(0, path);
    }
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    match R::SHAPE.fields.iter().position(|field| field.json == name) {
        Some(index) => record.look_field(index, rest),
        None => Look::Nothing,
    }
}

pub(super) fn look_many<V: Value>(values: &[V], path: &str) -> Look {
    match V::KIND {
        Kind::Complex(_) if path.is_empty() && values.is_empty() => Look::Nothing,
        Kind::Complex(_) if path.is_empty() => Look::Number(values.len() as f64),
        _ => Look::many(values.iter().map(|value| value.look(path))),
    }
}

pub(super) fn many_from_json<V: Value>(json: &Json) -> Result<Vec<V>, Unfit> {
    let Json::Array(items) = json else {
        return Err(Unfit::of("must be a list."));
    };
    let read =
        |(n, item): (usize, &Json)| V::from_json(item).map_err(|unfit| unfit.within(&format!("[{n}]")));
    items.iter().enumerate().map(read).collect()
}

/// Texts, numbers and truths, which parameters of an address write as text.
pub trait Scalar: Sized {
    /// What it is.
    const PLAIN: Plain = Plain::Text;

    fn write<S: Serializer>(&self, shape: &FieldShape, serializer: S) -> Result<S::Ok, S::Error>;
    fn read(json: &Json) -> Result<Self, Unfit>;
    fn look(&self) -> Look;
}

fn text_json<S: Serializer>(text: &str, shape: &FieldShape, serializer: S) -> Result<S::Ok, S::Error> {
    let text = text.trim();
    if text.is_empty() {
        return serializer.serialize_none();
    }
    if !shape.number {
        return serializer.serialize_str(text);
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => serializer.serialize_f64(number),
        _ => serializer.serialize_str(text),
    }
}

fn text_of(json: &Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text.trim().to_owned()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

macro_rules! texts {
    ($($ty:ty, $make:expr, $what:literal;)*) => { $(
        impl Scalar for $ty {
            fn write<S: Serializer>(&self, shape: &FieldShape, serializer: S) -> Result<S::Ok, S::Error> {
                text_json(self, shape, serializer)
            }

            fn read(json: &Json) -> Result<Self, Unfit> {
                text_of(json).map($make).ok_or_else(|| Unfit::of($what))
            }

            fn look(&self) -> Look {
                Look::text(self)
            }
        }
    )* };
}

texts! {
    String, |text| text, "must be a text.";
    DateTime, Self, "must be a time in UTC such as 2026-11-20T21:05:05Z.";
    Date, Self, "must be a day such as 2026-11-20.";
    Time, Self, "must be a time of day such as 21:05:05.";
}

macro_rules! numbers {
    ($($ty:ty, $plain:ident, $what:literal;)*) => { $(
        impl Scalar for $ty {
            const PLAIN: Plain = Plain::$plain;

            fn write<S: Serializer>(&self, _: &FieldShape, serializer: S) -> Result<S::Ok, S::Error> {
                Serialize::serialize(self, serializer)
            }

            fn read(json: &Json) -> Result<Self, Unfit> {
                let read = text_of(json).and_then(|text| text.parse().ok());
                read.ok_or_else(|| Unfit::of($what))
            }

            fn look(&self) -> Look {
                Look::Number(*self as f64)
            }
        }
    )* };
}

numbers! {
    i32, Integer, "must be a whole number.";
    i64, Integer, "must be a whole number.";
    f64, Number, "must be a number.";
}

impl Scalar for bool {
    const PLAIN: Plain = Plain::Boolean;

    fn write<S: Serializer>(&self, _: &FieldShape, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(*self)
    }

    fn read(json: &Json) -> Result<Self, Unfit> {
        match json {
            Json::Bool(is) => Ok(*is),
            Json::String(word) if word == "true" || word == "1" => Ok(true),
            Json::String(word) if word == "false" || word == "0" => Ok(false),
            _ => Err(Unfit::of("must be true or false.")),
        }
    }

    fn look(&self) -> Look {
        Look::Bool(*self)
    }
}

impl Scalar for CommaList {
    fn write<S: Serializer>(&self, _: &FieldShape, serializer: S) -> Result<S::Ok, S::Error> {
        Serialize::serialize(&self.0, serializer)
    }

    fn read(json: &Json) -> Result<Self, Unfit> {
        many_from_json(json).map(Self)
    }

    fn look(&self) -> Look {
        Look::many(self.0.iter().map(|text| Look::text(text)))
    }
}

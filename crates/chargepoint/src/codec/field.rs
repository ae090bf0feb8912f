use serde::ser::{SerializeSeq, Serializer};
use serde_json::Value as Json;

use super::json::{Look, Unfit, ValueJson, look_many, many_from_json};
use super::{Broken, Parser, Value, Writer};
use crate::table::{FieldShape, Kind, Occurs, Plain};

/// A field of a record: a [`Value`] that must stand, may stand, or may stand any number of times.
pub trait Field {
    /// The element's type.
    const KIND: Kind;
    /// How often the element may stand.
    const OCCURS: Occurs;
    /// Whether it is a list in JSON.
    const SEVERAL: bool;
    /// What it is in JSON.
    const PLAIN: Plain;

    /// Reads the element just opened, to its end.
    fn read(&mut self, parser: &mut Parser<'_>) -> Result<(), Broken>;

    /// See [`super::Record::read_flat`].
    fn read_flat(&mut self, _name: &str, _parser: &mut Parser<'_>) -> Result<bool, Broken> {
        Ok(false)
    }

    /// See [`super::Record::finish`].
    fn finish(&mut self) {}

    /// Writes the element, as often as it stands.
    fn write(&self, wire: &str, out: &mut Writer);

    /// Writes it as JSON; null where there is nothing.
    ///
    /// # Errors
    /// The serializer's.
    fn to_json<S: Serializer>(&self, shape: &'static FieldShape, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads it out of JSON.
    ///
    /// # Errors
    /// What does not fit.
    fn read_json(&mut self, json: &Json) -> Result<(), Unfit>;

    /// What stands at a place within; see [`super::json::look`].
    fn look(&self, path: &str) -> Look;
}

impl<V: Value> Field for V {
    const KIND: Kind = V::KIND;
    const OCCURS: Occurs = Occurs::ONE;
    const SEVERAL: bool = V::SEVERAL;
    const PLAIN: Plain = V::PLAIN;

    fn read(&mut self, parser: &mut Parser<'_>) -> Result<(), Broken> {
        if let Some(value) = V::read(parser)? {
            *self = value;
        }
        Ok(())
    }

    fn write(&self, wire: &str, out: &mut Writer) {
        Value::write(self, wire, out);
    }

    fn to_json<S: Serializer>(&self, shape: &'static FieldShape, serializer: S) -> Result<S::Ok, S::Error> {
        Value::to_json(self, shape, serializer)
    }

    fn read_json(&mut self, json: &Json) -> Result<(), Unfit> {
        *self = V::from_json(json)?;
        Ok(())
    }

    fn look(&self, path: &str) -> Look {
        Value::look(self, path)
    }
}

impl<V: Value> Field for Option<V> {
    const KIND: Kind = V::KIND;
    const OCCURS: Occurs = Occurs::OPTIONAL;
    const SEVERAL: bool = V::SEVERAL;
    const PLAIN: Plain = V::PLAIN;

    fn read(&mut self, parser: &mut Parser<'_>) -> Result<(), Broken> {
        *self = V::read(parser)?;
        Ok(())
    }

    fn read_flat(&mut self, name: &str, parser: &mut Parser<'_>) -> Result<bool, Broken> {
        V::read_flat(self, name, parser)
    }

    fn finish(&mut self) {
        if self.as_ref().is_some_and(|value| !value.is_complete()) {
            *self = None;
        }
    }

    fn write(&self, wire: &str, out: &mut Writer) {
        if let Some(value) = self {
            value.write(wire, out);
        }
    }

    fn to_json<S: Serializer>(&self, shape: &'static FieldShape, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.to_json(shape, serializer),
            None if V::KIND.is_list() => serializer.serialize_seq(Some(0))?.end(),
            None => serializer.serialize_none(),
        }
    }

    fn read_json(&mut self, json: &Json) -> Result<(), Unfit> {
        *self = Some(V::from_json(json)?);
        Ok(())
    }

    fn look(&self, path: &str) -> Look {
        self.as_ref().map_or(Look::Nothing, |value| value.look(path))
    }
}

impl<V: Value> Field for Vec<V> {
    const KIND: Kind = V::KIND;
    const OCCURS: Occurs = Occurs::MANY;
    const SEVERAL: bool = true;
    const PLAIN: Plain = V::PLAIN;

    fn read(&mut self, parser: &mut Parser<'_>) -> Result<(), Broken> {
        if let Some(value) = V::read(parser)? {
            parser.take_room(size_of::<V>())?;
            self.push(value);
        }
        Ok(())
    }

    fn write(&self, wire: &str, out: &mut Writer) {
        for value in self {
            value.write(wire, out);
        }
    }

    fn to_json<S: Serializer>(&self, shape: &'static FieldShape, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|value| ValueJson(value, shape)))
    }

    fn read_json(&mut self, json: &Json) -> Result<(), Unfit> {
        *self = many_from_json(json)?;
        Ok(())
    }

    fn look(&self, path: &str) -> Look {
        look_many(self, path)
    }
}

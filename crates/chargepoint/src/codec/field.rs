use super::{Broken, Parser, Value, Writer};
use crate::table::{Kind, Occurs};

/// A field of a record: a [`Value`] that must stand, may stand, or may stand any number of times.
pub trait Field {
    /// The element's type.
    const KIND: Kind;
    /// How often the element may stand.
    const OCCURS: Occurs;

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
}

impl<V: Value> Field for V {
    const KIND: Kind = V::KIND;
    const OCCURS: Occurs = Occurs::ONE;

    fn read(&mut self, parser: &mut Parser<'_>) -> Result<(), Broken> {
        if let Some(value) = V::read(parser)? {
            *self = value;
        }
        Ok(())
    }

    fn write(&self, wire: &str, out: &mut Writer) {
        Value::write(self, wire, out);
    }
}

impl<V: Value> Field for Option<V> {
    const KIND: Kind = V::KIND;
    const OCCURS: Occurs = Occurs::OPTIONAL;

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
}

impl<V: Value> Field for Vec<V> {
    const KIND: Kind = V::KIND;
    const OCCURS: Occurs = Occurs::MANY;

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
}

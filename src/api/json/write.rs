//! Writing what the app sends: records, lists, texts, numbers and names.

use js_sys::Number;
use serde::ser::{Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use super::{OTHER, Wrong};

/// A record as a JSON text.
pub fn to_string<T: Serialize>(record: &T) -> Result<String, Wrong> {
    let mut text = String::new();
    record.serialize(Writer(&mut text))?;
    Ok(text)
}

struct Writer<'a>(&'a mut String);

impl<'a> Writer<'a> {
    fn plain(self, text: &str) -> Result<(), Wrong> {
        self.0.push_str(text);
        Ok(())
    }

    fn open(self, open: char, close: char) -> Result<Open<'a>, Wrong> {
        self.0.push(open);
        Ok(Open {
            text: self.0,
            close,
            first: true,
        })
    }
}

/// Puts a text in quotes.
pub(super) fn quote(text: &str, into: &mut String) {
    into.push('"');
    for char in text.chars() {
        match char {
            '"' | '\\' => {
                into.push('\\');
                into.push(char);
            }
            '\0'..' ' => {
                into.push_str("\\u00");
                into.push(if char < '\x10' { '0' } else { '1' });
                into.extend(char::from_digit(char as u32 % 16, 16));
            }
            _ => into.push(char),
        }
    }
    into.push('"');
}

macro_rules! whole {
    ($($method:ident: $kind:ty),*) => {$(
        fn $method(self, number: $kind) -> Result<(), Wrong> {
            self.plain(&number.to_string())
        }
    )*};
}

macro_rules! never {
    ($($method:ident: $kind:ty),*) => {$(
        fn $method(self, _: $kind) -> Result<(), Wrong> {
            Err(OTHER)
        }
    )*};
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Wrong;
    type SerializeSeq = Open<'a>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeTuple = Impossible<(), Wrong>;
    type SerializeTupleStruct = Impossible<(), Wrong>;
    type SerializeTupleVariant = Impossible<(), Wrong>;
    type SerializeStructVariant = Impossible<(), Wrong>;

    whole!(serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64);
    whole!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64);
    never!(serialize_f32: f32, serialize_char: char, serialize_bytes: &[u8], serialize_unit_struct: &'static str);

    fn serialize_bool(self, value: bool) -> Result<(), Wrong> {
        self.plain(if value { "true" } else { "false" })
    }

    fn serialize_f64(self, number: f64) -> Result<(), Wrong> {
        let text = Number::from(number).to_string_with_radix(10).map_err(|_| OTHER)?;
        self.plain(&String::from(text))
    }

    fn serialize_str(self, text: &str) -> Result<(), Wrong> {
        quote(text, self.0);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Wrong> {
        self.plain("null")
    }

    fn serialize_unit(self) -> Result<(), Wrong> {
        self.plain("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Wrong> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<(), Wrong> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Wrong> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Wrong> {
        Err(OTHER)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'a>, Wrong> {
        self.open('[', ']')
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'a>, Wrong> {
        self.open('{', '}')
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'a>, Wrong> {
        self.open('{', '}')
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Wrong> {
        Err(OTHER)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Wrong> {
        Err(OTHER)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Wrong> {
        Err(OTHER)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Wrong> {
        Err(OTHER)
    }
}

/// A list or record that is not closed yet.
struct Open<'a> {
    text: &'a mut String,
    close: char,
    first: bool,
}

impl Open<'_> {
    fn next(&mut self) {
        if !std::mem::replace(&mut self.first, false) {
            self.text.push(',');
        }
    }

    fn close(self) -> Result<(), Wrong> {
        self.text.push(self.close);
        Ok(())
    }
}

impl SerializeSeq for Open<'_> {
    type Ok = ();
    type Error = Wrong;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Wrong> {
        self.next();
        value.serialize(Writer(self.text))
    }

    fn end(self) -> Result<(), Wrong> {
        self.close()
    }
}

impl SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Wrong;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Wrong> {
        self.next();
        key.serialize(Writer(self.text))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Wrong> {
        self.text.push(':');
        value.serialize(Writer(self.text))
    }

    fn end(self) -> Result<(), Wrong> {
        self.close()
    }
}

impl SerializeStruct for Open<'_> {
    type Ok = ();
    type Error = Wrong;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Wrong> {
        self.next();
        quote(name, self.text);
        self.text.push(':');
        value.serialize(Writer(self.text))
    }

    fn end(self) -> Result<(), Wrong> {
        self.close()
    }
}

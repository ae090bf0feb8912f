//! Reading a value that the browser has parsed.

use js_sys::{Array, JSON, Object};
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use wasm_bindgen::{JsCast, JsValue};

use super::{OTHER, Wrong};

/// Reads a record from a JSON text.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Wrong> {
    T::deserialize(Reader(JSON::parse(text).map_err(|_| Wrong("no JSON"))?))
}

struct Reader(JsValue);

impl Reader {
    fn number(&self) -> Result<f64, Wrong> {
        self.0.as_f64().ok_or(OTHER)
    }

    fn whole(&self) -> Result<f64, Wrong> {
        self.number().and_then(|number| {
            if number.fract() == 0.0 {
                Ok(number)
            } else {
                Err(OTHER)
            }
        })
    }

    fn count(&self) -> Result<u64, Wrong> {
        let number = self.whole()?;
        if number >= 0.0 {
            Ok(number as u64)
        } else {
            Err(OTHER)
        }
    }

    fn text(&self) -> Result<String, Wrong> {
        self.0.as_string().ok_or(OTHER)
    }

    fn items(&self) -> Result<Items, Wrong> {
        let items = self.0.dyn_ref::<Array>().ok_or(OTHER)?;
        Ok(Items {
            items: items.clone(),
            next: 0,
        })
    }

    fn fields(&self) -> Result<Fields, Wrong> {
        let object = self.0.dyn_ref::<Object>().filter(|_| !Array::is_array(&self.0));
        Ok(Fields {
            entries: Object::entries(object.ok_or(OTHER)?),
            next: 0,
        })
    }

    fn is_nothing(&self) -> bool {
        self.0.is_null() || self.0.is_undefined()
    }
}

macro_rules! each {
    ($($method:ident: $self:ident, $visitor:ident => $read:expr;)*) => {$(
        fn $method<V: Visitor<'de>>($self, $visitor: V) -> Result<V::Value, Wrong> {
            $read
        }
    )*};
}

/// Only what is asked for is tried, so that little code comes of each type.
impl<'de> Deserializer<'de> for Reader {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if self.is_nothing() {
            visitor.visit_unit()
        } else if let Some(value) = self.0.as_bool() {
            visitor.visit_bool(value)
        } else if let Some(number) = self.0.as_f64() {
            match number.fract() == 0.0 {
                true if number >= 0.0 => visitor.visit_u64(number as u64),
                true => visitor.visit_i64(number as i64),
                false => visitor.visit_f64(number),
            }
        } else if let Some(text) = self.0.as_string() {
            visitor.visit_string(text)
        } else if let Ok(items) = self.items() {
            visitor.visit_seq(items)
        } else {
            visitor.visit_map(self.fields()?)
        }
    }

    each! {
        deserialize_bool: self, visitor => visitor.visit_bool(self.0.as_bool().ok_or(OTHER)?);
        deserialize_u8: self, visitor => visitor.visit_u64(self.count()?);
        deserialize_u16: self, visitor => visitor.visit_u64(self.count()?);
        deserialize_u32: self, visitor => visitor.visit_u64(self.count()?);
        deserialize_u64: self, visitor => visitor.visit_u64(self.count()?);
        deserialize_i64: self, visitor => visitor.visit_i64(self.whole()? as i64);
        deserialize_f64: self, visitor => visitor.visit_f64(self.number()?);
        deserialize_str: self, visitor => visitor.visit_string(self.text()?);
        deserialize_string: self, visitor => visitor.visit_string(self.text()?);
        deserialize_identifier: self, visitor => visitor.visit_string(self.text()?);
        deserialize_seq: self, visitor => visitor.visit_seq(self.items()?);
        deserialize_map: self, visitor => visitor.visit_map(self.fields()?);
        deserialize_ignored_any: self, visitor => visitor.visit_unit();
        deserialize_option: self, visitor => if self.is_nothing() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        };
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_map(self.fields()?)
    }

    /// Only variants without content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_enum(name(self.text()?))
    }

    forward_to_deserialize_any! {
        i8 i16 i32 f32 char bytes byte_buf unit unit_struct tuple tuple_struct
    }
}

fn name(text: String) -> StringDeserializer<Wrong> {
    text.into_deserializer()
}

struct Items {
    items: Array,
    next: u32,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        if self.next == self.items.length() {
            return Ok(None);
        }
        self.next += 1;
        seed.deserialize(Reader(self.items.get(self.next - 1))).map(Some)
    }
}

struct Fields {
    /// Pairs of name and value.
    entries: Array,
    next: u32,
}

impl Fields {
    fn entry(&self, part: u32) -> Reader {
        Reader(self.entries.get(self.next).unchecked_into::<Array>().get(part))
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        if self.next == self.entries.length() {
            return Ok(None);
        }
        seed.deserialize(name(self.entry(0).text()?)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Wrong> {
        let value = self.entry(1);
        self.next += 1;
        seed.deserialize(value)
    }
}

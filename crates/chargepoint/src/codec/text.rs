//! Values that are text on the wire.

use std::fmt;
use std::ops::Deref;

use super::json::{Look, Scalar, Unfit};
use super::{Broken, Parser, Value, Writer};
use crate::table::{FieldShape, Kind, Plain};

/// A scalar by its text.
macro_rules! scalar {
    ($ty:ty, $kind:ident, $read:expr, $write:expr $(, $several:ident)?) => {
        impl Value for $ty {
            const KIND: Kind = Kind::$kind;
            const PLAIN: Plain = <$ty as Scalar>::PLAIN;
            $( const $several: bool = true; )?

            fn read(parser: &mut Parser<'_>) -> Result<Option<Self>, Broken> {
                let text = parser.text()?;
                if text.trim_ascii().is_empty() {
                    return Ok(None);
                }
                let read: fn(std::borrow::Cow<'_, str>) -> Option<Self> = $read;
                read(text).map(Some).ok_or(Broken::Value(stringify!($kind)))
            }

            fn write(&self, wire: &str, out: &mut Writer) {
                let write: fn(&Self, &mut Writer) = $write;
                out.open(wire);
                write(self, out);
                out.close(wire);
            }

            fn to_json<S: serde::Serializer>(
                &self,
                shape: &'static FieldShape,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                Scalar::write(self, shape, serializer)
            }

            fn from_json(json: &serde_json::Value) -> Result<Self, Unfit> {
                Scalar::read(json)
            }

            fn look(&self, _: &str) -> Look {
                Scalar::look(self)
            }
        }
    };
}

scalar!(String, Text, |text| Some(text.into_owned()), |value, out| out
    .text(value));
scalar!(i32, Int, |text| text.trim_ascii().parse().ok(), |value, out| out
    .display(value));
scalar!(i64, Long, |text| text.trim_ascii().parse().ok(), |value, out| out
    .display(value));
scalar!(
    f64,
    Double,
    |text| text.trim_ascii().parse().ok().filter(|n: &f64| n.is_finite()),
    |value, out| out.display(value)
);
scalar!(
    bool,
    Boolean,
    |text| match text.trim_ascii() {
        "1" => Some(true),
        "0" => Some(false),
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    },
    |value, out| out.text(if *value { "1" } else { "0" })
);
scalar!(
    CommaList,
    Text,
    |text| Some(Self::from_text(&text)),
    |value, out| out.text(&value.0.join(",")),
    SEVERAL
);

/// A text with a type of its own on the wire.
macro_rules! text_type {
    ($(#[$meta:meta])* $name:ident, $kind:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub String);

        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        scalar!(
            $name,
            $kind,
            |text| Some(Self(text.trim_ascii().to_owned())),
            |value, out| out.text(&value.0)
        );
    };
}

text_type!(
    /// A moment as the service writes it: ISO 8601 in UTC, `2026-11-20T21:05:05Z`.
    DateTime,
    DateTime
);
text_type!(
    /// A day, `YYYY-MM-DD`.
    Date,
    Date
);
text_type!(
    /// A time of day, `HH:MM:SS`.
    Time,
    Time
);

/// Several values joined by commas in one element, as `sgID` and `sgName` come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommaList(pub Vec<String>);

impl CommaList {
    fn from_text(text: &str) -> Self {
        Self(
            text.split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    }
}

impl Deref for CommaList {
    type Target = [String];
    fn deref(&self) -> &[String] {
        &self.0
    }
}

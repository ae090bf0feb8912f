use serde::ser::{SerializeMap, Serializer};
use serde_json::Value as Json;

use super::json::{self, Look, RecordJson, Unfit};
use super::{Broken, Parser, Writer};
use crate::table::{FieldShape, Kind, Plain, Shape};

/// A struct that is the content of an element: declared with `record!`, which makes struct and
/// [`Shape`] from one list of fields.
pub trait Record: Default {
    /// The record's row in the operation table.
    const SHAPE: Shape;

    /// Reads the child element just opened into the field at `index` of the shape.
    fn read_child(&mut self, index: usize, parser: &mut Parser<'_>) -> Result<(), Broken>;

    /// Elements that may stand around the record's children, as the guide shows some.
    const AROUND: &'static [&'static str] = &[];

    /// Reads a child that is none of the record's own into the nested record it belongs to: the
    /// guide shows `Lat` and `Long` flat where the wire has them within `Geo`. Says whether the
    /// child was read.
    fn read_flat(&mut self, name: &str, parser: &mut Parser<'_>) -> Result<bool, Broken>;

    /// Writes the children.
    fn write_children(&self, out: &mut Writer);

    /// Drops what was begun and not completed; the last step of reading.
    fn finish(&mut self);

    /// Writes each field as JSON under its name.
    ///
    /// # Errors
    /// The serializer's.
    fn fields_json<M: SerializeMap>(&self, out: &mut M) -> Result<(), M::Error>;

    /// Writes the first field as JSON: all there is of a record that only holds another.
    ///
    /// # Errors
    /// The serializer's.
    fn only_json<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads the field at `index` of the shape out of JSON.
    ///
    /// # Errors
    /// What does not fit.
    fn read_json_field(&mut self, index: usize, json: &Json) -> Result<(), Unfit>;

    /// What stands at a place within the field at `index` of the shape; see [`json::look`].
    fn look_field(&self, index: usize, path: &str) -> Look;

    /// Whether the record has all it needs to mean anything.
    fn is_complete(&self) -> bool {
        true
    }
}

/// What can stand in one element: a scalar or a record.
pub trait Value: Sized {
    /// The element's type.
    const KIND: Kind;
    /// Whether the text of one element is several values.
    const SEVERAL: bool = false;
    /// What it is in JSON, where it is no record.
    const PLAIN: Plain = Plain::Text;

    /// Reads the element just opened, to its end. `None` when it is empty: the service writes an
    /// empty element for null, for numbers too.
    fn read(parser: &mut Parser<'_>) -> Result<Option<Self>, Broken>;

    /// Reads a child of this value that stands in the parent instead.
    fn read_flat(_slot: &mut Option<Self>, _name: &str, _parser: &mut Parser<'_>) -> Result<bool, Broken> {
        Ok(false)
    }

    /// Whether the value has all it needs.
    fn is_complete(&self) -> bool {
        true
    }

    /// Writes the whole element.
    fn write(&self, wire: &str, out: &mut Writer);

    /// Writes it as JSON.
    ///
    /// # Errors
    /// The serializer's.
    fn to_json<S: Serializer>(&self, shape: &'static FieldShape, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads it out of JSON.
    ///
    /// # Errors
    /// What does not fit.
    fn from_json(json: &Json) -> Result<Self, Unfit>;

    /// What stands at a place within.
    fn look(&self, path: &str) -> Look;
}

/// Reads the children of the element just opened, to its end; unknown ones are passed over.
/// The second value is whether there was any child.
pub fn read_record<R: Record>(parser: &mut Parser<'_>) -> Result<(R, bool), Broken> {
    let mut record = R::default();
    let any = read_children(&mut record, parser)?;
    record.finish();
    Ok((record, any))
}

fn read_children<R: Record>(record: &mut R, parser: &mut Parser<'_>) -> Result<bool, Broken> {
    let mut near = 0;
    let mut any = false;
    while let Some(tag) = parser.next_child()? {
        any = true;
        let name = tag.local_name().into_inner();
        match R::SHAPE.index_of(name, near) {
            Some(index) => {
                near = index;
                record.read_child(index, parser)?;
            }
            None if record.read_flat(name, parser)? => {}
            None if R::AROUND.iter().any(|known| known.eq_ignore_ascii_case(name)) => {
                read_children(record, parser)?;
            }
            None => parser.skip()?,
        }
    }
    Ok(any)
}

impl<R: Record> Value for R
where
    R: 'static,
{
    const KIND: Kind = Kind::Complex(&R::SHAPE);

    fn read(parser: &mut Parser<'_>) -> Result<Option<Self>, Broken> {
        let (record, any) = read_record::<R>(parser)?;
        Ok((any && Record::is_complete(&record)).then_some(record))
    }

    fn read_flat(slot: &mut Option<Self>, name: &str, parser: &mut Parser<'_>) -> Result<bool, Broken> {
        let Some(index) = R::SHAPE.index_of(name, 0) else {
            return Ok(false);
        };
        slot.get_or_insert_default().read_child(index, parser)?;
        Ok(true)
    }

    fn is_complete(&self) -> bool {
        Record::is_complete(self)
    }

    fn write(&self, wire: &str, out: &mut Writer) {
        out.open(wire);
        self.write_children(out);
        out.close(wire);
    }

    fn to_json<S: Serializer>(&self, _: &'static FieldShape, serializer: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&RecordJson(self), serializer)
    }

    fn from_json(json: &Json) -> Result<Self, Unfit> {
        json::from_json(json)
    }

    fn look(&self, path: &str) -> Look {
        json::look(self, path)
    }
}

/// Declares a struct and its [`Shape`] at once.
///
/// ```text
/// record! {
///     /// Doc.
///     #[derive(Default)]
///     pub struct Port: Sequence "portData" {
///         /// Doc.
///         number: Option<String> => "portNumber",       // type and occurrence from the Rust type
///         reservable: Option<bool> as Int => "Reservable",          // another type on the wire
///         prices: Vec<Pricing> [TWO] => "Pricing",                  // another occurrence
///         plate: Option<String> => "license" | "LicensePlate",      // the guide's name is read too
///     }
/// }
/// ```
///
/// A `complete |r| condition` after the fields says when the record means anything; `around ["a"]`
/// names an element that the guide has around the children and the wire has not.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $(#[derive($derive:ident)])?
        pub struct $name:ident : $order:ident $type:literal {
            $(
                $(#[doc = $field_doc:literal])*
                $field:ident : $ty:ty $(as $kind:ident)? $([$occurs:ident])? => $wire:literal $(| $also:literal)*,
            )*
        }
        $(around [$($around:literal),*])?
        $(complete |$record:ident| $complete:expr)?
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, $($derive)?)]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $ty, )*
        }

        impl $crate::codec::Record for $name {
            const SHAPE: $crate::table::Shape = $crate::table::Shape {
                name: $type,
                title: stringify!($name),
                doc: concat!($($doc,)*),
                order: $crate::table::Order::$order,
                fields: &[ $( $crate::table::FieldShape {
                    wire: $wire,
                    also: &[$($also),*],
                    json: {
                        const NAME: &$crate::codec::Name =
                            &$crate::codec::Name::of($wire, <$ty as $crate::codec::Field>::SEVERAL);
                        NAME.as_str()
                    },
                    several: <$ty as $crate::codec::Field>::SEVERAL,
                    number: $crate::codec::name_is_number($wire),
                    plain: <$ty as $crate::codec::Field>::PLAIN,
                    doc: concat!($($field_doc,)*),
                    kind: $crate::codec::record!(@kind $ty $(, $kind)?),
                    occurs: $crate::codec::record!(@occurs $ty $(, $occurs)?),
                }, )* ],
            };

            $( const AROUND: &'static [&'static str] = &[$($around),*]; )?

            #[allow(unused_variables, unused_mut, unused_assignments)]
            fn read_child(
                &mut self,
                index: usize,
                parser: &mut $crate::codec::Parser<'_>,
            ) -> Result<(), $crate::codec::Broken> {
                let mut here = 0;
                $(
                    if index == here {
                        return $crate::codec::Field::read(&mut self.$field, parser);
                    }
                    here += 1;
                )*
                parser.skip()
            }

            #[allow(unused_variables)]
            fn read_flat(
                &mut self,
                name: &str,
                parser: &mut $crate::codec::Parser<'_>,
            ) -> Result<bool, $crate::codec::Broken> {
                Ok(false $( || $crate::codec::Field::read_flat(&mut self.$field, name, parser)? )*)
            }

            #[allow(unused_variables)]
            fn write_children(&self, out: &mut $crate::codec::Writer) {
                $( $crate::codec::Field::write(&self.$field, $wire, out); )*
            }

            #[allow(unused_variables, unused_mut, unused_assignments)]
            fn fields_json<M: serde::ser::SerializeMap>(&self, out: &mut M) -> Result<(), M::Error> {
                let mut here = 0;
                $(
                    let shape: &'static $crate::table::FieldShape = &<Self as $crate::codec::Record>::SHAPE.fields[here];
                    out.serialize_entry(shape.json, &$crate::codec::json::FieldJson(&self.$field, shape))?;
                    here += 1;
                )*
                Ok(())
            }

            #[allow(unreachable_code)]
            fn only_json<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $(
                    let shape: &'static $crate::table::FieldShape = &<Self as $crate::codec::Record>::SHAPE.fields[0];
                    return $crate::codec::Field::to_json(&self.$field, shape, serializer);
                )*
                serializer.serialize_none()
            }

            #[allow(unused_variables, unused_mut, unused_assignments)]
            fn read_json_field(
                &mut self,
                index: usize,
                json: &serde_json::Value,
            ) -> Result<(), $crate::codec::json::Unfit> {
                let mut here = 0;
                $(
                    if index == here {
                        return $crate::codec::Field::read_json(&mut self.$field, json);
                    }
                    here += 1;
                )*
                Ok(())
            }

            #[allow(unused_variables, unused_mut, unused_assignments)]
            fn look_field(&self, index: usize, path: &str) -> $crate::codec::json::Look {
                let mut here = 0;
                $(
                    if index == here {
                        return $crate::codec::Field::look(&self.$field, path);
                    }
                    here += 1;
                )*
                $crate::codec::json::Look::Nothing
            }

            fn finish(&mut self) {
                $( $crate::codec::Field::finish(&mut self.$field); )*
            }

            $( fn is_complete(&self) -> bool {
                let $record = self;
                $complete
            } )?
        }
    };
    (@kind $ty:ty) => { <$ty as $crate::codec::Field>::KIND };
    (@kind $ty:ty, $kind:ident) => { $crate::table::Kind::$kind };
    (@occurs $ty:ty) => { <$ty as $crate::codec::Field>::OCCURS };
    (@occurs $ty:ty, $occurs:ident) => { $crate::table::Occurs::$occurs };
}
pub(crate) use record;

//! Records: types with named fields, JSON objects on the wire. A type lists its fields once, with [`record!`],
//! [`resource!`] or, if it is sent, [`request!`]; one visitor reads what the server sends, and one what callers write.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_core::ser::{SerializeMap, Serializer};

use super::value::Seed;
use super::{Plain, Value, text::Text};

/// A type with named fields.
pub trait Record: Plain + Default {
    /// Name of the type in messages.
    const NAME: &'static str;

    /// Passes the field of a key to a decoder, if there is one.
    fn decode_field<D: FieldDecoder>(&mut self, key: &str, decoder: &mut D);

    /// Passes every field to a visitor, in order.
    fn visit_fields<V: FieldVisitor>(&self, visitor: &mut V);

    /// Returns the name of a missing field that every record of this type requires.
    fn missing_field(&self) -> Option<&'static str> {
        None
    }
}

/// The value of a key of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A value.
    Value,
    /// Null.
    Null,
    /// A value, and the record has no field of this name.
    Unknown,
}

/// A visitor of the fields of a record: encodes or prints them.
pub trait FieldVisitor {
    /// Visits one field, by its name on the wire.
    fn field<T: Value>(&mut self, name: &'static str, value: &T);
}

/// A decoder of one field of a record.
pub trait FieldDecoder {
    /// Decodes the field.
    fn decode<T: Value>(&mut self, field: &mut T);
}

/// Decodes the value of a key into its field. Null leaves the field unchanged; the value of an unknown key is skipped.
pub(super) fn decode_entry<'de, T: Record, A: MapAccess<'de>>(
    record: &mut T,
    key: &str,
    entries: &mut A,
) -> Result<Found, A::Error> {
    let mut decoder = EntryDecoder { entries, outcome: None };
    record.decode_field(key, &mut decoder);
    match decoder.outcome {
        Some(outcome) => outcome,
        None => entries.next_value::<IgnoredAny>().map(|_| Found::Unknown),
    }
}

/// Decodes the value of the current entry.
struct EntryDecoder<'a, A, E> {
    entries: &'a mut A,
    /// `None` if the record has no field of the key.
    outcome: Option<Result<Found, E>>,
}

impl<'de, A: MapAccess<'de>> FieldDecoder for EntryDecoder<'_, A, A::Error> {
    #[inline]
    fn decode<T: Value>(&mut self, field: &mut T) {
        self.outcome = Some(match self.entries.next_value_seed(Seed::new()) {
            Ok(Some(value)) => {
                *field = value;
                Ok(Found::Value)
            }
            Ok(None) => Ok(Found::Null),
            Err(error) => Err(error),
        });
    }
}

/// Decodes a record: its default, filled field by field. The last value of a repeated key is kept.
pub(crate) fn decode_record<'de, T: Record, D: Deserializer<'de>>(
    from: D,
) -> Result<T, D::Error> {
    from.deserialize_map(RecordVisitor(PhantomData))
}

/// Encodes a record as a map of the fields that are set.
pub(crate) fn encode_record<T: Record, S: Serializer>(
    record: &T,
    to: S,
) -> Result<S::Ok, S::Error> {
    let mut encoder = Encoder { map: to.serialize_map(None)?, outcome: Ok(()) };
    record.visit_fields(&mut encoder);
    encoder.outcome.and_then(|()| encoder.map.end())
}

/// Prints a record as `derive` would.
pub(crate) fn debug_record<T: Record>(
    record: &T,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let mut printer = f.debug_struct(T::NAME);
    record.visit_fields(&mut printer);
    printer.finish()
}

/// Encodes fields until one fails.
struct Encoder<M: SerializeMap> {
    map: M,
    outcome: Result<(), M::Error>,
}

impl<M: SerializeMap> FieldVisitor for Encoder<M> {
    fn field<T: Value>(&mut self, name: &'static str, value: &T) {
        if self.outcome.is_ok() && !value.is_unset() {
            self.outcome = self.map.serialize_entry(name, value);
        }
    }
}

impl FieldVisitor for fmt::DebugStruct<'_, '_> {
    fn field<T: Value>(&mut self, name: &'static str, value: &T) {
        fmt::DebugStruct::field(self, name, value);
    }
}

struct RecordVisitor<T>(PhantomData<T>);

impl<'de, T: Record> Visitor<'de> for RecordVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<T, A::Error> {
        let mut record = T::default();
        while let Some(Text(key)) = entries.next_key()? {
            decode_entry(&mut record, &key, &mut entries)?;
        }
        match record.missing_field() {
            Some(name) => Err(A::Error::missing_field(name)),
            None => Ok(record),
        }
    }
}

/// Makes a struct a record: `record! { Type { field, other, type_ = "type" } }`.
///
/// Lists every field in the order of encoding. A field whose name on the wire is not a Rust identifier has it after `=`.
macro_rules! record {
    ($Type:ident { $($fields:tt)* }) => {
        $crate::runtime::codec::record! { @impl decode_record $Type { $($fields)* } {} }
    };
    (@impl $decode:ident $Type:ident { $($field:ident $(= $name:literal)?),* $(,)? } { $($more:item)* }) => {
        #[allow(
            deprecated,
            unused_variables,
            reason = "deprecated fields are read and written like all others, and some types have none"
        )]
        impl $crate::runtime::codec::Record for $Type {
            const NAME: &'static str = ::std::stringify!($Type);

            fn decode_field<D: $crate::runtime::codec::FieldDecoder>(
                &mut self,
                key: &str,
                decoder: &mut D,
            ) {
                match key {
                    $($crate::runtime::codec::wire_name!($field $($name)?) => {
                        decoder.decode(&mut self.$field);
                    })*
                    _ => {}
                }
            }

            fn visit_fields<V: $crate::runtime::codec::FieldVisitor>(
                &self,
                visitor: &mut V,
            ) {
                $(visitor.field(
                    $crate::runtime::codec::wire_name!($field $($name)?),
                    &self.$field,
                );)*
            }

            $($more)*
        }

        impl $crate::runtime::codec::Plain for $Type {}

        impl ::std::fmt::Debug for $Type {
            // Compiled only where a value is printed.
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::runtime::codec::debug_record(self, f)
            }
        }

        impl<'de> ::serde_core::Deserialize<'de> for $Type {
            fn deserialize<D: ::serde_core::Deserializer<'de>>(
                from: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::codec::$decode(from)
            }
        }

        impl ::serde_core::Serialize for $Type {
            fn serialize<S: ::serde_core::Serializer>(
                &self,
                to: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::runtime::codec::encode_record(self, to)
            }
        }
    };
}
pub(crate) use record;

/// Makes a struct a record with an ID: `resource! { Type("prefix") { id, field, other } }`.
///
/// Like [`record!`], and a value without an ID is an error.
macro_rules! resource {
    ($Type:ident($prefix:literal) { $($fields:tt)* }) => {
        $crate::runtime::codec::record! { @impl decode_record $Type { $($fields)* } {
            fn missing_field(&self) -> ::std::option::Option<&'static str> {
                self.id.is_empty().then_some("id")
            }
        } }

        impl $crate::runtime::Resource for $Type {
            const PREFIX: &'static str = $prefix;

            fn id(&self) -> &$crate::runtime::Id<Self> {
                &self.id
            }
        }
    };
}
pub(crate) use resource;

/// Makes a struct a record that is sent: `request! { Type("required", "other") { required, other, third } }`.
///
/// As [`record!`], and decoding is strict: see [`Request`]. `shared` before the type says that responses have it too.
macro_rules! request {
    (shared $Type:ident $(($($required:literal),*))? { $($fields:tt)* }) => {
        $crate::runtime::codec::request! { @impl $Type { $($fields)* } {
            $(const REQUIRED: &'static [&'static str] = &[$($required),*];)?
            const SHARED: bool = true;
        } }
    };
    ($Type:ident $(($($required:literal),*))? { $($fields:tt)* }) => {
        $crate::runtime::codec::request! { @impl $Type { $($fields)* } {
            $(const REQUIRED: &'static [&'static str] = &[$($required),*];)?
        } }
    };
    (@impl $Type:ident { $($field:ident $(= $name:literal)?),* $(,)? } { $($more:item)* }) => {
        $crate::runtime::codec::record! {
            @impl decode_request $Type { $($field $(= $name)?),* } {}
        }

        impl $crate::runtime::codec::Request for $Type {
            const FIELDS: &'static [&'static str] =
                &[$($crate::runtime::codec::wire_name!($field $($name)?)),*];
            $($more)*
        }
    };
}
pub(crate) use request;

/// Returns the name of a field on the wire.
macro_rules! wire_name {
    ($field:ident) => {
        ::std::stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}
pub(crate) use wire_name;

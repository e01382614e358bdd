//! Missing values.
//!
//! Provides any type with a placeholder, so that other errors are found as well. The result is discarded.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};

use super::error::Error;
use super::place_access::{KindAccess, PlaceAccess};
use crate::spec::spanned::{SPANNED, Span};

/// Placeholder of a missing value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hole;

macro_rules! empty {
    ($($method:ident: $visit:ident($($value:expr)?),)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit($($value)?)
        })*
    };
}

impl<'de> Deserializer<'de> for Hole {
    type Error = Error;

    empty! {
        deserialize_any: visit_unit(),
        deserialize_bool: visit_bool(false),
        deserialize_i8: visit_i8(0),
        deserialize_i16: visit_i16(0),
        deserialize_i32: visit_i32(0),
        deserialize_i64: visit_i64(0),
        deserialize_u8: visit_u8(0),
        deserialize_u16: visit_u16(0),
        deserialize_u32: visit_u32(0),
        deserialize_u64: visit_u64(0),
        deserialize_f32: visit_f32(0.0),
        deserialize_f64: visit_f64(0.0),
        deserialize_char: visit_char(' '),
        deserialize_str: visit_str(""),
        deserialize_string: visit_str(""),
        deserialize_identifier: visit_str(""),
        deserialize_bytes: visit_bytes(b""),
        deserialize_byte_buf: visit_bytes(b""),
        deserialize_option: visit_none(),
        deserialize_unit: visit_unit(),
        deserialize_ignored_any: visit_unit(),
        deserialize_seq: visit_seq(SeqDeserializer::new(std::iter::empty::<Self>())),
        deserialize_map: visit_map(MapDeserializer::new(std::iter::empty::<(Self, Self)>())),
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            SPANNED => visitor.visit_seq(PlaceAccess::new(Span::NOWHERE, self)),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(std::iter::repeat_n(self, len)))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor
            .visit_map(MapDeserializer::new(fields.iter().map(|field| (*field, self))))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let variant = variants.first().copied().unwrap_or_default();
        visitor.visit_enum(KindAccess::new(variant, self))
    }
}

impl IntoDeserializer<'_, Error> for Hole {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

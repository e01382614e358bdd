//! Deserializer of values for serde.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;

use super::access::{ItemsAccess, MapEntries};
use super::error::Error;
use super::place_access::{KindAccess, PlaceAccess};
use super::value::Decoder;
use super::{kind, report};
use crate::spec::spanned::SPANNED;
use crate::yaml::NodeKind;
use crate::yaml::scalar::{Scalar, resolve};

macro_rules! integers {
    ($($method:ident: $type:ty,)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.integer(<$type>::MIN.into()..=<$type>::MAX.into(), visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Decoder<'de> {
    type Error = Error;

    integers! {
        deserialize_i8: i8,
        deserialize_i16: i16,
        deserialize_i32: i32,
        deserialize_i64: i64,
        deserialize_u8: u8,
        deserialize_u16: u16,
        deserialize_u32: u32,
        deserialize_u64: u64,
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.kind {
            NodeKind::Refused => Err(Error::Incomplete),
            NodeKind::List(_) => self.deserialize_seq(visitor),
            NodeKind::Map(_) => self.deserialize_map(visitor),
            NodeKind::Scalar { text, plain } => {
                match if *plain { resolve(text) } else { Scalar::Text } {
                    Scalar::Null => visitor.visit_unit(),
                    Scalar::Flag(flag) => visitor.visit_bool(flag),
                    Scalar::Number(number) => {
                        number.deserialize_any(visitor).map_err(Error::custom)
                    }
                    Scalar::Text => visitor.visit_borrowed_str(text),
                }
            }
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.scalar() {
            Some((_, Scalar::Flag(flag))) => visitor.visit_bool(flag),
            _ => Err(self.unexpected(kind::words(kind::FLAG))),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.number().and_then(|number| number.as_f64()) {
            Some(number) => visitor.visit_f64(number),
            None => Err(self.unexpected("a number")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.scalar() {
            Some((text, Scalar::Text)) => visitor.visit_borrowed_str(text),
            _ => Err(self.unexpected(kind::words(kind::STRING))),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.key {
            Some(key) if self.is_nothing() => {
                Err(report::no_value(self.node.span, key).into())
            }
            None if self.is_nothing() => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_nothing() {
            return visitor.visit_unit();
        }
        Err(self.unexpected(kind::words(kind::NOTHING)))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            SPANNED => visitor.visit_seq(PlaceAccess::new(self.node.span, self)),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.kind {
            NodeKind::List(items) => visitor.visit_seq(ItemsAccess::new(self, items)),
            _ => Err(self.unexpected("a list")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.kind {
            NodeKind::Map(entries) => visitor.visit_map(MapEntries::new(self, entries)),
            _ => Err(self.unexpected(kind::words(kind::MAP))),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match &self.node.kind {
            NodeKind::Map(entries) => self.struct_map(entries, fields, visitor),
            _ => Err(self.unexpected(kind::words(kind::MAP))),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == kind::BY_KIND {
            let variant =
                kind::variant(self.node, self.scalar().map(|(_, scalar)| scalar));
            return match variants.iter().find(|known| Some(**known) == variant) {
                Some(variant) => visitor.visit_enum(KindAccess::new(variant, self)),
                None => Err(self.unexpected(&kind::any_of(variants))),
            };
        }
        match self.scalar() {
            Some((text, _)) if variants.contains(&text) => {
                visitor.visit_enum(BorrowedStrDeserializer::new(text))
            }
            Some((text, Scalar::Text)) => {
                Err(report::unknown_value(self.node.span, text, variants).into())
            }
            _ => Err(self.unexpected(kind::words(kind::STRING))),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(
        self,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit_struct tuple tuple_struct
    }
}

//! Decoding of trees as the types of this module.
//!
//! Takes a [`Node`]; returns a value of a type of the files, and all errors of the tree for that type, which are found
//! in one pass against its schema. What remains without invalid and incomplete values is decoded by serde.

use schemars::JsonSchema;
use serde::de::value::{
    BorrowedStrDeserializer, Error, MapAccessDeserializer, MapDeserializer,
    SeqDeserializer,
};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::check;
use super::spanned::SPANNED;
use crate::diagnostic::{Code, Diagnostics, FileId, Span};
use crate::yaml::Scalar;
use crate::yaml::{Key, Node, NodeKind};

/// Name of an enum that is selected by the kind of the value: its variants have the names of kinds in schemas. Unlike an
/// untagged enum it keeps the locations of its contents.
const BY_KIND: &str = "$kind";

/// Decodes a value. Errors inside it are reported and omitted; `None` if nothing remains.
pub(super) fn decode<T: DeserializeOwned + JsonSchema>(
    mut root: Node,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    if !check::check::<T>(&mut root, diagnostics) {
        return None;
    }
    T::deserialize(Decoder::Value(&root))
        .map_err(|error| diagnostics.error(Code::BadValue, root.span, error.to_string()))
        .ok()
}

/// A valid part of a file.
#[derive(Debug, Clone, Copy)]
enum Decoder<'a> {
    Value(&'a Node),
    /// A key, which is a string in any form.
    Key(&'a Key),
    /// A part of a location.
    Number(u32),
}

impl<'de> Deserializer<'de> for Decoder<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let node = match self {
            Self::Value(node) => node,
            Self::Key(key) => return visitor.visit_borrowed_str(&key.text),
            Self::Number(number) => return visitor.visit_u32(number),
        };
        match (&node.kind, node.scalar()) {
            (NodeKind::List(items), _) => {
                let items = items.iter().map(Self::Value);
                visitor.visit_seq(SeqDeserializer::new(items))
            }
            (NodeKind::Map(entries), _) => {
                let entries = entries.values();
                let entries =
                    entries.map(|(key, value)| (Self::Key(key), Self::Value(value)));
                visitor.visit_map(MapDeserializer::new(entries))
            }
            (_, Some((text, Scalar::Text))) => visitor.visit_borrowed_str(text),
            (_, Some((_, Scalar::Flag(flag)))) => visitor.visit_bool(flag),
            (_, Some((_, Scalar::Number(number)))) => {
                number.deserialize_any(visitor).map_err(Error::custom)
            }
            (_, Some((_, Scalar::Null)) | None) => visitor.visit_unit(),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Value(node) if node.is_null() => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let span = match self {
            _ if name != SPANNED => return visitor.visit_newtype_struct(self),
            Self::Value(node) => node.span,
            Self::Key(key) => key.span,
            Self::Number(_) => Span::NOWHERE,
        };
        let FileId(file) = span.file;
        let place = [file, span.start, span.end].map(Self::Number);
        visitor.visit_seq(SeqDeserializer::new(place.into_iter().chain([self])))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Value(node) if name == BY_KIND => {
                let kind = check::kind_of(node).unwrap_or_default();
                let variant = BorrowedStrDeserializer::<Error>::new(kind);
                let entry = MapDeserializer::new([(variant, self)].into_iter());
                visitor.visit_enum(MapAccessDeserializer::new(entry))
            }
            Self::Value(node) => {
                let text = node.text().unwrap_or_default();
                visitor.visit_enum(BorrowedStrDeserializer::new(text))
            }
            Self::Key(_) | Self::Number(_) => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for Decoder<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

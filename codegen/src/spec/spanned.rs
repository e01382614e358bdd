//! Values with their source locations.
//!
//! Takes the output of a deserializer; returns the value with its location. Knows nothing of YAML: it requests the
//! location from the deserializer by the name [`SPANNED`], and has none if that is not supported.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::diagnostic::FileId;

pub use crate::diagnostic::Span;

/// Name by which a value requests its location: the deserializer of this crate provides a sequence of file, start,
/// end and value.
pub(super) const SPANNED: &str = "$spanned";

/// A value and its source location. Two of them are equal if the values are.
#[derive(Debug, Clone, Default)]
pub struct Spanned<T> {
    /// Location; of a multi-line value, the first line.
    pub span: Span,
    value: T,
}

impl<T> Spanned<T> {
    /// Creates a value with a location.
    pub const fn new(value: T, span: Span) -> Self {
        Self { span, value }
    }

    /// Creates a value without a location.
    pub const fn nowhere(value: T) -> Self {
        Self::new(value, Span::NOWHERE)
    }

    /// Returns the value, without its location.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Returns another value with the same location.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned::new(change(self.value), self.span)
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: fmt::Display> fmt::Display for Spanned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(SPANNED, SpannedVisitor(PhantomData))
    }
}

struct SpannedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        T::deserialize(deserializer).map(Spanned::nowhere)
    }

    fn visit_seq<A: SeqAccess<'de>>(
        self,
        mut parts: A,
    ) -> Result<Self::Value, A::Error> {
        let file = FileId(part(&mut parts)?);
        let span = Span::new(file, part(&mut parts)?, part(&mut parts)?);
        Ok(Spanned::new(part(&mut parts)?, span))
    }
}

fn part<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(
    parts: &mut A,
) -> Result<T, A::Error> {
    parts
        .next_element()?
        .ok_or_else(|| de::Error::custom("expected a place and a value"))
}

/// Serializes the value only.
impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_are_equal_wherever_they_are() {
        let here = Spanned::new("a", Span::new(FileId(0), 1, 2));
        assert_eq!(here, Spanned::nowhere("a"));
        assert_ne!(here, Spanned::new("b", here.span));
        assert_eq!(here.map(str::len).span, Span::new(FileId(0), 1, 2));
    }

    #[test]
    fn other_formats_have_no_places() {
        let value: Spanned<Vec<Spanned<u8>>> = serde_json::from_str("[1, 2]").unwrap();
        assert_eq!(value.len(), 2);
        assert!(value.span.is_nowhere() && value[1].span.is_nowhere());
    }
}

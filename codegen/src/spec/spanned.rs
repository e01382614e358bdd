//! Values with their source locations, and maps in the order of the text.
//!
//! Takes the output of a deserializer; returns the value with its location. Knows nothing of YAML: it requests the
//! location from the deserializer by the name [`SPANNED`], and has none if that is not supported.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, SeqAccess, Visitor};

use crate::diagnostic::FileId;
pub use crate::diagnostic::Span;

/// Name by which a value requests its location: the deserializer of this crate provides a sequence of file, start,
/// end and value.
pub(super) const SPANNED: &str = "$spanned";

/// A value and its source location. Two of them are equal if the values are. Serializes the value only.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Spanned<T> {
    /// Location; of a multi-line value, the first line.
    #[serde(skip)]
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

impl<T: Ord> PartialOrd for Spanned<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Ord> Ord for Spanned<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: Hash> Hash for Spanned<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl Borrow<str> for Spanned<String> {
    fn borrow(&self) -> &str {
        self
    }
}

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

    fn visit_seq<A: SeqAccess<'de>>(self, parts: A) -> Result<Self::Value, A::Error> {
        let parts = SeqAccessDeserializer::new(parts);
        let (file, start, end, value) = Deserialize::deserialize(parts)?;
        Ok(Spanned::new(value, Span::new(FileId(file), start, end)))
    }
}

// Schemas do not show locations.
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

/// Converts a value of the files to the same value of the model, whose names have no locations.
pub(crate) fn plain<T: Serialize, M: DeserializeOwned>(given: &T) -> Option<M> {
    serde_json::from_value(serde_json::to_value(given).ok()?).ok()
}

/// A map in the order of the text.
pub type Entries<T> = IndexMap<Spanned<String>, T>;

/// Returns the keys of a map, without their locations.
pub(crate) fn names<T>(entries: &Entries<T>) -> impl Iterator<Item = &str> {
    entries.keys().map(|key| key.as_str())
}

//! Values with their source locations, and maps in the order of the text.
//!
//! Takes the output of a deserializer; returns the value with its location. Knows nothing of YAML: it requests the
//! location from the deserializer by the name [`SPANNED`], and has none if that is not supported.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::SeqAccessDeserializer;
use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor,
};
use serde::{Serialize, Serializer};

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

/// Converts a value of the files to the same value of the model, whose names have no locations.
pub(crate) fn plain<T: Serialize, M: DeserializeOwned>(given: &T) -> Option<M> {
    serde_json::from_value(serde_json::to_value(given).ok()?).ok()
}

/// A map in the order of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Entries<T> {
    list: Vec<Entry<T>>,
}

/// A key of a map and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<T> {
    /// Key.
    pub key: Spanned<String>,
    /// Value.
    pub value: T,
}

impl<T> Entries<T> {
    /// Adds an entry at the end.
    pub fn push(&mut self, key: Spanned<String>, value: T) {
        self.list.push(Entry { key, value });
    }

    /// Returns the value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Returns a key as written, with its value.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry<T>> {
        self.iter().find(|entry| *entry.key == key)
    }

    /// Returns true if the key exists.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Iterates over the keys.
    pub fn keys(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.iter().map(|entry| &entry.key)
    }

    /// Iterates over the keys, without their locations.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|entry| entry.key.as_str())
    }

    /// Iterates over the values.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.iter().map(|entry| &entry.value)
    }
}

impl<T> Deref for Entries<T> {
    type Target = [Entry<T>];

    fn deref(&self) -> &[Entry<T>] {
        &self.list
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self { list: Vec::new() }
    }
}

impl<T> IntoIterator for Entries<T> {
    type Item = Entry<T>;
    type IntoIter = std::vec::IntoIter<Entry<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Entries<T> {
    type Item = &'a Entry<T>;
    type IntoIter = std::slice::Iter<'a, Entry<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
    type Value = Entries<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Entries::default();
        while let Some((key, value)) = map.next_entry()? {
            entries.push(key, value);
        }
        Ok(entries)
    }
}

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|entry| (&entry.key, &entry.value)))
    }
}

macro_rules! same_schema {
    ($type:ty as $other:ty) => {
        impl<T: JsonSchema> JsonSchema for $type {
            fn inline_schema() -> bool {
                <$other>::inline_schema()
            }

            fn schema_name() -> Cow<'static, str> {
                <$other>::schema_name()
            }

            fn schema_id() -> Cow<'static, str> {
                <$other>::schema_id()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <$other>::json_schema(generator)
            }
        }
    };
}

// Schemas do not show locations.
same_schema!(Spanned<T> as T);
same_schema!(Entries<T> as BTreeMap<String, T>);

//! Maps in the order of the text.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::Spanned;

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
    /// Creates an empty map.
    #[must_use]
    pub const fn new() -> Self {
        Self { list: Vec::new() }
    }

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

    /// Iterates over the entries.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry<T>> {
        self.list.iter()
    }

    /// Iterates over the keys.
    pub fn keys(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.iter().map(|entry| &entry.key)
    }

    /// Iterates over the values.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.iter().map(|entry| &entry.value)
    }

    /// Returns the number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns true if there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> FromIterator<(Spanned<String>, T)> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = (Spanned<String>, T)>>(entries: I) -> Self {
        let list =
            entries.into_iter().map(|(key, value)| Entry { key, value }).collect();
        Self { list }
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
        let mut entries = Entries::new();
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

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("EntriesOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_text_is_kept() {
        let entries: Entries<u8> =
            serde_json::from_str(r#"{ "b": 1, "a": 2 }"#).unwrap();
        let keys: Vec<_> = entries.keys().map(|key| key.as_str()).collect();
        assert_eq!(keys, ["b", "a"]);
        assert_eq!(entries.get("a"), Some(&2));
        assert!(!entries.contains_key("c"));
    }
}

//! Values with ordered maps, which are printed as YAML or JSON.
//!
//! Independent of their source and their printing.

use std::ops::Deref;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Number, Value};

/// A value.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the variants are self-explanatory")]
pub enum Tree {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Tree>),
    Map(Map),
}

/// A map in insertion order. Two of them are equal if their entries are, in the same order.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Map {
    entries: IndexMap<String, Tree>,
    #[serde(skip)]
    section: bool,
}

impl Map {
    /// Creates an empty map.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a key, or replaces its value.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<Tree>) {
        self.entries.insert(key.into(), value.into());
    }

    /// Adds a key.
    #[must_use]
    pub fn with(mut self, key: impl Into<String>, value: impl Into<Tree>) -> Self {
        self.set(key, value);
        self
    }

    /// Adds a key, if there is a value.
    #[must_use]
    pub fn with_some(self, key: &str, value: Option<impl Into<Tree>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Adds a key, unless its value is an empty string, list or map.
    #[must_use]
    pub fn with_filled(self, key: &str, value: impl Into<Tree>) -> Self {
        let value = value.into();
        if value.is_empty() { self } else { self.with(key, value) }
    }

    /// Adds a key that is `true`, if it is true.
    #[must_use]
    pub fn with_flag(self, key: &str, flag: bool) -> Self {
        if flag { self.with(key, true) } else { self }
    }

    /// Adds a key behind another one, or replaces its value.
    pub(super) fn set_behind(&mut self, other: &str, key: &str, value: Tree) {
        let at = self.entries.get_index_of(other).map_or(self.len(), |index| index + 1);
        if let Some(known) = self.entries.get_mut(key) {
            *known = value;
        } else {
            self.entries.shift_insert(at, key.to_owned(), value);
        }
    }

    /// Adds all entries of another map.
    #[must_use]
    pub fn joined(mut self, other: Self) -> Self {
        self.entries.extend(other.entries);
        self
    }

    /// Removes a key.
    #[must_use]
    pub fn without(mut self, key: &str) -> Self {
        self.entries.shift_remove(key);
        self
    }

    /// Returns the value of a key, which is created without one.
    pub(super) fn at(&mut self, key: &str) -> &mut Tree {
        self.entries.entry(key.to_owned()).or_default()
    }

    /// Marks a part of a file that is never printed on one line, however short it is.
    #[must_use]
    pub fn section(mut self) -> Self {
        self.section = true;
        self
    }

    /// Returns true if it is never printed on one line.
    #[must_use]
    pub fn is_section(&self) -> bool {
        self.section
    }
}

impl Deref for Map {
    type Target = IndexMap<String, Tree>;

    fn deref(&self) -> &Self::Target {
        &self.entries
    }
}

impl Tree {
    /// Returns the value of a key of a map.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(map) => map.get(key),
            _ => None,
        }
    }

    /// Returns true for an empty string, list or map.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Map(map) => map.is_empty(),
            Self::Null | Self::Bool(_) | Self::Number(_) => false,
        }
    }
}

impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.entries.iter().eq(&other.entries)
    }
}

impl<K: Into<String>, V: Into<Tree>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        let entries = entries.map(|(key, value)| (key.into(), value.into())).collect();
        Self { entries, section: false }
    }
}

impl<T: Into<Self>> From<Vec<T>> for Tree {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Into<Self>> FromIterator<T> for Tree {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

macro_rules! from {
    ($($given:ident: $type:ty => $tree:expr;)*) => {
        $(impl From<$type> for Tree {
            fn from($given: $type) -> Self {
                $tree
            }
        })*
    };
}

from! {
    map: Map => Self::Map(map);
    text: &str => Self::Text(text.to_owned());
    text: String => Self::Text(text);
    text: &String => Self::Text(text.clone());
    value: bool => Self::Bool(value);
    value: u16 => Self::Number(value.into());
    value: u32 => Self::Number(value.into());
    value: i64 => Self::Number(value.into());
}

/// Converts a number; one without a fraction is printed without it. A value that is not a number becomes empty.
impl From<f64> for Tree {
    fn from(value: f64) -> Self {
        /// Largest integer up to which every integer is representable.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() <= EXACT {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "it is whole and in range"
            )]
            return Self::from(value as i64);
        }
        Number::from_f64(value).map_or(Self::Null, Self::Number)
    }
}

impl From<Value> for Tree {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(value) => Self::Number(value),
            Value::String(value) => Self::Text(value),
            Value::Array(items) => items.into_iter().collect(),
            Value::Object(map) => Self::Map(map.into_iter().collect()),
        }
    }
}

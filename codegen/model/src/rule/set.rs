//! The rules of a field, in JSON one object.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Rule;
use crate::Role;

/// The rules for the values of a field, in the order of the description.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules<N = String>(pub(super) Vec<Rule<N>>);

impl<N> Rules<N> {
    /// Returns each rule.
    pub fn iter(&self) -> std::slice::Iter<'_, Rule<N>> {
        self.0.iter()
    }
}

impl Rules {
    /// Returns the rules that few fields have, which files give below `rules:`.
    pub fn rare(&self) -> impl Iterator<Item = &Rule> {
        self.iter().filter(|rule| !rule.is_common())
    }

    /// Returns true if values in other forms than that of the field are accepted.
    #[must_use]
    pub fn accept_other_forms(&self) -> bool {
        self.open() || !self.accepts().is_empty()
    }

    /// Returns true if the server rejects an empty value in bodies of this role.
    #[must_use]
    pub fn reject_empty(&self, role: Role) -> bool {
        let shape = match role {
            Role::Create => "create",
            Role::Update => "update",
            Role::Resource | Role::Nested => "all",
        };
        self.non_empty().iter().any(|it| it == "all" || it == shape)
    }

    /// Returns the greatest length, whatever its unit.
    #[must_use]
    pub fn longest(&self) -> Option<u32> {
        self.max_bytes().or(self.max_len())
    }
}

impl<N> FromIterator<Rule<N>> for Rules<N> {
    fn from_iter<I: IntoIterator<Item = Rule<N>>>(rules: I) -> Self {
        Self(rules.into_iter().collect())
    }
}

impl<'r, N> IntoIterator for &'r Rules<N> {
    type Item = &'r Rule<N>;
    type IntoIter = std::slice::Iter<'r, Rule<N>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<N: Serialize> Serialize for Rules<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for rule in self {
            rule.serialize_entry(&mut map)?;
        }
        map.end()
    }
}

impl<'de, N: Deserialize<'de> + Default + Ord> Deserialize<'de> for Rules<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<N>(PhantomData<N>);

        impl<'de, N: Deserialize<'de> + Default + Ord> Visitor<'de> for Entries<N> {
            type Value = Rules<N>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("rules by key")
            }

            fn visit_map<M: MapAccess<'de>>(
                self,
                mut map: M,
            ) -> Result<Rules<N>, M::Error> {
                let mut rules = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    rules.push(Rule::next(&key, &mut map)?);
                }
                Ok(Rules(rules))
            }
        }

        deserializer.deserialize_map(Entries(PhantomData))
    }
}

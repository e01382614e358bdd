//! Changes of nullable fields.

use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};

use crate::runtime::codec::Value;

/// The change of a nullable field in a request: unchanged, null, or a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Patch<T> {
    /// The field is omitted from the request, and the server leaves it unchanged.
    #[default]
    Unset,
    /// Null is sent. Its effect depends on the server: many treat it as "unchanged", and clear a field that is sent
    /// empty.
    Null,
    /// A value is sent.
    Value(T),
}

/// Clears a field: pass it to any setter of a nullable field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Null;

impl<T> Patch<T> {
    /// Returns true if the field is omitted.
    #[must_use]
    pub const fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }

    /// Returns true if null is sent.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the value, if one is sent.
    #[must_use]
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unset | Self::Null => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` leaves the field unchanged.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unset, Self::Value)
    }
}

impl<'de, T: Value> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(T::decode(from)?.map_or(Self::Null, Self::Value))
    }
}

/// Encodes an unset field as null; a record omits such a field instead.
impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.as_option().serialize(to)
    }
}

impl<T: Value> Value for Patch<T> {
    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        Self::deserialize(from).map(Some)
    }

    fn is_unset(&self) -> bool {
        self.is_unset()
    }
}

//! What a field of a record can hold, and how null is read: it holds no value, wherever it stands.

use std::collections::BTreeMap;
use std::fmt::{self, Debug};
use std::marker::PhantomData;

use serde_core::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde_core::ser::Serialize;

use super::text::Text;

/// A value that a field of a record can hold: a [`Plain`] one, an id, a list or map of values, or an optional value.
pub trait Value: Debug + Serialize + Sized {
    /// Reads a value; `None` stands for null.
    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error>;

    /// Whether a field that holds this is left out of its record.
    fn is_unset(&self) -> bool {
        false
    }
}

/// A value that is one JSON value with no further structure to look into: text, a number, an enum, a whole record.
///
/// The types of this crate implement it; it is what tells a record apart from a list of records.
pub trait Plain: Clone + Debug + Serialize + DeserializeOwned {}

impl Plain for bool {}
impl Plain for f64 {}
impl Plain for i32 {}
impl Plain for i64 {}
impl Plain for u32 {}
impl Plain for u64 {}
impl Plain for String {}

/// For records that contain themselves.
impl<T: Plain> Plain for Box<T> {}

impl<T: Plain> Value for T {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        Option::deserialize(from)
    }
}

impl<T: Value> Value for Option<T> {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        Ok(T::decode(from)?.map(Some))
    }

    fn is_unset(&self) -> bool {
        self.is_none()
    }
}

/// Elements that are null are dropped.
impl<T: Value> Value for Vec<T> {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        from.deserialize_option(ListVisitor(PhantomData))
    }
}

/// Entries that are null are dropped.
impl<T: Value> Value for BTreeMap<String, T> {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        from.deserialize_option(MapVisitor(PhantomData))
    }
}

/// Reads one value where serde asks for a seed.
pub(super) struct Seed<T>(PhantomData<T>);

impl<T> Seed<T> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Value> DeserializeSeed<'de> for Seed<T> {
    type Value = Option<T>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(
        self,
        from: D,
    ) -> Result<Self::Value, D::Error> {
        T::decode(from)
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Value> Visitor<'de> for ListVisitor<T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(
        self,
        mut elements: A,
    ) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element_seed(Seed::new())? {
            list.extend(element);
        }
        Ok(Some(list))
    }
}

struct MapVisitor<T>(PhantomData<T>);

impl<'de, T: Value> Visitor<'de> for MapVisitor<T> {
    type Value = Option<BTreeMap<String, T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(
        self,
        mut entries: A,
    ) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(Text(key)) = entries.next_key()? {
            if let Some(value) = entries.next_value_seed(Seed::new())? {
                map.insert(key.into_owned(), value);
            }
        }
        Ok(Some(map))
    }
}

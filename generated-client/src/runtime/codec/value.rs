//! Types of record fields, and decoding of null: it means no value everywhere.

use std::collections::BTreeMap;
use std::fmt::{self, Debug};
use std::marker::PhantomData;

use serde_core::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde_core::ser::Serialize;

use super::text::Text;

/// A type of record fields: a [`Plain`] type, an ID, a list or map of values, or an optional value.
pub trait Value: Debug + Serialize + Sized {
    /// Decodes a value; `None` for null.
    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error>;

    /// Returns true if a field with this value is omitted from its record.
    fn is_unset(&self) -> bool {
        false
    }
}

/// A value that is one JSON value without further structure: a string, a number, an enum, a whole record.
///
/// Implemented by the types of this crate; it distinguishes a record from a list of records.
pub trait Plain: Clone + Debug + Serialize + DeserializeOwned {}

impl Plain for bool {}
impl Plain for f64 {}
impl Plain for i32 {}
impl Plain for i64 {}
impl Plain for u32 {}
impl Plain for u64 {}
impl Plain for String {}

/// For recursive records.
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

/// Null elements are dropped.
impl<T: Value> Value for Vec<T> {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        from.deserialize_option(ListVisitor(PhantomData))
    }
}

/// Null entries are dropped.
impl<T: Value> Value for BTreeMap<String, T> {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Self>, D::Error> {
        from.deserialize_option(MapVisitor(PhantomData))
    }
}

/// Decodes one value where serde requires a seed.
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

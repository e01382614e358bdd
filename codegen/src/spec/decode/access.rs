//! Access to the contents of lists, maps and structs for serde.
//!
//! Values known to be invalid are skipped.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::error::Error;
use super::hole::Hole;
use super::place_access::PlaceAccess;
use super::value::Decoder;
use super::{Missing, report};
use crate::spec::spanned::SPANNED;
use crate::yaml::{Key, Node, Pairs};

/// The items of a list.
pub(super) struct ItemsAccess<'a> {
    list: Decoder<'a>,
    items: std::slice::Iter<'a, Node>,
}

impl<'a> ItemsAccess<'a> {
    pub(super) fn new(list: Decoder<'a>, items: &'a [Node]) -> Self {
        Self { list, items: items.iter() }
    }
}

impl<'a> SeqAccess<'a> for ItemsAccess<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let findings = self.list.findings;
        let Some(item) = self.items.find(|item| !findings.is_wrong(item)) else {
            return Ok(None);
        };
        let decoder = self.list.inner(item, None, None);
        seed.deserialize(decoder).map(Some).map_err(|error| decoder.settle(error))
    }
}

/// The entries of a map with keys of any name.
pub(super) struct MapEntries<'a> {
    map: Decoder<'a>,
    entries: indexmap::map::Values<'a, String, (Key, Node)>,
    value: Option<Decoder<'a>>,
}

impl<'a> MapEntries<'a> {
    pub(super) fn new(map: Decoder<'a>, entries: &'a Pairs) -> Self {
        Self { map, entries: entries.values(), value: None }
    }
}

impl<'a> MapAccess<'a> for MapEntries<'a> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let findings = self.map.findings;
        let Some((key, value)) =
            self.entries.find(|(_, value)| !findings.is_wrong(value))
        else {
            return Ok(None);
        };
        let value = self.map.inner(value, Some(key.span), None);
        self.value = Some(value);
        seed.deserialize(KeyDecoder(key)).map(Some).map_err(|error| value.settle(error))
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Error> {
        let decoder = self.value.take().ok_or(Error::Incomplete)?;
        seed.deserialize(decoder).map_err(|error| decoder.settle(error))
    }
}

/// A key, which is a string in any form.
struct KeyDecoder<'a>(&'a Key);

impl<'de> Deserializer<'de> for KeyDecoder<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(&self.0.text)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            SPANNED => visitor.visit_seq(PlaceAccess::new(self.0.span, self)),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The keys of a struct: the given ones, then the added ones.
pub(super) struct StructAccess<'a> {
    given: std::vec::IntoIter<(&'a str, Decoder<'a>)>,
    made_up: std::vec::IntoIter<&'static str>,
    value: Option<Decoder<'a>>,
}

impl<'a> StructAccess<'a> {
    /// Reports unknown keys.
    pub(super) fn new(
        map: Decoder<'a>,
        entries: &'a Pairs,
        fields: &'static [&'static str],
    ) -> Self {
        let findings = map.findings;
        let mut given = Vec::new();
        for (key, value) in
            entries.values().filter(|(_, value)| !findings.is_wrong(value))
        {
            if fields.contains(&key.text.as_str()) {
                given.push((
                    key.text.as_str(),
                    map.inner(value, Some(key.span), Some(&key.text)),
                ));
            } else {
                findings.report(report::unknown_key(key, fields));
                findings.mark_wrong(value);
            }
        }
        let made_up =
            fields.iter().copied().filter(|key| findings.is_made_up(map.node, key));
        let made_up = made_up.collect::<Vec<_>>().into_iter();
        Self { given: given.into_iter(), made_up, value: None }
    }
}

impl<'a> MapAccess<'a> for StructAccess<'a> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let given = self.given.next();
        self.value = given.map(|(_, value)| value);
        match given.map(|(key, _)| key).or_else(|| self.made_up.next()) {
            Some(key) => seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Error> {
        match self.value.take() {
            Some(decoder) => {
                seed.deserialize(decoder).map_err(|error| decoder.settle(error))
            }
            None => seed.deserialize(Hole),
        }
    }
}

impl<'a> Decoder<'a> {
    /// Decodes a struct.
    pub(super) fn struct_map<V: Visitor<'a>>(
        self,
        entries: &'a Pairs,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let access = StructAccess::new(self, entries, fields);
        visitor.visit_map(access).map_err(|error| match error {
            Error::MissingKey(key) => self.missing_key(key, entries, fields),
            other => other,
        })
    }

    fn missing_key(
        self,
        key: &'static str,
        entries: &Pairs,
        fields: &'static [&'static str],
    ) -> Error {
        if self.missing == Missing::LeaveOut {
            return Error::Incomplete;
        }
        if !report::explains_absence(entries, key, fields) {
            self.findings.report_missing(self.node, self.title(), key);
        }
        self.findings.make_up(self.node, key);
        Error::Noted
    }
}

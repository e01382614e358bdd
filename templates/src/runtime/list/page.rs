//! Pages of lists and their decoding: the key of the items is known only at run time.

use std::fmt;

use serde_core::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny,
    MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_core::ser::{Serialize, SerializeMap, Serializer};

use ngrok_client_core::{Draft, Operation, Reply};

use crate::api;
use crate::runtime::Result;
use crate::runtime::call::Call;
use crate::runtime::client::ApiClient;
use crate::runtime::facts::API;

/// One page of a list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// Items. A page may have none, even when others follow.
    pub items: Vec<T>,
    /// Address of this page.
    pub uri: String,
    /// Address of the next page, if there is one.
    pub next_page_uri: Option<String>,
    operation: Operation,
}

impl<T> Page<T> {
    /// Returns true if another page follows.
    #[must_use]
    pub fn has_next(&self) -> bool {
        self.next_page_uri.is_some()
    }

    /// Iterates over the items.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Serializes as the API does: an object with the items and both addresses, or the items
/// alone where the response itself is the list. Secrets are redacted.
impl<T: Serialize> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.operation.items.is_empty() {
            return self.items.serialize(to);
        }
        let mut map = to.serialize_map(Some(3))?;
        map.serialize_entry(self.operation.items, &self.items)?;
        map.serialize_entry(api::PAGE_URI, &self.uri)?;
        map.serialize_entry(api::PAGE_NEXT, &self.next_page_uri)?;
        map.end()
    }
}

impl<T: DeserializeOwned> Page<T> {
    /// Returns the call for the next page, if there is one.
    ///
    /// The address comes from the server. If its host is not the client's, the call fails before anything is sent.
    pub fn next<C: ApiClient>(&self, client: &C) -> Option<Call<Self, C>> {
        let reference = self.next_page_uri.as_deref()?;
        let draft = Draft::new(&API, self.operation, http::Method::GET, "");
        let base = client.config().base();
        let from = base.resolve(&self.uri).ok();
        let draft = draft.page_from(base, reference, from.as_ref());
        Some(Call::of(client, draft, Self::decode))
    }

    /// Decodes a page.
    pub(crate) fn decode(reply: &Reply) -> Result<Self> {
        Self::decode_into(Vec::new(), reply)
    }

    /// Decodes a page into the empty vector of an earlier one.
    pub(super) fn decode_into(items: Vec<T>, reply: &Reply) -> Result<Self> {
        let page = read_page(items, reply.operation(), reply.json()?);
        let page = page.or_else(|error| match reply.repaired(&error) {
            Some(json) => read_page(Vec::new(), reply.operation(), &json),
            None => Err(error),
        });
        Ok(page.map_err(|error| reply.undecodable(&error))?)
    }
}

fn read_page<T: DeserializeOwned>(
    items: Vec<T>,
    operation: Operation,
    json: &str,
) -> serde_json::Result<Page<T>> {
    let mut json = serde_json::Deserializer::from_str(json);
    let page = Seed { operation, items }.deserialize(&mut json)?;
    json.end().map(|()| page)
}

struct Seed<T> {
    operation: Operation,
    items: Vec<T>,
}

impl<T> Seed<T> {
    /// Converts a list without pagination.
    fn whole(self) -> Page<T> {
        Page {
            items: self.items,
            uri: String::new(),
            next_page_uri: None,
            operation: self.operation,
        }
    }
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Seed<T> {
    type Value = Page<T>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Page<T>, D::Error> {
        if self.operation.items.is_empty() {
            // The response itself is the list.
            return from.deserialize_any(self);
        }
        from.deserialize_map(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Seed<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.operation.items {
            "" => f.write_str("a list"),
            items => write!(f, "a page with {items}"),
        }
    }

    fn visit_unit<E: de::Error>(self) -> Result<Page<T>, E> {
        if !self.operation.items.is_empty() {
            return Err(E::invalid_type(Unexpected::Unit, &self));
        }
        Ok(self.whole())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, given: A) -> Result<Page<T>, A::Error> {
        if !self.operation.items.is_empty() {
            return Err(de::Error::invalid_type(Unexpected::Seq, &self));
        }
        Fill(&mut self.items).visit_seq(given)?;
        Ok(self.whole())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Page<T>, A::Error> {
        if self.operation.items.is_empty() {
            return Err(de::Error::invalid_type(Unexpected::Map, &self));
        }
        let mut uri = None;
        let mut next: Option<String> = None;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                key if key == self.operation.items => {
                    map.next_value_seed(Fill(&mut self.items))?;
                }
                api::PAGE_URI => uri = map.next_value()?,
                api::PAGE_NEXT => next = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Page {
            items: self.items,
            uri: uri.unwrap_or_default(),
            next_page_uri: next.filter(|uri| !uri.is_empty()),
            operation: self.operation,
        })
    }
}

/// Decodes a list into a vector, replacing its elements. Null stands for an empty list.
struct Fill<'a, T>(&'a mut Vec<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Fill<'_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.0.clear();
        from.deserialize_option(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Fill<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut given: A) -> Result<(), A::Error> {
        // Null items are dropped, as in other lists.
        while let Some(item) = given.next_element::<Option<T>>()? {
            self.0.extend(item);
        }
        Ok(())
    }
}

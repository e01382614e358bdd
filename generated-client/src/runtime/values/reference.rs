//! References from one resource to another.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde_core::de::{Deserialize, Deserializer};
use serde_core::ser::{Serialize, Serializer};

use super::Id;
use crate::runtime::codec::{self, FieldDecoder, FieldVisitor, Plain, Record};

/// A reference to a `T`: its ID and its address in the API.
#[non_exhaustive]
pub struct Ref<T: ?Sized> {
    /// ID of the resource.
    pub id: Id<T>,
    /// Address of the resource in the API; may be empty.
    pub uri: String,
}

impl<T: ?Sized> Ref<T> {
    /// Returns true if there is no reference: the default, and the value of an absent field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.id.is_empty()
    }
}

impl<T: ?Sized> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Self { id: self.id.clone(), uri: self.uri.clone() }
    }
}

impl<T: ?Sized> Default for Ref<T> {
    fn default() -> Self {
        Self { id: Id::default(), uri: String::new() }
    }
}

impl<T: ?Sized> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        codec::debug_record(self, f)
    }
}

impl<T: ?Sized> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.uri == other.uri
    }
}

impl<T: ?Sized> Eq for Ref<T> {}

impl<T: ?Sized> Hash for Ref<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
        self.uri.hash(state);
    }
}

// Hand-written instead of `record!`, which does not support type parameters.
impl<T: ?Sized> Record for Ref<T> {
    const NAME: &'static str = "Ref";

    fn decode_field<D: FieldDecoder>(&mut self, key: &str, decoder: &mut D) {
        match key {
            "id" => decoder.decode(&mut self.id),
            "uri" => decoder.decode(&mut self.uri),
            _ => {}
        }
    }

    fn visit_fields<V: FieldVisitor>(&self, visitor: &mut V) {
        visitor.field("id", &self.id);
        visitor.field("uri", &self.uri);
    }
}

impl<T: ?Sized> Plain for Ref<T> {}

impl<'de, T: ?Sized> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        codec::decode_record(from)
    }
}

impl<T: ?Sized> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        codec::encode_record(self, to)
    }
}

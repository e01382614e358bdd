//! Wrappers of values for serde: with their location, or the variant of their kind.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, SeqAccess,
    VariantAccess, Visitor,
};

use super::error::Error;
use crate::diagnostic::{FileId, Span};

/// A value with its location, in the parts that `Spanned` requests.
pub(super) struct PlaceAccess<D> {
    numbers: std::array::IntoIter<u32, 3>,
    value: Option<D>,
}

impl<D> PlaceAccess<D> {
    pub(super) fn new(span: Span, value: D) -> Self {
        let FileId(file) = span.file;
        Self { numbers: [file, span.start, span.end].into_iter(), value: Some(value) }
    }
}

impl<'de, D: Deserializer<'de, Error = Error>> SeqAccess<'de> for PlaceAccess<D> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if let Some(number) = self.numbers.next() {
            return seed.deserialize(number.into_deserializer()).map(Some);
        }
        self.value.take().map(|value| seed.deserialize(value)).transpose()
    }
}

/// A variant selected by the kind of the value.
pub(super) struct KindAccess<D> {
    variant: &'static str,
    value: D,
}

impl<D> KindAccess<D> {
    pub(super) fn new(variant: &'static str, value: D) -> Self {
        Self { variant, value }
    }
}

impl<'de, D: Deserializer<'de, Error = Error>> EnumAccess<'de> for KindAccess<D> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self), Error> {
        let variant =
            seed.deserialize(BorrowedStrDeserializer::<Error>::new(self.variant))?;
        Ok((variant, self))
    }
}

impl<'de, D: Deserializer<'de, Error = Error>> VariantAccess<'de> for KindAccess<D> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, Error> {
        seed.deserialize(self.value)
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.value.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.value.deserialize_struct(self.variant, fields, visitor)
    }
}

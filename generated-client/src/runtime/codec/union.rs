//! Unions: exactly one of several values, on the wire an object with one key that selects it. An unknown variant is
//! kept, and sent back unchanged.

use std::fmt;
use std::marker::PhantomData;

use serde_core::de::{Deserializer, Error, MapAccess, Visitor};
use serde_core::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Map;

use super::request::is_strict;
use super::value::Seed;
use super::{Plain, Value, text::Text};
use crate::runtime::values::{REDACTED, are_exposed};

/// A type that is exactly one of several values.
pub trait Union: Plain + From<UnknownVariant> {
    /// Name of the type in messages.
    const NAME: &'static str;

    /// Decodes the variant of a key, if it belongs to this type.
    fn decode_variant<'de, A: MapAccess<'de>>(
        entry: Entry<'_, A>,
    ) -> Result<Option<Self>, A::Error>;
}

/// A variant unknown to this version of the crate: the whole object, unchanged.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct UnknownVariant {
    object: Map<String, serde_json::Value>,
}

impl UnknownVariant {
    /// Returns the key of the variant; `None` if the object is empty.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.object.keys().next().map(String::as_str)
    }

    /// Returns the object: names of variants and their values.
    #[must_use]
    pub fn object(&self) -> &Map<String, serde_json::Value> {
        &self.object
    }

    /// Returns true if there is no variant: the field was absent or null, or every key of its object was null.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.object.is_empty()
    }
}

/// Shows names only: any of the values may be secret.
impl fmt::Debug for UnknownVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.object.keys()).finish()
    }
}

impl Serialize for UnknownVariant {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if are_exposed() {
            return self.object.serialize(to);
        }
        // Any of its parts may be secret.
        to.collect_map(self.object.keys().map(|key| (key, REDACTED)))
    }
}

/// A key of a union's object, with an undecoded value.
pub struct Entry<'a, A> {
    key: &'a str,
    value: &'a mut A,
    unknown: &'a mut UnknownVariant,
}

impl<'de, A: MapAccess<'de>> Entry<'_, A> {
    /// Returns the key.
    pub(crate) fn key(&self) -> &str {
        self.key
    }

    /// Decodes the value as that of a variant; null is not a variant.
    pub(crate) fn read<T: Value, U>(
        self,
        variant: fn(T) -> U,
    ) -> Result<Option<U>, A::Error> {
        Ok(self.value.next_value_seed(Seed::new())?.map(variant))
    }

    /// Keeps the value of a key that names no variant. In a body it is an error.
    pub(crate) fn keep<U>(self) -> Result<Option<U>, A::Error> {
        if let Some(value) = self.value.next_value()? {
            if is_strict() {
                let what = format_args!("unknown field `{}`", self.key);
                return Err(A::Error::custom(what));
            }
            self.unknown.object.insert(self.key.to_owned(), value);
        }
        Ok(None)
    }
}

/// Decodes a union. The first known variant that is not null is used.
pub(crate) fn decode_union<'de, T: Union, D: Deserializer<'de>>(
    from: D,
) -> Result<T, D::Error> {
    from.deserialize_map(UnionVisitor(PhantomData))
}

/// Encodes a union as an object with one key.
pub(crate) fn encode_variant<T: Serialize, S: Serializer>(
    name: &'static str,
    variant: &T,
    to: S,
) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(1))?;
    map.serialize_entry(name, variant)?;
    map.end()
}

struct UnionVisitor<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<T, A::Error> {
        let mut found = None;
        let mut unknown = UnknownVariant::default();
        while let Some(Text(key)) = entries.next_key()? {
            let entry = Entry { key: &key, value: &mut entries, unknown: &mut unknown };
            let variant = T::decode_variant(entry)?;
            found = found.or(variant);
        }
        Ok(found.unwrap_or_else(|| unknown.into()))
    }
}

/// Makes an enum a union: `union! { Type { Variant(Payload) = "key", Other(OtherPayload) = "other" } }`.
///
/// Lists every variant but `Unknown(UnknownVariant)`, which the enum must have. A payload converts into the union,
/// so that two variants cannot have the same type.
macro_rules! union {
    ($Type:ident { $($variant:ident($Payload:ty) = $name:literal),* $(,)? }) => {
        #[allow(deprecated, reason = "deprecated variants are read and written like all others")]
        const _: () = {
            impl $crate::runtime::codec::Union for $Type {
                const NAME: &'static str = ::std::stringify!($Type);

                fn decode_variant<'de, A: ::serde_core::de::MapAccess<'de>>(
                    entry: $crate::runtime::codec::Entry<'_, A>,
                ) -> ::std::result::Result<::std::option::Option<Self>, A::Error> {
                    match entry.key() {
                        $($name => entry.read(Self::$variant),)*
                        _ => entry.keep(),
                    }
                }
            }

            impl $crate::runtime::codec::Plain for $Type {}

            /// The value of an absent field: unknown, and empty.
            impl ::std::default::Default for $Type {
                fn default() -> Self {
                    Self::Unknown(::std::default::Default::default())
                }
            }

            impl ::std::convert::From<$crate::runtime::codec::UnknownVariant> for $Type {
                fn from(unknown: $crate::runtime::codec::UnknownVariant) -> Self {
                    Self::Unknown(unknown)
                }
            }

            $(
                impl ::std::convert::From<$Payload> for $Type {
                    fn from(variant: $Payload) -> Self {
                        Self::$variant(variant)
                    }
                }

                $crate::runtime::codec::given! {
                    [] $Payload => $Type: |variant| $Type::$variant(variant);
                }
            )*

            impl<'de> ::serde_core::Deserialize<'de> for $Type {
                fn deserialize<D: ::serde_core::Deserializer<'de>>(
                    from: D,
                ) -> ::std::result::Result<Self, D::Error> {
                    $crate::runtime::codec::decode_union(from)
                }
            }

            impl ::serde_core::Serialize for $Type {
                fn serialize<S: ::serde_core::Serializer>(
                    &self,
                    to: S,
                ) -> ::std::result::Result<S::Ok, S::Error> {
                    match self {
                        $(Self::$variant(variant) => {
                            $crate::runtime::codec::encode_variant($name, variant, to)
                        })*
                        Self::Unknown(unknown) => ::serde_core::Serialize::serialize(unknown, to),
                    }
                }
            }
        };
    };
}
pub(crate) use union;

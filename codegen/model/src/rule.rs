//! Rules for the values of a field, as data.
//!
//! One table lists all of them: the key in the files of a description and in the model, the variant, the type of the value
//! and what the accessor returns. In JSON, the rules of a field are one object. `N` is the type of names of other items:
//! strings, which files of a description have with their locations.

mod set;
mod values;

use serde::de::{Error as _, MapAccess};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Name;
pub use set::Rules;
pub use values::{Conditions, Derivation, ErrorFor, KeepsLast};

macro_rules! accessor {
    ([$($doc:meta)*] flag $key:ident $variant:ident bool) => {
        $(#[$doc])*
        #[must_use]
        pub fn $key(&self) -> bool {
            self.0.iter().any(|rule| matches!(rule, Rule::$variant(true)))
        }
    };
    ([$($doc:meta)*] copy $key:ident $variant:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $key(&self) -> Option<$type> {
            self.0.iter().find_map(|rule| match rule {
                Rule::$variant(value) => Some(*value),
                _ => None,
            })
        }
    };
    ([$($doc:meta)*] text $key:ident $variant:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $key(&self) -> Option<&str> {
            self.0.iter().find_map(|rule| match rule {
                Rule::$variant(value) => Some(value.as_ref()),
                _ => None,
            })
        }
    };
    ([$($doc:meta)*] list $key:ident $variant:ident Vec<$type:ty>) => {
        $(#[$doc])*
        #[must_use]
        pub fn $key(&self) -> &[$type] {
            let found = self.0.iter().find_map(|rule| match rule {
                Rule::$variant(values) => Some(values.as_slice()),
                _ => None,
            });
            found.unwrap_or_default()
        }
    };
    ([$($doc:meta)*] data $key:ident $variant:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $key(&self) -> Option<&$type> {
            self.0.iter().find_map(|rule| match rule {
                Rule::$variant(value) => Some(value),
                _ => None,
            })
        }
    };
}

macro_rules! rules {
    (
        common { $($(#[doc = $doc:literal])* $key:ident: $kind:ident $variant:ident($($type:tt)+);)* }
        rare { $($(#[doc = $rare_doc:literal])* $rare_key:ident: $rare_kind:ident $rare:ident($($rare_type:tt)+);)* }
    ) => {
        rules! {
            $($(#[doc = $doc])* $key: $kind $variant($($type)+);)*
            $($(#[doc = $rare_doc])* $rare_key: $rare_kind $rare($($rare_type)+);)*
        }

        impl<N> Rule<N> {
            /// Returns true if it is a key of the field itself in files.
            #[must_use]
            pub const fn is_common(&self) -> bool {
                matches!(self, $(Self::$variant(_))|*)
            }
        }

        /// Contains the rules that files give below `rules:`.
        #[cfg(feature = "schema")]
        impl<N: schemars::JsonSchema> schemars::JsonSchema for Rules<N> {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                "Rules".into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut properties = serde_json::Map::new();
                $(
                    let mut property = generator.subschema_for::<Option<$($rare_type)+>>();
                    property.insert("description".to_owned(), concat!($($rare_doc),*).trim().into());
                    properties.insert(stringify!($rare_key).to_owned(), property.to_value());
                )*
                let description = "Rules of individual fields.";
                schemars::json_schema!({
                    "description": description, "type": "object", "properties": properties
                })
            }
        }
    };
    ($($(#[$doc:meta])* $key:ident: $kind:ident $variant:ident($($type:tt)+);)*) => {
        /// A rule for the values of a field.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Rule<N = String> {
            $($(#[$doc])* $variant($($type)+),)*
        }

        impl Rule {
            /// Returns the key of the rule in files and in JSON: `max_bytes`.
            #[must_use]
            pub const fn key(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => stringify!($key),)*
                }
            }

            /// Returns its value as JSON.
            #[must_use]
            pub fn to_value(&self) -> Value {
                match self {
                    $(Self::$variant(value) => serde_json::json!(value),)*
                }
            }
        }

        impl<N: Serialize> Rule<N> {
            fn serialize_entry<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                match self {
                    $(Self::$variant(value) => map.serialize_entry(stringify!($key), value),)*
                }
            }
        }

        impl<'de, N: Deserialize<'de> + Default + Ord> Rule<N> {
            fn next<M: MapAccess<'de>>(key: &str, map: &mut M) -> Result<Self, M::Error> {
                match key {
                    $(stringify!($key) => map.next_value().map(Self::$variant),)*
                    _ => Err(M::Error::custom(format_args!("unknown rule `{key}`"))),
                }
            }
        }

        impl<N: AsRef<str>> Rules<N> {
            $(accessor! { [$($doc)*] $kind $key $variant $($type)+ })*
        }
    };
}

rules! {
    common {
        /// Format of the string, or of the elements of a list or map.
        format: text Format(String);
        /// Format of the keys of a map.
        key_format: text KeyFormat(String);
        /// Type of the keys of a map, if they are IDs: `id X | Y`.
        keys: list Keys(Vec<Name>);
        /// Allowed values of a number.
        one_of: list OneOf(Vec<i64>);
        /// Maximum length in bytes.
        max_bytes: copy MaxBytes(u32);
        /// Maximum length in characters.
        max_len: copy MaxLen(u32);
        /// Minimum of a number, or of the numbers in a list or map.
        min: copy Min(f64);
        /// Maximum of a number, or of the numbers in a list or map.
        max: copy Max(f64);
        /// Minimum number of elements.
        min_items: copy MinItems(u32);
        /// Unit of a number.
        unit: text Unit(String);
    }
    rare {
        /// Bodies in which the server rejects an empty value; `all` for all.
        non_empty: list NonEmpty(Vec<N>);
        /// The server may send an empty value.
        may_be_empty: flag MayBeEmpty(bool);
        /// Scope in which it is unique: `account`, `vault`.
        unique_in: text UniqueIn(String);
        /// Name of the field in filters, if different. Filters see the first element of a list.
        filtered_as: text FilteredAs(String);
        /// Field in which no two elements are equal; `value` for elements that are strings.
        distinct: text Distinct(N);
        /// True if the order of the elements matters.
        ordered: flag Ordered(bool);
        /// Case of the string, or of the elements or keys: `lower`.
        case: text Case(String);
        /// Input in any case is accepted.
        any_case: flag AnyCase(bool);
        /// Allowed characters: `alphanumeric_period`.
        charset: text Charset(String);
        /// Allowed characters, singly or as ranges: `a-z0-9_.-`.
        allowed_chars: text AllowedChars(String);
        /// Forbidden characters, also in keys and values of maps.
        forbidden_chars: text ForbiddenChars(String);
        /// Prefix of every element.
        item_prefix: text ItemPrefix(String);
        /// Wildcard character of a pattern.
        wildcard: text Wildcard(String);
        /// A host name may begin with a `*` label.
        wildcard_label: flag WildcardLabel(bool);
        /// Required port of every element.
        port: copy Port(u16);
        /// Type of resource that reserves these host names.
        host_of: text HostOf(N);
        /// Type of resource that this identifies by name instead of ID.
        name_of: text NameOf(N);
        /// Accepted versions of the internet protocol.
        ip_versions: list IpVersions(Vec<u8>);
        /// A range must begin at its lowest address.
        lowest_address: flag LowestAddress(bool);
        /// Order of the certificates in a PEM chain: `leaf_first`.
        chain: text Chain(String);
        /// Only allowed if sibling fields have these values.
        only_if: data OnlyIf(Conditions<N>);
        /// Required unless sibling fields have these values.
        required_unless: data RequiredUnless(Conditions<N>);
        /// Must be null if sibling fields have these values.
        null_if: data NullIf(Conditions<N>);
        /// Keys of a map with a meaning.
        known_keys: list KnownKeys(Vec<String>);
        /// Other keys or values are accepted as well.
        open: flag Open(bool);
        /// Meaning of an empty value.
        empty_means: text EmptyMeans(String);
        /// An empty list clears the field.
        empty_clears: flag EmptyClears(bool);
        /// Operation that clears the field: `reserved_domains.delete_certificate`.
        cleared_by: text ClearedBy(N);
        /// Alternative forms of input that are accepted.
        accepts: list Accepts(Vec<String>);
        /// Only administrators can set a value other than their own.
        admin_only_for_others: flag AdminOnlyForOthers(bool);
        /// Displayable part of a secret.
        redacted: flag Redacted(bool);
        /// A secret that responses contain.
        echoed: flag Echoed(bool);
        /// An older name, rejected in combination with this one.
        legacy_name: text LegacyName(String);
        /// For a unique value: resources may share it if this field is true in all of them.
        shared_if: text SharedIf(N);
        /// The referenced resource cannot be deleted while the reference exists: the number of the error.
        blocks_deletion: copy BlocksDeletion(u32);
        /// A resource in which this is true cannot be deleted: the number of the error.
        protects: copy Protects(u32);
        /// The last resource that names another one here cannot be deleted, as long as a third one names that too.
        keeps_last: data KeepsLast(KeepsLast);
        /// Derivation of the value by the server.
        derive: data Derive(Derivation<N>);
        /// Numbers of the errors for certain invalid values, in addition to `errors`.
        error_for: data ErrorFor(ErrorFor);
    }
}

impl Rule {
    /// Returns true if a client can check it without the server.
    #[must_use]
    pub const fn is_for_clients(&self) -> bool {
        matches!(
            self,
            Self::Format(_)
                | Self::KeyFormat(_)
                | Self::OneOf(_)
                | Self::MaxBytes(_)
                | Self::MaxLen(_)
                | Self::Min(_)
                | Self::Max(_)
                | Self::MinItems(_)
                | Self::Distinct(_)
                | Self::Charset(_)
                | Self::ForbiddenChars(_)
                | Self::ItemPrefix(_)
                | Self::Wildcard(_)
                | Self::WildcardLabel(_)
                | Self::Port(_)
                | Self::LowestAddress(_)
                | Self::OnlyIf(_)
                | Self::RequiredUnless(_)
                | Self::NullIf(_)
                | Self::KnownKeys(_)
        )
    }

    /// Returns true if it does not apply where values in other forms are accepted.
    #[must_use]
    pub const fn is_of_form(&self) -> bool {
        matches!(
            self,
            Self::Format(_) | Self::KeyFormat(_) | Self::OneOf(_) | Self::KnownKeys(_)
        )
    }
}

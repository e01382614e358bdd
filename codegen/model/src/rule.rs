//! Rules for the values of a field, as data.
//!
//! One table lists all of them: the key in the files of a description and in the model, the variant, the type of the value
//! and what the accessor returns. In JSON, the rules of a field are one object. `N` is the type of names of other items:
//! strings, which files of a description have with their locations.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::json::is_default;
use super::{Name, Role};

/// Values that other fields of the same record must have.
pub type Conditions<N = String> = BTreeMap<N, Value>;

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

/// The rules for the values of a field, in the order of the description.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules<N = String>(Vec<Rule<N>>);

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

/// Derivation of the value of a field by the server: the first of the given sources that has a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "Derivation")
)]
pub struct Derivation<N = String> {
    /// Source field; the field itself for its canonical form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<N>,
    /// Part of the URL in `from`: `url` is all of it, in lower case and without the default port; only `hostport` has a
    /// default port.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = ["url", "scheme", "host", "port", "hostport"]))
    )]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The fact that the certificate in `from`, in PEM, states. In the fields of an object, `from` is that of the object.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = [
            "subject_common_name", "subject_organization", "subject_organizational_unit",
            "subject_locality", "subject_province", "subject_country", "issuer_common_name",
            "serial_number", "not_before", "not_after", "dns_names", "ips", "key_usages",
            "extended_key_usages", "private_key_type",
        ]))
    )]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// For flags: whether `from` ends with this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_with: Option<String>,
    /// For references: the field of the other resource with the value of `from`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<N>,
    /// For a list of objects derived from a list: the field of an object with the value.
    #[serde(default, rename = "as", skip_serializing_if = "Option::is_none")]
    pub into: Option<N>,
    /// A constant value of every new resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The value of every resource, whatever a request sets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub always: Option<Value>,
    /// A generated string: `{20000-29999}` stands for a number in that range, `{8}` for that many letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The ID of the user whose API key was sent. For objects: made-up values, and the IDs of the caller.
    #[serde(default, skip_serializing_if = "is_default")]
    pub caller: bool,
}

/// Numbers of the errors for certain invalid values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ErrorFor {
    /// Empty or missing value.
    #[serde(skip_serializing_if = "is_default")]
    pub empty: Option<u32>,
    /// Value too long.
    #[serde(skip_serializing_if = "is_default")]
    pub length: Option<u32>,
    /// Forbidden characters.
    #[serde(skip_serializing_if = "is_default")]
    pub characters: Option<u32>,
    /// Malformed value.
    #[serde(skip_serializing_if = "is_default")]
    pub form: Option<u32>,
    /// Well-formed value that is not allowed.
    #[serde(rename = "use", skip_serializing_if = "is_default")]
    pub usage: Option<u32>,
    /// Value of another resource.
    #[serde(skip_serializing_if = "is_default")]
    pub taken: Option<u32>,
    /// Value of another resource that does not share it (see `shared_if`), although this one would.
    #[serde(skip_serializing_if = "is_default")]
    pub unshared: Option<u32>,
    /// Value of another resource that shares it, although this one would not.
    #[serde(skip_serializing_if = "is_default")]
    pub shared: Option<u32>,
}

/// A rule that protects the last resource of another type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeepsLast {
    /// The kind of the third resource.
    #[serde(rename = "for")]
    pub kept_for: Name,
    /// Values that its fields have.
    #[serde(default, skip_serializing_if = "is_default")]
    pub having: Conditions,
    /// The number of the error.
    pub error: u32,
}

//! Rules for the values of a field, as data.
//!
//! One table lists all of them: the key in the files of a description and in the model, the variant, the type of the value
//! and what the accessor returns. In JSON, the rules of a field are one object.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::json::is_default;
use super::{Ident, Role};

/// Values that other fields of the same record must have.
pub type Conditions = BTreeMap<String, Value>;

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
    ([$($doc:meta)*] text $key:ident $variant:ident String) => {
        $(#[$doc])*
        #[must_use]
        pub fn $key(&self) -> Option<&str> {
            self.0.iter().find_map(|rule| match rule {
                Rule::$variant(value) => Some(value.as_str()),
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
    ($($(#[$doc:meta])* $key:ident: $kind:ident $variant:ident($($type:tt)+);)*) => {
        /// A rule for the values of a field.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Rule {
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

            fn serialize_entry<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                match self {
                    $(Self::$variant(value) => map.serialize_entry(stringify!($key), value),)*
                }
            }

            fn next<'de, M: MapAccess<'de>>(key: &str, map: &mut M) -> Result<Self, M::Error> {
                match key {
                    $(stringify!($key) => map.next_value().map(Self::$variant),)*
                    _ => Err(M::Error::custom(format_args!("unknown rule `{key}`"))),
                }
            }
        }

        impl Rules {
            $(accessor! { [$($doc)*] $kind $key $variant $($type)+ })*
        }
    };
}

rules! {
    /// Format of a string: `url`, `cidr`.
    format: text Format(String);
    /// Format of the keys of a map.
    key_format: text KeyFormat(String);
    /// The kinds of resources whose IDs are the keys of a map.
    keys: list Keys(Vec<Ident>);
    /// The numbers that are allowed.
    one_of: list OneOf(Vec<i64>);
    /// Greatest length in bytes.
    max_bytes: copy MaxBytes(u32);
    /// Greatest length in characters.
    max_len: copy MaxLen(u32);
    /// Least value of a number.
    min: copy Min(f64);
    /// Greatest value of a number.
    max: copy Max(f64);
    /// Least number of elements.
    min_items: copy MinItems(u32);
    /// Unit of a number.
    unit: text Unit(String);
    /// The server rejects an empty value in these shapes; `all` for all.
    non_empty: list NonEmpty(Vec<String>);
    /// The server may send an empty value.
    may_be_empty: flag MayBeEmpty(bool);
    /// Unique within this: `account`, `vault`.
    unique_in: text UniqueIn(String);
    /// The name in filters, where it is another one.
    filtered_as: text FilteredAs(String);
    /// No two elements have the same value of this field; `value` for elements that are strings.
    distinct: text Distinct(String);
    /// True if the order of the elements is significant.
    ordered: flag Ordered(bool);
    /// Case of the string, or of the elements or keys: `lower`.
    case: text Case(String);
    /// Input in any case is accepted.
    any_case: flag AnyCase(bool);
    /// Characters that may appear: `alphanumeric_period`.
    charset: text Charset(String);
    /// Characters that may appear, one by one or as ranges: `a-z0-9_.-`.
    allowed_chars: text AllowedChars(String);
    /// Characters that may not appear, in keys and values of maps too.
    forbidden_chars: text ForbiddenChars(String);
    /// Prefix of every element.
    item_prefix: text ItemPrefix(String);
    /// The sign for anything, in a pattern.
    wildcard: text Wildcard(String);
    /// A hostname may begin with a `*` label.
    wildcard_label: flag WildcardLabel(bool);
    /// The port that every element must have.
    port: copy Port(u16);
    /// The kind of resource that hostnames must be reserved as.
    host_of: text HostOf(String);
    /// The kind of resource that this names, not by its ID.
    name_of: text NameOf(String);
    /// Versions of the internet protocol that are accepted.
    ip_versions: list IpVersions(Vec<u8>);
    /// A range must begin at its lowest address.
    lowest_address: flag LowestAddress(bool);
    /// Order of the certificates in a PEM chain: `leaf_first`.
    chain: text Chain(String);
    /// Only where other fields have these values.
    only_if: data OnlyIf(Conditions);
    /// Required unless other fields have these values.
    required_unless: data RequiredUnless(Conditions);
    /// Must be null if other fields have these values.
    null_if: data NullIf(Conditions);
    /// Keys of a map that have a meaning.
    known_keys: list KnownKeys(Vec<String>);
    /// Other keys, or other values, are accepted as well.
    open: flag Open(bool);
    /// Meaning of an empty value.
    empty_means: text EmptyMeans(String);
    /// An empty list removes what was set.
    empty_clears: flag EmptyClears(bool);
    /// The operation that removes what was set: `reserved_domains.delete_certificate`.
    cleared_by: text ClearedBy(String);
    /// Other forms of input that are accepted.
    accepts: list Accepts(Vec<String>);
    /// Only administrators may give a value that is not their own.
    admin_only_for_others: flag AdminOnlyForOthers(bool);
    /// Part of a secret, fit to be shown.
    redacted: flag Redacted(bool);
    /// A secret that is returned on reads.
    echoed: flag Echoed(bool);
    /// An older name, rejected beside this one.
    legacy_name: text LegacyName(String);
    /// Of a unique value: resources may have the same one if this field is true in all of them.
    shared_if: text SharedIf(String);
    /// The resource that is named here cannot be deleted as long as it is: the number of the error.
    blocks_deletion: copy BlocksDeletion(u32);
    /// A resource in which this is true cannot be deleted: the number of the error.
    protects: copy Protects(u32);
    /// The last resource that names another one here cannot be deleted, as long as a third one names that too.
    keeps_last: data KeepsLast(KeepsLast);
    /// Derivation of the value by the server.
    derive: data Derive(Derivation);
    /// Numbers of the errors for certain invalid values, where those of the field do not say enough.
    error_for: data ErrorFor(ErrorFor);
}

/// The rules for the values of a field, in the order of the description.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules(Vec<Rule>);

impl Rules {
    /// Returns each rule.
    pub fn iter(&self) -> std::slice::Iter<'_, Rule> {
        self.0.iter()
    }

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

    /// Returns true if it is a key of the field itself in files.
    #[must_use]
    pub const fn is_common(&self) -> bool {
        matches!(
            self,
            Self::Format(_)
                | Self::KeyFormat(_)
                | Self::Keys(_)
                | Self::OneOf(_)
                | Self::MaxBytes(_)
                | Self::MaxLen(_)
                | Self::Min(_)
                | Self::Max(_)
                | Self::MinItems(_)
                | Self::Unit(_)
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

impl FromIterator<Rule> for Rules {
    fn from_iter<I: IntoIterator<Item = Rule>>(rules: I) -> Self {
        Self(rules.into_iter().collect())
    }
}

impl<'r> IntoIterator for &'r Rules {
    type Item = &'r Rule;
    type IntoIter = std::slice::Iter<'r, Rule>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Serialize for Rules {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for rule in self {
            rule.serialize_entry(&mut map)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Rules;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("rules by key")
            }

            fn visit_map<M: MapAccess<'de>>(
                self,
                mut map: M,
            ) -> Result<Rules, M::Error> {
                let mut rules = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    rules.push(Rule::next(&key, &mut map)?);
                }
                Ok(Rules(rules))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

/// Derivation of a field's value by the server: the first of the given ones that results in a value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Derivation {
    /// The field it is taken from; the field itself for its canonical form.
    #[serde(skip_serializing_if = "is_default")]
    pub from: Option<String>,
    /// The part of the URL in `from`: `host`.
    #[serde(skip_serializing_if = "is_default")]
    pub part: Option<String>,
    /// The fact that the certificate in `from`, in PEM, states. In the fields of an object, `from` is that of the object.
    #[serde(skip_serializing_if = "is_default")]
    pub certificate: Option<String>,
    /// For flags: whether `from` ends with this.
    #[serde(skip_serializing_if = "is_default")]
    pub ends_with: Option<String>,
    /// For references: the field of the other resource that has the value of `from`.
    #[serde(skip_serializing_if = "is_default")]
    pub by: Option<String>,
    /// For a list of objects made from a list: the field of an object that has the value.
    #[serde(rename = "as", skip_serializing_if = "is_default")]
    pub into: Option<String>,
    /// The same value for every new resource.
    #[serde(skip_serializing_if = "is_default")]
    pub value: Option<Value>,
    /// The value of every resource, whatever a request sets.
    #[serde(skip_serializing_if = "is_default")]
    pub always: Option<Value>,
    /// A generated string: `{20000-29999}` stands for a number of that range, `{8}` for so many letters.
    #[serde(skip_serializing_if = "is_default")]
    pub text: Option<String>,
    /// The ID of the user whose API key was sent.
    #[serde(skip_serializing_if = "is_default")]
    pub caller: bool,
}

/// Numbers of the errors for certain invalid values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorFor {
    /// The value is empty or missing.
    #[serde(skip_serializing_if = "is_default")]
    pub empty: Option<u32>,
    /// The value is too long.
    #[serde(skip_serializing_if = "is_default")]
    pub length: Option<u32>,
    /// The value has characters that are not allowed.
    #[serde(skip_serializing_if = "is_default")]
    pub characters: Option<u32>,
    /// The value does not have the required form.
    #[serde(skip_serializing_if = "is_default")]
    pub form: Option<u32>,
    /// The value has the required form, and is not allowed.
    #[serde(rename = "use", skip_serializing_if = "is_default")]
    pub usage: Option<u32>,
    /// Another resource has the value.
    #[serde(skip_serializing_if = "is_default")]
    pub taken: Option<u32>,
    /// Another resource has the value and does not share it, as this one would.
    #[serde(skip_serializing_if = "is_default")]
    pub unshared: Option<u32>,
    /// Another resource has the value and shares it, as this one would not.
    #[serde(skip_serializing_if = "is_default")]
    pub shared: Option<u32>,
}

/// When the last resource that names another one cannot be deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeepsLast {
    /// The kind of the third resource.
    #[serde(rename = "for")]
    pub kept_for: Ident,
    /// Values that its fields have.
    #[serde(default, skip_serializing_if = "is_default")]
    pub having: Conditions,
    /// The number of the error.
    pub error: u32,
}

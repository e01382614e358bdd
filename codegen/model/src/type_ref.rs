//! Types of fields and parameters: scalars, IDs, references, lists, maps and named types.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::Name;
use super::json::is_default;

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeRef {
    /// A scalar.
    Scalar(Scalar),
    /// The ID of one of these; typed if `target` is set.
    Id {
        /// Possible targets.
        kinds: Vec<Name>,
        /// The resource it is typed as.
        #[serde(default, skip_serializing_if = "is_default")]
        target: Option<Name>,
    },
    /// ID and address of one of these; typed if `target` is set.
    Ref {
        /// Possible targets.
        kinds: Vec<Name>,
        /// The resource it is typed as.
        #[serde(default, skip_serializing_if = "is_default")]
        target: Option<Name>,
    },
    /// A list.
    List(Box<TypeRef>),
    /// A map with string keys.
    Map(Box<TypeRef>),
    /// A record or union.
    Record(Name),
    /// An enum.
    Enum(Name),
}

impl Default for TypeRef {
    fn default() -> Self {
        Self::Scalar(Scalar::String)
    }
}

impl TypeRef {
    /// Returns the element type of a list or map; otherwise the type itself.
    pub(crate) fn element_mut(&mut self) -> &mut Self {
        match self {
            Self::List(element) | Self::Map(element) => element.element_mut(),
            other => other,
        }
    }

    /// The element of a list or map; otherwise the type itself.
    #[must_use]
    pub fn element(&self) -> &Self {
        match self {
            Self::List(element) | Self::Map(element) => element.element(),
            other => other,
        }
    }

    /// Returns the record, union or enum that it contains, at any depth.
    #[must_use]
    pub fn named(&self) -> Option<&Name> {
        match self.element() {
            Self::Record(name) | Self::Enum(name) => Some(name),
            _ => None,
        }
    }
}

/// Writes a type as descriptions do: `list of id Thing | Part`.
impl fmt::Display for TypeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar(scalar) => f.write_str(scalar.name()),
            Self::Id { kinds, .. } => write!(f, "id {}", kinds.join(" | ")),
            Self::Ref { kinds, .. } => write!(f, "ref {}", kinds.join(" | ")),
            Self::List(element) => write!(f, "list of {element}"),
            Self::Map(element) => write!(f, "map of {element}"),
            Self::Record(name) | Self::Enum(name) => f.write_str(name),
        }
    }
}

/// A type without parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the variants are self-explanatory")]
pub enum Scalar {
    String,
    Bool,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Float64,
    Timestamp,
}

/// Kinds of scalars, by their values in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarKind {
    /// A string.
    Text,
    /// A string with a time.
    Time,
    /// `true` or `false`.
    Flag,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
}

impl Scalar {
    /// All scalars.
    pub const ALL: [Self; 8] = [
        Self::String,
        Self::Bool,
        Self::Int32,
        Self::Int64,
        Self::Uint32,
        Self::Uint64,
        Self::Float64,
        Self::Timestamp,
    ];

    /// Returns its name in descriptions, its kind, and its values in messages.
    const fn facts(self) -> (&'static str, ScalarKind, &'static str) {
        match self {
            Self::String => ("string", ScalarKind::Text, "a string"),
            Self::Bool => ("bool", ScalarKind::Flag, "true or false"),
            Self::Int32 => ("int32", ScalarKind::Integer, "a 32-bit integer"),
            Self::Int64 => ("int64", ScalarKind::Integer, "a 64-bit integer"),
            Self::Uint32 => {
                ("uint32", ScalarKind::Integer, "a non-negative 32-bit integer")
            }
            Self::Uint64 => {
                ("uint64", ScalarKind::Integer, "a non-negative 64-bit integer")
            }
            Self::Float64 => ("float64", ScalarKind::Number, "a number"),
            Self::Timestamp => ("timestamp", ScalarKind::Time, "a string"),
        }
    }

    /// Returns its name in descriptions: `int32`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.facts().0
    }

    /// Returns the kind of its values in JSON.
    #[must_use]
    pub const fn kind(self) -> ScalarKind {
        self.facts().1
    }

    /// Returns what its values are, in messages: `a 32-bit integer`.
    #[must_use]
    pub const fn values(self) -> &'static str {
        self.facts().2
    }

    /// Returns true if it is a number, whole or not.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self.kind(), ScalarKind::Integer | ScalarKind::Number)
    }

    /// Returns true if a number is one of its values.
    #[must_use]
    pub fn accepts(self, number: &Number) -> bool {
        let range = match self {
            Self::Int32 => i32::MIN.into()..=i32::MAX.into(),
            Self::Int64 => i64::MIN.into()..=i64::MAX.into(),
            Self::Uint32 => 0..=u32::MAX.into(),
            Self::Uint64 => 0..=u64::MAX.into(),
            Self::String | Self::Bool | Self::Float64 | Self::Timestamp => {
                return self.is_number();
            }
        };
        number.as_i128().is_some_and(|number| range.contains(&number))
    }
}

//! Types: records, unions and enums.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use super::json::{is_default, is_true, yes};
use super::{Deprecation, Docs, Equality, Ident, Rules};

/// A named type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Type {
    /// An object with fields.
    Record(Record),
    /// An object of which exactly one field is set.
    Union(Union),
    /// A string with known values.
    Enum(Enum),
}

impl Type {
    pub(crate) fn name_mut(&mut self) -> &mut Ident {
        match self {
            Self::Record(record) => &mut record.name,
            Self::Union(union) => &mut union.name,
            Self::Enum(known) => &mut known.name,
        }
    }
}

/// An object with fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Name in Rust.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Ident,
    /// Role.
    #[serde(default, skip_serializing_if = "is_default")]
    pub role: Role,
    /// Part of requests.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_requests: bool,
    /// Part of responses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_responses: bool,
    /// Prefix of its IDs, without the underscore; only for resources.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prefix: Option<String>,
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// Fields.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fields: Vec<Field>,
    /// Rules over several fields.
    #[serde(default, skip_serializing_if = "is_default")]
    pub constraints: Vec<Constraint>,
    /// True if the published `OpenAPI` document contains it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub openapi: bool,
}

impl Record {
    /// Returns the required fields of a request.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.presence.required)
    }

    /// Returns true if several required fields accept strings: they are set by name, since swapped arguments would compile.
    #[must_use]
    pub fn names_required(&self) -> bool {
        let from_string = |field: &&Field| match field.ty {
            TypeRef::Scalar(scalar) => scalar == Scalar::String,
            TypeRef::Id { .. } | TypeRef::Enum(_) => true,
            TypeRef::Ref { .. }
            | TypeRef::List(_)
            | TypeRef::Map(_)
            | TypeRef::Record(_) => false,
        };
        self.required().filter(from_string).count() > 1
    }

    /// Wrapper of a field that does not contain its own type: a request omits unset fields, a response may lack any.
    #[must_use]
    pub fn usual_wrapper(&self, field: &Field) -> Wrapper {
        let presence = field.presence;
        if self.in_requests {
            return match (presence.required, presence.nullable && !self.in_responses) {
                (true, _) => Wrapper::Plain,
                (false, true) => Wrapper::Patch,
                (false, false) => Wrapper::Option,
            };
        }
        let collection = matches!(field.ty, TypeRef::List(_) | TypeRef::Map(_));
        if !collection && (presence.nullable || presence.optional) {
            Wrapper::Option
        } else {
            Wrapper::Plain
        }
    }

    /// Returns the name of the type with the required fields by name.
    #[must_use]
    pub fn required_name(&self) -> Ident {
        format!("{}Required", self.name)
    }
}

/// Roles of records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Resource of a service.
    Resource,
    /// Body that creates a resource.
    Create,
    /// Body that updates a resource.
    Update,
    /// Part of other types.
    #[default]
    Nested,
}

/// An object of which exactly one field is set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact")]
pub struct Union {
    /// Name in Rust.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Ident,
    /// Part of requests.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_requests: bool,
    /// Part of responses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_responses: bool,
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// Alternatives.
    #[serde(default, skip_serializing_if = "is_default")]
    pub choices: Vec<Choice>,
    /// Numbers of the errors for none, or for more than one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub errors: Vec<u32>,
    /// The alternative cannot be changed after creation.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fixed: bool,
    /// True if the published `OpenAPI` document contains it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub openapi: bool,
}

/// An alternative of a union.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Key.
    pub wire: String,
    /// Name of the variant.
    pub name: Ident,
    /// Type of the value, always a record.
    pub ty: Ident,
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
}

/// A string with known values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Enum {
    /// Name in Rust.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Ident,
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// The server is known to send other values as well.
    #[serde(default, skip_serializing_if = "is_default")]
    pub open: bool,
    /// Known values.
    #[serde(default, skip_serializing_if = "is_default")]
    pub variants: Vec<Variant>,
}

/// A known value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Value on the wire.
    pub wire: String,
    /// Name in Rust.
    pub name: Ident,
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Key.
    pub wire: String,
    /// Name in Rust.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Ident,
    /// Type, without the wrapper.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ty: TypeRef,
    /// Wrapper of the type.
    #[serde(default, skip_serializing_if = "is_default")]
    pub wrapper: Wrapper,
    /// Presence in requests and responses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub presence: Presence,
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// Must not be logged.
    #[serde(default, skip_serializing_if = "is_default")]
    pub secret: bool,
    /// The rules for its values.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rules: Rules,
    /// Value that the server uses by default.
    #[serde(default, skip_serializing_if = "is_default")]
    pub default: Option<Value>,
    /// Equivalence of values that are written differently.
    #[serde(default, skip_serializing_if = "is_default")]
    pub equal: Option<Equality>,
    /// The only operation whose response contains it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub only_on: Option<String>,
    /// The request field that sets it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub written_as: Option<String>,
    /// Numbers of the errors for invalid values.
    #[serde(default, skip_serializing_if = "is_default")]
    pub errors: Vec<u32>,
    /// Deprecation, if it is deprecated or removed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecation>,
    /// True if the published `OpenAPI` document contains it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub openapi: bool,
}

/// The presence of a field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Required in requests.
    #[serde(default, skip_serializing_if = "is_default")]
    pub required: bool,
    /// Can be null.
    #[serde(default, skip_serializing_if = "is_default")]
    pub nullable: bool,
    /// Can be absent from responses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub optional: bool,
}

/// The wrapper of a field's type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wrapper {
    #[default]
    /// None: absent and null become the empty value.
    Plain,
    /// `Option<T>`.
    Option,
    /// `Patch<T>`: unset, null or a value.
    Patch,
    /// `Option<Box<T>>`, for recursive types.
    Boxed,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeRef {
    /// A scalar.
    Scalar(Scalar),
    /// The ID of one of these; typed if `target` is set.
    Id {
        /// Possible targets.
        kinds: Vec<Ident>,
        /// The resource it is typed as.
        #[serde(default, skip_serializing_if = "is_default")]
        target: Option<Ident>,
    },
    /// ID and address of one of these; typed if `target` is set.
    Ref {
        /// Possible targets.
        kinds: Vec<Ident>,
        /// The resource it is typed as.
        #[serde(default, skip_serializing_if = "is_default")]
        target: Option<Ident>,
    },
    /// A list.
    List(Box<TypeRef>),
    /// A map with string keys.
    Map(Box<TypeRef>),
    /// A record or union.
    Record(Ident),
    /// An enum.
    Enum(Ident),
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
    pub fn named(&self) -> Option<&Ident> {
        match self.element() {
            Self::Record(name) | Self::Enum(name) => Some(name),
            _ => None,
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

/// A rule over several fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// Required relation.
    pub kind: ConstraintKind,
    /// Keys of the fields.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fields: Vec<String>,
    /// For `Requires`: the field that activates the rule.
    #[serde(default, skip_serializing_if = "is_default")]
    pub condition: Option<String>,
    /// Numbers of the errors for violations.
    #[serde(default, skip_serializing_if = "is_default")]
    pub errors: Vec<u32>,
}

/// Required relations between fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstraintKind {
    /// Exactly one is set.
    OneOf,
    /// At most one is set.
    AtMostOneOf,
    /// All or none are set.
    Together,
    /// If the condition is set, so are these.
    Requires,
}

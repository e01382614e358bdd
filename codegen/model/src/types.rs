//! Types: records, unions and enums.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::json::{is_default, is_true, yes};
use super::{Deprecation, Docs, Equality, Name, Rules, TypeRef};

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
    /// Returns its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Record(record) => &record.name,
            Self::Union(union) => &union.name,
            Self::Enum(known) => &known.name,
        }
    }

    /// Returns the keys of its fields or alternatives, or its values.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::Record(record) => record.fields.iter().map(|it| &*it.wire).collect(),
            Self::Union(union) => union.choices.iter().map(|it| &*it.wire).collect(),
            Self::Enum(known) => known.variants.iter().map(|it| &*it.wire).collect(),
        }
    }

    pub(crate) fn name_mut(&mut self) -> &mut Name {
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
    /// Name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Name,
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

    /// Returns true if a value may lack the field: a request omits what is unset, a response what is optional or null.
    #[must_use]
    pub fn may_lack(&self, field: &Field) -> bool {
        let Presence { required, nullable, optional } = field.presence;
        let absent = if self.in_requests { !required } else { nullable || optional };
        absent || field.recursive
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
    /// Name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Name,
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
    /// Type of the value, always a record.
    pub ty: Name,
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
}

/// A string with known values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Enum {
    /// Name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Name,
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
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
}

/// A field of a record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Key.
    pub wire: String,
    /// Type.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ty: TypeRef,
    /// Its type contains the type of the record: not every value can have the field.
    #[serde(default, skip_serializing_if = "is_default")]
    pub recursive: bool,
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

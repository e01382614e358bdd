//! Types: records, choices between records, and enums.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::json::{is_default, is_true, yes};
use super::{Deprecation, Docs, Equality, Ident, Rules};

/// A type with a name.
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
    /// Its name in Rust.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Ident,
    /// What it is for.
    #[serde(default, skip_serializing_if = "is_default")]
    pub role: Role,
    /// It is sent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_requests: bool,
    /// It comes back.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_responses: bool,
    /// What its ids begin with, less the underscore; only resources have one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub prefix: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// Its fields.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fields: Vec<Field>,
    /// Rules over several fields.
    #[serde(default, skip_serializing_if = "is_default")]
    pub constraints: Vec<Constraint>,
    /// Whether the published `OpenAPI` document has it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub openapi: bool,
}

impl Record {
    /// The fields that a request must carry.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.presence.required)
    }

    /// Whether several required fields accept strings: values in the wrong order would then go unnoticed, so they are
    /// given by name.
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

    /// How a field is wrapped that does not contain its own type: a request leaves out what is not set, a response may
    /// lack anything.
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

    /// The name of the type that takes the required fields by name.
    #[must_use]
    pub fn required_name(&self) -> Ident {
        format!("{}Required", self.name)
    }
}

/// What a record is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// What a service is about.
    Resource,
    /// What creates one.
    Create,
    /// What updates one.
    Update,
    /// Part of others.
    #[default]
    Nested,
}

/// An object of which exactly one field is set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Union {
    /// Its name in Rust.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Ident,
    /// It is sent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_requests: bool,
    /// It comes back.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_responses: bool,
    /// What it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// What it may be.
    #[serde(default, skip_serializing_if = "is_default")]
    pub choices: Vec<Choice>,
    /// Numbers of the errors for none, or more than one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub errors: Vec<u32>,
    /// The choice cannot be changed after creation.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fixed: bool,
    /// Whether the published `OpenAPI` document has it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub openapi: bool,
}

/// One of the things a union may be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The key.
    pub wire: String,
    /// Name of the variant.
    pub name: Ident,
    /// What the key holds: always a record.
    pub ty: Ident,
    /// What it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
}

/// A string with known values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Enum {
    /// Its name in Rust.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Ident,
    /// What it tells.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// The server is known to send other values as well.
    #[serde(default, skip_serializing_if = "is_default")]
    pub open: bool,
    /// The known values.
    #[serde(default, skip_serializing_if = "is_default")]
    pub variants: Vec<Variant>,
}

/// A known value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// As it travels.
    pub wire: String,
    /// Its name in Rust.
    pub name: Ident,
    /// What it means.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its key.
    pub wire: String,
    /// Its name in Rust.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Ident,
    /// Its type, less the wrapper.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ty: TypeRef,
    /// What the type is wrapped in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub wrapper: Wrapper,
    /// When it is there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub presence: Presence,
    /// What it means.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// Not to be shown in logs.
    #[serde(default, skip_serializing_if = "is_default")]
    pub secret: bool,
    /// The rules for its values.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rules: Rules,
    /// Value that the server uses where none is given.
    #[serde(default, skip_serializing_if = "is_default")]
    pub default: Option<Value>,
    /// When two values of it mean the same although they are written differently.
    #[serde(default, skip_serializing_if = "is_default")]
    pub equal: Option<Equality>,
    /// The only operation whose answer has it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub only_on: Option<String>,
    /// The request field that sets it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub written_as: Option<String>,
    /// Numbers of the errors for a bad value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub errors: Vec<u32>,
    /// Said of what is going or gone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecation>,
    /// Whether the published `OpenAPI` document has it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub openapi: bool,
}

/// When a field is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// A request must carry it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub required: bool,
    /// It may be null.
    #[serde(default, skip_serializing_if = "is_default")]
    pub nullable: bool,
    /// The server may leave it out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub optional: bool,
}

/// What a field's type is wrapped in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wrapper {
    #[default]
    /// Nothing: absent and null leave the empty value.
    Plain,
    /// `Option<T>`.
    Option,
    /// `Patch<T>`: unset, null or a value.
    Patch,
    /// `Option<Box<T>>`, for types that contain themselves.
    Boxed,
}

/// A type as a field has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeRef {
    /// A scalar.
    Scalar(Scalar),
    /// The id of one of these; typed where `target` is set.
    Id {
        /// What it may point to.
        kinds: Vec<Ident>,
        /// The one resource it is typed as.
        #[serde(default, skip_serializing_if = "is_default")]
        target: Option<Ident>,
    },
    /// Id and address of one of these; typed where `target` is set.
    Ref {
        /// What it may point to.
        kinds: Vec<Ident>,
        /// The one resource it is typed as.
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
    /// The element of a list or map; otherwise the type itself.
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

    /// The record, union or enum it names, however deep.
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
#[expect(missing_docs, reason = "the names say it all")]
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

/// A rule over several fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Constraint {
    /// What must hold.
    pub kind: ConstraintKind,
    /// The fields, by their keys.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fields: Vec<String>,
    /// For `Requires`: the field that brings it into force.
    #[serde(default, skip_serializing_if = "is_default")]
    pub condition: Option<String>,
    /// Numbers of the errors for breaking it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub errors: Vec<u32>,
}

/// What must hold between fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstraintKind {
    /// Exactly one is given.
    OneOf,
    /// No more than one is given.
    AtMostOneOf,
    /// All or none are given.
    Together,
    /// If the condition is given, so are these.
    Requires,
}

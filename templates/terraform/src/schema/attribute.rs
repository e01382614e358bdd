//! Attributes: what a configuration can state and what a state contains.

use ngrok_api_model::{Equality, Operation, TypeRef};
use ngrok_state_core::Field;
use serde_json::Value as Json;

/// An attribute of a resource, a data source or an object.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Attribute {
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) role: Role,
    pub(crate) required: bool,
    pub(crate) optional: bool,
    pub(crate) computed: bool,
    pub(crate) sensitive: bool,
    pub(crate) deprecated: bool,
    pub(crate) docs: String,
    /// The field of the API, if it has one.
    pub(crate) field: Option<Field>,
    /// Default value of the server, if it is a constant.
    pub(crate) default: Option<Json>,
    /// Default value that is sent.
    pub(crate) sent_default: Option<Json>,
    /// Every update changes it.
    pub(crate) touched: bool,
}

/// Location of the value of an attribute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Role {
    /// A field of the API.
    #[default]
    Api,
    /// A value of another attribute that is sent and never stored.
    WriteOnly(String),
    /// A number whose change sends the write-only value of another attribute again.
    Version(String),
    /// An earlier name of another attribute.
    Alias(String),
    /// Accepted and without effect.
    Retired,
}

/// The type of an attribute.
#[derive(Debug, Clone)]
pub(crate) enum Type {
    Bool,
    Number,
    String(Option<Equality>),
    /// A string that is the value of the only field of an object in the API.
    Wrapped(String),
    /// A list, and whether the order of its elements is ignored.
    List(Box<Type>, bool),
    Map(Box<Type>),
    Object(Vec<Attribute>),
}

impl Default for Type {
    fn default() -> Self {
        Self::String(None)
    }
}

impl Type {
    /// Returns the attributes of an object, or of the objects of a list.
    pub(crate) fn attributes(&self) -> &[Attribute] {
        match self {
            Self::Object(attributes) => attributes,
            Self::List(item, _) => item.attributes(),
            _ => &[],
        }
    }
}

impl Attribute {
    /// Returns an attribute without any marks.
    pub(crate) fn new(name: impl Into<String>, ty: Type) -> Self {
        Self { name: name.into(), ty, ..Self::default() }
    }

    /// Returns an attribute that a configuration can state, and that is no field of the API.
    pub(crate) fn optional(name: impl Into<String>, ty: Type, docs: String) -> Self {
        Self { optional: true, docs, ..Self::new(name, ty) }
    }

    /// Returns the field that is sent for it, if there is one.
    pub(crate) fn written(&self) -> Option<&Field> {
        self.field.as_ref().filter(|it| it.sent)
    }

    /// Returns the key of responses that has its value, if there is one.
    pub(crate) fn read(&self) -> Option<&String> {
        self.field.as_ref()?.response()
    }

    /// Returns whether only the response to the creation has it.
    pub(crate) fn is_once(&self) -> bool {
        self.field.as_ref().is_some_and(|it| !it.sent && it.facts.only_on.is_some())
    }

    /// Returns whether an update can change it.
    pub(crate) fn is_updatable(&self) -> bool {
        self.written().is_some_and(|field| field.updatable)
    }

    /// Returns whether it can be cleared without replacing the resource: an empty value is one that the API accepts.
    pub(crate) fn is_clearable(&self) -> bool {
        let stays = matches!(self.ty, Type::Object(_) | Type::Number)
            || self.written().is_some_and(|it| matches!(it.facts.ty, TypeRef::Enum(_)));
        let empty = self.is_updatable() && !(stays && self.default.is_none());
        empty || self.cleared_by().is_some()
    }

    /// Returns the operation that clears it, where an update cannot.
    pub(crate) fn cleared_by(&self) -> Option<&Operation> {
        self.written()?.cleared_by.as_deref()
    }

    /// Returns whether a configuration can state it.
    pub(crate) fn is_stated(&self) -> bool {
        self.required || self.optional
    }
}

/// Returns the attribute of this name.
pub(crate) fn find<'a>(
    attributes: &'a [Attribute],
    name: &str,
) -> Option<&'a Attribute> {
    attributes.iter().find(|it| it.name == name)
}

//! One service: its resource, operations, types and enums, and facts for tools that manage resources from files.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Constraint, Entries, Field, Method, OnDelete, Place, Spanned};
use crate::model;

/// A file below `resources/`: one service and the types that belong to it.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Resource {
    /// Noun for one of them in prose: `IP policy`.
    pub noun: Spanned<String>,
    /// Irregular plural of the noun.
    pub nouns: Option<Spanned<String>>,
    /// Name of the type that `get` returns. Absent if the operations are actions that concern no resource.
    #[serde(default)]
    pub resource: Spanned<String>,
    /// Name of the service in the published `OpenAPI` document; operation IDs begin with it.
    pub tag: Spanned<String>,
    /// Path of the collection, or of a singleton.
    pub path: Spanned<String>,
    /// Path of one item, relative to `path`. Default: `/{id}`.
    pub item_path: Option<Spanned<String>>,
    /// The path identifies one resource that is read, replaced and removed: it has no collection and no ID.
    #[serde(default)]
    pub singleton: bool,
    /// Identification and treatment of a resource by tools that manage it from files.
    pub apply: Option<Spanned<Apply>>,
    /// Facts for the Terraform provider about its resources.
    pub terraform: Option<Spanned<Terraform>>,
    /// Page of the API's documentation.
    pub docs: Option<Spanned<String>>,
    /// Description of the resource and its relations to others. Markdown.
    pub doc: Spanned<String>,
    /// Deprecation, if it is deprecated or removed.
    pub deprecated: Option<Spanned<Deprecation>>,
    /// Required access, if it is restricted.
    pub access: Option<Spanned<String>>,
    /// Kept for backward compatibility; not for new users.
    #[serde(default)]
    pub legacy: bool,
    /// `false`: the published `OpenAPI` document does not contain it.
    #[serde(default = "super::yes")]
    pub openapi: bool,
    /// Types of the path parameters, except for the resource's own ID.
    #[serde(default)]
    pub params: Entries<Field>,
    /// The operations, by name.
    pub operations: Entries<Operation>,
    /// Name of the request type, if it has another shape than the response (of a singleton).
    pub request: Option<Spanned<String>>,
    /// Fields of the resource, and of the bodies that create and update it. Absent if another file describes the
    /// type.
    #[serde(default)]
    pub fields: Entries<Option<Field>>,
    /// Rules over several fields.
    #[serde(default)]
    pub constraints: Vec<Spanned<Constraint>>,
    /// Further types, by name.
    #[serde(default)]
    pub types: Entries<Type>,
    /// Enums, by name.
    #[serde(default)]
    pub enums: Entries<Enum>,
}

/// A type that fields refer to.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Type {
    /// Description. Markdown.
    pub doc: Spanned<String>,
    /// Name of the type in requests, if it has another shape than the one in responses.
    pub request: Option<Spanned<String>>,
    /// Name of the type on creation, if it has another shape.
    pub create: Option<Spanned<String>>,
    /// Name of the type on update, if it has another shape.
    pub update: Option<Spanned<String>>,
    /// Exactly one of the fields is set: the type is a union.
    pub exactly_one_of: Option<Choice>,
    /// Fields.
    pub fields: Entries<Option<Field>>,
    /// Rules over several fields.
    #[serde(default)]
    pub constraints: Vec<Spanned<Constraint>>,
    /// `false`: the published `OpenAPI` document does not contain it.
    #[serde(default = "super::yes")]
    pub openapi: bool,
}

impl Resource {
    /// The path of an item below that of the collection, unless a file states another.
    pub(crate) const ITEM_PATH: &str = "/{id}";

    /// Returns the path of an item below that of the collection.
    pub(crate) fn item(&self) -> &str {
        self.item_path.as_ref().map_or(Self::ITEM_PATH, |path| path.as_str())
    }
}

impl Type {
    /// Iterates over the names of its other shapes.
    pub(crate) fn views(&self) -> impl Iterator<Item = (Place, &Spanned<String>)> {
        let views = [
            (Place::Request, &self.request),
            (Place::Create, &self.create),
            (Place::Update, &self.update),
        ];
        views.into_iter().filter_map(|(place, name)| Some((place, name.as_ref()?)))
    }
}

/// Marks a type as a union of its fields.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Choice {
    /// Numbers of the errors for none, or for more than one.
    pub errors: Vec<Spanned<u32>>,
    /// The alternative cannot be changed after creation.
    pub fixed: bool,
}

/// An enum: a string with known values. Clients keep unknown values.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Enum {
    /// Description. Markdown.
    pub doc: Spanned<String>,
    /// The server is known to send other values as well.
    #[serde(default)]
    pub open: bool,
    /// Values on the wire, and their descriptions.
    pub values: Entries<Spanned<String>>,
}

/// Deprecation or removal: `true`, or the replacement and the date.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename = "$kind")]
#[schemars(rename = "Deprecation", untagged)]
pub enum Deprecation {
    /// `true`: no further details.
    #[serde(rename = "boolean")]
    Flag(bool),
    /// Details.
    #[serde(rename = "object")]
    Details(DeprecationDetails),
}

/// The details of a deprecation.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DeprecationDetails {
    /// Replacement: a service (`edges.https`), an operation (of this file, or `api_keys.create`) or a field.
    #[serde(rename = "use")]
    pub instead: Option<Spanned<String>>,
    /// Date since which it no longer works, or will stop working: `2025-12-31`.
    pub since: Option<String>,
    /// Announced, but not yet in force.
    pub planned: bool,
}

/// An operation: null (the convention of `api.yaml`), a sentence, or deviations from the convention.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename = "$kind")]
#[schemars(rename = "Operation", untagged)]
pub enum Operation {
    /// A description only.
    #[serde(rename = "string")]
    Doc(Spanned<String>),
    /// A description, and deviations from the convention.
    #[serde(rename = "object")]
    Details(Box<OperationDetails>),
    /// The convention of `api.yaml`.
    #[default]
    #[serde(rename = "null")]
    Conventional,
}

impl Operation {
    /// Returns the deviations from the convention.
    pub(crate) fn details(&self) -> &OperationDetails {
        static NONE: LazyLock<OperationDetails> = LazyLock::new(Default::default);
        match self {
            Self::Details(details) => details,
            Self::Doc(_) | Self::Conventional => &NONE,
        }
    }
}

/// Deviations from the convention of the operation's name, or the complete operation if there is none.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OperationDetails {
    /// Description. Markdown.
    pub doc: Option<Spanned<String>>,
    /// HTTP method.
    pub method: Option<Spanned<Method>>,
    /// `collection`, `item`, or a path relative to the item: `item/restart`.
    pub path: Option<Spanned<String>>,
    /// Request body: `create`, `update`, `request`, `empty` (`{}`), or the name of a type.
    pub body: Option<Spanned<String>>,
    /// Name of the body in the published `OpenAPI` document, if it is wrapped there.
    pub openapi_body: Option<Spanned<String>>,
    /// Response body: `resource`, `list`, `list of X`, `nothing`, or the name of a type.
    pub returns: Option<Spanned<String>>,
    /// HTTP status of success.
    pub status: Option<Spanned<u16>>,
    /// Key of the items of a list. Default: the last part of the path; `$` if the response itself is the list.
    pub items: Option<Spanned<String>>,
    /// `false`: the list is not paginated.
    pub paged: Option<Spanned<bool>>,
    /// Filterable fields of an item; nested ones with a dot: `owner.id`.
    pub filter: Vec<Spanned<String>>,
    /// Names in `filter` that items do not have, although the server accepts them.
    pub filter_only: Vec<Spanned<String>>,
    /// Query parameters besides those of pagination and filtering.
    pub query: Entries<Field>,
    /// Request headers besides those of `api.yaml`.
    pub headers: Entries<Field>,
    /// True if it is also a method of the resource.
    pub instance: Option<Spanned<bool>>,
    /// Deprecation, if it is deprecated or removed.
    pub deprecated: Option<Spanned<Deprecation>>,
    /// The kind of resource that it supports, if not all: `cloud`.
    pub applies_to: Option<Spanned<String>>,
    /// `false`: the published `OpenAPI` document does not contain it.
    pub openapi: Option<Spanned<bool>>,
}

/// Identification and treatment of a resource by tools that manage it from files.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Apply {
    /// Natural key: fields or path parameters that together identify a resource without its ID. Names of request
    /// fields, even if the response has another one instead (`written_as`).
    pub key: Vec<Spanned<String>>,
    /// `false`: the key is a convention only, and several resources may share it.
    #[serde(default = "super::yes")]
    pub unique: bool,
    /// Not deleted when it is removed from the files, unless requested explicitly.
    #[serde(default)]
    pub retain: bool,
    /// Resource that it belongs to and cannot exist without.
    pub parent: Option<Parent>,
}

/// The resource that another one belongs to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Parent {
    /// Field or path parameter with the ID of the parent.
    pub field: Spanned<String>,
    /// Effect of deleting the parent.
    pub on_delete: OnDelete,
}

/// Facts for the Terraform provider about the resources of a service.
pub type Terraform = model::Terraform<Spanned<String>>;

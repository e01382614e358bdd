//! Descriptions of operations.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Deprecation, Entries, Field, Method, Spanned};

/// An operation: null (the convention of `api.yaml`), a sentence, or deviations from the convention.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename = "$kind")]
#[schemars(rename = "Operation", untagged)]
pub enum Operation {
    /// A description only.
    #[serde(rename = "string")]
    Doc(Spanned<String>),
    /// A description, and deviations from the convention.
    #[serde(rename = "map")]
    Details(Box<OperationDetails>),
    /// The convention of `api.yaml`.
    #[default]
    #[serde(rename = "null")]
    Conventional,
}

/// Deviations from the convention of the operation's name, or the complete operation if there is none.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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
    #[serde(default)]
    pub filter: Vec<Spanned<String>>,
    /// Names in `filter` that items do not have, although the server accepts them.
    #[serde(default)]
    pub filter_only: Vec<Spanned<String>>,
    /// Query parameters besides those of pagination and filtering.
    #[serde(default)]
    pub query: Entries<Field>,
    /// Request headers besides those of `api.yaml`.
    #[serde(default)]
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

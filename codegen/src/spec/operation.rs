//! What a file says about an operation.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Deprecation, Entries, Field, Spanned};

/// An operation: nothing (as `api.yaml` says), a sentence, or what departs from the convention.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename = "$kind")]
#[schemars(rename = "Operation", untagged)]
pub enum Operation {
    /// Only a description.
    #[serde(rename = "string")]
    Doc(Spanned<String>),
    /// A description, and what departs from the convention.
    #[serde(rename = "map")]
    Details(Box<OperationDetails>),
    /// Everything as `api.yaml` says.
    #[default]
    #[serde(rename = "null")]
    Conventional,
}

/// What departs from the convention of the operation's name, and all of an operation without one.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OperationDetails {
    /// What it does. Markdown.
    pub doc: Option<Spanned<String>>,
    /// HTTP method.
    pub method: Option<Spanned<Method>>,
    /// `collection`, `item`, or a path relative to the item: `item/restart`.
    pub path: Option<Spanned<String>>,
    /// What is sent: `create`, `update`, `request`, `empty` (`{}`), or the name of a type.
    pub body: Option<Spanned<String>>,
    /// Name of the body in the published `OpenAPI` document, where that wraps it.
    pub openapi_body: Option<Spanned<String>>,
    /// What comes back: `resource`, `list`, `list of X`, `nothing`, or the name of a type.
    pub returns: Option<Spanned<String>>,
    /// HTTP status of success.
    pub status: Option<Spanned<u16>>,
    /// The key that holds the items of a list. Defaults to the last part of the path; `$` if the response itself is the
    /// list.
    pub items: Option<Spanned<String>>,
    /// `false`: the list comes whole, in one piece.
    pub paged: Option<Spanned<bool>>,
    /// Fields of an item that a filter may mention; what is inside another with a dot: `owner.id`.
    #[serde(default)]
    pub filter: Vec<Spanned<String>>,
    /// Those of `filter` that items do not have, although the server takes them.
    #[serde(default)]
    pub filter_only: Vec<Spanned<String>>,
    /// Query parameters beside those of paging and filtering.
    #[serde(default)]
    pub query: Entries<Field>,
    /// Request headers beside those of `api.yaml`.
    #[serde(default)]
    pub headers: Entries<Field>,
    /// Whether it can be called on a resource in hand.
    pub instance: Option<Spanned<bool>>,
    /// Said of what is going or gone.
    pub deprecated: Option<Spanned<Deprecation>>,
    /// The kind of resource it works on, where not on all: `cloud`.
    pub applies_to: Option<Spanned<String>>,
    /// `false`: the published `OpenAPI` document does not have it.
    pub openapi: Option<Spanned<bool>>,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Method {
    Get,
    Post,
    Patch,
    Put,
    Delete,
}

impl Method {
    /// Returns the method as it stands in a request.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

//! An operation: one HTTP request, and what comes back.

use serde::{Deserialize, Serialize};

use super::json::{is_default, is_ok, is_true, ok, yes};
use super::{Deprecation, Docs, Ident, TypeRef};

/// An operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Name of its method.
    pub name: Ident,
    /// Its id: `IpPoliciesGet`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub id: String,
    /// HTTP method.
    pub method: Method,
    /// Path with `{parameters}`.
    pub path: String,
    /// Its path parameters, in the order of the path.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parameters: Vec<Parameter>,
    /// Query parameters beside those of paging and filtering.
    #[serde(default, skip_serializing_if = "is_default")]
    pub query: Vec<QueryParameter>,
    /// Request headers beside those that the client sends by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<QueryParameter>,
    /// What is sent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub body: Body,
    /// Name of the body in the published `OpenAPI` document, where that wraps it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub openapi_body: Option<Ident>,
    /// What comes back.
    #[serde(default, skip_serializing_if = "is_default")]
    pub output: Output,
    /// HTTP status of success.
    #[serde(default = "ok", skip_serializing_if = "is_ok")]
    pub status: u16,
    /// The fields of the resource that fill the path parameters when it is called on a resource in hand.
    #[serde(default, skip_serializing_if = "is_default")]
    pub instance: Option<Vec<Ident>>,
    /// What it does.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// Said of what is going or gone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecation>,
    /// The kind of resource it works on, where not on all.
    #[serde(default, skip_serializing_if = "is_default")]
    pub applies_to: Option<String>,
    /// Whether the published `OpenAPI` document has it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub openapi: bool,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Returns the method as requests spell it: `GET`.
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

    /// Returns the method in lower case, as documents and functions have it: `get`.
    #[must_use]
    pub const fn lower(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Patch => "patch",
            Self::Put => "put",
            Self::Delete => "delete",
        }
    }
}

/// A path parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name in the path.
    pub wire: String,
    /// Its name in Rust.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Ident,
    /// An id or an enum.
    pub ty: TypeRef,
    /// What it names.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
}

/// A query parameter, or a request header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueryParameter {
    /// Its name in the query or as a header.
    pub wire: String,
    /// Its name in Rust.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Ident,
    /// Type of one value.
    pub ty: TypeRef,
    /// It may come more than once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub repeated: bool,
    /// It must be given: it is an argument of the method.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// What it selects.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// Said of what is going or gone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecation>,
    /// Whether the published `OpenAPI` document has it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub openapi: bool,
}

/// What is sent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// No body.
    #[default]
    None,
    /// An object without keys.
    Empty,
    /// A type.
    Type(Ident),
}

/// What comes back.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Output {
    /// No body.
    #[default]
    Nothing,
    /// A type.
    Type(Ident),
    /// A list.
    List(Listing),
}

/// How a list comes back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// Type of an item.
    pub item: Ident,
    /// The key that holds the items; empty where the response is the list itself.
    pub key: String,
    /// It comes in pages.
    #[serde(default, skip_serializing_if = "is_default")]
    pub paged: bool,
    /// Fields that a filter may mention; empty where there are no filters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub filter: Vec<String>,
}

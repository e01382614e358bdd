//! Operations: one HTTP request and its response.

use serde::{Deserialize, Serialize};

use super::json::{is_default, is_ok, is_true, ok, yes};
use super::{Deprecation, Docs, Name, PathTemplate, TypeRef};

/// An operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Name, unique within its service.
    pub name: Name,
    /// ID: `IpPoliciesGet`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub id: String,
    /// HTTP method.
    pub method: Method,
    /// Path.
    pub path: PathTemplate,
    /// Path parameters, in the order of the path.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parameters: Vec<Parameter>,
    /// Query parameters besides those of pagination and filtering.
    #[serde(default, skip_serializing_if = "is_default")]
    pub query: Vec<QueryParameter>,
    /// Request headers besides those that the client sends automatically.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<QueryParameter>,
    /// Request body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub body: Body,
    /// Name of the body in the published `OpenAPI` document, if it is wrapped there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub openapi_body: Option<Name>,
    /// Response body.
    #[serde(default, skip_serializing_if = "is_default")]
    pub output: Output,
    /// HTTP status of success.
    #[serde(default = "ok", skip_serializing_if = "is_ok")]
    pub status: u16,
    /// It can be called on a resource, whose fields have the names and the values of the path parameters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub instance: bool,
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// Deprecation, if it is deprecated or removed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecation>,
    /// The kind of resource that it supports, if not all.
    #[serde(default, skip_serializing_if = "is_default")]
    pub applies_to: Option<String>,
    /// True if the published `OpenAPI` document contains it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub openapi: bool,
}

impl Operation {
    /// Returns the type of its request body.
    #[must_use]
    pub fn body_type(&self) -> Option<&str> {
        match &self.body {
            Body::Type(name) => Some(name),
            Body::None | Body::Empty => None,
        }
    }

    /// Returns the type of its response: of an item, for lists.
    #[must_use]
    pub fn output_type(&self) -> Option<&str> {
        match &self.output {
            Output::Nothing => None,
            Output::Type(name) => Some(name),
            Output::List(listing) => Some(&listing.item),
        }
    }

    /// Returns its list, if it responds with one.
    #[must_use]
    pub fn listing(&self) -> Option<&Listing> {
        match &self.output {
            Output::List(listing) => Some(listing),
            Output::Nothing | Output::Type(_) => None,
        }
    }
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the variants are self-explanatory")]
pub enum Method {
    Get,
    Post,
    Patch,
    Put,
    Delete,
}

impl Method {
    /// Returns the method as in requests: `GET`.
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
    /// Name in the path.
    pub wire: String,
    /// An ID or an enum.
    pub ty: TypeRef,
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
}

/// A query parameter, or a request header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueryParameter {
    /// Name in the query or header.
    pub wire: String,
    /// Type of one value.
    pub ty: TypeRef,
    /// Can be repeated.
    #[serde(default, skip_serializing_if = "is_default")]
    pub repeated: bool,
    /// Required: it is an argument of the method.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// Deprecation, if it is deprecated or removed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecation>,
    /// True if the published `OpenAPI` document contains it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub openapi: bool,
}

/// The body of a request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// No body.
    #[default]
    None,
    /// An object without fields.
    Empty,
    /// A type.
    Type(Name),
}

/// The body of a response.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Output {
    /// No body.
    #[default]
    Nothing,
    /// A type.
    Type(Name),
    /// A list.
    List(Listing),
}

/// The response of a list operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// Type of an item.
    pub item: Name,
    /// Key of the items; empty if the response is the list itself.
    pub key: String,
    /// The list is paginated.
    #[serde(default, skip_serializing_if = "is_default")]
    pub paged: bool,
    /// Filterable fields; empty if there are no filters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub filter: Vec<String>,
}

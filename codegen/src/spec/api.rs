//! Facts about the API as a whole, and its error codes.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entries, Field, Method, OperationDetails, Spanned};

/// `api.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Api {
    /// Name of the API: `ngrok`.
    pub name: Spanned<String>,
    /// Base URL.
    pub base_url: Spanned<String>,
    /// Address of its documentation.
    pub docs: Spanned<String>,
    /// Address of a resource's documentation, with the placeholder `{tag}` for the tag in kebab case.
    pub docs_pages: Option<Spanned<String>>,
    /// The generated crate.
    pub client: ClientCrate,
    /// Authentication.
    pub auth: Auth,
    /// Header with the version of the API.
    pub version: Option<HeaderValue>,
    /// Locations of the operation ID.
    pub operation_id: Option<OperationIdPlaces>,
    /// Pagination of lists.
    pub paging: Paging,
    /// Filters of lists.
    pub filtering: Option<Filtering>,
    /// Keys of an error body.
    pub error_body: ErrorBody,
    /// Rate limit of an account.
    pub rate_limit: Option<RateLimit>,
    /// Retry rules. Default: those of HTTP.
    #[serde(default)]
    pub retry: RetryRules,
    /// CORS headers for browsers.
    pub cors: Option<Cors>,
    /// Format of IDs after their prefix.
    pub ids: Option<Ids>,
    /// Conventions by operation name.
    pub operations: Entries<OperationDetails>,
    /// Common fields of resources.
    pub fields: Entries<Field>,
    /// Types of resources that can be referenced but have no operations.
    #[serde(default)]
    pub externals: Entries<External>,
}

/// The generated crate.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct ClientCrate {
    /// Name.
    #[serde(rename = "crate")]
    pub name: Spanned<String>,
    /// Environment variables.
    pub environment: Environment,
    /// Names of fields that are intentionally Rust keywords: they get an underscore. `lint` warns about others.
    #[serde(default)]
    pub keywords: Vec<Spanned<String>>,
}

/// Names of environment variables.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Environment {
    /// Variable with the API key.
    pub api_key: Spanned<String>,
    /// Variable with another base URL.
    pub base_url: Spanned<String>,
}

/// Authentication.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Auth {
    /// Header.
    pub header: Spanned<String>,
    /// Scheme before the key.
    pub scheme: Spanned<String>,
}

/// A header and its value.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct HeaderValue {
    /// Name of the header.
    pub header: Spanned<String>,
    /// Value.
    pub value: Spanned<String>,
}

/// Locations of the operation ID.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct OperationIdPlaces {
    /// Response header.
    pub header: Spanned<String>,
    /// Key among the details of an error.
    pub detail: Option<Spanned<String>>,
}

/// Pagination of lists.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Paging {
    /// Query parameter with the start of a page.
    pub cursor: Parameter,
    /// Query parameter with the length of a page.
    pub limit: Limit,
    /// Keys of a page besides its items.
    pub page: PageKeys,
}

/// A query parameter.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Parameter {
    /// Name.
    pub parameter: Spanned<String>,
}

/// Query parameter with the length of a page.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Limit {
    /// Name.
    pub parameter: Spanned<String>,
    /// Default number of items per page.
    pub default: u32,
    /// Minimum.
    pub min: u32,
    /// Maximum.
    pub max: u32,
}

/// Keys of a page besides its items.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct PageKeys {
    /// Address of the page.
    pub uri: Spanned<String>,
    /// Address of the next page; null at the end.
    pub next: Spanned<String>,
}

/// Filters of lists.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Filtering {
    /// Query parameter with the expression.
    pub parameter: Spanned<String>,
    /// Name of an item in the expression.
    pub object: Spanned<String>,
    /// Language of the expression.
    pub language: Spanned<String>,
    /// Supported operators, as written: `&&`.
    #[serde(default)]
    pub operators: Vec<Spanned<String>>,
    /// Supported functions: `size`.
    #[serde(default)]
    pub functions: Vec<Spanned<String>>,
    /// Supported methods of a time, with a duration such as `"7d"` as the argument: `subtract`.
    #[serde(default)]
    pub methods: Vec<Spanned<String>>,
    /// Supported methods of a string that is not an ID, with a substring as the argument: `contains`.
    #[serde(default)]
    pub text_methods: Vec<Spanned<String>>,
    /// Expression for the time of the request.
    pub now: Option<Spanned<String>>,
}

/// Keys of an error body.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct ErrorBody {
    /// Error code.
    pub code: Spanned<String>,
    /// HTTP status.
    pub status: Spanned<String>,
    /// Message.
    pub message: Spanned<String>,
    /// Map of further strings.
    pub details: Spanned<String>,
}

/// Rate limit of an account.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct RateLimit {
    /// This many requests ...
    pub requests: u32,
    /// ... in any period of this many seconds.
    pub window_seconds: u32,
}

/// Retry rules.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RetryRules {
    /// Temporary HTTP statuses of responses.
    pub statuses: Vec<u16>,
    /// Those with which the server reports that it did not process the request.
    pub not_processed: Vec<u16>,
    /// Idempotent methods.
    pub idempotent: Vec<Method>,
}

impl Default for RetryRules {
    /// Returns overload and gateway errors; methods as in section 9.2.2 of RFC 9110.
    fn default() -> Self {
        Self {
            statuses: vec![429, 502, 503, 504],
            not_processed: vec![429],
            idempotent: vec![Method::Get, Method::Put, Method::Delete],
        }
    }
}

/// CORS headers for browsers.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Cors {
    /// Maximum time that a preflight response can be cached.
    pub max_age_seconds: u32,
}

/// Format of IDs after their prefix.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Ids {
    /// Number of characters.
    pub length: u32,
    /// Characters: `base62`.
    pub charset: Spanned<String>,
}

/// A type of resource that can be referenced but has no operations.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct External {
    /// Prefix of its IDs.
    pub prefix: Spanned<String>,
    /// Description.
    pub doc: Spanned<String>,
}

/// `errors.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Errors {
    /// Format of a code: `ERR_NGROK_{number}`.
    pub format: Spanned<String>,
    /// Address of a code's documentation, with the placeholder `{number}`.
    pub docs: Spanned<String>,
    /// Codes, by number.
    pub codes: Entries<ErrorCode>,
}

/// A file below `errors/`: the error codes of one area.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct MoreErrors {
    /// Codes, by number.
    pub codes: Entries<ErrorCode>,
}

/// An error code with a name.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct ErrorCode {
    /// Name.
    pub name: Spanned<String>,
    /// Part of the API that it belongs to.
    pub topic: Spanned<String>,
    /// HTTP status of its responses, if known.
    pub status: Option<Spanned<u16>>,
    /// Chance of success of sending the same request again: `true` if it can succeed later without any change,
    /// `after_change` if it can succeed after something else has changed. Default: `false`.
    #[serde(default)]
    pub retry: Retry,
    /// A deletion was rejected because other resources refer to this one.
    #[serde(default)]
    pub in_use: bool,
    /// Cause and solution. Markdown.
    pub doc: Spanned<String>,
}

/// Chance of success of sending the same request again.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename = "$kind")]
#[schemars(rename = "Retry", untagged)]
pub enum Retry {
    /// True if it can succeed later without any change.
    #[serde(rename = "boolean")]
    Unconditional(bool),
    /// It can succeed later under a condition.
    #[serde(rename = "string")]
    Conditional(RetryCondition),
}

/// The condition under which sending the same request again can succeed.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RetryCondition {
    /// Something else has changed: a reference was removed, DNS was updated.
    AfterChange,
}

impl Default for Retry {
    fn default() -> Self {
        Self::Unconditional(false)
    }
}

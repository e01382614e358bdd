//! What holds for the whole API.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entries, Field, Method, OperationDetails, Spanned};

/// `api.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// Name of the API: `ngrok`.
    pub name: Spanned<String>,
    /// Where it lives.
    pub base_url: Spanned<String>,
    /// Its documentation.
    pub docs: Spanned<String>,
    /// Where a resource is documented: an address with `{tag}` in it, which stands for the tag in kebab case.
    pub docs_pages: Option<Spanned<String>>,
    /// The crate that is generated.
    pub client: ClientCrate,
    /// How callers say who they are.
    pub auth: Auth,
    /// The header that names the version of the API.
    pub version: Option<HeaderValue>,
    /// Where the id of a call is found.
    pub operation_id: Option<OperationIdPlaces>,
    /// How lists are cut into pages.
    pub paging: Paging,
    /// How lists are filtered.
    pub filtering: Option<Filtering>,
    /// The keys of an error body.
    pub error_body: ErrorBody,
    /// How many requests an account may make.
    pub rate_limit: Option<RateLimit>,
    /// When a request may be sent again. As HTTP says if left out.
    #[serde(default)]
    pub retry: RetryRules,
    /// What is said to browsers that ask on behalf of another site.
    pub cors: Option<Cors>,
    /// What ids look like after their prefix.
    pub ids: Option<Ids>,
    /// What the well-known operation names mean.
    pub operations: Entries<OperationDetails>,
    /// Fields that most resources have.
    pub fields: Entries<Field>,
    /// Things that are pointed to but have no operations.
    #[serde(default)]
    pub externals: Entries<External>,
}

/// The crate that is generated.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientCrate {
    /// Its name.
    #[serde(rename = "crate")]
    pub name: Spanned<String>,
    /// The environment variables it reads.
    pub environment: Environment,
    /// Names of fields that are words of Rust, and meant to be: they get an underscore. `lint` warns of any other.
    #[serde(default)]
    pub keywords: Vec<Spanned<String>>,
}

/// Names of environment variables.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// Holds the API key.
    pub api_key: Spanned<String>,
    /// Holds the address of the API, where it is another one.
    pub base_url: Spanned<String>,
}

/// How callers say who they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// The header.
    pub header: Spanned<String>,
    /// The word before the key.
    pub scheme: Spanned<String>,
}

/// A header and its value.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeaderValue {
    /// Name of the header.
    pub header: Spanned<String>,
    /// Its value.
    pub value: Spanned<String>,
}

/// Where the id of a call is found.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OperationIdPlaces {
    /// Response header.
    pub header: Spanned<String>,
    /// Key in the details of an error.
    pub detail: Option<Spanned<String>>,
}

/// How lists are cut into pages.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// The query parameter that says where a page begins.
    pub cursor: Parameter,
    /// The query parameter that says how long a page is.
    pub limit: Limit,
    /// The keys of a page beside its items.
    pub page: PageKeys,
}

/// A query parameter.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name.
    pub parameter: Spanned<String>,
}

/// The query parameter that says how long a page is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Its name.
    pub parameter: Spanned<String>,
    /// Items of a page where nothing is said.
    pub default: u32,
    /// Least value.
    pub min: u32,
    /// Greatest value.
    pub max: u32,
}

/// The keys of a page beside its items.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageKeys {
    /// Address of the page itself.
    pub uri: Spanned<String>,
    /// Address of the page after it; null at the end.
    pub next: Spanned<String>,
}

/// How lists are filtered.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filtering {
    /// The query parameter that takes the expression.
    pub parameter: Spanned<String>,
    /// The name an item has in the expression.
    pub object: Spanned<String>,
    /// The language of the expression.
    pub language: Spanned<String>,
    /// Operators that the server knows, as they are written: `&&`.
    #[serde(default)]
    pub operators: Vec<Spanned<String>>,
    /// Functions that the server knows: `size`.
    #[serde(default)]
    pub functions: Vec<Spanned<String>>,
    /// Functions that are called on a moment in time, with a length of time such as `"7d"`: `subtract`.
    #[serde(default)]
    pub methods: Vec<Spanned<String>>,
    /// Functions that are called on a text, and not on an id, with a part of it: `contains`.
    #[serde(default)]
    pub text_methods: Vec<Spanned<String>>,
    /// How the moment of the request is written.
    pub now: Option<Spanned<String>>,
}

/// The keys of an error body.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorBody {
    /// The error code.
    pub code: Spanned<String>,
    /// The HTTP status.
    pub status: Spanned<String>,
    /// The message.
    pub message: Spanned<String>,
    /// A map of further strings.
    pub details: Spanned<String>,
}

/// How many requests an account may make.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// That many requests ...
    pub requests: u32,
    /// ... in any stretch of that many seconds.
    pub window_seconds: u32,
}

/// When a request may be sent again.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RetryRules {
    /// HTTP statuses of responses that may be other ones later.
    pub statuses: Vec<u16>,
    /// Those of them with which the server says that it did not process the request.
    pub not_processed: Vec<u16>,
    /// Methods that have the same effect when a request is sent twice.
    pub idempotent: Vec<Method>,
}

impl Default for RetryRules {
    /// Overload, and gateways that fail; methods as in RFC 9110, section 9.2.2.
    fn default() -> Self {
        Self {
            statuses: vec![429, 502, 503, 504],
            not_processed: vec![429],
            idempotent: vec![Method::Get, Method::Put, Method::Delete],
        }
    }
}

/// What is said to browsers that ask on behalf of another site.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cors {
    /// How long they may remember it.
    pub max_age_seconds: u32,
}

/// What ids look like after their prefix.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ids {
    /// Number of characters.
    pub length: u32,
    /// Which characters: `base62`.
    pub charset: Spanned<String>,
}

/// Something that is pointed to but has no operations.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct External {
    /// What its ids begin with.
    pub prefix: Spanned<String>,
    /// What it is.
    pub doc: Spanned<String>,
}

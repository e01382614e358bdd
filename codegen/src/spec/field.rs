//! Descriptions of fields.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Deprecation, Equality, Spanned};

/// A field, described once for every type that contains it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate key in the files")]
pub struct Field {
    /// `string`, `bool`, `int32`, `int64`, `uint32`, `uint64`, `float64`, `timestamp`, `id`, `id X | Y`, `ref X | Y`,
    /// `list of T`, `map of T`, or the name of a type or enum.
    #[serde(rename = "type")]
    pub kind: Option<Spanned<String>>,
    /// Its type in requests, if different.
    pub request_type: Option<Spanned<String>>,
    /// Bodies that contain it: `response`, `create`, `update`, `request`, each with marks: `!` required, `~`
    /// nullable, `-` optional in responses. Default: all.
    #[serde(rename = "in")]
    pub places: Option<Vec<Spanned<String>>>,
    /// Description. Markdown.
    pub doc: Option<Spanned<String>>,
    /// Prefix of IDs of this type, without the underscore.
    pub prefix: Option<Spanned<String>>,
    /// Required in requests (types with one shape; others use `create!`).
    pub required: bool,
    /// Nullable (types with one shape; others use `update~`).
    pub nullable: bool,
    /// Optional in responses (types with one shape; others use `response-`).
    pub optional: bool,
    /// Must not be logged.
    pub secret: bool,
    /// Format of the string, or of the elements of a list or map.
    pub format: Option<Spanned<Format>>,
    /// Format of the keys of a map.
    pub key_format: Option<Spanned<Format>>,
    /// Type of the keys of a map, if they are IDs: `id X | Y`.
    pub keys: Option<Spanned<String>>,
    /// Value that the server uses by default.
    pub default: Option<Spanned<Value>>,
    /// Allowed values of a number.
    pub one_of: Vec<i64>,
    /// Maximum length in bytes.
    pub max_bytes: Option<Spanned<u32>>,
    /// Maximum length in characters.
    pub max_len: Option<Spanned<u32>>,
    /// Minimum of a number, or of the numbers in a list or map.
    pub min: Option<Spanned<f64>>,
    /// Maximum of a number, or of the numbers in a list or map.
    pub max: Option<Spanned<f64>>,
    /// Minimum number of elements.
    pub min_items: Option<Spanned<u32>>,
    /// Unit of a number.
    pub unit: Option<Spanned<String>>,
    /// Equivalence of values that are written differently.
    pub equal: Option<Spanned<Equality>>,
    /// The only operation whose response contains it.
    pub only_on: Option<Spanned<String>>,
    /// The request field that sets it.
    pub written_as: Option<Spanned<String>>,
    /// Numbers of the errors for an invalid value; the last of several is for a well-formed value that is not
    /// allowed.
    pub errors: Vec<Spanned<u32>>,
    /// Deprecation, if it is deprecated or removed.
    pub deprecated: Option<Spanned<Deprecation>>,
    /// `false`: the published `OpenAPI` document does not contain it.
    pub openapi: Option<bool>,
    /// Rules of individual fields.
    pub rules: Option<Rules>,
}

/// Rules of individual fields.
pub type Rules = crate::model::Rules<Spanned<String>>;

/// The format of a string.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, serde::Serialize,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are self-explanatory")]
pub enum Format {
    AclRule,
    Arn,
    Cel,
    Certificate,
    Cidr,
    Csr,
    Email,
    ErrorCode,
    Hex,
    Hostname,
    HostnameOrIp,
    Hostport,
    HttpHeaderName,
    HttpStatus,
    Ip,
    IsoCountryCode,
    Json,
    JsonOrYaml,
    OpensshAuthorizedKey,
    Pem,
    Regex,
    RouteSelector,
    Slug,
    TeamSlug,
    TlsVersion,
    Uri,
    Url,
    UrlOrAddress,
    Urn,
    Username,
    Xml,
    Yaml,
}

/// A rule over several fields of a type.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Constraint {
    /// Exactly one of these is required.
    pub one_of: Vec<Spanned<String>>,
    /// At most one of these is allowed.
    pub at_most_one_of: Vec<Spanned<String>>,
    /// All of these or none.
    pub together: Vec<Spanned<String>>,
    /// If this is set ...
    #[serde(rename = "if")]
    pub condition: Option<Spanned<String>>,
    /// ... these are required.
    pub requires: Vec<Spanned<String>>,
    /// Bodies that it applies to. Default: all.
    #[serde(rename = "in")]
    pub places: Vec<Spanned<String>>,
    /// Numbers of the errors for violations.
    pub errors: Vec<Spanned<u32>>,
}

pub(crate) fn yes() -> bool {
    true
}

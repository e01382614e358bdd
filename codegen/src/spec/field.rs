//! Descriptions of fields.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Deprecation, Entries, Equality, Spanned};

/// A field, described once for every type that contains it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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
    #[serde(default)]
    pub required: bool,
    /// Nullable (types with one shape; others use `update~`).
    #[serde(default)]
    pub nullable: bool,
    /// Optional in responses (types with one shape; others use `response-`).
    #[serde(default)]
    pub optional: bool,
    /// Must not be logged.
    #[serde(default)]
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
    #[serde(default)]
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
    #[serde(default)]
    pub errors: Vec<Spanned<u32>>,
    /// Deprecation, if it is deprecated or removed.
    pub deprecated: Option<Spanned<Deprecation>>,
    /// `false`: the published `OpenAPI` document does not contain it.
    pub openapi: Option<bool>,
    /// Rules of individual fields.
    pub rules: Option<Rules>,
}

/// Rules of individual fields.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema, serde::Serialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate key in the files")]
pub struct Rules {
    /// Bodies in which the server rejects an empty value; `all` for all.
    #[serde(default)]
    pub non_empty: Vec<Spanned<String>>,
    /// The server may send an empty value.
    #[serde(default)]
    pub may_be_empty: bool,
    /// Scope in which it is unique: `account`, `vault`.
    pub unique_in: Option<String>,
    /// Name of the field in filters, if different. Filters see the first element of a list.
    pub filtered_as: Option<String>,
    /// Field in which no two elements are equal; `value` for elements that are strings.
    pub distinct: Option<Spanned<String>>,
    /// True if the order of the elements matters.
    #[serde(default)]
    pub ordered: bool,
    /// Case of the string, or of the elements or keys: `lower`.
    pub case: Option<String>,
    /// Input in any case is accepted.
    #[serde(default)]
    pub any_case: bool,
    /// Allowed characters: `alphanumeric_period`.
    pub charset: Option<String>,
    /// Forbidden characters, also in keys and values of maps.
    pub forbidden_chars: Option<String>,
    /// Prefix of every element.
    pub item_prefix: Option<String>,
    /// Wildcard character of a pattern.
    pub wildcard: Option<String>,
    /// A host name may begin with a `*` label.
    #[serde(default)]
    pub wildcard_label: bool,
    /// Required port of every element.
    pub port: Option<u16>,
    /// Type of resource that reserves these host names.
    pub host_of: Option<Spanned<String>>,
    /// Type of resource that this identifies by name instead of ID.
    pub name_of: Option<Spanned<String>>,
    /// Accepted versions of the internet protocol.
    #[serde(default)]
    pub ip_versions: Vec<u8>,
    /// A range must begin at its lowest address.
    #[serde(default)]
    pub lowest_address: bool,
    /// Order of the certificates in a PEM chain: `leaf_first`.
    pub chain: Option<String>,
    /// Only allowed if sibling fields have these values.
    pub only_if: Option<Entries<Value>>,
    /// Required unless sibling fields have these values.
    pub required_unless: Option<Entries<Value>>,
    /// Must be null if sibling fields have these values.
    pub null_if: Option<Entries<Value>>,
    /// Keys of a map with a meaning.
    #[serde(default)]
    pub known_keys: Vec<String>,
    /// Other keys or values are accepted as well.
    #[serde(default)]
    pub open: bool,
    /// Meaning of an empty value.
    pub empty_means: Option<String>,
    /// An empty list clears the field.
    #[serde(default)]
    pub empty_clears: bool,
    /// Operation that clears the field: `reserved_domains.delete_certificate`.
    pub cleared_by: Option<Spanned<String>>,
    /// Alternative forms of input that are accepted.
    #[serde(default)]
    pub accepts: Vec<String>,
    /// Only administrators can set a value other than their own.
    #[serde(default)]
    pub admin_only_for_others: bool,
    /// Displayable part of a secret.
    #[serde(default)]
    pub redacted: bool,
    /// A secret that responses contain.
    #[serde(default)]
    pub echoed: bool,
    /// An older name, rejected in combination with this one.
    pub legacy_name: Option<String>,
    /// Allowed characters, singly or as ranges: `a-z0-9_.-`.
    pub allowed_chars: Option<String>,
    /// For a unique value: resources may share it if this field is true in all of them.
    pub shared_if: Option<Spanned<String>>,
    /// The referenced resource cannot be deleted while the reference exists: the number of the error.
    pub blocks_deletion: Option<Spanned<u32>>,
    /// A resource in which this is true cannot be deleted: the number of the error.
    pub protects: Option<Spanned<u32>>,
    /// The last resource that names another one here cannot be deleted, as long as a third one names that too.
    pub keeps_last: Option<KeepsLast>,
    /// Derivation of the value by the server.
    pub derive: Option<Derivation>,
    /// Numbers of the errors for certain invalid values, in addition to `errors`.
    pub error_for: Option<ErrorFor>,
}

/// Derivation of the value of a field by the server: the first of the given sources that has a value.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct Derivation {
    /// Source field; the field itself for its canonical form.
    pub from: Option<Spanned<String>>,
    /// Part of the URL in `from`.
    pub part: Option<UrlPart>,
    /// The fact that the certificate in `from`, in PEM, states. In the fields of an object, `from` is that of the object.
    pub certificate: Option<CertificateFact>,
    /// For flags: whether `from` ends with this.
    pub ends_with: Option<String>,
    /// For references: the field of the other resource with the value of `from`.
    pub by: Option<Spanned<String>>,
    /// For a list of objects derived from a list: the field of an object with the value.
    #[serde(rename = "as")]
    pub into: Option<Spanned<String>>,
    /// A constant value of every new resource.
    pub value: Option<Value>,
    /// The value of every resource, whatever a request sets.
    pub always: Option<Value>,
    /// A generated string: `{20000-29999}` stands for a number in that range, `{8}` for that many letters.
    pub text: Option<String>,
    /// The ID of the user whose API key was sent. For objects: made-up values, and the IDs of the caller.
    #[serde(default)]
    pub caller: bool,
}

/// A rule that protects the last resource of another type.
#[derive(Debug, Clone, Deserialize, JsonSchema, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct KeepsLast {
    /// The kind of the third resource.
    #[serde(rename = "for")]
    pub kept_for: Spanned<String>,
    /// Values that its fields have.
    #[serde(default)]
    pub having: Entries<Value>,
    /// The number of the error.
    pub error: Spanned<u32>,
}

/// A fact that a certificate states.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of RFC 5280")]
pub enum CertificateFact {
    SubjectCommonName,
    SubjectOrganization,
    SubjectOrganizationalUnit,
    SubjectLocality,
    SubjectProvince,
    SubjectCountry,
    IssuerCommonName,
    SerialNumber,
    NotBefore,
    NotAfter,
    DnsNames,
    Ips,
    KeyUsages,
    ExtendedKeyUsages,
    PrivateKeyType,
}

/// A part of a URL.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UrlPart {
    /// The whole URL, in lower case and without the default port.
    Url,
    /// The part before `://`.
    Scheme,
    /// Host.
    Host,
    /// Port, if it is not the default one.
    Port,
    /// Host and port, including the default port.
    Hostport,
}

/// Numbers of the errors for certain invalid values.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorFor {
    /// Empty or missing value.
    pub empty: Option<Spanned<u32>>,
    /// Value too long.
    pub length: Option<Spanned<u32>>,
    /// Forbidden characters.
    pub characters: Option<Spanned<u32>>,
    /// Malformed value.
    pub form: Option<Spanned<u32>>,
    /// Well-formed value that is not allowed.
    #[serde(rename = "use")]
    pub usage: Option<Spanned<u32>>,
    /// Value of another resource.
    pub taken: Option<Spanned<u32>>,
    /// Value of another resource that does not share it (see `shared_if`), although this one would.
    pub unshared: Option<Spanned<u32>>,
    /// Value of another resource that shares it, although this one would not.
    pub shared: Option<Spanned<u32>>,
}

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
#[serde(deny_unknown_fields)]
pub struct Constraint {
    /// Exactly one of these is required.
    #[serde(default)]
    pub one_of: Vec<Spanned<String>>,
    /// At most one of these is allowed.
    #[serde(default)]
    pub at_most_one_of: Vec<Spanned<String>>,
    /// All of these or none.
    #[serde(default)]
    pub together: Vec<Spanned<String>>,
    /// If this is set ...
    #[serde(rename = "if")]
    pub condition: Option<Spanned<String>>,
    /// ... these are required.
    #[serde(default)]
    pub requires: Vec<Spanned<String>>,
    /// Bodies that it applies to. Default: all.
    #[serde(default, rename = "in")]
    pub places: Vec<Spanned<String>>,
    /// Numbers of the errors for violations.
    #[serde(default)]
    pub errors: Vec<Spanned<u32>>,
}

pub(crate) fn yes() -> bool {
    true
}

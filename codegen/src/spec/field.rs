//! What a file says about a field.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Deprecation, Entries, Equality, Spanned};

/// A field, described once for every type it appears in.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of its own in the files"
)]
pub struct Field {
    /// `string`, `bool`, `int32`, `int64`, `uint32`, `uint64`, `float64`, `timestamp`, `id`, `id X | Y`, `ref X | Y`,
    /// `list of T`, `map of T`, or the name of a type or enum.
    #[serde(rename = "type")]
    pub kind: Option<Spanned<String>>,
    /// Its type in requests, where that is another one.
    pub request_type: Option<Spanned<String>>,
    /// Where it appears: `response`, `create`, `update`, `request`, each with marks: `!` must be given, `~` may be
    /// null, `-` may be left out by the server. Everywhere where left out.
    #[serde(rename = "in")]
    pub places: Option<Vec<Spanned<String>>>,
    /// What it means. Markdown.
    pub doc: Option<Spanned<String>>,
    /// What ids of this kind begin with, less the underscore.
    pub prefix: Option<Spanned<String>>,
    /// Must be given in requests (types of one shape; others say `create!`).
    #[serde(default)]
    pub required: bool,
    /// May be null (types of one shape; others say `update~`).
    #[serde(default)]
    pub nullable: bool,
    /// May be left out by the server (types of one shape; others say `response-`).
    #[serde(default)]
    pub optional: bool,
    /// Not to be shown in logs.
    #[serde(default)]
    pub secret: bool,
    /// Text format of the string, or of the elements of a list or map.
    pub format: Option<Spanned<Format>>,
    /// Text format of the keys of a map.
    pub key_format: Option<Spanned<Format>>,
    /// What the keys of a map are, where they are ids: `id X | Y`.
    pub keys: Option<Spanned<String>>,
    /// Value that the server uses where none is given.
    pub default: Option<Spanned<Value>>,
    /// The values a number may have.
    #[serde(default)]
    pub one_of: Vec<i64>,
    /// Greatest length in bytes.
    pub max_bytes: Option<Spanned<u32>>,
    /// Greatest length in characters.
    pub max_len: Option<Spanned<u32>>,
    /// Least value of a number, or of the numbers in a list or map.
    pub min: Option<Spanned<f64>>,
    /// Greatest value of a number, or of the numbers in a list or map.
    pub max: Option<Spanned<f64>>,
    /// Least number of elements.
    pub min_items: Option<Spanned<u32>>,
    /// Unit of a number.
    pub unit: Option<Spanned<String>>,
    /// When two values of it mean the same although they are written differently.
    pub equal: Option<Spanned<Equality>>,
    /// The only operation whose answer has it.
    pub only_on: Option<Spanned<String>>,
    /// The request field that sets it.
    pub written_as: Option<Spanned<String>>,
    /// Numbers of the errors for a bad value; the last of several, for one that is well formed but not allowed.
    #[serde(default)]
    pub errors: Vec<Spanned<u32>>,
    /// Said of what is going or gone.
    pub deprecated: Option<Spanned<Deprecation>>,
    /// `false`: the published `OpenAPI` document does not have it.
    pub openapi: Option<bool>,
    /// Rules that few fields have.
    pub rules: Option<Rules>,
}

/// Rules that few fields have.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a key of its own in the files"
)]
pub struct Rules {
    /// The server refuses an empty value in these places; `all` for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub non_empty: Vec<Spanned<String>>,
    /// The server may send an empty value.
    #[serde(skip_serializing_if = "is_false")]
    pub may_be_empty: bool,
    /// Unique within this: `account`, `vault`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unique_in: Option<String>,
    /// What a filter calls it, where it has another name there. Of a list, a filter sees the first element.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filtered_as: Option<String>,
    /// No two elements agree in this field; `value` for elements that are strings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distinct: Option<Spanned<String>>,
    /// Whether the order of the elements means something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordered: Option<bool>,
    /// Case of the text, or of the elements or keys: `lower`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Input in any case is taken.
    #[serde(skip_serializing_if = "is_false")]
    pub any_case: bool,
    /// Characters that may appear: `alphanumeric_period`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// Characters that may not appear, in keys and values of maps too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forbidden_chars: Option<String>,
    /// What every element begins with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_prefix: Option<String>,
    /// The sign for anything, in a pattern.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wildcard: Option<String>,
    /// A host name may begin with a `*` label.
    #[serde(skip_serializing_if = "is_false")]
    pub wildcard_label: bool,
    /// The port that every element must have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// The kind of resource that host names must be reserved as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_of: Option<Spanned<String>>,
    /// The kind of resource that this names, not by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_of: Option<Spanned<String>>,
    /// Versions of the internet protocol that are taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ip_versions: Vec<u8>,
    /// A range must begin at its lowest address.
    #[serde(skip_serializing_if = "is_false")]
    pub lowest_address: bool,
    /// Order of the certificates in a PEM chain: `leaf_first`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
    /// Only where sibling fields have these values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_if: Option<Entries<Value>>,
    /// Required unless sibling fields have these values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_unless: Option<Entries<Value>>,
    /// Must be null if sibling fields have these values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub null_if: Option<Entries<Value>>,
    /// Keys of a map that have a meaning.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known_keys: Vec<String>,
    /// Other keys, or other values, are taken as well.
    #[serde(skip_serializing_if = "is_false")]
    pub open: bool,
    /// What an empty value stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub empty_means: Option<String>,
    /// An empty list takes away what was set.
    #[serde(skip_serializing_if = "is_false")]
    pub empty_clears: bool,
    /// The operation that takes away what was set: `reserved_domains.delete_certificate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cleared_by: Option<Spanned<String>>,
    /// Other forms of input that are taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<String>,
    /// Only administrators may give a value that is not their own.
    #[serde(skip_serializing_if = "is_false")]
    pub admin_only_for_others: bool,
    /// Part of a secret, fit to be shown.
    #[serde(skip_serializing_if = "is_false")]
    pub redacted: bool,
    /// A secret that is returned on reads.
    #[serde(skip_serializing_if = "is_false")]
    pub echoed: bool,
    /// An older name, refused beside this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legacy_name: Option<String>,
    /// Characters that may appear, one by one or as ranges: `a-z0-9_.-`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_chars: Option<String>,
    /// Of a unique value: resources may have the same one if this field is true in all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared_if: Option<Spanned<String>>,
    /// The resource that is named here cannot be deleted as long as it is: the number of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocks_deletion: Option<Spanned<u32>>,
    /// A resource in which this is true cannot be deleted: the number of the error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protects: Option<Spanned<u32>>,
    /// The last resource that names another one here cannot be deleted, as long as a third one names that too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keeps_last: Option<KeepsLast>,
    /// How the server derives the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub derive: Option<Derivation>,
    /// Numbers of the errors for certain bad values, where `errors` does not say enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_for: Option<ErrorFor>,
}

/// How the server derives the value of a field: of what is given, the first that leads to a value.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Derivation {
    /// The field it is taken from; the field itself for its canonical form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Spanned<String>>,
    /// The part of the URL in `from`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<UrlPart>,
    /// The fact that the certificate in `from`, in PEM, states. In the fields of an object, `from` is that of the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<CertificateFact>,
    /// For flags: whether `from` ends with this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_with: Option<String>,
    /// For references: the field of the other resource that has the value of `from`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Spanned<String>>,
    /// For a list of objects made from a list: the field of an object that has the value.
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    pub into: Option<Spanned<String>>,
    /// The same value for every new resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The value of every resource, whatever a request sets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub always: Option<Value>,
    /// A made-up text: `{20000-29999}` stands for a number of that range, `{8}` for so many letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The ID of the user whose API key was sent. For objects: made-up values, and the IDs of the caller.
    #[serde(skip_serializing_if = "is_false")]
    pub caller: bool,
}

/// What needs the last one of other resources.
#[derive(Debug, Clone, Deserialize, JsonSchema, serde::Serialize)]
#[serde(deny_unknown_fields)]
pub struct KeepsLast {
    /// The kind of the third resource.
    #[serde(rename = "for")]
    pub kept_for: Spanned<String>,
    /// Values that its fields have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub having: Option<Entries<Value>>,
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
    /// All of it, in lower case and without the default port.
    Url,
    /// What stands before `://`.
    Scheme,
    /// The host.
    Host,
    /// The port, if it is not the default one.
    Port,
    /// Host and port, with the default port too.
    Hostport,
}

/// Numbers of the errors for certain bad values.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ErrorFor {
    /// The value is empty or missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub empty: Option<Spanned<u32>>,
    /// The value is too long.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<Spanned<u32>>,
    /// The value has characters that are not allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub characters: Option<Spanned<u32>>,
    /// The value has another form than it must have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Spanned<u32>>,
    /// The value has the right form, and is not allowed.
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub usage: Option<Spanned<u32>>,
    /// Another resource has the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<Spanned<u32>>,
    /// Another resource has the value and does not share it (see `shared_if`), as this one would.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unshared: Option<Spanned<u32>>,
    /// Another resource has the value and shares it, as this one would not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<Spanned<u32>>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde asks for"
)]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// What a string holds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema, serde::Serialize,
)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it all")]
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
    /// Exactly one of these must be given.
    #[serde(default)]
    pub one_of: Vec<Spanned<String>>,
    /// No more than one of these may be given.
    #[serde(default)]
    pub at_most_one_of: Vec<Spanned<String>>,
    /// All of these or none.
    #[serde(default)]
    pub together: Vec<Spanned<String>>,
    /// If this is given ...
    #[serde(rename = "if")]
    pub condition: Option<Spanned<String>>,
    /// ... these must be as well.
    #[serde(default)]
    pub requires: Vec<Spanned<String>>,
    /// The places it holds in; everywhere where left out.
    #[serde(default, rename = "in")]
    pub places: Vec<Spanned<String>>,
    /// Numbers of the errors for breaking it.
    #[serde(default)]
    pub errors: Vec<Spanned<u32>>,
}

pub(crate) fn yes() -> bool {
    true
}

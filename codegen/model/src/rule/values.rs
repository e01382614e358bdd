//! Values of rules that are more than a string or a number.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Name;
use crate::json::is_default;

/// Values that other fields of the same record must have.
pub type Conditions<N = String> = BTreeMap<N, Value>;

/// Derivation of the value of a field by the server: the first of the given sources that has a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "Derivation")
)]
pub struct Derivation<N = String> {
    /// Source field; the field itself for its canonical form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<N>,
    /// Part of the URL in `from`: `url` is all of it, in lower case and without the default port; only `hostport` has a
    /// default port.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = ["url", "scheme", "host", "port", "hostport"]))
    )]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The fact that the certificate in `from`, in PEM, states. In the fields of an object, `from` is that of the object.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = [
            "subject_common_name", "subject_organization", "subject_organizational_unit",
            "subject_locality", "subject_province", "subject_country", "issuer_common_name",
            "serial_number", "not_before", "not_after", "dns_names", "ips", "key_usages",
            "extended_key_usages", "private_key_type",
        ]))
    )]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// For flags: whether `from` ends with this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_with: Option<String>,
    /// For references: the field of the other resource with the value of `from`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<N>,
    /// For a list of objects derived from a list: the field of an object with the value.
    #[serde(default, rename = "as", skip_serializing_if = "Option::is_none")]
    pub into: Option<N>,
    /// A constant value of every new resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The value of every resource, whatever a request sets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub always: Option<Value>,
    /// A generated string: `{20000-29999}` stands for a number in that range, `{8}` for that many letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The ID of the user whose API key was sent. For objects: made-up values, and the IDs of the caller.
    #[serde(default, skip_serializing_if = "is_default")]
    pub caller: bool,
}

/// Numbers of the errors for certain invalid values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ErrorFor {
    /// Empty or missing value.
    #[serde(skip_serializing_if = "is_default")]
    pub empty: Option<u32>,
    /// Value too long.
    #[serde(skip_serializing_if = "is_default")]
    pub length: Option<u32>,
    /// Forbidden characters.
    #[serde(skip_serializing_if = "is_default")]
    pub characters: Option<u32>,
    /// Malformed value.
    #[serde(skip_serializing_if = "is_default")]
    pub form: Option<u32>,
    /// Well-formed value that is not allowed.
    #[serde(rename = "use", skip_serializing_if = "is_default")]
    pub usage: Option<u32>,
    /// Value of another resource.
    #[serde(skip_serializing_if = "is_default")]
    pub taken: Option<u32>,
    /// Value of another resource that does not share it (see `shared_if`), although this one would.
    #[serde(skip_serializing_if = "is_default")]
    pub unshared: Option<u32>,
    /// Value of another resource that shares it, although this one would not.
    #[serde(skip_serializing_if = "is_default")]
    pub shared: Option<u32>,
}

/// A rule that protects the last resource of another type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeepsLast {
    /// The kind of the third resource.
    #[serde(rename = "for")]
    pub kept_for: Name,
    /// Values that its fields have.
    #[serde(default, skip_serializing_if = "is_default")]
    pub having: Conditions,
    /// The number of the error.
    pub error: u32,
}

//! Facts for tools that create, update and delete resources from files.

use serde::{Deserialize, Serialize};

use super::Name;
use super::json::{is_default, is_true, yes};

/// Identification and treatment of a resource by tools that manage it from files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apply {
    /// Natural key: the values that identify a resource without its ID.
    pub key: Vec<KeyField>,
    /// True if keys are unique; otherwise they are a convention only.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub unique: bool,
    /// Not deleted when it is removed from the files, unless requested explicitly.
    #[serde(default, skip_serializing_if = "is_default")]
    pub retain: bool,
    /// Resource that it belongs to and cannot exist without.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parent: Option<Parent>,
}

/// One part of a natural key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyField {
    /// Field or path parameter that sets it.
    pub name: String,
    /// Response field with its value: another one if that is a reference (`ip_policy` for `ip_policy_id`), `None` for a path parameter that
    /// is not part of responses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub response: Option<String>,
}

/// The resource that another one belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// Field or path parameter with the ID of the parent.
    pub field: String,
    /// Name of the parent's type.
    pub resource: Name,
    /// Effect of deleting the parent.
    pub on_delete: OnDelete,
}

/// Effect of deleting the parent on its children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OnDelete {
    /// The child is deleted as well.
    Cascade,
    /// The server rejects deletion of a parent with children.
    Restrict,
}

/// Equivalence of values that are written differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Equality {
    /// Hostnames: letter case and a trailing dot are ignored.
    Domain,
    /// URLs: letter case of scheme and host, and the default port of the scheme, are ignored.
    Url,
    /// Address ranges: host bits and letter case are ignored.
    Cidr,
    /// PEM blocks: white space is ignored.
    Pem,
    /// Lists: the order of the elements is ignored.
    Unordered,
}

//! What tools that create, change and remove resources from files need to know beside the facts of the fields.

use serde::{Deserialize, Serialize};

use super::Ident;
use super::json::{is_default, is_true, yes};

/// How tools that manage resources from files identify and treat one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apply {
    /// The natural key: what together identifies a resource without its ID.
    pub key: Vec<KeyField>,
    /// Whether no two resources share a key; otherwise it is a convention only.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub unique: bool,
    /// Not deleted when it disappears from the files, unless that is requested explicitly.
    #[serde(default, skip_serializing_if = "is_default")]
    pub retain: bool,
    /// The resource it belongs to and cannot exist without.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parent: Option<Parent>,
}

/// One part of a natural key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyField {
    /// The field or path parameter that sets it.
    pub name: String,
    /// The field of responses that has it: another one where that holds a reference (`ip_policy` for `ip_policy_id`),
    /// none for a path parameter that is not repeated in responses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub response: Option<String>,
}

/// The resource that another one belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// The field or path parameter with the ID of the parent.
    pub field: String,
    /// Name of the type of the parent.
    pub resource: Ident,
    /// What happens to the child when the parent is deleted.
    pub on_delete: OnDelete,
}

/// What happens to a child when its parent is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDelete {
    /// The child is deleted as well.
    Cascade,
    /// The server refuses to delete the parent while it has children.
    Restrict,
}

/// When two values of a field mean the same although they are written differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

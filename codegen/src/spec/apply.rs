//! What tools that create, change and remove resources from files need to know beside the facts of the fields.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Spanned;

/// How tools that manage resources from files identify and treat one.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Apply {
    /// The natural key: fields or path parameters that together identify a resource without its ID. Request fields
    /// where the response has another one in their place (`written_as`).
    pub key: Vec<Spanned<String>>,
    /// `false`: the key is a convention only, and several resources may share it.
    #[serde(default = "super::yes")]
    pub unique: bool,
    /// Not deleted when it disappears from the files, unless that is requested explicitly.
    #[serde(default)]
    pub retain: bool,
    /// The resource it belongs to and cannot exist without.
    pub parent: Option<Parent>,
}

/// The resource that another one belongs to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parent {
    /// The field or path parameter with the ID of the parent.
    pub field: Spanned<String>,
    /// What happens to the child when the parent is deleted.
    pub on_delete: OnDelete,
}

/// What happens to a child when its parent is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnDelete {
    /// The child is deleted as well.
    Cascade,
    /// The server refuses to delete the parent while it has children.
    Restrict,
}

/// When two values of a field mean the same although they are written differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
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

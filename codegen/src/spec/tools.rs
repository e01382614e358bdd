//! Facts for tools that manage resources from files: identification, treatment, and names of the Terraform provider.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{OnDelete, Spanned};
use crate::model;

/// Identification and treatment of a resource by tools that manage it from files.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Apply {
    /// Natural key: fields or path parameters that together identify a resource without its ID. Names of request
    /// fields, even if the response has another one instead (`written_as`).
    pub key: Vec<Spanned<String>>,
    /// `false`: the key is a convention only, and several resources may share it.
    #[serde(default = "super::yes")]
    pub unique: bool,
    /// Not deleted when it is removed from the files, unless requested explicitly.
    #[serde(default)]
    pub retain: bool,
    /// Resource that it belongs to and cannot exist without.
    pub parent: Option<Parent>,
}

/// The resource that another one belongs to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Parent {
    /// Field or path parameter with the ID of the parent.
    pub field: Spanned<String>,
    /// Effect of deleting the parent.
    pub on_delete: OnDelete,
}

/// Facts for the Terraform provider about the resources of a service.
pub type Terraform = model::Terraform<Spanned<String>>;

//! Facts for tools that manage resources from files: identification, treatment, and names of the Terraform provider.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Entries, OnDelete, Spanned};

/// Identification and treatment of a resource by tools that manage it from files.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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
#[serde(deny_unknown_fields)]
pub struct Parent {
    /// Field or path parameter with the ID of the parent.
    pub field: Spanned<String>,
    /// Effect of deleting the parent.
    pub on_delete: OnDelete,
}

/// Facts for the Terraform provider about the resources of a service.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terraform {
    /// Name of the resource without that of the provider, where it is not the name of the type: `domain`.
    pub name: Option<Spanned<String>>,
    /// Name of the data source that lists resources, where it is not the key of the list: `domains`.
    pub plural: Option<Spanned<String>>,
    /// Earlier names of the resource, whose configurations state objects as blocks.
    #[serde(default)]
    pub formerly: Vec<Spanned<String>>,
    /// Attributes that differ, by the names of the fields.
    #[serde(default)]
    pub attributes: Entries<TerraformAttribute>,
}

/// Facts for the Terraform provider about a field.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TerraformAttribute {
    /// Earlier names of the attribute.
    #[serde(default)]
    pub formerly: Vec<Spanned<String>>,
    /// For a list of objects with one field: that field. The attribute is a list of its values.
    pub element: Option<Spanned<String>>,
    /// `true`: the server sets it where none is given.
    #[serde(default)]
    pub computed: bool,
    /// `true`: every update changes it.
    #[serde(default)]
    pub touched: bool,
    /// Value that is sent by default, which makes the field optional.
    pub default: Option<Spanned<Value>>,
    /// Earlier attributes of its objects, lists of strings that are accepted and have no effect.
    #[serde(default)]
    pub retired: Vec<Spanned<String>>,
}

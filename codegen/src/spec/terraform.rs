//! Names and values of the Terraform provider that do not follow from the rest of the description.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::{Entries, Spanned};

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

//! Names and values of the Terraform provider that do not follow from the rest of the model. `N` is the type of names of
//! other items, as in the rules of fields.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::json::is_default;

/// Facts for the Terraform provider about the resources of a service.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "Terraform")
)]
pub struct Terraform<N: Ord = String> {
    /// Name of the resource without that of the provider, where it is not the name of the type: `domain`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Option<String>,
    /// Name of the data source that lists resources, where it is not the key of the list: `domains`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub plural: Option<String>,
    /// Earlier names of the resource, whose configurations state objects as blocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
    /// Attributes that differ, by the names of the fields.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<N, TerraformAttribute<N>>,
}

/// Facts for the Terraform provider about a field.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "TerraformAttribute")
)]
pub struct TerraformAttribute<N = String> {
    /// Earlier names of the attribute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<N>,
    /// For a list of objects with one field: that field. The attribute is a list of its values.
    #[serde(default, skip_serializing_if = "is_default")]
    pub element: Option<String>,
    /// `true`: the server sets it where none is given.
    #[serde(default, skip_serializing_if = "is_default")]
    pub computed: bool,
    /// `true`: every update changes it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub touched: bool,
    /// Value that is sent by default, which makes the field optional.
    #[serde(default, skip_serializing_if = "is_default")]
    pub default: Option<Value>,
    /// Earlier attributes of its objects, lists of strings that are accepted and have no effect.
    #[serde(default, skip_serializing_if = "is_default")]
    pub retired: Vec<String>,
}

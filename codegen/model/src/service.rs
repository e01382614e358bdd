//! Services: sets of operations with a common accessor.

use serde::{Deserialize, Serialize};

use super::json::{is_default, is_true, yes};
use super::{Apply, Docs, Name, Operation, Terraform};

/// A service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// Name of its file with those of the folders around it: `["edges", "https"]`.
    pub accessor: Vec<Name>,
    /// File that describes it, relative to the directory of the description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub source: String,
    /// Name as one word, with which the IDs of its operations begin: `IpPolicies`.
    pub name: Name,
    /// Name in the published `OpenAPI` document.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tag: String,
    /// Noun for one of its resources.
    pub noun: String,
    /// Plural of the noun.
    pub nouns: String,
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// Page of the API's documentation.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs_url: Option<String>,
    /// Deprecation, if it is deprecated or removed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecation>,
    /// Required access, if it is restricted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub access: Option<String>,
    /// Kept for backward compatibility.
    #[serde(default, skip_serializing_if = "is_default")]
    pub legacy: bool,
    /// True if the published `OpenAPI` document contains it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub openapi: bool,
    /// Name of its resource; empty if there is none.
    pub resource: Name,
    /// Operation that returns one resource by its ID only.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fetch: Option<Name>,
    /// Identification and treatment of a resource by tools that manage it from files.
    #[serde(default, skip_serializing_if = "is_default")]
    pub apply: Option<Apply>,
    /// Facts for the Terraform provider about its resources.
    #[serde(default, skip_serializing_if = "is_default")]
    pub terraform: Option<Terraform>,
    /// Operations, in the order of the file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub operations: Vec<Operation>,
    /// Names of the types that its file describes, in the order of emission.
    #[serde(default, skip_serializing_if = "is_default")]
    pub types: Vec<Name>,
}

impl Service {
    /// Returns its name in reports and files: `edges.https`.
    #[must_use]
    pub fn label(&self) -> String {
        self.accessor.join(".")
    }

    /// Returns the operation of this name.
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }
}

/// Deprecation or removal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Deprecation {
    /// Replacement.
    #[serde(default, skip_serializing_if = "is_default")]
    pub instead: Option<String>,
    /// Date since which it no longer works, or will stop working.
    #[serde(default, skip_serializing_if = "is_default")]
    pub since: Option<String>,
    /// Announced, but not yet in force.
    #[serde(default, skip_serializing_if = "is_default")]
    pub planned: bool,
    /// The deprecation as a sentence.
    pub note: String,
}

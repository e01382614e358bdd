//! A service: a set of operations reached by one accessor.

use serde::{Deserialize, Serialize};

use super::json::{is_default, is_true, yes};
use super::{Apply, Docs, Ident, Operation, Terraform};

/// A service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Service {
    /// The path of methods that leads to it, which is also its module: `["edges", "https"]`.
    pub accessor: Vec<Ident>,
    /// The file that describes it, below the folder of the description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub source: String,
    /// Name of its struct.
    pub name: Ident,
    /// Its name in the published `OpenAPI` document.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tag: String,
    /// What one of its resources is called in prose.
    pub noun: String,
    /// The plural of that.
    pub nouns: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
    /// Page of the API's documentation.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs_url: Option<String>,
    /// Said of services that are going or gone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: Option<Deprecation>,
    /// Who may call it, where that is not everybody.
    #[serde(default, skip_serializing_if = "is_default")]
    pub access: Option<String>,
    /// Kept for old callers.
    #[serde(default, skip_serializing_if = "is_default")]
    pub legacy: bool,
    /// Whether the published `OpenAPI` document has it.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub openapi: bool,
    /// Name of its resource.
    pub resource: Ident,
    /// The operation that looks up one resource by nothing but its id.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fetch: Option<Ident>,
    /// How tools that manage resources from files identify and treat one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub apply: Option<Apply>,
    /// How the Terraform provider presents its resources.
    #[serde(default, skip_serializing_if = "is_default")]
    pub terraform: Option<Terraform>,
    /// Its operations, in the order of the file.
    #[serde(default, skip_serializing_if = "is_default")]
    pub operations: Vec<Operation>,
    /// Names of the types that its file describes, in the order they are to be written.
    #[serde(default, skip_serializing_if = "is_default")]
    pub types: Vec<Ident>,
}

/// Said of what is going or gone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Deprecation {
    /// What to use instead.
    #[serde(default, skip_serializing_if = "is_default")]
    pub instead: Option<String>,
    /// The day it stopped working, or will stop.
    #[serde(default, skip_serializing_if = "is_default")]
    pub since: Option<String>,
    /// Announced, not yet in force.
    #[serde(default, skip_serializing_if = "is_default")]
    pub planned: bool,
    /// All that in a sentence.
    pub note: String,
}

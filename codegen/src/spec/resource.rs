//! One service: its resource, operations, types and enums.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Apply, Constraint, Entries, Field, Operation, Spanned, Terraform};

/// A file below `resources/`: one service and the types that belong to it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// What one of these is called in prose: `IP policy`.
    pub noun: Spanned<String>,
    /// The plural, where adding `s` or turning `y` into `ies` does not make it.
    pub nouns: Option<Spanned<String>>,
    /// Name of the type that `get` returns.
    pub resource: Spanned<String>,
    /// Name of the service in the published `OpenAPI` document; operation ids begin with it.
    pub tag: Spanned<String>,
    /// Path of the collection; for a singleton, of the thing itself.
    pub path: Spanned<String>,
    /// What follows `path` to name one item. `/{id}` where left out.
    pub item_path: Option<Spanned<String>>,
    /// The path names one thing that is read, replaced and removed: it has no collection and no id of its own.
    #[serde(default)]
    pub singleton: bool,
    /// How tools that manage resources from files identify and treat one.
    pub apply: Option<Spanned<Apply>>,
    /// How the Terraform provider presents its resources.
    pub terraform: Option<Spanned<Terraform>>,
    /// Page of the API's documentation.
    pub docs: Option<Spanned<String>>,
    /// What the resource is and how it relates to others. Markdown.
    pub doc: Spanned<String>,
    /// Said of services that are going or gone.
    pub deprecated: Option<Spanned<Deprecation>>,
    /// Who may call it, where that is not everybody.
    pub access: Option<Spanned<String>>,
    /// Kept for old callers; new ones should not begin with it.
    #[serde(default)]
    pub legacy: bool,
    /// `false`: the published `OpenAPI` document does not have it.
    #[serde(default = "super::yes")]
    pub openapi: bool,
    /// Types of the path parameters, other than the resource's own id.
    #[serde(default)]
    pub params: Entries<Field>,
    /// The operations, by name.
    pub operations: Entries<Operation>,
    /// Name of the request type, where it has another shape than the response (a singleton's).
    pub request: Option<Spanned<String>>,
    /// Fields of the resource, and of the bodies that create and update it. Absent where another file describes
    /// the type.
    #[serde(default)]
    pub fields: Entries<Option<Field>>,
    /// Rules over several fields.
    #[serde(default)]
    pub constraints: Vec<Spanned<Constraint>>,
    /// Further types, by name.
    #[serde(default)]
    pub types: Entries<Type>,
    /// Enums, by name.
    #[serde(default)]
    pub enums: Entries<Enum>,
}

/// A type that fields refer to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// What it is. Markdown.
    pub doc: Spanned<String>,
    /// Name of the type sent in requests, where it has another shape than the one in responses.
    pub request: Option<Spanned<String>>,
    /// Name of the type sent on creation, where it has a shape of its own.
    pub create: Option<Spanned<String>>,
    /// Name of the type sent on update, where it has a shape of its own.
    pub update: Option<Spanned<String>>,
    /// Exactly one of the fields is set: the type is a choice between them.
    pub exactly_one_of: Option<Choice>,
    /// Its fields.
    pub fields: Entries<Option<Field>>,
    /// Rules over several fields.
    #[serde(default)]
    pub constraints: Vec<Spanned<Constraint>>,
    /// `false`: the published `OpenAPI` document does not have it.
    #[serde(default = "super::yes")]
    pub openapi: bool,
}

/// Says that a type is a choice between its fields.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Numbers of the errors for none, or more than one.
    #[serde(default)]
    pub errors: Vec<Spanned<u32>>,
    /// The choice cannot be changed after creation.
    #[serde(default)]
    pub fixed: bool,
}

/// An enum: a string with known values. Values nobody knows yet are kept as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Enum {
    /// What it tells. Markdown.
    pub doc: Spanned<String>,
    /// The server is known to send other values as well.
    #[serde(default)]
    pub open: bool,
    /// The values as they travel, and what each means.
    pub values: Entries<Spanned<String>>,
}

/// Said of what is going or gone: `true`, or what to use instead and since when.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename = "$kind")]
#[schemars(rename = "Deprecation", untagged)]
pub enum Deprecation {
    /// `true`: nothing more is known.
    #[serde(rename = "bool")]
    Flag(bool),
    /// Details.
    #[serde(rename = "map")]
    Details(DeprecationDetails),
}

/// What is known about a deprecation.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeprecationDetails {
    /// What to use instead: a service (`edges.https`), an operation (of this file, or `api_keys.create`) or a field.
    #[serde(rename = "use")]
    pub instead: Option<Spanned<String>>,
    /// The day it stopped working, or will stop: `2025-12-31`.
    pub since: Option<String>,
    /// Announced, not yet in force.
    #[serde(default)]
    pub planned: bool,
}

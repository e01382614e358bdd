//! The error codes that have names.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entries, Spanned};

/// `errors.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Errors {
    /// How a number is written as a code: `ERR_NGROK_{number}`.
    pub format: Spanned<String>,
    /// Where a code is documented: an address with `{number}` in it.
    pub docs: Spanned<String>,
    /// The codes, by number.
    pub codes: Entries<ErrorCode>,
}

/// A file below `errors/`: the error codes of one area.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoreErrors {
    /// The codes, by number.
    pub codes: Entries<ErrorCode>,
}

/// An error code with a name.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorCode {
    /// Its name.
    pub name: Spanned<String>,
    /// What part of the API it is about.
    pub topic: Spanned<String>,
    /// HTTP status it comes with, where known.
    pub status: Option<Spanned<u16>>,
    /// Whether sending the same request again can succeed: `true` if it may succeed later without any change,
    /// `after_change` if it may succeed once something else has changed. `false` if left out.
    #[serde(default)]
    pub retry: Retry,
    /// A delete was refused because other resources refer to this one.
    #[serde(default)]
    pub in_use: bool,
    /// What went wrong and what to do. Markdown.
    pub doc: Spanned<String>,
}

/// Whether sending the same request again can succeed.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename = "$kind")]
#[schemars(rename = "Retry", untagged)]
pub enum Retry {
    /// Whether it may succeed later without any change.
    #[serde(rename = "bool")]
    Unconditional(bool),
    /// It may succeed later under a condition.
    #[serde(rename = "string")]
    Conditional(RetryCondition),
}

/// When sending the same request again can succeed.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RetryCondition {
    /// Something else has changed: a reference was removed, DNS has settled.
    AfterChange,
}

impl Default for Retry {
    fn default() -> Self {
        Self::Unconditional(false)
    }
}

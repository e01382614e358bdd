//! Named error codes.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entries, Spanned};

/// `errors.yaml`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Errors {
    /// Format of a code: `ERR_NGROK_{number}`.
    pub format: Spanned<String>,
    /// Address of a code's documentation, with the placeholder `{number}`.
    pub docs: Spanned<String>,
    /// Codes, by number.
    pub codes: Entries<ErrorCode>,
}

/// A file below `errors/`: the error codes of one area.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoreErrors {
    /// Codes, by number.
    pub codes: Entries<ErrorCode>,
}

/// An error code with a name.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorCode {
    /// Name.
    pub name: Spanned<String>,
    /// Part of the API that it belongs to.
    pub topic: Spanned<String>,
    /// HTTP status of its responses, if known.
    pub status: Option<Spanned<u16>>,
    /// Chance of success of sending the same request again: `true` if it can succeed later without any change,
    /// `after_change` if it can succeed after something else has changed. Default: `false`.
    #[serde(default)]
    pub retry: Retry,
    /// A deletion was rejected because other resources refer to this one.
    #[serde(default)]
    pub in_use: bool,
    /// Cause and solution. Markdown.
    pub doc: Spanned<String>,
}

/// Chance of success of sending the same request again.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename = "$kind")]
#[schemars(rename = "Retry", untagged)]
pub enum Retry {
    /// True if it can succeed later without any change.
    #[serde(rename = "bool")]
    Unconditional(bool),
    /// It can succeed later under a condition.
    #[serde(rename = "string")]
    Conditional(RetryCondition),
}

/// The condition under which sending the same request again can succeed.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RetryCondition {
    /// Something else has changed: a reference was removed, DNS was updated.
    AfterChange,
}

impl Default for Retry {
    fn default() -> Self {
        Self::Unconditional(false)
    }
}

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
    /// The same request may succeed later, with nobody changing anything.
    #[serde(default)]
    pub retry: bool,
    /// What went wrong and what to do. Markdown.
    pub doc: Spanned<String>,
}

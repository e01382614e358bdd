//! What holds for the whole API, and its error codes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::json::is_default;
use super::{Docs, Ident, Method};

/// Facts about the API as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "the names are those of `api.yaml`, where each is explained"
)]
pub struct Api {
    pub name: String,
    pub base_url: String,
    pub docs_url: String,
    pub crate_name: String,
    pub key_variable: String,
    pub url_variable: String,
    pub auth_header: String,
    pub auth_scheme: String,
    pub version_header: String,
    pub version_value: String,
    pub operation_id_header: String,
    pub operation_id_detail: String,
    pub cursor_parameter: String,
    pub limit_parameter: String,
    pub limit_default: u32,
    pub limit_min: u32,
    pub limit_max: u32,
    pub filter_parameter: String,
    pub filter_object: String,
    pub filter_language: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub filter_operators: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub filter_functions: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub filter_methods: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub filter_text_methods: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub filter_now: Option<String>,
    pub page_uri: String,
    pub page_next: String,
    pub error_code: String,
    pub error_status: String,
    pub error_message: String,
    pub error_details: String,
    pub rate_limit_requests: u32,
    pub rate_limit_window_seconds: u32,
    #[serde(default, skip_serializing_if = "is_default")]
    pub cors_max_age_seconds: Option<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub retry_statuses: Vec<u16>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub retry_not_processed: Vec<u16>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub idempotent_methods: Vec<Method>,
    pub id_length: u32,
    pub id_charset: String,
    /// Things that are pointed to but have no operations, by name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub externals: BTreeMap<Ident, External>,
}

/// Something that is pointed to but has no operations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct External {
    /// What its ids begin with, less the underscore.
    pub prefix: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
}

/// The error codes that have names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErrorCodes {
    /// What a code looks like before its number: `ERR_NGROK_`.
    pub prefix: String,
    /// What it looks like after its number.
    pub suffix: String,
    /// Address of the documentation of a code, with `{number}` in it.
    pub docs_url: String,
    /// The codes, by number.
    pub codes: BTreeMap<u32, ErrorCode>,
}

impl ErrorCodes {
    /// Returns a code as errors show it: `ERR_NGROK_226`.
    #[must_use]
    pub fn written(&self, number: u32) -> String {
        format!("{}{number}{}", self.prefix, self.suffix)
    }
}

/// One error code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErrorCode {
    /// Its name as the description has it: `RateLimited`.
    pub name: String,
    /// What part of the API it is about.
    #[serde(default, skip_serializing_if = "is_default")]
    pub topic: String,
    /// HTTP status it comes with, where known.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: Option<u16>,
    /// Whether sending the same request again can succeed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub retry: Retry,
    /// A delete was refused because other resources refer to this one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_use: bool,
    /// What went wrong and what to do, as plain text.
    pub meaning: String,
}

/// Whether sending the same request again can succeed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retry {
    /// Sending it again does not help.
    #[default]
    Never,
    /// It may succeed later without any change.
    Later,
    /// It may succeed once something else has changed.
    AfterChange,
}

impl Retry {
    /// The name used in the model: `after_change`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Later => "later",
            Self::AfterChange => "after_change",
        }
    }
}

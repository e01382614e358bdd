//! Facts about the API as a whole, and its error codes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::json::is_default;
use super::{Docs, Method, Name};

/// Facts about the API as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "the fields have the names of `api.yaml`, where each is documented"
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
    /// Types of resources that can be referenced but have no operations, by name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub externals: BTreeMap<Name, External>,
}

/// A type of resource that can be referenced but has no operations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct External {
    /// Prefix of its IDs, without the underscore.
    pub prefix: String,
    /// Description.
    #[serde(default, skip_serializing_if = "is_default")]
    pub docs: Docs,
}

/// The named error codes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErrorCodes {
    /// Prefix of a code before its number: `ERR_NGROK_`.
    pub prefix: String,
    /// Suffix of a code after its number.
    pub suffix: String,
    /// Address of the documentation of a code, with the placeholder `{number}`.
    pub docs_url: String,
    /// Codes by number.
    pub codes: BTreeMap<u32, ErrorCode>,
}

impl ErrorCodes {
    /// Returns a code as errors contain it: `ERR_NGROK_226`.
    #[must_use]
    pub fn written(&self, number: u32) -> String {
        format!("{}{number}{}", self.prefix, self.suffix)
    }
}

/// An error code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErrorCode {
    /// Name in the description: `RateLimited`.
    pub name: String,
    /// Part of the API that it belongs to.
    #[serde(default, skip_serializing_if = "is_default")]
    pub topic: String,
    /// HTTP status of its responses, if known.
    #[serde(default, skip_serializing_if = "is_default")]
    pub status: Option<u16>,
    /// Chance of success of sending the same request again.
    #[serde(default, skip_serializing_if = "is_default")]
    pub retry: Retry,
    /// A deletion was rejected because other resources refer to this one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub in_use: bool,
    /// Cause and solution, as plain text.
    pub meaning: String,
}

/// Chance of success of sending the same request again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retry {
    /// Never succeeds.
    #[default]
    Never,
    /// Can succeed later without any change.
    Later,
    /// Can succeed after something else has changed.
    AfterChange,
}

impl Retry {
    /// Returns the name used in the model: `after_change`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Later => "later",
            Self::AfterChange => "after_change",
        }
    }
}

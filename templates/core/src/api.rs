//! Facts about the API of a client, which every part of this crate takes from here.

use crate::limits::BodyLimits;
use crate::retry::{RetryClass, RetryRules};

/// Base URL of an API, and its names for headers, variables and keys.
#[derive(Debug)]
#[allow(
    clippy::exhaustive_structs,
    reason = "a client states all of them, in a constant"
)]
pub struct Api {
    /// Name of the API in messages.
    pub name: &'static str,
    /// Default base URL.
    pub base_url: &'static str,
    /// Name of the client in the `User-Agent` header.
    pub agent: &'static str,
    /// Environment variable with the API key.
    pub key_variable: &'static str,
    /// Environment variable with another base URL.
    pub url_variable: &'static str,
    /// Header with the API key, after the scheme.
    pub auth_header: &'static str,
    /// Scheme before the API key; empty if there is none.
    pub auth_scheme: &'static str,
    /// Header with the version of the API.
    pub version_header: &'static str,
    /// Version of the API that the client supports.
    pub version_value: &'static str,
    /// Response header with the operation ID.
    pub operation_id_header: &'static str,
    /// Key of the operation ID among the details of an error.
    pub operation_id_detail: &'static str,
    /// Key of an error's code.
    pub error_code: &'static str,
    /// Key of an error's HTTP status.
    pub error_status: &'static str,
    /// Key of an error's message.
    pub error_message: &'static str,
    /// Key of an error's details.
    pub error_details: &'static str,
    /// Keys of secrets in its bodies.
    pub secret_fields: &'static [&'static str],
    /// Constraints on bodies, by the names of their types.
    pub limits: &'static BodyLimits,
    /// Rules for retries.
    pub retry: RetryRules,
    /// Returns the retry class of an error code.
    pub error_retry: fn(&str) -> RetryClass,
    /// Returns the name of an error code, if it has one.
    pub error_name: fn(&str) -> Option<&'static str>,
}

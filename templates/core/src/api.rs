//! What a client says of its API, once: the facts that everything in here needs and none
//! of it states.

use crate::limits::BodyLimits;
use crate::retry::{RetryClass, RetryRules};

/// Names that an API gives to headers, variables and keys, and where it is.
#[derive(Debug)]
#[allow(
    clippy::exhaustive_structs,
    reason = "a client states all of them, in a constant"
)]
pub struct Api {
    /// What the API is called in messages.
    pub name: &'static str,
    /// Where requests go unless the builder or the environment says otherwise.
    pub base_url: &'static str,
    /// What the client calls itself in the `User-Agent` header.
    pub agent: &'static str,
    /// Environment variable with the API key.
    pub key_variable: &'static str,
    /// Environment variable with another base URL.
    pub url_variable: &'static str,
    /// Header that carries the API key, after the scheme.
    pub auth_header: &'static str,
    /// What stands before the API key; empty if nothing does.
    pub auth_scheme: &'static str,
    /// Header that says which version of the API is meant.
    pub version_header: &'static str,
    /// The version the client speaks.
    pub version_value: &'static str,
    /// Response header with the id of the operation.
    pub operation_id_header: &'static str,
    /// Key of the same id among the details of an error.
    pub operation_id_detail: &'static str,
    /// Key of an error's code.
    pub error_code: &'static str,
    /// Key of an error's HTTP status.
    pub error_status: &'static str,
    /// Key of an error's message.
    pub error_message: &'static str,
    /// Key of an error's details.
    pub error_details: &'static str,
    /// Keys under which its bodies have secrets.
    pub secret_fields: &'static [&'static str],
    /// What the values of bodies may be, by the names of their types.
    pub limits: &'static BodyLimits,
    /// When a request may be sent again.
    pub retry: RetryRules,
    /// What an error code says about that.
    pub error_retry: fn(&str) -> RetryClass,
    /// The name of an error code, if it has one.
    pub error_name: fn(&str) -> Option<&'static str>,
}

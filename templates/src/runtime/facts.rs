//! The facts of `crate::api` in the form of the core of the client.

use ngrok_client_core::Api;
use ngrok_client_core::limits::BodyLimits;
use ngrok_client_core::retry::RetryRules;

use crate::api;
use crate::runtime::ErrorCode;

static LIMITS: BodyLimits = BodyLimits::new(api::LIMITS);

/// The API of this crate.
pub(crate) static API: Api = Api {
    name: api::API_NAME,
    base_url: api::BASE_URL,
    agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    key_variable: api::KEY_VARIABLE,
    url_variable: api::URL_VARIABLE,
    auth_header: api::AUTH_HEADER,
    auth_scheme: api::AUTH_SCHEME,
    version_header: api::VERSION_HEADER,
    version_value: api::VERSION_VALUE,
    operation_id_header: api::OPERATION_ID_HEADER,
    operation_id_detail: api::OPERATION_ID_DETAIL,
    error_code: api::ERROR_CODE,
    error_status: api::ERROR_STATUS,
    error_message: api::ERROR_MESSAGE,
    error_details: api::ERROR_DETAILS,
    secret_fields: api::SECRET_FIELDS,
    limits: &LIMITS,
    retry: RetryRules {
        statuses: api::RETRY_STATUSES,
        not_processed: api::NOT_PROCESSED_STATUSES,
        idempotent: api::IDEMPOTENT_METHODS,
    },
    error_retry: |code| code.parse().map(ErrorCode::retry).unwrap_or_default(),
    error_name: |code| code.parse().ok().and_then(ErrorCode::name),
};

/// Lists the keys of secrets in bodies.
macro_rules! secret_fields {
    ($($key:literal;)*) => {
        pub(crate) const SECRET_FIELDS: &[&str] = &[$($key),*];
    };
}
pub(crate) use secret_fields;

//! Facts of the model for the core, with static lifetime.

use std::sync::OnceLock;

use ngrok_api_model::{ErrorCode, Model, Retry, Type};
use ngrok_client_core::Api;
use ngrok_client_core::limits::BodyLimits;
use ngrok_client_core::retry::{RetryClass, RetryRules};

use crate::failure;
use crate::shell::Shell;

/// The model in which the core's functions look up codes: they are plain functions without state.
static MODEL: OnceLock<&'static Model> = OnceLock::new();

/// Bodies are validated against the model before they reach the core.
static UNLIMITED: BodyLimits = BodyLimits::new("{}");

/// Returns the facts; called once per process.
pub(crate) fn api(shell: &'static Shell, model: &'static Model) -> &'static Api {
    MODEL.get_or_init(|| model);
    let api = &model.api;
    let idempotent: Vec<_> =
        api.idempotent_methods.iter().map(|method| method.as_str()).collect();
    Box::leak(Box::new(Api {
        name: &api.name,
        base_url: &api.base_url,
        agent: Box::leak(format!("{}/{}", shell.name, shell.version).into_boxed_str()),
        key_variable: &api.key_variable,
        url_variable: &api.url_variable,
        auth_header: &api.auth_header,
        auth_scheme: &api.auth_scheme,
        version_header: &api.version_header,
        version_value: &api.version_value,
        operation_id_header: &api.operation_id_header,
        operation_id_detail: &api.operation_id_detail,
        error_code: &api.error_code,
        error_status: &api.error_status,
        error_message: &api.error_message,
        error_details: &api.error_details,
        secret_fields: secret_fields(model),
        limits: &UNLIMITED,
        retry: RetryRules {
            statuses: &api.retry_statuses,
            not_processed: &api.retry_not_processed,
            idempotent: idempotent.leak(),
        },
        error_retry: |code| match known(code).map(|known| known.retry) {
            None | Some(Retry::Never) => RetryClass::Never,
            Some(Retry::Later) => RetryClass::Later,
            Some(Retry::AfterChange) => RetryClass::AfterChange,
        },
        error_name: |code| known(code).map(|known| known.name.as_str()),
    }))
}

fn known(code: &str) -> Option<&'static ErrorCode> {
    let model = MODEL.get()?;
    model.error_codes.codes.get(&failure::number(model, code)?)
}

/// Returns the keys that contain a secret in any type.
pub(crate) fn secret_fields(model: &'static Model) -> &'static [&'static str] {
    let mut keys: Vec<&'static str> = Vec::new();
    for ty in model.types.values() {
        let Type::Record(record) = ty else { continue };
        let secrets = record.fields.iter().filter(|field| field.secret);
        keys.extend(secrets.map(|field| field.wire.as_str()));
    }
    keys.sort_unstable();
    keys.dedup();
    keys.leak()
}

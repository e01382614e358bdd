//! The model for clients that read it at run time: facts that the client's core needs, with static lifetime.

use std::sync::OnceLock;

use ngrok_client_core::Api;
use ngrok_client_core::limits::BodyLimits;
use ngrok_client_core::retry::{RetryClass, RetryRules};

use super::{ErrorCode, ErrorCodes, Model, Retry, Type};

/// The model in which the core's functions look up codes: they are plain functions without state.
static MODEL: OnceLock<&'static Model> = OnceLock::new();

/// Bodies are validated against the model before they reach the core.
static UNLIMITED: BodyLimits = BodyLimits::new("{}");

impl Model {
    /// Returns the facts about the API for the client's core. Called once per process: `agent` names the program, as in
    /// `program/1.0.0`.
    #[must_use]
    pub fn for_clients(&'static self, agent: String) -> &'static Api {
        MODEL.get_or_init(|| self);
        let api = &self.api;
        let idempotent: Vec<_> =
            api.idempotent_methods.iter().map(|method| method.as_str()).collect();
        Box::leak(Box::new(Api {
            name: &api.name,
            base_url: &api.base_url,
            agent: agent.leak(),
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
            secret_fields: self.secret_keys().leak(),
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

    /// Returns the keys that contain a secret in any type, sorted.
    #[must_use]
    pub fn secret_keys(&self) -> Vec<&str> {
        let records = self.types.values().filter_map(|ty| match ty {
            Type::Record(record) => Some(record),
            Type::Union(_) | Type::Enum(_) => None,
        });
        let secrets = records.flat_map(|record| &record.fields).filter(|it| it.secret);
        let mut keys: Vec<_> = secrets.map(|field| field.wire.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

fn known(code: &str) -> Option<&'static ErrorCode> {
    let codes = &MODEL.get()?.error_codes;
    codes.codes.get(&codes.number(code)?)
}

impl ErrorCodes {
    /// Returns the number in a code such as `ERR_NGROK_404`, or in the number alone.
    #[must_use]
    pub fn number(&self, code: &str) -> Option<u32> {
        let code = code.trim();
        let number = code.strip_prefix(self.prefix.as_str()).unwrap_or(code);
        number.strip_suffix(self.suffix.as_str())?.parse().ok()
    }

    /// Returns the address of the documentation of a code.
    #[must_use]
    pub fn docs_of(&self, number: u32) -> String {
        self.docs_url.replace("{number}", &number.to_string())
    }
}

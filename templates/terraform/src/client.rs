//! Requests to the API: JSON in and out, with the retries and the rate limit of the client's core.

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use http::Method;
use ngrok_api_model::{ErrorCode, Model, Retry, Type};
use ngrok_client_core::blocking::Session;
use ngrok_client_core::limits::BodyLimits;
use ngrok_client_core::quota::Quota;
use ngrok_client_core::retry::{RetryClass, RetryRules};
use ngrok_client_core::{
    Api, Config, Draft, Error, Network, Operation, RetryPolicy, Settings,
};
use serde_json::Value as Json;

use crate::schema::{List, Request};

/// Bodies are checked against the model before they reach the core.
static UNLIMITED: BodyLimits = BodyLimits::new("{}");

/// The model that the core's functions look codes up in: they are plain functions without a place for it.
static MODEL: OnceLock<&'static Model> = OnceLock::new();

/// Configuration of the provider.
#[derive(Default)]
pub(crate) struct Configuration {
    pub(crate) api_key: Option<String>,
    pub(crate) base_url: Option<String>,
    /// Requests within the window of the API's rate limit; 0 for no limit.
    pub(crate) rate_limit: Option<u32>,
    /// Product name of the program.
    pub(crate) product: String,
}

/// A client of the API.
pub(crate) struct Client {
    session: Session,
    api: &'static Api,
    model: &'static Model,
}

/// A failed request.
#[derive(Debug)]
pub(crate) struct Failure {
    /// HTTP status, where there was a response.
    pub(crate) status: Option<u16>,
    /// Number of the error code, where the response has one.
    pub(crate) code: Option<u32>,
    /// Problem and solution.
    pub(crate) message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Client {
    /// Checks the configuration; connects with the first request.
    pub(crate) fn new(
        model: &'static Model,
        configuration: &Configuration,
        agent: &str,
    ) -> Result<Self, String> {
        let api = facts(model, agent);
        let variable =
            |name: &str| std::env::var(name).ok().filter(|it| !it.trim().is_empty());
        let key = configuration.api_key.clone().or_else(|| variable(api.key_variable));
        let key = key.ok_or_else(|| {
            format!(
                "state `api_key`, or set the environment variable {}",
                api.key_variable
            )
        })?;
        let mut settings = Settings {
            api_key: Some(key.into()),
            base_url: configuration
                .base_url
                .clone()
                .or_else(|| variable(api.url_variable)),
            product: Some(configuration.product.clone()),
            retry: RetryPolicy::new().max_retries(6),
            ..Settings::default()
        };
        let requests = configuration.rate_limit.unwrap_or(model.api.rate_limit_requests);
        if requests > 0 {
            let window = Duration::from_secs(model.api.rate_limit_window_seconds.into());
            settings.quota = Some(Quota::new(requests, window));
        }
        let lookup = |name: &str| std::env::var_os(name);
        let proxy = ngrok_client_core::env::proxy(api, &settings, &lookup)?;
        settings.network = Network { proxy, ..Network::default() };
        let config =
            Config::new(&settings, api).map_err(|error| error.message().to_owned())?;
        let session =
            Session::new(config, None).map_err(|error| error.message().to_owned())?;
        Ok(Self { session, api, model })
    }

    /// Sends a request with its path parameters and a body; a response without a body is null.
    pub(crate) fn send(
        &self,
        method: ngrok_api_model::Method,
        request: &Request,
        parameters: &dyn Fn(&str) -> Option<String>,
        body: Option<&Json>,
    ) -> Result<Json, Failure> {
        let method =
            Method::from_bytes(method.as_str().as_bytes()).unwrap_or(Method::GET);
        let mut draft = self.draft(method, request, parameters);
        if let Some(body) = body {
            draft.body(serde_json::to_vec(body));
        }
        self.run(draft)
    }

    /// Lists resources, page by page.
    pub(crate) fn list(
        &self,
        list: &List,
        parameters: &dyn Fn(&str) -> Option<String>,
        filter: Option<&str>,
    ) -> Result<Vec<Json>, Failure> {
        let first = || {
            let mut draft = self.draft(Method::GET, &list.request, parameters);
            if list.paged {
                let limit = self.model.api.limit_max.to_string();
                draft.query(&self.model.api.limit_parameter, limit);
            }
            if let Some(filter) = filter {
                draft.query(&self.model.api.filter_parameter, filter.to_owned());
            }
            draft
        };
        let (mut items, mut draft) = (Vec::new(), first());
        loop {
            let mut page = self.run(draft)?;
            if let Some(Json::Array(found)) = page.get_mut(&list.items).map(Json::take) {
                items.extend(found);
            }
            match page.get(&self.model.api.page_next).and_then(Json::as_str) {
                Some(next) if list.paged && !next.is_empty() => {
                    draft = first().page(self.session.config().base(), next);
                }
                _ => return Ok(items),
            }
        }
    }

    fn draft(
        &self,
        method: Method,
        request: &Request,
        parameters: &dyn Fn(&str) -> Option<String>,
    ) -> Draft {
        let operation = Operation { name: "terraform", items: "" };
        let mut draft = Draft::new(self.api, operation, method, &request.path);
        for name in &request.parameters {
            draft.param(name, &parameters(name).unwrap_or_default());
        }
        draft
    }

    fn run(&self, draft: Draft) -> Result<Json, Failure> {
        let reply =
            self.session.run(Box::new(draft)).map_err(|error| self.failure(&error))?;
        if reply.status() == http::StatusCode::NO_CONTENT {
            return Ok(Json::Null);
        }
        let json = reply.json().map_err(|error| self.failure(&error))?;
        serde_json::from_str(json)
            .map_err(|error| self.failure(&reply.undecodable(&error)))
    }

    fn failure(&self, error: &Error) -> Failure {
        let code = error.raw_code().and_then(number);
        let known = code.and_then(|it| self.model.error_codes.codes.get(&it));
        let mut message = error.message().to_owned();
        if let Some(code) = error.raw_code() {
            message = format!("{message}\n\n{code}");
            if let Some(known) = known {
                message = format!("{message}: {}", known.meaning);
            }
        }
        if let Some(id) = error.operation_id() {
            message = format!("{message}\n\nOperation ID: {id}");
        }
        Failure { status: error.status().map(|it| it.as_u16()), code, message }
    }
}

/// The number of an error code, which it ends with.
fn number(code: &str) -> Option<u32> {
    let digits = code.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    digits.parse().ok()
}

/// The model's facts as the core takes them: for the lifetime of the process.
fn facts(model: &'static Model, agent: &str) -> &'static Api {
    MODEL.get_or_init(|| model);
    let api = &model.api;
    let idempotent: Vec<_> =
        api.idempotent_methods.iter().map(|it| it.as_str()).collect();
    Box::leak(Box::new(Api {
        name: &api.name,
        base_url: &api.base_url,
        agent: Box::leak(agent.to_owned().into_boxed_str()),
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
    MODEL.get()?.error_codes.codes.get(&number(code)?)
}

/// The keys under which any type has a secret.
fn secret_fields(model: &'static Model) -> &'static [&'static str] {
    let records = model.types.values().filter_map(|ty| match ty {
        Type::Record(record) => Some(record),
        Type::Union(_) | Type::Enum(_) => None,
    });
    let secrets = records.flat_map(|it| &it.fields).filter(|field| field.secret);
    let mut keys: Vec<_> = secrets.map(|field| field.wire.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.leak()
}

//! The core of a client without I/O: requests, retries, addresses, pages, and locations in JSON.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

mod config;
mod cursor;
mod draft;
mod exchange;
mod json_path;
mod limits;
#[cfg(feature = "async")]
mod own_transport;
mod proxy;
mod quota;
mod retry;
mod shared_quota;
mod url;

use http::{Method, Response};
use ngrok_client_core::limits::BodyLimits;
use ngrok_client_core::retry::{RetryClass, RetryRules};
use ngrok_client_core::{
    Api, Config, Draft, HttpResponse, Operation, Settings, json_path,
};

const KEY: &str = "secret-key-123";

/// A fictitious API.
static API: Api = API_FACTS;

static LIMITS: BodyLimits = BodyLimits::new(
    r#"{"Thing":{"fields":{"name":{"max_bytes":3},"size":{"required":true}}}}"#,
);

const API_FACTS: Api = Api {
    name: "example",
    base_url: "https://api.example.com",
    agent: "example-client/1.0",
    key_variable: "EXAMPLE_API_KEY",
    url_variable: "EXAMPLE_API_URL",
    auth_header: "authorization",
    auth_scheme: "Bearer",
    version_header: "example-version",
    version_value: "2",
    operation_id_header: "example-operation-id",
    operation_id_detail: "operation_id",
    error_code: "error_code",
    error_status: "status_code",
    error_message: "msg",
    error_details: "details",
    secret_fields: &["token", "private_key"],
    limits: &LIMITS,
    retry: RetryRules {
        statuses: &[429, 502, 503, 504],
        not_processed: &[429],
        idempotent: &["GET", "PUT", "PATCH", "DELETE"],
    },
    error_retry: |code| match code {
        "LATER" => RetryClass::Later,
        "AFTER_CHANGE" => RetryClass::AfterChange,
        _ => RetryClass::Never,
    },
    error_name: |_| None,
};

fn settings() -> Settings {
    Settings { api_key: Some(KEY.to_owned().into()), ..Settings::default() }
}

fn config() -> Config {
    Config::new(&settings(), &API).unwrap()
}

fn draft(method: Method, path: &str) -> Draft {
    Draft::new(&API, Operation { name: "ThingsTest", items: "things" }, method, path)
}

fn response(
    status: u16,
    headers: &[(&str, &str)],
    body: impl AsRef<[u8]>,
) -> HttpResponse {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body.as_ref().to_vec()).unwrap()
}

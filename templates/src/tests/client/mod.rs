//! The client without I/O: requests, errors, retries, addresses, cursors.

mod config;
mod cursor;
mod draft;
mod error;
mod error_code;
mod exchange;
mod reply;
mod retry;
mod url;

use http::{Method, Response};

use crate::runtime::config::{Config, Settings};
use crate::runtime::draft::{Draft, Operation};
use crate::runtime::transport::HttpResponse;

const KEY: &str = "secret-key-123";

fn settings() -> Settings {
    Settings { api_key: Some(KEY.to_owned()), ..Settings::default() }
}

fn config() -> Config {
    Config::new(&settings()).unwrap()
}

fn draft(method: Method, path: &str) -> Draft {
    Draft::new(Operation { name: "ThingsTest", items: "things" }, method, path)
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

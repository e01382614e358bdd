//! Raw requests, including some that no client would send.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::LazyLock;
use std::time::Duration;

use ngrok_test_server::Server;
use serde_json::Value;
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

/// Sends bytes, and returns everything received until the server closes the connection.
pub(crate) fn exchange(server: &Server, bytes: &str) -> String {
    let address = server.url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(bytes.as_bytes()).unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).unwrap();
    String::from_utf8_lossy(&reply).into_owned()
}

/// The response to a request.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

/// Builds a valid request, for tests to modify.
pub(crate) fn request(server: &Server, method: &str, path: &str) -> Request<String> {
    let request = Request::builder()
        .method(method)
        .uri(format!("{}{path}", server.url()))
        .header("authorization", format!("Bearer {}", server.api_key()))
        .header("ngrok-version", "2");
    request.body(String::new()).unwrap()
}

/// Builds a valid request with a JSON body.
#[expect(
    clippy::needless_pass_by_value,
    reason = "callers pass the position of the body"
)]
pub(crate) fn with_body(
    server: &Server,
    method: &str,
    path: &str,
    body: impl ToString,
) -> Request<String> {
    let mut request = request(server, method, path);
    request.headers_mut().insert("content-type", "application/json".parse().unwrap());
    *request.body_mut() = body.to_string();
    request
}

/// The client of all requests, which uses connections again.
static AGENT: LazyLock<Agent> = LazyLock::new(|| {
    let settings = Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true);
    settings.build().new_agent()
});

/// Sends a request.
pub(crate) fn send(request: Request<String>) -> Reply {
    let response = AGENT.run(request).unwrap();
    let (parts, mut body) = response.into_parts();
    let text = body.read_to_string().unwrap();
    let body =
        if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
    Reply { status: parts.status.as_u16(), headers: parts.headers, body }
}

impl Reply {
    /// Returns the value of a header.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Checks the invariants of every error response; returns the error code, if there is one.
    pub(crate) fn refusal(&self, status: u16) -> Option<&str> {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.body["status_code"], status, "{self:?}");
        assert!(
            self.body["msg"].as_str().is_some_and(|text| !text.is_empty()),
            "{self:?}"
        );
        let id = self.body["details"]["operation_id"].as_str().unwrap();
        assert!(id.starts_with("op_") && id.len() == 30, "{id}");
        assert_eq!(self.header("ngrok-operation-id"), id);
        assert_eq!(self.header("content-type"), "application/json");
        self.body.get("error_code").map(|code| code.as_str().unwrap())
    }
}

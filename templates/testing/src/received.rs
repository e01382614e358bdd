//! Requests as tests see them: takes the request as it would have been sent, stores it without the API key.

use std::fmt;

use http::{HeaderValue, Method, Uri};
use ngrok_client_core::{Api, HttpRequest};
use serde_json::Value;

/// A recorded request, with `[redacted]` in place of the API key.
#[derive(Clone)]
pub struct ReceivedRequest(HttpRequest);

impl ReceivedRequest {
    pub(super) fn new(request: &HttpRequest) -> Self {
        let mut request = request.clone();
        let api = request.extensions_mut().remove::<&'static Api>();
        for (name, value) in request.headers_mut() {
            let is_key = api
                .is_none_or(|api| name.as_str().eq_ignore_ascii_case(api.auth_header));
            if is_key && value.is_sensitive() {
                *value = HeaderValue::from_static("[redacted]");
            }
        }
        Self(request)
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.0.method()
    }

    /// Returns the full address.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        self.0.uri()
    }

    /// Returns the path, escaped as it was sent.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.uri().path()
    }

    /// Returns the first query parameter with this name, unescaped.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        for pair in self.0.uri().query()?.split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            if unescape(key) == name {
                return Some(unescape(value));
            }
        }
        None
    }

    /// Returns the first header with this name, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name)?.to_str().ok()
    }

    /// Returns the body, including secrets.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.0.body()
    }

    /// Returns the body as JSON; null if it is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let text = str::from_utf8(self.0.body()).unwrap_or_default();
        text.parse().unwrap_or_default()
    }
}

/// Method and address, as in `GET /things?limit=1`.
impl fmt::Display for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let uri = self.0.uri();
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        write!(f, "{} {target}", self.0.method())
    }
}

/// Omits the headers and the body.
impl fmt::Debug for ReceivedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReceivedRequest").field(&self.to_string()).finish()
    }
}

/// Reverses [`escape`](ngrok_client_core::url::escape), and decodes `+` as a space.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = after.get(..2).filter(|_| first == b'%').and_then(hex);
        rest = if escaped.is_some() { &after[2..] } else { after };
        bytes.push(escaped.unwrap_or(if first == b'+' { b' ' } else { first }));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

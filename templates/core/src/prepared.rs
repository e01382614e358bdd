//! A request that can be sent more than once: what is its own, and what it shares with all
//! others of its client. Each attempt is given a copy that is whole.

use http::{HeaderMap, Method, Uri};

use crate::HttpRequest;

/// A request but for the API key, which comes with each attempt.
pub(crate) struct Prepared<'a> {
    pub(crate) method: Method,
    /// The path with its parameters in braces.
    pub(crate) template: String,
    pub(crate) uri: Uri,
    pub(crate) body: Vec<u8>,
    /// Headers of its own, which replace shared ones.
    pub(crate) headers: HeaderMap,
    /// Headers of every request of its client.
    pub(crate) shared: &'a HeaderMap,
}

impl Prepared<'_> {
    /// The whole request, with `[redacted]` where the API key goes.
    pub(crate) fn request(&self) -> HttpRequest {
        let mut headers = self.shared.clone();
        headers.extend(self.headers.clone());
        let mut request = HttpRequest::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = headers;
        request
    }
}

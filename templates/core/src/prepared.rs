//! A request that can be sent more than once: its own parts, and those shared by all requests of its client. Each
//! attempt gets a complete copy.

use http::{HeaderMap, Method, Uri};

use crate::HttpRequest;

/// A request without the API key, which each attempt adds.
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
    /// Returns the complete request, with `[redacted]` in place of the API key.
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

//! Values along with the metadata of their HTTP responses.

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, StatusCode};
use ngrok_client_core::Reply;

/// The result of a call, with the status, the headers and the operation ID of the response.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    reply: Arc<Reply>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, reply: Reply) -> Self {
        Self { value, reply: Arc::new(reply.done()) }
    }

    /// Returns the value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// Returns the value, without the metadata.
    pub fn into_value(self) -> T {
        self.value
    }

    /// Converts the value and keeps the rest.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Response<U> {
        Response { value: convert(self.value), reply: self.reply }
    }

    /// Returns the HTTP status.
    pub fn status(&self) -> StatusCode {
        self.reply.status()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        self.reply.headers()
    }

    /// Returns the operation ID assigned by the API. Include it in support requests.
    pub fn operation_id(&self) -> Option<&str> {
        self.reply.operation_id()
    }

    /// Returns the number of attempts to send the request.
    pub fn attempts(&self) -> u32 {
        self.reply.attempts()
    }
}

/// Omits the headers.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status())
            .field("operation_id", &self.operation_id())
            .field("attempts", &self.attempts())
            .finish_non_exhaustive()
    }
}

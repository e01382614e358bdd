//! A value along with what its HTTP response said.

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, StatusCode};
use ngrok_client_core::Reply;

/// What a call yields, with the status, the headers and the operation id of the response.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    reply: Arc<Reply>,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, reply: Reply) -> Self {
        Self { value, reply: Arc::new(reply.done()) }
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value, without the rest.
    pub fn into_value(self) -> T {
        self.value
    }

    /// Converts the value and keeps the rest.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Response<U> {
        Response { value: convert(self.value), reply: self.reply }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.reply.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.reply.headers()
    }

    /// The API's own id of the call. Quote it when you ask for help.
    pub fn operation_id(&self) -> Option<&str> {
        self.reply.operation_id()
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.reply.attempts()
    }
}

/// Without the headers.
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

//! A value along with what its HTTP response said.

use std::fmt;

use http::{HeaderMap, StatusCode};

use crate::runtime::error::operation_id;
use crate::runtime::reply::Reply;

/// What a call yields, with the status, the headers and the operation id of the response.
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, reply: Reply) -> Self {
        Self {
            value,
            status: reply.status,
            headers: reply.headers,
            attempts: reply.attempts,
        }
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value, without the rest.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The API's own id of the call. Quote it when you ask for help.
    pub fn operation_id(&self) -> Option<&str> {
        operation_id(&self.headers)
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

/// Without the headers.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("operation_id", &self.operation_id())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

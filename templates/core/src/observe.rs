//! Observation of requests and responses, for metrics and audit: passes each attempt of a call to an observer.
//! Makes no decisions.

use std::time::Duration;

use http::{Method, Uri};

use crate::prepared::Prepared;
use crate::{HttpRequest, HttpResponse, Operation, TransportError};

/// Observes each attempt of each call of a client. Implemented by functions that take an [`Event`].
///
/// It is called in the task or thread of the call, before the call continues: it must not block.
pub trait Observer: Send + Sync + 'static {
    /// Called at the end of an attempt.
    fn on_exchange(&self, event: &Event<'_>);
}

impl<F: Fn(&Event<'_>) + Send + Sync + 'static> Observer for F {
    fn on_exchange(&self, event: &Event<'_>) {
        self(event);
    }
}

/// One attempt of a call: the request, its result, and the next step.
///
/// Its `Debug` output contains neither headers nor bodies. [`request`](Self::request) and
/// [`response`](Self::response) return them, including secrets in bodies; neither contains the API key.
#[derive(Debug)]
pub struct Event<'a> {
    pub(crate) call: Call<'a>,
    pub(crate) attempt: u32,
    pub(crate) took: Duration,
    pub(crate) retry_in: Option<Duration>,
    pub(crate) outcome: Outcome<'a>,
}

/// Properties shared by all attempts of a call.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) operation: Operation,
    pub(crate) request: &'a Prepared<'a>,
    pub(crate) operation_id_header: &'static str,
}

/// Result of an attempt; its `Debug` output omits the contents.
pub(crate) struct Outcome<'a>(pub(crate) &'a Result<HttpResponse, TransportError>);

impl Call<'_> {
    /// Returns the last path parameter, escaped.
    pub(crate) fn resource_id(&self) -> Option<&str> {
        // A base URL may have a path before that of the call.
        let given = self.request.uri.path().rsplit('/');
        let wanted = self.request.template.rsplit('/');
        given.zip(wanted).find(|(_, it)| it.starts_with('{')).map(|(id, _)| id)
    }
}

impl Event<'_> {
    /// Returns the name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.call.operation.name
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.call.request.method
    }

    /// Returns the path with its parameters in braces: the same for all calls of an operation, and so suitable for
    /// metrics.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.call.request.template
    }

    /// Returns the address of the request.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.call.request.uri
    }

    /// Returns the last path parameter, escaped: the ID of the resource.
    #[must_use]
    pub fn resource_id(&self) -> Option<&str> {
        self.call.resource_id()
    }

    /// Returns the request as it was sent, with `[redacted]` in place of the API key.
    #[must_use]
    pub fn request(&self) -> HttpRequest {
        self.call.request.request()
    }

    /// Returns the response, whatever its status.
    #[must_use]
    pub fn response(&self) -> Option<&HttpResponse> {
        self.outcome.0.as_ref().ok()
    }

    /// Returns the reason why there is no response.
    #[must_use]
    pub fn error(&self) -> Option<&TransportError> {
        self.outcome.0.as_ref().err()
    }

    /// Returns the operation ID assigned by the API.
    #[must_use]
    pub fn operation_id(&self) -> Option<&str> {
        let headers = self.response()?.headers();
        headers.get(self.call.operation_id_header)?.to_str().ok()
    }

    /// Returns the number of the attempt, from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the duration of the attempt.
    #[must_use]
    pub fn took(&self) -> Duration {
        self.took
    }

    /// Returns the wait before the next attempt; `None` if this was the last one.
    #[must_use]
    pub fn retry_in(&self) -> Option<Duration> {
        self.retry_in
    }
}

impl std::fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.name)
            .field("method", &self.request.method)
            .field("template", &self.request.template)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Outcome<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Ok(response) => response.status().fmt(f),
            Err(error) => error.fmt(f),
        }
    }
}

//! A look at what is sent and what comes back, for metrics and audit: each attempt of a
//! call goes in, and whoever was asked to look sees it. Decides nothing.

use std::time::Duration;

use http::{Method, Uri};

use crate::prepared::Prepared;
use crate::{HttpRequest, HttpResponse, Operation, TransportError};

/// Sees each attempt of each call of a client. A function that takes an [`Event`] is one.
///
/// It is called where the call is made, before the call goes on: it must not block.
pub trait Observer: Send + Sync + 'static {
    /// An attempt came to its end.
    fn on_exchange(&self, event: &Event<'_>);
}

impl<F: Fn(&Event<'_>) + Send + Sync + 'static> Observer for F {
    fn on_exchange(&self, event: &Event<'_>) {
        self(event);
    }
}

/// One attempt of a call: what was sent, what came of it, and what follows.
///
/// Whatever prints it sees neither headers nor bodies. [`request`](Self::request) and
/// [`response`](Self::response) have them, and with them the secrets in bodies; the API
/// key is in neither.
#[derive(Debug)]
pub struct Event<'a> {
    pub(crate) call: Call<'a>,
    pub(crate) attempt: u32,
    pub(crate) took: Duration,
    pub(crate) retry_in: Option<Duration>,
    pub(crate) outcome: Outcome<'a>,
}

/// What is the same for all attempts of a call.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) operation: Operation,
    pub(crate) request: &'a Prepared<'a>,
    pub(crate) operation_id_header: &'static str,
}

/// What came of an attempt, without what it holds when it is printed.
pub(crate) struct Outcome<'a>(pub(crate) &'a Result<HttpResponse, TransportError>);

impl Call<'_> {
    /// The last argument of the path, escaped.
    pub(crate) fn resource_id(&self) -> Option<&str> {
        // A base URL may have a path before that of the call.
        let given = self.request.uri.path().rsplit('/');
        let wanted = self.request.template.rsplit('/');
        given.zip(wanted).find(|(_, it)| it.starts_with('{')).map(|(id, _)| id)
    }
}

impl Event<'_> {
    /// The name of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.call.operation.name
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.call.request.method
    }

    /// The path with its parameters in braces: the same for all calls of an operation,
    /// and so fit for metrics.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.call.request.template
    }

    /// Where the request went.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.call.request.uri
    }

    /// The last argument of the path, escaped: the id of what the call is about.
    #[must_use]
    pub fn resource_id(&self) -> Option<&str> {
        self.call.resource_id()
    }

    /// The request as it was sent, with `[redacted]` for the API key.
    #[must_use]
    pub fn request(&self) -> HttpRequest {
        self.call.request.request()
    }

    /// The response, whatever its status is.
    #[must_use]
    pub fn response(&self) -> Option<&HttpResponse> {
        self.outcome.0.as_ref().ok()
    }

    /// Why there is no response.
    #[must_use]
    pub fn error(&self) -> Option<&TransportError> {
        self.outcome.0.as_ref().err()
    }

    /// The API's own id of the call.
    #[must_use]
    pub fn operation_id(&self) -> Option<&str> {
        let headers = self.response()?.headers();
        headers.get(self.call.operation_id_header)?.to_str().ok()
    }

    /// Which attempt of the call it was, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// How long it took.
    #[must_use]
    pub fn took(&self) -> Duration {
        self.took
    }

    /// The wait before the next attempt; `None` if this was the last one.
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

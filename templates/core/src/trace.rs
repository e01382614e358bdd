//! Spans and events of the `tracing` crate, one span for each call, under the names that
//! OpenTelemetry gives the attributes of an HTTP client. Without the feature, nothing.
//!
//! What a span has: method, template of the path, host, operation, id, status, error,
//! number of repetitions. What it never has: a query, a header or a body.

#[cfg(feature = "tracing")]
pub(crate) use on::Span;

#[cfg(not(feature = "tracing"))]
pub(crate) use off::Span;

#[cfg(feature = "tracing")]
mod on {
    //! With the feature.

    use std::time::Duration;

    #[cfg(feature = "async")]
    use tracing::Instrument;
    use tracing::field::{Empty, display};
    use tracing::{debug, info, info_span};

    use crate::observe::Call;
    use crate::{Error, ErrorKind, Reply, excerpt};

    /// The span of a call.
    #[derive(Clone, Debug)]
    pub(crate) struct Span(tracing::Span);

    impl Span {
        pub(crate) fn new(call: &Call<'_>) -> Self {
            let (method, uri) = (call.request.method(), call.request.uri());
            let https = uri.scheme_str() == Some("https");
            let span = info_span!(
                target: "ngrok_client",
                "api call",
                otel.name = %format_args!("{method} {}", call.template),
                otel.kind = "client",
                otel.status_code = Empty,
                http.request.method = %method,
                url.template = call.template,
                server.address = uri.host(),
                server.port = uri.port_u16().unwrap_or(if https { 443 } else { 80 }),
                api.operation = call.operation.name,
                api.resource_id = call.resource_id(),
                api.operation_id = Empty,
                api.error_code = Empty,
                http.response.status_code = Empty,
                http.request.resend_count = Empty,
                error.type = Empty,
            );
            Self(span)
        }

        /// The future, inside of the span whenever it runs.
        #[cfg(feature = "async")]
        pub(crate) fn around<F: Future>(
            &self,
            future: F,
        ) -> impl Future<Output = F::Output> {
            future.instrument(self.0.clone())
        }

        /// The function, inside of the span.
        #[cfg(feature = "blocking")]
        pub(crate) fn within<T>(&self, function: impl FnOnce() -> T) -> T {
            self.0.in_scope(function)
        }

        pub(crate) fn attempts(&self, attempt: u32) {
            debug!(target: "ngrok_client", parent: &self.0, attempt, "sends");
        }

        pub(crate) fn waits(&self, attempt: u32, why: &str, wait: Duration) {
            let wait = wait.as_secs_f64();
            info!(
                target: "ngrok_client",
                parent: &self.0,
                attempt,
                error.type = why,
                wait,
                "sends again after a wait of so many seconds"
            );
        }

        pub(crate) fn ends(&self, result: Result<&Reply, &Error>) {
            let span = &self.0;
            let (status, attempts, id) = match result {
                Ok(reply) => {
                    (Some(reply.status()), reply.attempts(), reply.operation_id())
                }
                Err(error) => (error.status(), error.attempts(), error.operation_id()),
            };
            if let Some(status) = status {
                span.record("http.response.status_code", status.as_u16());
            }
            if let Some(id) = id {
                span.record("api.operation_id", excerpt(id));
            }
            if attempts > 1 {
                span.record("http.request.resend_count", attempts - 1);
            }
            if let Err(error) = result {
                span.record("otel.status_code", "ERROR");
                match (error.kind(), status) {
                    (ErrorKind::Api, Some(status)) => {
                        span.record("error.type", display(status.as_u16()))
                    }
                    (kind, _) => span.record("error.type", name(kind)),
                };
                if let Some(code) = error.raw_code() {
                    span.record("api.error_code", excerpt(code));
                }
            }
        }
    }

    fn name(kind: ErrorKind) -> &'static str {
        match kind {
            ErrorKind::Timeout => "timeout",
            ErrorKind::Connection => "connection",
            ErrorKind::Decode => "decode",
            _ => "request",
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    //! Without the feature.

    use std::time::Duration;

    use crate::observe::Call;
    use crate::{Error, Reply};

    /// No span.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Span;

    #[allow(clippy::unused_self, reason = "the span that there is with the feature")]
    impl Span {
        pub(crate) fn new(_call: &Call<'_>) -> Self {
            Self
        }

        #[cfg(feature = "async")]
        pub(crate) fn around<F: Future>(
            self,
            future: F,
        ) -> impl Future<Output = F::Output> {
            future
        }

        #[cfg(feature = "blocking")]
        pub(crate) fn within<T>(self, function: impl FnOnce() -> T) -> T {
            function()
        }

        pub(crate) fn attempts(self, _attempt: u32) {}

        pub(crate) fn waits(self, _attempt: u32, _why: &str, _wait: Duration) {}

        pub(crate) fn ends(self, _result: Result<&Reply, &Error>) {}
    }
}

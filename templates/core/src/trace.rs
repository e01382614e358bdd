//! Spans and events of the `tracing` crate, one span for each call, with the attributes that OpenTelemetry defines
//! for HTTP clients. Without the feature, nothing.
//!
//! A span contains method, address, operation, ID, status, error and number of retries, but never values of a
//! query, a header or a body. It ends when the reply is decoded, so that it includes decoding errors.

#[cfg(all(feature = "tracing", any(feature = "hyper", feature = "blocking")))]
pub(crate) use on::Scene;
#[cfg(feature = "tracing")]
pub(crate) use on::Span;

#[cfg(all(not(feature = "tracing"), any(feature = "hyper", feature = "blocking")))]
pub(crate) use off::Scene;
#[cfg(not(feature = "tracing"))]
pub(crate) use off::Span;

#[cfg(feature = "tracing")]
mod on {
    //! With the feature.

    use std::time::Duration;

    use http::{StatusCode, Uri};
    #[cfg(feature = "blocking")]
    use tracing::dispatcher::with_default;
    #[cfg(any(feature = "hyper", feature = "blocking"))]
    use tracing::dispatcher::{Dispatch, get_default};
    use tracing::field::{Empty, display};
    #[cfg(feature = "async")]
    use tracing::instrument::Instrument;
    #[cfg(feature = "hyper")]
    use tracing::instrument::WithSubscriber;
    use tracing::{debug, info, info_span};

    use crate::observe::Call;
    use crate::{Error, ErrorKind, Reply, excerpt, secrets};

    /// The context of a call: the subscriber, and the current span.
    #[cfg(any(feature = "hyper", feature = "blocking"))]
    pub(crate) struct Scene {
        dispatch: Dispatch,
        span: tracing::Span,
    }

    #[cfg(any(feature = "hyper", feature = "blocking"))]
    impl Scene {
        pub(crate) fn current() -> Self {
            let dispatch = get_default(Clone::clone);
            Self { dispatch, span: tracing::Span::current() }
        }

        /// Runs the future in this context.
        #[cfg(feature = "hyper")]
        pub(crate) fn around<F: Future>(
            self,
            future: F,
        ) -> impl Future<Output = F::Output> + use<F> {
            future.instrument(self.span).with_subscriber(self.dispatch)
        }

        /// Runs the function in this context.
        #[cfg(feature = "blocking")]
        pub(crate) fn within<T>(&self, function: impl FnOnce() -> T) -> T {
            with_default(&self.dispatch, || self.span.in_scope(function))
        }
    }

    /// Target of the spans and events of all clients on this crate, for any API.
    const TARGET: &str = "ngrok_client_core";

    /// The span of a call.
    #[derive(Clone, Debug)]
    pub(crate) struct Span(tracing::Span);

    impl Span {
        pub(crate) fn new(call: &Call<'_>) -> Self {
            let (method, uri) = (&call.request.method, &call.request.uri);
            let https = uri.scheme_str() == Some("https");
            let span = info_span!(
                target: TARGET,
                "api call",
                otel.name = %format_args!("{method} {}", call.request.template),
                otel.kind = "client",
                otel.status_code = Empty,
                http.request.method = %method,
                url.template = call.request.template,
                url.full = %without_values(uri),
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

        /// Runs the future inside of the span.
        #[cfg(feature = "async")]
        pub(crate) fn around<F: Future>(
            &self,
            future: F,
        ) -> impl Future<Output = F::Output> {
            future.instrument(self.0.clone())
        }

        /// Runs the function inside of the span.
        #[cfg(any(feature = "async", feature = "blocking"))]
        pub(crate) fn within<T>(&self, function: impl FnOnce() -> T) -> T {
            self.0.in_scope(function)
        }

        /// Returns no span.
        pub(crate) fn none() -> Self {
            Self(tracing::Span::none())
        }

        pub(crate) fn attempts(&self, attempt: u32) {
            debug!(target: TARGET, parent: &self.0, attempt, "sends");
        }

        /// Records a wait for a permit.
        pub(crate) fn waits_for_permit(&self, wait: Duration) {
            let wait = wait.as_secs_f64();
            info!(
                target: TARGET,
                parent: &self.0,
                wait,
                "waits for a permit for at least this many seconds"
            );
        }

        pub(crate) fn waits(&self, attempt: u32, why: &str, wait: Duration) {
            let wait = wait.as_secs_f64();
            info!(
                target: TARGET,
                parent: &self.0,
                attempt,
                error.type = why,
                wait,
                "sends again after a wait of so many seconds"
            );
        }

        /// Records the reply.
        pub(crate) fn replied(&self, reply: &Reply) {
            let id = reply.operation_id().filter(|_| !self.0.is_disabled());
            let id = id.map(|id| secrets::clean(id, &reply.secrets()));
            self.ends(Some(reply.status()), reply.attempts(), id.as_deref());
        }

        /// Records the failure.
        pub(crate) fn failed(&self, error: &Error) {
            self.ends(error.status(), error.attempts(), error.operation_id());
            self.fails(error);
        }

        /// Records the result of the call, as far as it is known.
        fn ends(&self, status: Option<StatusCode>, attempts: u32, id: Option<&str>) {
            let span = &self.0;
            if let Some(status) = status {
                span.record("http.response.status_code", status.as_u16());
            }
            if let Some(id) = id {
                span.record("api.operation_id", excerpt(id));
            }
            if attempts > 1 {
                span.record("http.request.resend_count", attempts - 1);
            }
        }

        /// Records an error, perhaps after the response was received.
        pub(crate) fn fails(&self, error: &Error) {
            let span = &self.0;
            span.record("otel.status_code", "ERROR");
            match (error.kind(), error.status()) {
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

    /// Returns the address with only the names of its query parameters: a filter may contain any data.
    fn without_values(uri: &Uri) -> String {
        let whole = uri.to_string();
        let Some((address, query)) = whole.split_once('?') else { return whole };
        let mut shown = address.to_owned();
        for (index, pair) in query.split('&').enumerate() {
            let (name, _) = pair.split_once('=').unwrap_or((pair, ""));
            shown.push(if index == 0 { '?' } else { '&' });
            shown.push_str(name);
            shown.push_str("=REDACTED");
        }
        shown
    }

    fn name(kind: ErrorKind) -> &'static str {
        match kind {
            ErrorKind::Timeout => "timeout",
            ErrorKind::Connection => "connection",
            ErrorKind::Decode => "decode",
            ErrorKind::Quota => "quota",
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

    /// No context.
    #[cfg(any(feature = "hyper", feature = "blocking"))]
    pub(crate) struct Scene;

    #[cfg(any(feature = "hyper", feature = "blocking"))]
    #[allow(clippy::unused_self, reason = "the scene that there is with the feature")]
    impl Scene {
        pub(crate) fn current() -> Self {
            Self
        }

        #[cfg(feature = "hyper")]
        pub(crate) fn around<F: Future>(
            self,
            future: F,
        ) -> impl Future<Output = F::Output> + use<F> {
            future
        }

        #[cfg(feature = "blocking")]
        pub(crate) fn within<T>(&self, function: impl FnOnce() -> T) -> T {
            function()
        }
    }

    /// No span.
    #[derive(Clone, Debug)]
    pub(crate) struct Span;

    #[allow(clippy::unused_self, reason = "the span that there is with the feature")]
    impl Span {
        pub(crate) fn new(_call: &Call<'_>) -> Self {
            Self
        }

        #[cfg(feature = "async")]
        pub(crate) fn around<F: Future>(
            &self,
            future: F,
        ) -> impl Future<Output = F::Output> {
            future
        }

        #[cfg(any(feature = "async", feature = "blocking"))]
        pub(crate) fn within<T>(&self, function: impl FnOnce() -> T) -> T {
            function()
        }

        pub(crate) fn none() -> Self {
            Self
        }

        pub(crate) fn attempts(&self, _attempt: u32) {}

        pub(crate) fn waits_for_permit(&self, _wait: Duration) {}

        pub(crate) fn waits(&self, _attempt: u32, _why: &str, _wait: Duration) {}

        pub(crate) fn replied(&self, _reply: &Reply) {}

        pub(crate) fn failed(&self, _error: &Error) {}

        pub(crate) fn fails(&self, _error: &Error) {}
    }
}

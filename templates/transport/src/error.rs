//! Failures of exchanges, in the terms that retrying and error kinds need, without the request.

use std::error::Error as StdError;
use std::fmt;

use crate::HttpResponse;

/// An exchange that failed without a complete response.
///
/// A call that creates a resource is only retried if the server cannot have processed it: after
/// [`connect`](Self::connect), and with [`not_processed`](Self::not_processed). Nothing is retried after
/// [`permanent`](Self::permanent).
pub struct TransportError(Box<Inner>);

struct Inner {
    kind: Kind,
    not_processed: bool,
    permanent: bool,
    partial: Option<HttpResponse>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Connect,
    ConnectTimeout,
    Timeout,
    BodyTooLarge,
    Other,
}

impl TransportError {
    /// No connection: DNS lookup, TCP connect or TLS handshake failed. The request was not sent.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Kind::Connect, Some(source.into())).not_processed()
    }

    /// No complete response within the limits.
    #[must_use]
    pub fn timeout() -> Self {
        Self::new(Kind::Timeout, None)
    }

    /// No connection within the limits. The request was not sent.
    #[must_use]
    pub fn connect_timeout() -> Self {
        Self::new(Kind::ConnectTimeout, None).not_processed()
    }

    /// The response's body is longer than the limits allow.
    #[must_use]
    pub fn body_too_large() -> Self {
        Self::new(Kind::BodyTooLarge, None)
    }

    /// Other failures: the connection broke, or the response is not HTTP. The server may have received the request.
    pub fn other(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Kind::Other, Some(source.into()))
    }

    /// Adds the received part of the response: status, headers and the beginning of the body. An error response is
    /// then reported with its status although it is incomplete.
    #[must_use]
    pub fn with_partial(mut self, response: HttpResponse) -> Self {
        self.0.partial = Some(response);
        self
    }

    /// Marks the request as not processed: the server rejected it unread, or did not receive all of it.
    #[must_use]
    pub fn not_processed(mut self) -> Self {
        self.0.not_processed = true;
        self
    }

    /// Marks the failure as permanent: another attempt would fail in the same way.
    #[must_use]
    pub fn permanent(mut self) -> Self {
        self.0.permanent = true;
        self
    }

    /// Returns true if the server cannot have processed the request.
    #[must_use]
    pub fn is_not_sent(&self) -> bool {
        self.0.not_processed
    }

    /// Returns true if another attempt would fail in the same way.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.0.permanent
    }

    /// Returns true if there was no connection to send the request on.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, Kind::Connect | Kind::ConnectTimeout)
    }

    /// Returns true if a timeout expired.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Timeout | Kind::ConnectTimeout)
    }

    /// Returns true if the response's body is longer than the limits allow.
    #[must_use]
    pub fn is_body_too_large(&self) -> bool {
        self.0.kind == Kind::BodyTooLarge
    }

    /// Returns the root cause.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(innermost)
    }

    /// Returns the received part of the response.
    #[must_use]
    pub fn partial(&self) -> Option<&HttpResponse> {
        self.0.partial.as_ref()
    }

    /// Takes the received part of the response.
    pub fn take_partial(&mut self) -> Option<HttpResponse> {
        self.0.partial.take()
    }

    /// Reports custom root certificates in a build without TLS.
    #[cfg(not(any(feature = "webpki-roots", feature = "native-roots")))]
    pub(crate) fn no_tls() -> Self {
        Self::other(
            "root certificates need the feature `webpki-roots` or `native-roots`",
        )
    }

    fn new(kind: Kind, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Box::new(Inner {
            kind,
            not_processed: false,
            permanent: false,
            partial: None,
            source,
        }))
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.kind {
            Kind::Connect => "cannot connect",
            Kind::ConnectTimeout => "no connection in time",
            Kind::Timeout => "no complete response in time",
            Kind::BodyTooLarge => "the body is longer than the limit",
            Kind::Other => "the connection failed",
        })?;
        match self.cause() {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

/// Returns the root cause: HTTP libraries wrap "connection refused" in less specific errors.
fn innermost<'a>(
    error: &'a (dyn StdError + Send + Sync + 'static),
) -> &'a (dyn StdError + 'static) {
    let mut cause: &(dyn StdError + 'static) = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source: &(dyn StdError + 'static) = self.0.source.as_deref()?;
        Some(source)
    }
}

/// Omits the partial response, whose body may contain secrets.
impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, not_processed, permanent, partial, source } = &*self.0;
        f.debug_struct("TransportError")
            .field("kind", kind)
            .field("not_processed", not_processed)
            .field("permanent", permanent)
            .field("status", &partial.as_ref().map(http::Response::status))
            .field("source", source)
            .finish()
    }
}

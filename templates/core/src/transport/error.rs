//! Why an exchange failed, in the terms that retrying and error kinds need, and nothing
//! about who sent it.

use std::error::Error as StdError;
use std::fmt;

use crate::HttpResponse;

/// An exchange that failed without a whole response.
///
/// A transport says with [`connect`](Self::connect) that the server cannot have seen the
/// request: only then is a call that creates something sent again.
pub struct TransportError(Box<Inner>);

struct Inner {
    kind: Kind,
    not_sent: bool,
    partial: Option<HttpResponse>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Connect,
    Timeout,
    BodyTooLarge,
    Other,
}

impl TransportError {
    /// No connection: the host was not found or refused, or TLS failed. The request was
    /// not sent.
    pub fn connect(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Kind::Connect, Some(source.into())).not_sent()
    }

    /// No complete response within the limits.
    #[must_use]
    pub fn timeout() -> Self {
        Self::new(Kind::Timeout, None)
    }

    /// No connection within the limits. The request was not sent.
    #[must_use]
    pub fn connect_timeout() -> Self {
        Self::timeout().not_sent()
    }

    /// The response's body is longer than the limits allow.
    #[must_use]
    pub fn body_too_large() -> Self {
        Self::new(Kind::BodyTooLarge, None)
    }

    /// Anything else: the connection broke, or what came is not HTTP. The server may have
    /// seen the request.
    pub fn other(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Kind::Other, Some(source.into()))
    }

    /// What had come of the response: status, headers and the beginning of the body. An
    /// error response is then reported with its status though it is incomplete.
    #[must_use]
    pub fn with_partial(mut self, response: HttpResponse) -> Self {
        self.0.partial = Some(response);
        self
    }

    /// Whether the server cannot have seen the request.
    #[must_use]
    pub fn is_not_sent(&self) -> bool {
        self.0.not_sent
    }

    /// Whether a limit of time was exceeded.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == Kind::Timeout
    }

    /// Whether the response's body is longer than the limits allow.
    #[must_use]
    pub fn is_body_too_large(&self) -> bool {
        self.0.kind == Kind::BodyTooLarge
    }

    /// What is at the bottom of it.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(innermost)
    }

    /// What had come of the response.
    #[must_use]
    pub fn partial(&self) -> Option<&HttpResponse> {
        self.0.partial.as_ref()
    }

    /// What had come of the response; after that it is gone from here.
    pub fn take_partial(&mut self) -> Option<HttpResponse> {
        self.0.partial.take()
    }

    /// Authorities were named, and there is nothing that could trust them.
    #[cfg(not(any(feature = "webpki-roots", feature = "native-roots")))]
    pub(crate) fn no_tls() -> Self {
        Self::other(
            "root certificates need the feature `webpki-roots` or `native-roots`",
        )
    }

    fn not_sent(mut self) -> Self {
        self.0.not_sent = true;
        self
    }

    fn new(kind: Kind, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Box::new(Inner { kind, not_sent: false, partial: None, source }))
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.0.kind, self.0.not_sent) {
            (Kind::Connect, _) => "cannot connect",
            (Kind::Timeout, true) => "no connection in time",
            (Kind::Timeout, false) => "no complete answer in time",
            (Kind::BodyTooLarge, _) => "the body is longer than the limit",
            (Kind::Other, _) => "the connection failed",
        })?;
        match self.cause() {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

/// The cause at the bottom: HTTP libraries wrap "connection refused" in layers that say
/// less.
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

/// Without the partial response, whose body may hold secrets.
impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, not_sent, partial, source } = &*self.0;
        f.debug_struct("TransportError")
            .field("kind", kind)
            .field("not_sent", not_sent)
            .field("status", &partial.as_ref().map(http::Response::status))
            .field("source", source)
            .finish()
    }
}

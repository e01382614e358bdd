//! Constructors of errors: one function for each kind of failure, and setters for details.

use http::uri::Scheme;
use http::{HeaderMap, StatusCode, Uri, header};

use super::{ApiFailure, Error, ErrorKind, Inner, Source};
use crate::gzip::{content_coding, encoded};
use crate::limits::Invalid;
use crate::secrets::{clean, clean_start};
use crate::{Api, HttpResponse, Limits, TransportError, excerpt, text};

/// Maximum length of an error's body, its message and each of its details.
const BODY_LIMIT: usize = 16 * 1024;

/// Additional length that is searched for secrets cut off at the limit.
const MARGIN: usize = 64 * 1024;

/// Maximum length of a code, an ID and a path.
const SHORT: usize = 300;

/// Messages of rustls and its callers about a server without TLS: an invalid TLS record, or no
/// data.
const NOT_TLS: [&str; 3] =
    ["InvalidContentType", "tls handshake eof", "unexpected end of file"];

/// Maximum number of details.
const MOST_DETAILS: usize = 100;

impl Error {
    /// Reports a call that was rejected before it was sent.
    #[must_use]
    pub fn invalid_request(what: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidRequest, what.into())
    }

    /// Reports a call with an invalid body.
    pub(crate) fn invalid_body(invalid: Invalid) -> Self {
        let mut error = Self::invalid_request(invalid.to_string());
        error.0.source = Some(Box::new(invalid));
        error
    }

    /// Reports an invalid configuration of a client.
    #[must_use]
    pub fn configuration(what: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, what.into())
    }

    /// Reports an invalid configuration of a built-in transport.
    pub(crate) fn transport_settings(error: TransportError) -> Self {
        let cause = cause(&error);
        Self::configuration(format!("the API cannot be reached like this{cause}"))
            .caused_by(error)
    }

    /// Reports a response with an error status, without the secrets.
    pub(crate) fn api(
        api: &Api,
        response: &HttpResponse,
        failure: ApiFailure,
        secrets: &[String],
    ) -> Self {
        let (status, headers) = (response.status(), response.headers());
        let body = text(response.body(), BODY_LIMIT.saturating_add(MARGIN));
        let body = clean_start(&body, secrets, BODY_LIMIT);
        let what = match headers.get(header::LOCATION) {
            Some(to) if status.is_redirection() => {
                let to = String::from_utf8_lossy(to.as_bytes());
                let to = excerpt(&clean(&to, secrets));
                format!("redirected to {to}, and redirects are not followed")
            }
            _ => match content_coding(headers) {
                Some(coding) => encoded(&coding),
                None => excerpt(&body),
            },
        };
        let mut error =
            Self::new(ErrorKind::Api, what).with_response(api, status, headers);
        error.0.body = Some(body);
        error.0.api = failure;
        if let Some(id) = error.detail(api.operation_id_detail).map(str::to_owned) {
            error.0.operation_id = Some(id);
        }
        error
    }

    /// Reports a response with a success status that cannot be decoded.
    pub(crate) fn decode(what: impl Into<String>) -> Self {
        Self::new(ErrorKind::Decode, what.into())
    }

    /// Reports a missing or incomplete response.
    pub(crate) fn transport(error: TransportError, uri: &Uri, limits: Limits) -> Self {
        let kind = match &error {
            error if error.is_timeout() => ErrorKind::Timeout,
            error if error.is_body_too_large() => ErrorKind::Decode,
            _ => ErrorKind::Connection,
        };
        let mut made = Self::new(kind, broken(&error, uri, limits));
        made.0.not_sent = error.is_not_sent();
        made.0.retryable &= !error.is_permanent();
        made.caused_by(error)
    }

    /// Reports a call that would have to wait too long for the rate limit.
    #[cfg(any(feature = "async", feature = "blocking"))]
    pub(crate) fn quota(wait: std::time::Duration, most: std::time::Duration) -> Self {
        let what = format!(
            "the rate limit requires waiting {wait:?}, more than max_wait ({most:?})"
        );
        Self::new(ErrorKind::Quota, what)
    }

    /// Reports a call whose runtime was shut down meanwhile.
    #[cfg(feature = "hyper")]
    pub(crate) fn abandoned() -> Self {
        let what = "the runtime was shut down during the call";
        Self::new(ErrorKind::Connection, what.to_owned())
    }

    /// Reports a cancelled call.
    #[cfg(feature = "blocking")]
    pub(crate) fn cancelled() -> Self {
        Self::new(ErrorKind::Connection, "the call was cancelled".to_owned())
    }

    /// Sets the status and the operation ID of the response.
    pub(crate) fn with_response(
        mut self,
        api: &Api,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Self {
        self.0.status = Some(status);
        self.0.operation_id = operation_id(api, headers).map(str::to_owned);
        self
    }

    /// Marks that the server may have processed the call.
    pub(crate) fn maybe_done(mut self) -> Self {
        self.0
            .what
            .push_str("; the server may have processed the call, so it was not retried");
        self
    }

    /// Sets whether the client would retry it.
    pub(crate) fn retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// Redacts secrets in everything received from the server, and truncates it.
    pub(crate) fn clean(mut self, secrets: &[String]) -> Self {
        let clean = |text: &mut String, limit| *text = clean_start(text, secrets, limit);
        let clean_some = |text: &mut Option<String>, limit| {
            if let Some(text) = text {
                clean(text, limit);
            }
        };
        let inner = &mut *self.0;
        clean_some(&mut inner.operation_id, SHORT);
        clean_some(&mut inner.api.code, SHORT);
        clean_some(&mut inner.json_path, SHORT);
        clean_some(&mut inner.api.message, BODY_LIMIT);
        clean_some(&mut inner.body, BODY_LIMIT);
        inner.api.details.truncate(MOST_DETAILS);
        for (name, value) in &mut inner.api.details {
            clean(name, SHORT);
            clean(value, BODY_LIMIT);
        }
        self
    }

    /// Sets the failed operation, and the number of attempts.
    pub(crate) fn of(mut self, operation: &'static str, attempts: u32) -> Self {
        self.0.operation = Some(operation);
        self.0.attempts = attempts;
        self
    }

    /// Sets the part of the body around the error.
    pub(crate) fn body_text(mut self, body: String) -> Self {
        self.0.body = Some(body);
        self
    }

    /// Sets the location of the error in the body.
    pub(crate) fn at(mut self, json_path: String) -> Self {
        self.0.json_path = Some(json_path);
        self
    }

    /// Sets the cause.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    fn new(kind: ErrorKind, what: String) -> Self {
        let retryable = matches!(
            kind,
            ErrorKind::Timeout | ErrorKind::Connection | ErrorKind::Quota
        );
        Self(Box::new(Inner {
            kind,
            what,
            operation: None,
            attempts: 0,
            status: None,
            operation_id: None,
            api: ApiFailure::default(),
            body: None,
            json_path: None,
            not_sent: false,
            retryable,
            source: None,
        }))
    }
}

/// Returns the root cause after a colon, if there is one.
fn cause(error: &TransportError) -> String {
    let cause = error.cause().map(|cause| excerpt(&cause.to_string()));
    cause.map(|cause| format!(": {cause}")).unwrap_or_default()
}

/// Describes the failure, its destination, and the exceeded limit.
fn broken(error: &TransportError, uri: &Uri, limits: Limits) -> String {
    let host = uri.authority().map_or("the API", |authority| authority.as_str());
    let mut cause = cause(error);
    let secure = uri.scheme() == Some(&Scheme::HTTPS) && error.is_connect();
    if secure && NOT_TLS.iter().any(|said| cause.contains(said)) {
        cause.push_str(
            "; the server may not use TLS, as on a port for plain http: check scheme and \
             port of the base URL",
        );
    }
    if error.is_body_too_large() {
        return format!("its body is longer than {} bytes", limits.max_response_bytes);
    }
    match (error.is_timeout(), error.is_connect()) {
        (true, true) => {
            let limit = limits.connect_timeout.min(limits.timeout);
            format!("no connection to {host} within {limit:?}")
        }
        (true, false) => {
            format!("no complete response from {host} within {:?}", limits.timeout)
        }
        (false, true) => format!("cannot connect to {host}{cause}"),
        (false, false) => format!("the connection to {host} failed{cause}"),
    }
}

/// Returns the operation ID assigned by the API, from the headers of its response.
pub(crate) fn operation_id<'a>(api: &Api, headers: &'a HeaderMap) -> Option<&'a str> {
    headers.get(api.operation_id_header)?.to_str().ok()
}

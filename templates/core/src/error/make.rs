//! Making errors: one function per way to fail, and setters for what is known about it.

use http::uri::Scheme;
use http::{HeaderMap, StatusCode, Uri, header};

use super::{ApiFailure, Error, ErrorKind, Inner, Source};
use crate::gzip::{content_coding, encoded};
use crate::limits::Invalid;
use crate::secrets::{clean, clean_start};
use crate::{Api, HttpResponse, Limits, TransportError, excerpt, text};

/// How much of an error's body, its message and each of its details is kept.
const BODY_LIMIT: usize = 16 * 1024;

/// How much of a body is read beyond that, for secrets that are cut there.
const MARGIN: usize = 64 * 1024;

/// How much of a code, an ID and a path is kept.
const SHORT: usize = 300;

/// What rustls and its callers say where a server does not take part in a TLS handshake:
/// what came is no record of TLS, or nothing came.
const NOT_TLS: [&str; 3] =
    ["InvalidContentType", "tls handshake eof", "unexpected end of file"];

/// How many details are kept.
const MOST_DETAILS: usize = 100;

impl Error {
    /// A call that is refused before it is sent.
    #[must_use]
    pub fn invalid_request(what: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidRequest, what.into())
    }

    /// A call whose body breaks what the API says of it.
    pub(crate) fn invalid_body(invalid: Invalid) -> Self {
        let mut error = Self::invalid_request(invalid.to_string());
        error.0.source = Some(Box::new(invalid));
        error
    }

    /// A client that cannot be made.
    #[must_use]
    pub fn configuration(what: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, what.into())
    }

    /// A built-in transport that cannot be made.
    pub(crate) fn transport_settings(error: TransportError) -> Self {
        let cause = error.cause().map(|cause| format!(": {cause}")).unwrap_or_default();
        Self::configuration(format!("the API cannot be reached like this{cause}"))
            .caused_by(error)
    }

    /// A response whose status says that the call failed, without the secrets.
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
        let mut error = Self::new(ErrorKind::Api, what).answered(api, status, headers);
        error.0.body = Some(body);
        error.0.api = failure;
        if let Some(id) = error.detail(api.operation_id_detail).map(str::to_owned) {
            error.0.operation_id = Some(id);
        }
        error
    }

    /// An answer whose status says that the call succeeded, but that cannot be read.
    pub(crate) fn decode(what: impl Into<String>) -> Self {
        Self::new(ErrorKind::Decode, what.into())
    }

    /// No answer, or half of one.
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

    /// A call that would have to wait too long for its turn.
    #[cfg(any(feature = "async", feature = "blocking"))]
    pub(crate) fn quota(wait: std::time::Duration, most: std::time::Duration) -> Self {
        let what = format!("its turn comes in {wait:?}, and it may wait {most:?}");
        Self::new(ErrorKind::Quota, what)
    }

    /// A call whose runtime was shut down while it was made.
    #[cfg(feature = "hyper")]
    pub(crate) fn abandoned() -> Self {
        let what = "the runtime was shut down while the call was made";
        Self::new(ErrorKind::Connection, what.to_owned())
    }

    /// A call that nobody waits for any more.
    #[cfg(feature = "blocking")]
    pub(crate) fn given_up() -> Self {
        Self::new(ErrorKind::Connection, "the call was given up".to_owned())
    }

    /// The status and the operation id of the answer.
    pub(crate) fn answered(
        mut self,
        api: &Api,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Self {
        self.0.status = Some(status);
        self.0.operation_id = operation_id(api, headers).map(str::to_owned);
        self
    }

    /// Says that the server may have done what the call asks for.
    pub(crate) fn maybe_done(mut self) -> Self {
        self.0.what.push_str(
            "; the server may have acted on the call, so it was not sent again",
        );
        self
    }

    /// Whether the client would retry it.
    pub(crate) fn retryable(mut self, retryable: bool) -> Self {
        self.0.retryable = retryable;
        self
    }

    /// Takes secrets out of everything that came from the server, and cuts it.
    pub(crate) fn clean(mut self, secrets: &[String]) -> Self {
        let clean = |text: &mut String, limit| *text = clean_start(text, secrets, limit);
        let inner = &mut *self.0;
        for text in [&mut inner.operation_id, &mut inner.api.code, &mut inner.json_path]
            .into_iter()
            .flatten()
        {
            clean(text, SHORT);
        }
        for text in [&mut inner.api.message, &mut inner.body].into_iter().flatten() {
            clean(text, BODY_LIMIT);
        }
        inner.api.details.truncate(MOST_DETAILS);
        for (name, value) in &mut inner.api.details {
            clean(name, SHORT);
            clean(value, BODY_LIMIT);
        }
        self
    }

    /// The call that failed, and how often it was tried.
    pub(crate) fn of(mut self, operation: &'static str, attempts: u32) -> Self {
        self.0.operation = Some(operation);
        self.0.attempts = attempts;
        self
    }

    /// The part of the body that shows the fault.
    pub(crate) fn body_text(mut self, body: String) -> Self {
        self.0.body = Some(body);
        self
    }

    /// Where in the body the fault is.
    pub(crate) fn at(mut self, json_path: String) -> Self {
        self.0.json_path = Some(json_path);
        self
    }

    /// What caused it.
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

/// What broke, where it was going, and which limit it ran into.
fn broken(error: &TransportError, uri: &Uri, limits: Limits) -> String {
    let host = uri.authority().map_or("the API", |authority| authority.as_str());
    let mut cause = error.cause().map(|cause| format!(": {cause}")).unwrap_or_default();
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
            format!("no complete answer from {host} within {:?}", limits.timeout)
        }
        (false, true) => format!("cannot connect to {host}{cause}"),
        (false, false) => format!("the connection to {host} failed{cause}"),
    }
}

/// The API's own id of the call, from the headers of its answer.
pub(crate) fn operation_id<'a>(api: &Api, headers: &'a HeaderMap) -> Option<&'a str> {
    headers.get(api.operation_id_header)?.to_str().ok()
}

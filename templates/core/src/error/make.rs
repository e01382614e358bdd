//! Making errors: one function per way to fail, and setters for what is known about it.

use http::{HeaderMap, StatusCode, Uri, header};

use super::{ApiFailure, Error, ErrorKind, Inner, Source};
use crate::limits::Invalid;
use crate::{Api, Limits, TransportError, excerpt, text};

/// How much of an error's body is kept.
const BODY_LIMIT: usize = 16 * 1024;

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

    /// An answer whose status says that the call failed.
    pub(crate) fn api(
        api: &Api,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Self {
        let what = match headers.get(header::LOCATION) {
            Some(to) if status.is_redirection() => {
                let to = excerpt(&String::from_utf8_lossy(to.as_bytes()));
                format!("redirected to {to}, and redirects are not followed")
            }
            _ => excerpt(&text(body, BODY_LIMIT)),
        };
        let mut error = Self::new(ErrorKind::Api, what).answered(api, status, headers);
        error.0.body = Some(text(body, BODY_LIMIT));
        error.0.api = ApiFailure::read(api, body);
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
        made.0.permanent = error.is_permanent();
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
            permanent: false,
            source: None,
        }))
    }
}

/// What broke, where it was going, and which limit it ran into.
fn broken(error: &TransportError, uri: &Uri, limits: Limits) -> String {
    let host = uri.authority().map_or("the API", |authority| authority.as_str());
    let cause = error.cause().map(|cause| format!(": {cause}")).unwrap_or_default();
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

//! The error type of the crate: kind, operation, and details of the API.

use std::fmt;

use http::StatusCode;
use ngrok_client_core::ErrorKind;

use crate::runtime::ErrorCode;

/// Result of a call, whose error is [`Error`](struct@Error).
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of a call.
///
/// [`kind`](Self::kind) distinguishes the kinds; the `is_…` methods cover common cases. `Display` is one line for
/// people: operation, status, code, message, operation ID.
///
/// # When a call fails
///
/// * `is_not_found()`: the resource was deleted, or its ID belongs to another account.
/// * `is_rate_limited()`: it was already retried; set a [`Quota`](crate::Quota), which makes calls wait for the rate
///   limit.
/// * `is_timeout()`, `is_connect()`: the API was not reached, or was too slow. Before you repeat a POST, check its
///   effect: the server may have processed it.
/// * Other errors of the API: [`code`](Self::code) identifies them, and [`ErrorCode::meaning`] explains them. Include
///   the [`operation_id`](Self::operation_id) in support requests.
pub struct Error(ngrok_client_core::Error);

impl Error {
    /// Returns the kind of error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind()
    }

    /// Returns the HTTP status, if there was a response.
    #[doc(alias = "status_code")]
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status()
    }

    /// Returns the error code of the API.
    ///
    /// `None` if there is none, such as for resources that do not exist, or if it has another form: see
    /// [`raw_code`](Self::raw_code).
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        self.raw_code()?.parse().ok()
    }

    /// Returns the error code as the API sent it.
    #[must_use]
    pub fn raw_code(&self) -> Option<&str> {
        self.0.raw_code()
    }

    /// Returns the message: that of the API, if there is one, otherwise that of this crate.
    #[must_use]
    pub fn message(&self) -> &str {
        self.0.message()
    }

    /// Iterates over further details of the API: names and values.
    pub fn details(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.details()
    }

    /// Returns the detail with this name.
    #[must_use]
    pub fn detail(&self, name: &str) -> Option<&str> {
        self.0.detail(name)
    }

    /// Returns the operation ID assigned by the API. Include it in support requests.
    #[must_use]
    pub fn operation_id(&self) -> Option<&str> {
        self.0.operation_id()
    }

    /// Returns the text of the response: its beginning if it is long, and the part around the error if it could not
    /// be decoded.
    ///
    /// It may contain data returned by the API, including secrets: neither `Display` nor `Debug` shows that of a
    /// successful response.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.0.body()
    }

    /// Returns the location in the JSON of the response where decoding failed, such as `$.items[3].created_at`.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path()
    }

    /// Returns the name of the failed operation in the API.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation()
    }

    /// Returns the number of attempts to send the request.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts()
    }

    /// Returns true if the resource does not exist: HTTP status 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.0.is_not_found()
    }

    /// Returns true if too many requests were sent: HTTP status 429.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.0.is_rate_limited()
    }

    /// The API key is missing, unknown or revoked: HTTP status 401.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.0.is_unauthorized()
    }

    /// The request conflicts with the state of the resource: HTTP status 409.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.0.is_conflict()
    }

    /// The API, or a server before it, failed: HTTP status 500 to 599.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.0.is_server_error()
    }

    /// Returns true if the API returned this code.
    #[must_use]
    pub fn is_code(&self, code: ErrorCode) -> bool {
        self.code() == Some(code)
    }

    /// Returns true if there was no complete response in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.is_timeout()
    }

    /// Returns true if the request was not sent: DNS lookup, TCP connect or TLS handshake failed or timed out. The
    /// server has not received it.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.is_connect()
    }

    /// Returns true if the call succeeded, but its response could not be decoded.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.0.is_decode()
    }

    /// Returns true if the same call may succeed later: the client would have retried it, had its policy allowed
    /// another attempt or a longer wait.
    ///
    /// False for a POST that the server may have processed: check its effect before you repeat it.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.is_retryable()
    }

    /// Returns true if, according to its code, the same call may succeed after something else has changed, such as
    /// the removal of a reference. An immediate retry does not help.
    #[must_use]
    pub fn is_retryable_after_change(&self) -> bool {
        self.code().is_some_and(ErrorCode::can_retry_after_change)
    }

    /// Returns true if, according to the error code, a deletion was rejected because other resources refer to this one.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        self.code().is_some_and(ErrorCode::is_in_use)
    }
}

impl Error {
    /// Reports an invalid configuration of a client.
    pub(crate) fn configuration(what: impl Into<String>) -> Self {
        Self(ngrok_client_core::Error::configuration(what))
    }
}

/// Wraps an error of the core.
impl From<ngrok_client_core::Error> for Error {
    fn from(error: ngrok_client_core::Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

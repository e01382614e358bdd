//! The error type of clients: kind, operation, and details of the API. Constructed in `error::constructors`, displayed in
//! `error::display`.

mod body;
mod constructors;
mod display;

use http::StatusCode;
use serde_core::ser::{Serialize, Serializer};

pub(crate) use body::ApiFailure;
pub(crate) use constructors::operation_id;

/// Result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of a call. A client wraps it to give typed error codes of its API.
pub struct Error(Box<Inner>);

/// Kind of an error. Serializes as its name in snake case, such as `invalid_request`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The API, or an intermediary, returned an error response.
    Api,
    /// There was no complete response in time.
    Timeout,
    /// The API could not be reached, or the connection failed.
    Connection,
    /// The response was successful but could not be decoded.
    Decode,
    /// The call was rejected before it was sent: it would have to wait too long for the client's quota.
    Quota,
    /// The call was rejected before it was sent: an argument or an address is invalid.
    InvalidRequest,
    /// The client cannot be created: a key, an address or a setting is missing or invalid.
    Configuration,
}

impl ErrorKind {
    /// Returns the name in snake case, for logs and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Timeout => "timeout",
            Self::Connection => "connection",
            Self::Decode => "decode",
            Self::Quota => "quota",
            Self::InvalidRequest => "invalid_request",
            Self::Configuration => "configuration",
        }
    }
}

impl Serialize for ErrorKind {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

struct Inner {
    kind: ErrorKind,
    /// The message in one line, without operation and status.
    what: String,
    operation: Option<&'static str>,
    attempts: u32,
    status: Option<StatusCode>,
    operation_id: Option<String>,
    api: ApiFailure,
    body: Option<String>,
    json_path: Option<String>,
    not_sent: bool,
    retryable: bool,
    source: Option<Source>,
}

type Source = Box<dyn std::error::Error + Send + Sync>;

impl Error {
    /// Returns the kind of error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the HTTP status, if there was a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns the error code as the API sent it.
    #[must_use]
    pub fn raw_code(&self) -> Option<&str> {
        self.0.api.code.as_deref()
    }

    /// Returns the message: that of the API, if there is one, otherwise that of this crate.
    #[must_use]
    pub fn message(&self) -> &str {
        self.0.api.message.as_deref().unwrap_or(&self.0.what)
    }

    /// Iterates over further details of the API: names and values.
    pub fn details(&self) -> impl Iterator<Item = (&str, &str)> {
        let details = self.0.api.details.iter();
        details.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the detail with this name.
    #[must_use]
    pub fn detail(&self, name: &str) -> Option<&str> {
        self.details().find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    /// Returns the operation ID assigned by the API. Include it in support requests.
    #[must_use]
    pub fn operation_id(&self) -> Option<&str> {
        self.0.operation_id.as_deref()
    }

    /// Returns the text of the response: its beginning if it is long, and the part around the error if it could not
    /// be decoded.
    ///
    /// It may contain data returned by the API, including secrets: neither `Display` nor `Debug` shows that of a
    /// successful response.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.0.body.as_deref()
    }

    /// Returns the location in the JSON of the response where decoding failed, such as `$.items[3].created_at`.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// Returns the name of the failed operation in the API.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// Returns the number of attempts to send the request.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns true if the resource does not exist: HTTP status 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_status(StatusCode::NOT_FOUND)
    }

    /// Returns true if too many requests were sent: HTTP status 429.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.is_status(StatusCode::TOO_MANY_REQUESTS)
    }

    /// The API key is missing, unknown or revoked: HTTP status 401.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.is_status(StatusCode::UNAUTHORIZED)
    }

    /// The request conflicts with the state of the resource: HTTP status 409.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.is_status(StatusCode::CONFLICT)
    }

    /// The API, or a server before it, failed: HTTP status 500 to 599.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.0.kind == ErrorKind::Api
            && self.0.status.is_some_and(|status| status.is_server_error())
    }

    /// There was no complete response in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// Returns true if the server has not processed the request: the connection or TLS failed, or the server
    /// rejected the request unread.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.not_sent
    }

    /// Returns true if the call succeeded, but its response could not be decoded.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.0.kind == ErrorKind::Decode
    }

    /// Returns true if the same call may succeed later: the client would have retried it, had its policy allowed
    /// another attempt or a longer wait.
    ///
    /// False for a POST that the server may have processed, and if something else has to change first.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    fn is_status(&self, status: StatusCode) -> bool {
        self.0.kind == ErrorKind::Api && self.0.status == Some(status)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source: &(dyn std::error::Error + 'static) = self.0.source.as_deref()?;
        Some(source)
    }
}

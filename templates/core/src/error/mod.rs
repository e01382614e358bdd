//! The one error of clients: what went wrong, in which call, and what the API said
//! about it. Made in `error::make`, written for people in `error::display`.

mod body;
mod display;
mod make;

use http::StatusCode;
use serde_core::ser::{Serialize, Serializer};

pub(crate) use body::ApiFailure;
pub(crate) use make::operation_id;

/// Result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong in a call. A client wraps it, to give the codes of its API a type.
pub struct Error(Box<Inner>);

/// Kind of an error. Serializes as its name in snake case, such as `invalid_request`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The API answered that the call failed, or something before it did.
    Api,
    /// There was no complete answer in time.
    Timeout,
    /// The API could not be reached, or the connection broke.
    Connection,
    /// The API answered that the call succeeded, but the answer cannot be read.
    Decode,
    /// The call was refused before it was sent: its turn would come too late for the
    /// client's quota.
    Quota,
    /// The call was refused before it was sent: an argument or an address is wrong.
    InvalidRequest,
    /// The client cannot be made: a key, an address or a setting is missing or wrong.
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
    /// What went wrong, in one line, without the call and the status.
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
    /// The sort of error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The HTTP status, when there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The code as the API wrote it.
    #[must_use]
    pub fn raw_code(&self) -> Option<&str> {
        self.0.api.code.as_deref()
    }

    /// What went wrong: in the words of the API when it gave a message, otherwise in
    /// those of this crate.
    #[must_use]
    pub fn message(&self) -> &str {
        self.0.api.message.as_deref().unwrap_or(&self.0.what)
    }

    /// What else the API said about the error: names and values.
    pub fn details(&self) -> impl Iterator<Item = (&str, &str)> {
        let details = self.0.api.details.iter();
        details.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// What else the API said under this name.
    #[must_use]
    pub fn detail(&self, name: &str) -> Option<&str> {
        self.details().find(|(other, _)| *other == name).map(|(_, value)| value)
    }

    /// The API's own id of the call. Quote it when you ask for help.
    #[must_use]
    pub fn operation_id(&self) -> Option<&str> {
        self.0.operation_id.as_deref()
    }

    /// The text of the answer, whatever it is: the beginning of it when it is long, and
    /// the part around the fault when it could not be decoded.
    ///
    /// It may hold what the API returned, secrets too: neither `Display` nor `Debug`
    /// shows that of a successful answer.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.0.body.as_deref()
    }

    /// Where in the JSON of the answer decoding failed, such as `$.items[3].created_at`.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// The call that failed, by the name the API gives the operation.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// How often the request was sent, or tried to be.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The thing does not exist: HTTP status 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.is_status(StatusCode::NOT_FOUND)
    }

    /// Too many requests were sent: HTTP status 429.
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

    /// There was no complete answer in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// The server has not acted on the request: there was no connection, TLS failed, or
    /// the server refused the request unread.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.not_sent
    }

    /// The call succeeded, but its answer cannot be read.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.0.kind == ErrorKind::Decode
    }

    /// The same call may succeed later: its client would have retried it, had its policy
    /// allowed another attempt or a longer wait.
    ///
    /// After a POST that the server may have acted on it is not, and neither is it if
    /// something else has to change first.
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

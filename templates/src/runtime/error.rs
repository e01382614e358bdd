//! The one error of the crate: what went wrong, in which call, and what the API said
//! about it.

use std::fmt;

use http::StatusCode;
use ngrok_client_core::ErrorKind;

use crate::runtime::ErrorCode;

/// Result of a call, whose error is [`Error`](struct@Error).
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong in a call.
///
/// [`kind`](Self::kind) tells the sorts apart; the `is_…` methods answer the questions
/// callers ask most. `Display` is one line for people: the call, the status, the code,
/// the message, the operation id.
///
/// # When a call fails
///
/// * `is_not_found()`: the thing was deleted, or its id belongs to another account.
/// * `is_rate_limited()`: it was retried already; give the client a
///   [`Quota`](crate::Quota), which makes calls wait for their turn.
/// * `is_timeout()`, `is_connect()`: the API was not reached, or was too slow. When the
///   call was a POST, look before you repeat it: the server may have acted on it.
/// * anything else the API said: [`code`](Self::code) names it, and
///   [`ErrorCode::meaning`] explains it. Quote [`operation_id`](Self::operation_id) when
///   you ask for help.
pub struct Error(ngrok_client_core::Error);

impl Error {
    /// The sort of error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind()
    }

    /// The HTTP status, when there was an answer.
    #[doc(alias = "status_code")]
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status()
    }

    /// The code the API gave the error.
    ///
    /// `None` when it gave none, as it does for things that do not exist, or one of
    /// another form: see [`raw_code`](Self::raw_code).
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        self.raw_code()?.parse().ok()
    }

    /// The code as the API wrote it.
    #[must_use]
    pub fn raw_code(&self) -> Option<&str> {
        self.0.raw_code()
    }

    /// What went wrong: in the words of the API when it gave a message, otherwise in
    /// those of this crate.
    #[must_use]
    pub fn message(&self) -> &str {
        self.0.message()
    }

    /// What else the API said about the error: names and values.
    pub fn details(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.details()
    }

    /// What else the API said under this name.
    #[must_use]
    pub fn detail(&self, name: &str) -> Option<&str> {
        self.0.detail(name)
    }

    /// The API's own id of the call. Quote it when you ask for help.
    #[must_use]
    pub fn operation_id(&self) -> Option<&str> {
        self.0.operation_id()
    }

    /// The text of the answer, whatever it is: the beginning of it when it is long, and
    /// the part around the fault when it could not be decoded.
    ///
    /// It may hold what the API returned, secrets too: neither `Display` nor `Debug`
    /// shows that of a successful answer.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.0.body()
    }

    /// Where in the JSON of the answer decoding failed, such as `$.items[3].created_at`.
    #[must_use]
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path()
    }

    /// The call that failed, by the name the API gives the operation.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation()
    }

    /// How often the request was sent, or tried to be.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts()
    }

    /// The thing does not exist: HTTP status 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.0.is_not_found()
    }

    /// Too many requests were sent: HTTP status 429.
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

    /// The API gave this code.
    #[must_use]
    pub fn is_code(&self, code: ErrorCode) -> bool {
        self.code() == Some(code)
    }

    /// There was no complete answer in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.is_timeout()
    }

    /// The request never left: no connection, no TLS, or no time left for them. The
    /// server knows nothing of it.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.is_connect()
    }

    /// The call succeeded, but its answer cannot be read.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.0.is_decode()
    }

    /// The same call may succeed later: its client would have retried it, had its policy
    /// allowed another attempt or a longer wait.
    ///
    /// It is not after a POST that the server may have acted on: before you repeat that,
    /// look whether it did.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.is_retryable()
    }

    /// The same call may succeed once something else has changed, such as a reference that
    /// is removed, as far as its code says. Repeating it at once does not help.
    #[must_use]
    pub fn is_retryable_after_change(&self) -> bool {
        self.code().is_some_and(ErrorCode::can_retry_after_change)
    }

    /// A delete was refused because other resources refer to this one, as far as the code
    /// of the error says.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        self.code().is_some_and(ErrorCode::is_in_use)
    }
}

impl Error {
    /// A client that cannot be made.
    pub(crate) fn configuration(what: impl Into<String>) -> Self {
        Self(ngrok_client_core::Error::configuration(what))
    }
}

/// The error as the core of the client made it.
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

//! What a successful call brought back: bytes go in, values come out, and an error that
//! shows where the bytes are wrong.

use std::any::TypeId;
use std::fmt;
use std::str::Utf8Error;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_core::de::DeserializeOwned;

use crate::error::operation_id;
use crate::gzip::{content_coding, encoded};
use crate::text::{without_lone_surrogates, without_values};
use crate::trace::Span;
use crate::{Api, Error, Operation, Result, excerpt, json_path, secrets, text};

/// How much of a body that cannot be decoded is kept, before the fault and after it.
const AROUND: usize = 200;

/// What the decoder says of a body that is nested deeper than it goes.
const TOO_DEEP: &str = "recursion limit exceeded";

/// A whole answer with a status of success.
pub struct Reply {
    pub(crate) api: &'static Api,
    pub(crate) operation: Operation,
    pub(crate) attempts: u32,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// The span of its call, which ends once the reply is decoded.
    pub(crate) span: Span,
    /// What the request had that no error may show.
    pub(crate) sent_key: Option<HeaderValue>,
    pub(crate) sent_body: Vec<u8>,
}

impl Reply {
    /// Which operation it answers.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// How often the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The API's own id of the call.
    #[must_use]
    pub fn operation_id(&self) -> Option<&str> {
        operation_id(self.api, &self.headers)
    }

    /// The body as a value. A call that yields nothing does not look at it.
    pub fn decode<T: DeserializeOwned + 'static>(&self) -> Result<T> {
        let nothing = TypeId::of::<T>() == TypeId::of::<()>();
        let json = if nothing { "null" } else { self.json()? };
        serde_json::from_str(json).or_else(|error| match self.repaired(&error) {
            Some(json) => {
                serde_json::from_str(&json).map_err(|error| self.undecodable(&error))
            }
            None => Err(self.undecodable(&error)),
        })
    }

    /// The body, which must not be empty. As one text it is decoded faster than string by string.
    pub fn json(&self) -> Result<&str> {
        let text = str::from_utf8(&self.body).map_err(|error| self.not_text(error))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_ascii().is_empty() {
            return Err(self.context(Error::decode("it is empty")));
        }
        Ok(text)
    }

    /// The body with replacement characters for halves of surrogate pairs, if it could not
    /// be decoded because of one. Programs that cut strings of UTF-16 send them.
    #[must_use]
    pub fn repaired(&self, error: &serde_json::Error) -> Option<String> {
        if !error.is_syntax() {
            return None;
        }
        without_lone_surrogates(self.json().ok()?)
    }

    /// The error for a body that is not UTF-8.
    fn not_text(&self, error: Utf8Error) -> Error {
        if let Some(coding) = content_coding(&self.headers) {
            return self.context(Error::decode(encoded(&coding)));
        }
        let (before, _) = self.body.split_at(error.valid_up_to());
        let lines = || before.split(|byte| *byte == b'\n');
        let column = lines().next_back().map_or(0, <[u8]>::len) + 1;
        self.wrong("it is not UTF-8", lines().count(), column).caused_by(error)
    }

    /// The error for a body that is not what the call yields. It shows no value of the
    /// body, and neither does a cause: the decoder's own error would.
    #[must_use]
    pub fn undecodable(&self, error: &serde_json::Error) -> Error {
        // A syntax error counts the byte it stumbled on, which may close what the fault
        // is in.
        let column =
            error.column() - usize::from(error.is_syntax() && error.column() > 0);
        let what = error.to_string();
        let what = if what.starts_with(TOO_DEEP) {
            "it is nested more than 127 levels deep".to_owned()
        } else {
            without_values(&what)
        };
        let what = match self.other_type() {
            Some(other) if error.is_syntax() => {
                format!("it is {other}, not JSON: {what}")
            }
            _ => what,
        };
        self.wrong(what, error.line(), column)
    }

    /// The type of the body, if it is said to be something else than JSON.
    fn other_type(&self) -> Option<String> {
        if let Some(coding) = content_coding(&self.headers) {
            return Some(format!("encoded as {coding}"));
        }
        let said = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let said = said.split(';').next().unwrap_or_default().trim();
        let other = !said.is_empty() && !said.to_ascii_lowercase().contains("json");
        other.then(|| excerpt(said))
    }

    /// An error that shows where it is.
    fn wrong(&self, what: impl Into<String>, line: usize, column: usize) -> Error {
        let made = Error::decode(what)
            .at(json_path(&self.body, line, column))
            .body_text(self.around(line, column));
        self.context(made)
    }

    /// The same, when all was read that its caller wants: its span ends.
    #[must_use]
    pub fn done(mut self) -> Self {
        self.span = Span::none();
        self
    }

    /// What the request had that no error and no span may show.
    pub(crate) fn secrets(&self) -> Vec<String> {
        secrets::sent(self.sent_key.as_ref(), &self.sent_body, self.api.secret_fields)
    }

    fn context(&self, error: Error) -> Error {
        let error = error
            .answered(self.api, self.status, &self.headers)
            .of(self.operation.name, self.attempts)
            .clean(&self.secrets());
        self.span.fails(&error);
        error
    }

    fn around(&self, line: usize, column: usize) -> String {
        let lines = self.body.split_inclusive(|byte| *byte == b'\n');
        let before: usize = lines.take(line.saturating_sub(1)).map(<[u8]>::len).sum();
        let fault = before.saturating_add(column).min(self.body.len());
        let start = fault.saturating_sub(AROUND);
        let part = self.body.get(start..).unwrap_or_default();
        text(part, fault - start + AROUND)
    }
}

/// Without the headers and the body.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("operation", &self.operation.name)
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

//! Successful responses: takes bytes, returns values, or an error that shows where the bytes are invalid.

use std::any::TypeId;
use std::fmt;
use std::str::Utf8Error;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_core::de::DeserializeOwned;

use crate::error::operation_id;
use crate::gzip::{content_coding, encoded};
use crate::json_path::offset;
use crate::text::{without_lone_surrogates, without_values};
use crate::trace::Span;
use crate::{Api, Error, Operation, Result, excerpt, json_path, secrets, text};

/// Length of the excerpt of an undecodable body, before the error and after it.
const AROUND: usize = 200;

/// Error of the decoder about a body that is nested too deeply.
const TOO_DEEP: &str = "recursion limit exceeded";

/// A complete response with a success status.
pub struct Reply {
    pub(crate) api: &'static Api,
    pub(crate) operation: Operation,
    pub(crate) attempts: u32,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Span of its call, which ends once the reply is decoded.
    pub(crate) span: Span,
    /// Secrets of the request, which no error may contain.
    pub(crate) sent_key: Option<HeaderValue>,
    pub(crate) sent_body: Vec<u8>,
}

impl Reply {
    /// Returns the operation of the request.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.operation
    }

    /// Returns the number of attempts.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the operation ID assigned by the API.
    #[must_use]
    pub fn operation_id(&self) -> Option<&str> {
        operation_id(self.api, &self.headers)
    }

    /// Decodes the body. Ignored by calls without a result.
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

    /// Returns the body, which must not be empty. Decoding one checked string is faster than checking each string in it.
    pub fn json(&self) -> Result<&str> {
        let text = str::from_utf8(&self.body).map_err(|error| self.not_text(error))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_ascii().is_empty() {
            return Err(self.context(Error::decode("it is empty")));
        }
        Ok(text)
    }

    /// Returns the body with replacement characters for unpaired surrogates, if they caused the error. Programs
    /// that truncate UTF-16 strings send them.
    #[must_use]
    pub fn repaired(&self, error: &serde_json::Error) -> Option<String> {
        if !error.is_syntax() {
            return None;
        }
        without_lone_surrogates(self.json().ok()?)
    }

    /// Reports a body that is not UTF-8.
    fn not_text(&self, error: Utf8Error) -> Error {
        if let Some(coding) = content_coding(&self.headers) {
            return self.context(Error::decode(encoded(&coding)));
        }
        let (mut line, mut column) = (1, 1);
        for byte in self.body.iter().take(error.valid_up_to()) {
            (line, column) =
                if *byte == b'\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        self.wrong("it is not UTF-8", line, column).caused_by(error)
    }

    /// Reports a body that does not have the expected type. The error contains no value of the body, and neither
    /// does a cause: the decoder's own error would.
    #[must_use]
    pub fn undecodable(&self, error: &serde_json::Error) -> Error {
        // A syntax error includes the offending byte, which may close the container of the error.
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

    /// Returns the content type of the body, if it is not JSON.
    fn other_type(&self) -> Option<String> {
        if let Some(coding) = content_coding(&self.headers) {
            return Some(format!("encoded as {coding}"));
        }
        let said = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let said = said.split(';').next().unwrap_or_default().trim();
        let other = !said.is_empty() && !said.to_ascii_lowercase().contains("json");
        other.then(|| excerpt(said))
    }

    /// Creates an error with the location.
    fn wrong(&self, what: impl Into<String>, line: usize, column: usize) -> Error {
        let made = Error::decode(what)
            .at(json_path(&self.body, line, column))
            .body_text(self.around(line, column));
        self.context(made)
    }

    /// Marks the reply as decoded: its span ends.
    #[must_use]
    pub fn done(mut self) -> Self {
        self.span = Span::none();
        self
    }

    /// Returns the secrets of the request, which no error and no span may contain.
    pub(crate) fn secrets(&self) -> Vec<String> {
        secrets::sent(self.sent_key.as_ref(), &self.sent_body, self.api.secret_fields)
    }

    fn context(&self, error: Error) -> Error {
        let error = error
            .with_response(self.api, self.status, &self.headers)
            .of(self.operation.name, self.attempts)
            .clean(&self.secrets());
        self.span.fails(&error);
        error
    }

    fn around(&self, line: usize, column: usize) -> String {
        let fault = offset(&self.body, line, column);
        let start = fault.saturating_sub(AROUND);
        let part = self.body.get(start..).unwrap_or_default();
        text(part, fault - start + AROUND)
    }
}

/// Omits the headers and the body.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("operation", &self.operation.name)
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

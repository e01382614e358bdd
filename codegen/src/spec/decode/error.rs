//! Errors of decoding, as they are propagated.

use std::fmt;

use serde::de;

use crate::diagnostic::Diagnostic;

/// An error of decoding.
#[derive(Debug)]
pub(super) enum Error {
    /// A diagnostic about the value or a part of it.
    Report(Box<Diagnostic>),
    /// A message of a type, without a location.
    Said(String),
    /// A required key is missing.
    MissingKey(&'static str),
    /// The value lacks a part that was reported before: omit it without another diagnostic.
    Incomplete,
    /// Everything was recorded: try again.
    Noted,
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Report(Box::new(diagnostic))
    }
}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Said(message.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::MissingKey(field)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Report(diagnostic) => f.write_str(&diagnostic.message),
            Self::Said(message) => f.write_str(message),
            Self::MissingKey(key) => write!(f, "missing key `{key}`"),
            Self::Incomplete | Self::Noted => f.write_str("noted"),
        }
    }
}

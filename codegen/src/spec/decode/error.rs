//! Why a value could not be decoded, on its way up to where something can be done about it.

use std::fmt;

use serde::de;

use crate::diagnostic::Diagnostic;

/// Why a value could not be decoded.
#[derive(Debug)]
pub(super) enum Error {
    /// Something to report, about the value or something in it.
    Report(Box<Diagnostic>),
    /// Something that a type said; it does not know where.
    Said(String),
    /// A required key is missing.
    MissingKey(&'static str),
    /// The value lacks something that was reported before: leave it out without a word.
    Incomplete,
    /// Everything has been noted: try again.
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

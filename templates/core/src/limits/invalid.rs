//! Errors of client-side validation.

use std::fmt;

/// All problems of a body, found before it was sent.
///
/// Never contains the values of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    name: &'static str,
    problems: Vec<Problem>,
}

/// A problem of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    path: String,
    message: String,
}

impl Invalid {
    pub(super) fn unless_empty(
        name: &'static str,
        problems: Vec<Problem>,
    ) -> Result<(), Self> {
        if problems.is_empty() { Ok(()) } else { Err(Self { name, problems }) }
    }

    /// Returns the problems: rules over several fields first, then the fields by name.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Problem {
    pub(super) fn new(path: &str, message: String) -> Self {
        Self { path: path.to_owned(), message }
    }

    /// Returns the path of the field: `rules[2].cidr`; empty for the body as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the problem: `is longer than 255 bytes`.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the body" } else { &self.path };
        write!(f, "{path} {}", self.message)
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.name)?;
        for (index, problem) in self.problems.iter().enumerate() {
            let before = if index == 0 { "" } else { "; " };
            write!(f, "{before}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

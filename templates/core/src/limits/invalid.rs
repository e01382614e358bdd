//! What is wrong with a body.

use std::fmt;

/// Everything that is wrong with a body, found before it was sent.
///
/// Never shows what the fields hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    name: &'static str,
    problems: Vec<Problem>,
}

/// One thing that is wrong with a body.
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

    /// What is wrong: rules over several fields first, then the fields by name.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Problem {
    pub(super) fn new(path: &str, message: String) -> Self {
        Self { path: path.to_owned(), message }
    }

    /// The field, as the API calls it: `rules[2].cidr`; empty for the body as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong with it: `is longer than 255 bytes`.
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

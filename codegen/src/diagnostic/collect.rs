//! Lists of problems.
//!
//! Takes each problem as it is found; returns all of them in the order of the text. Makes no decisions.

use std::ops::Deref;

use super::{Code, Diagnostic, Severity, Span};

/// The problems of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds an error without a solution.
    pub(crate) fn error(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.push(Diagnostic::error(code, span, message));
    }

    /// Returns true if any of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Returns the number of problems of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Sorts by file and position. Problems without a location come last.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.list.sort_by_key(|problem| (problem.span(), problem.code.as_str()));
        self
    }

    /// Removes duplicates from a sorted list.
    #[must_use]
    pub fn without_repeats(self) -> Self {
        let mut kept: Vec<Diagnostic> = Vec::new();
        for diagnostic in self.list {
            let here = |other: &&Diagnostic| other.span() == diagnostic.span();
            if !kept.iter().rev().take_while(here).any(|other| *other == diagnostic) {
                kept.push(diagnostic);
            }
        }
        Self { list: kept }
    }
}

impl Deref for Diagnostics {
    type Target = [Diagnostic];

    fn deref(&self) -> &[Diagnostic] {
        &self.list
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.list.extend(diagnostics);
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Self { list: diagnostics.into_iter().collect() }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

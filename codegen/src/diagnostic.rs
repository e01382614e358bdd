//! Problems with a description, and their rendering.
//!
//! Takes problems found by any part of the generator, with their location in the text; returns text for people
//! ([`Diagnostics::render`]) and records for tools ([`Diagnostics::records`]). Knows nothing of the description.

mod code;
mod collect;
mod render;
mod source;
mod suggest;

pub use code::{Code, Stage};
pub use collect::Diagnostics;
pub use render::{Color, Record, RecordPlace, RelatedRecord};
pub(crate) use source::offset;
pub use source::{FileId, Position, SourceMap, Span};
pub(crate) use suggest::did_you_mean_or;
pub use suggest::{did_you_mean, suggest};

/// A problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Severity.
    pub severity: Severity,
    /// Kind of problem.
    pub code: Code,
    /// The problem, in one sentence without a full stop.
    pub message: String,
    /// Location.
    pub label: Label,
    /// Related locations.
    pub related: Vec<Label>,
    /// Solution.
    pub help: Option<String>,
}

/// The severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Prevents generation.
    Error,
    /// Probably a mistake, but does not prevent generation.
    Warning,
}

/// A location with a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Location.
    pub span: Span,
    /// A short note; may be empty.
    pub text: Box<str>,
}

impl Diagnostic {
    /// Creates an error.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message.into())
    }

    /// Creates a warning.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message.into())
    }

    fn new(severity: Severity, code: Code, span: Span, message: String) -> Self {
        let label = Label { span, text: Box::default() };
        Self { severity, code, message, label, related: Vec::new(), help: None }
    }

    /// Adds a note at the location.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label.text = text.into().into();
        self
    }

    /// Adds a related location.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into().into() });
        self
    }

    /// Adds the solution.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds the solution, if there is one.
    #[must_use]
    pub fn help_if(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }

    /// Returns the location.
    #[must_use]
    pub fn span(&self) -> Span {
        self.label.span
    }
}

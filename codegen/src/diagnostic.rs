//! Problems with a description, and how they are shown.
//!
//! Enters what any part of the generator found wrong, with the place in the text; leaves text for people
//! ([`Diagnostics::render`]) and records for tools ([`Diagnostics::records`]). Knows nothing of what is described.

mod code;
mod collect;
mod render;
mod source;
mod suggest;

pub use code::{Code, Stage};
pub use collect::Diagnostics;
pub use render::{Color, Record, RelatedRecord};
pub use source::{FileId, Position, SourceMap, Span};
pub use suggest::{did_you_mean, suggest};

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of problem it is.
    pub code: Code,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where it is wrong.
    pub label: Label,
    /// Other places that have to do with it.
    pub related: Vec<Label>,
    /// What can be done about it.
    pub help: Option<String>,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing can be made from this.
    Error,
    /// Most likely a mistake, but one that can be lived with.
    Warning,
}

/// A place, and what is to be said there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words beside it; may be empty.
    pub text: Box<str>,
}

impl Diagnostic {
    /// Something that must be put right.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message.into())
    }

    /// Something that is most likely a mistake.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message.into())
    }

    fn new(severity: Severity, code: Code, span: Span, message: String) -> Self {
        let label = Label { span, text: Box::default() };
        Self { severity, code, message, label, related: Vec::new(), help: None }
    }

    /// Says a few words at the place itself.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label.text = text.into().into();
        self
    }

    /// Shows another place as well.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into().into() });
        self
    }

    /// Says what can be done.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says what can be done, where something can.
    #[must_use]
    pub fn help_if(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }

    /// The place.
    #[must_use]
    pub fn span(&self) -> Span {
        self.label.span
    }
}

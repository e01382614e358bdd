//! Rendering of problems as text for people, and as records for tools.
//!
//! Takes diagnostics and the texts they refer to; returns strings. Prints nothing, and does not access the terminal.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet,
};
use indexmap::IndexMap;
use serde::Serialize;

use super::{Diagnostic, Diagnostics, FileId, Label, Severity, SourceMap, Span};

/// Colour of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// Plain text.
    Never,
    /// Escape sequences for a terminal.
    Always,
}

/// A problem for tools.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Location.
    #[serde(flatten)]
    pub place: RecordPlace,
    /// Severity.
    pub severity: Severity,
    /// Kind of problem.
    pub code: &'static str,
    /// Problem.
    pub message: String,
    /// Solution.
    pub help: Option<String>,
    /// Related locations.
    pub related: Vec<RelatedRecord>,
}

/// A location related to a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelatedRecord {
    /// Location.
    #[serde(flatten)]
    pub place: RecordPlace,
    /// Note at the location.
    pub message: String,
}

/// A location for tools.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordPlace {
    /// File; `null` if there is none.
    pub file: Option<String>,
    /// The line, counted from 1.
    pub line: Option<u32>,
    /// The column, counted from 1, in characters.
    pub column: Option<u32>,
}

impl Diagnostics {
    /// Renders all problems as text, with their source lines and an empty line after each.
    #[must_use]
    pub fn render(&self, sources: &SourceMap, color: Color) -> String {
        self.iter().map(|diagnostic| diagnostic.render(sources, color) + "\n").collect()
    }

    /// Returns all problems as records for tools.
    #[must_use]
    pub fn records(&self, sources: &SourceMap) -> Vec<Record> {
        self.iter().map(|diagnostic| diagnostic.record(sources)).collect()
    }
}

impl Diagnostic {
    /// Renders the problem as text, with its source lines; ends with a newline.
    #[must_use]
    pub fn render(&self, sources: &SourceMap, color: Color) -> String {
        let renderer = match color {
            Color::Never => Renderer::plain(),
            Color::Always => Renderer::styled(),
        };
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.message.as_str()).id(self.code.as_str());
        let group = self.with_places(Group::with_title(title), sources);
        let help = self.help.as_deref().map(|help| Level::HELP.message(help));
        renderer.render(&[group.elements(help)]) + "\n"
    }

    /// Returns the problem as a record for tools.
    #[must_use]
    pub fn record(&self, sources: &SourceMap) -> Record {
        let related = self.related.iter().map(|label| RelatedRecord {
            place: place(sources, label.span),
            message: label.text.to_string(),
        });
        Record {
            place: place(sources, self.span()),
            severity: self.severity,
            code: self.code.as_str(),
            message: self.message.clone(),
            help: self.help.clone(),
            related: related.collect(),
        }
    }

    /// Adds one snippet for each file, that of the problem itself first; only the name of a file that labels refer to as
    /// a whole.
    fn with_places<'a>(&'a self, group: Group<'a>, sources: &'a SourceMap) -> Group<'a> {
        let primary = (AnnotationKind::Primary, &self.label);
        let context = self.related.iter().map(|label| (AnnotationKind::Context, label));
        let mut files: IndexMap<FileId, Vec<Annotation>> = IndexMap::new();
        for (kind, Label { span, text }) in std::iter::once(primary).chain(context) {
            let annotations = files.entry(span.file).or_default();
            let range = sources.range(*span);
            if let Some(range) = range.filter(|_| *span != Span::start_of(span.file)) {
                let text = (!text.is_empty()).then_some(&**text);
                annotations.push(kind.span(range).label(text));
            }
        }
        files.into_iter().fold(group, |group, (file, annotations)| {
            match (sources.shown_name(file), sources.text(file)) {
                (Some(path), Some(text))
                    if text.is_empty() || annotations.is_empty() =>
                {
                    group.element(Origin::path(path))
                }
                (Some(path), Some(text)) => {
                    let snippet = Snippet::source(text).path(path);
                    group.element(snippet.annotations(annotations))
                }
                _ => group,
            }
        })
    }
}

fn place(sources: &SourceMap, span: Span) -> RecordPlace {
    let position = sources.position(span);
    RecordPlace {
        file: sources.shown_name(span.file),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
    }
}

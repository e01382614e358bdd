//! Rendering of problems as text for people, and as records for tools.
//!
//! Takes diagnostics and the texts they refer to; returns strings. Prints nothing, and does not access the terminal.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Message, Origin, Renderer, Snippet,
};
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
        renderer.render(&[group.elements(self.help_message())]) + "\n"
    }

    /// Returns the problem as a record for tools.
    #[must_use]
    pub fn record(&self, sources: &SourceMap) -> Record {
        Record {
            place: place(sources, self.span()),
            severity: self.severity,
            code: self.code.as_str(),
            message: self.message.clone(),
            help: self.help.clone(),
            related: self.related.iter().map(|label| label.record(sources)).collect(),
        }
    }

    /// Returns one snippet for each file, that of the problem itself first.
    fn with_places<'a>(
        &'a self,
        mut group: Group<'a>,
        sources: &'a SourceMap,
    ) -> Group<'a> {
        let primary = (AnnotationKind::Primary, &self.label);
        let context = self.related.iter().map(|label| (AnnotationKind::Context, label));
        let labels: Vec<_> = std::iter::once(primary).chain(context).collect();

        let mut files: Vec<FileId> = Vec::new();
        for (_, label) in &labels {
            if files.contains(&label.span.file) {
                continue;
            }
            files.push(label.span.file);
            let here =
                labels.iter().filter(|(_, other)| other.span.file == label.span.file);
            group = add_file(group, sources, label.span.file, here.copied());
        }
        group
    }

    fn help_message(&self) -> Option<Message<'_>> {
        self.help.as_deref().map(|help| Level::HELP.message(help))
    }
}

impl Label {
    fn record(&self, sources: &SourceMap) -> RelatedRecord {
        RelatedRecord {
            place: place(sources, self.span),
            message: self.text.to_string(),
        }
    }
}

/// Adds the labels of one file; only its name if they refer to the file as a whole.
fn add_file<'a>(
    group: Group<'a>,
    sources: &'a SourceMap,
    file: FileId,
    labels: impl Iterator<Item = (AnnotationKind, &'a Label)>,
) -> Group<'a> {
    let (Some(path), Some(text)) = (sources.shown_name(file), sources.text(file)) else {
        return group;
    };
    let labels = labels.filter(|(_, label)| label.span != Span::start_of(file));
    let annotations: Vec<_> =
        labels.filter_map(|(kind, label)| annotation(sources, kind, label)).collect();
    if text.is_empty() || annotations.is_empty() {
        return group.element(Origin::path(path));
    }
    group.element(Snippet::source(text).path(path).annotations(annotations))
}

fn annotation<'a>(
    sources: &SourceMap,
    kind: AnnotationKind,
    label: &'a Label,
) -> Option<Annotation<'a>> {
    let text = (!label.text.is_empty()).then_some(&*label.text);
    Some(kind.span(sources.range(label.span)?).label(text))
}

fn place(sources: &SourceMap, span: Span) -> RecordPlace {
    let position = sources.position(span);
    RecordPlace {
        file: sources.shown_name(span.file),
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
    }
}

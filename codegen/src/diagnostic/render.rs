//! Problems as text for people, and as records for tools.
//!
//! Enters diagnostics and the texts they point into; leaves strings. Prints nothing, and asks nothing of the terminal.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Message, Origin, Renderer, Snippet,
};
use serde::Serialize;

use super::{Diagnostic, Diagnostics, FileId, Label, Severity, SourceMap, Span};

/// Whether text is coloured for a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// Plain text.
    Never,
    /// With escape sequences for a terminal.
    Always,
}

/// A problem as a tool wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The file; `null` where there is none.
    pub file: Option<String>,
    /// The line, counted from 1.
    pub line: Option<u32>,
    /// The column, counted from 1, in characters.
    pub column: Option<u32>,
    /// How bad it is.
    pub severity: Severity,
    /// What kind of problem it is.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What can be done about it.
    pub help: Option<String>,
    /// Other places that have to do with it.
    pub related: Vec<RelatedRecord>,
}

/// Another place that has to do with a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelatedRecord {
    /// The file.
    pub file: Option<String>,
    /// The line, counted from 1.
    pub line: Option<u32>,
    /// The column, counted from 1, in characters.
    pub column: Option<u32>,
    /// What is said there.
    pub message: String,
}

impl Diagnostics {
    /// All of them as text, with the lines they are about and an empty line after each.
    #[must_use]
    pub fn render(&self, sources: &SourceMap, color: Color) -> String {
        self.iter().map(|diagnostic| diagnostic.render(sources, color) + "\n").collect()
    }

    /// All of them for tools.
    #[must_use]
    pub fn records(&self, sources: &SourceMap) -> Vec<Record> {
        self.iter().map(|diagnostic| diagnostic.record(sources)).collect()
    }
}

impl Diagnostic {
    /// As text, with the lines it is about; ends with a newline.
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

    /// For tools.
    #[must_use]
    pub fn record(&self, sources: &SourceMap) -> Record {
        let (file, line, column) = place(sources, self.span());
        Record {
            file,
            line,
            column,
            severity: self.severity,
            code: self.code.as_str(),
            message: self.message.clone(),
            help: self.help.clone(),
            related: self.related.iter().map(|label| label.record(sources)).collect(),
        }
    }

    /// One snippet for each file that is pointed into, that of the problem itself first.
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
        let (file, line, column) = place(sources, self.span);
        RelatedRecord { file, line, column, message: self.text.to_string() }
    }
}

/// Shows the labels of one file; only its name where they are about the whole of it.
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

fn place(sources: &SourceMap, span: Span) -> (Option<String>, Option<u32>, Option<u32>) {
    let position = sources.position(span);
    let line = position.map(|position| position.line);
    let column = position.map(|position| position.column);
    (sources.shown_name(span.file), line, column)
}

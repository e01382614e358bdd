//! The layout of the output: a title, and sections with headings.

use crate::diagnostic::{SourceMap, Span};
use crate::locate::block;

/// Maximum number of lines of a snippet.
const SNIPPET: usize = 40;

/// Text built from top to bottom.
#[derive(Default)]
pub(super) struct Page {
    pub(super) text: String,
}

impl Page {
    /// Creates a page with a title.
    pub(super) fn new(title: &str) -> Self {
        let mut page = Self::default();
        page.push("", title);
        page
    }

    /// Adds a heading, after an empty line.
    pub(super) fn section(&mut self, heading: &str) {
        self.text.push('\n');
        self.push("", heading);
    }

    /// Adds a line.
    pub(super) fn line(&mut self, line: &str) {
        self.push("    ", line);
    }

    /// Adds lines of code.
    pub(super) fn code(&mut self, code: &str) {
        for line in code.lines() {
            self.line(line);
        }
    }

    /// Adds a location in the description, and its first lines.
    pub(super) fn place(&mut self, heading: &str, span: Span, sources: &SourceMap) {
        if let Some(position) = sources.position(span)
            && let Some(file) = sources.shown_name(span.file)
        {
            self.section(&format!("{heading}  {file}:{}", position.line));
            let lines = block(span, sources);
            for line in lines.iter().take(SNIPPET) {
                self.line(line);
            }
            if lines.len() > SNIPPET {
                self.line(&format!("... and {} more lines", lines.len() - SNIPPET));
            }
        }
    }

    /// Adds a section of two columns, unless it is empty.
    pub(super) fn rows(&mut self, heading: &str, rows: &[(String, String)]) {
        if rows.is_empty() {
            return;
        }
        self.section(heading);
        let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, text) in rows {
            self.line(&format!("{name:width$}  {text}"));
        }
    }

    fn push(&mut self, indent: &str, line: &str) {
        if !line.trim().is_empty() {
            self.text.push_str(indent);
            self.text.push_str(line.trim_end());
        }
        self.text.push('\n');
    }
}

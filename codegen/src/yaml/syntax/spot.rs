//! Locations in invalid YAML, and their surroundings.

use crate::diagnostic::{Code, Diagnostic, FileId, Span};

/// A location in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    file: FileId,
    text: &'a str,
    at: usize,
}

impl<'a> Spot<'a> {
    /// Creates a location; at the end of the text, that of the last visible character.
    pub(super) fn new(file: FileId, text: &'a str, at: usize) -> Self {
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        let last =
            || before.trim_end().char_indices().next_back().map_or(0, |(last, _)| last);
        let at = if after.trim_end().is_empty() { last() } else { at };
        Self { file, text, at }
    }

    pub(super) fn error(self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(Code::BadYaml, self.span(), message)
    }

    pub(super) fn span(self) -> Span {
        let length = self.after().chars().next().map_or(0, char::len_utf8);
        Span::of(self.file, self.at..self.at + length)
    }

    pub(super) fn moved_to_next(self, wanted: char) -> Self {
        Self { at: self.at + self.after().find(wanted).unwrap_or(0), ..self }
    }

    /// Reports an error inside brackets.
    pub(super) fn error_inside(self, bracket: char, message: &str) -> Diagnostic {
        let problem =
            self.error(message).help("put strings with `, ` or `: ` in quotes");
        match self.before().rfind(bracket) {
            Some(at) => problem.related(Self { at, ..self }.span(), "begun here"),
            None => problem,
        }
    }

    /// Returns the quote before this location that opens a string and has no matching one.
    pub(super) fn open_quote(self) -> Option<Self> {
        let last = |quote| self.before().rfind(quote).map(|at| Self { at, ..self });
        let quotes = ['"', '\''].into_iter().filter_map(last);
        // A quote within a string is after the one that opens it.
        quotes.filter(|quote| quote.opens()).min_by_key(|quote| quote.at)
    }

    /// Returns the quote that opens a string closed before this location.
    pub(super) fn opening(self, quote: char) -> Option<Self> {
        let closing = self.before().rfind(quote)?;
        self.before()[..closing].rfind(quote).map(|at| Self { at, ..self })
    }

    /// Returns true if a quote here opens a string: within one, it would follow a word.
    fn opens(self) -> bool {
        self.line_before().ends_with([' ', '[', '{', ','])
            || self.line_before().is_empty()
    }

    fn before(self) -> &'a str {
        &self.text[..self.at]
    }

    fn after(self) -> &'a str {
        &self.text[self.at..]
    }

    fn line_start(self) -> usize {
        self.before().rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Returns the line up to this location.
    pub(super) fn line_before(self) -> &'a str {
        &self.text[self.line_start()..self.at]
    }

    /// Returns true if this location is on the same line as another.
    pub(super) fn is_in_line_of(self, other: Self) -> bool {
        self.line_start() == other.line_start()
    }

    /// Returns the line, without its end.
    pub(super) fn line(self) -> &'a str {
        self.text[self.line_start()..].lines().next().unwrap_or_default()
    }

    /// Returns the visible part of the line.
    pub(super) fn line_span(self) -> Span {
        let line = self.line();
        let start = self.line_start() + indent(line);
        Span::of(self.file, start..start + line.trim().len())
    }

    /// Iterates over the lines above, from the nearest up, without comments and empty ones.
    fn lines_above(self) -> impl Iterator<Item = Self> {
        let above = &self.text[..self.line_start()];
        let starts = above.split_inclusive('\n').rev().scan(above.len(), |end, line| {
            *end -= line.len();
            Some((*end, line.trim()))
        });
        let starts =
            starts.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        starts.map(move |(at, _)| Self { at, ..self })
    }

    /// Returns the nearest line above that is neither empty nor a comment.
    pub(super) fn line_that_counts_above(self) -> Option<Self> {
        self.lines_above().next()
    }

    /// Adds the lines with the expected indentation: the first of those above that are indented as far or further,
    /// and the one above these.
    pub(super) fn beside_others(self, problem: Diagnostic) -> Diagnostic {
        let own = indent(self.line());
        let mut first = None;
        let mut outer = None;
        for above in self.lines_above() {
            if indent(above.line()) < own {
                outer = Some(above);
                break;
            }
            first = Some(above);
        }
        let label = |other: Self| format!("indented by {}", indent(other.line()));
        let others = [outer, first].into_iter().flatten();
        let problem = problem.label(format!("indented by {own}"));
        others.fold(problem, |problem, other| {
            problem.related(other.line_span(), label(other))
        })
    }

    /// Returns the first of the lines directly above that have no key.
    pub(super) fn first_without_key(self) -> Option<Self> {
        self.lines_above().take_while(|above| !above.line().contains(':')).last()
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

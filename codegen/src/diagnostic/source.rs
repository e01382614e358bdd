//! Places in texts.
//!
//! Enters the name and the text of each file; leaves positions that people can use. Reads no files itself.

use serde::Serialize;

/// Names a file of a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A stretch of text: bytes `start..end` of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// No place at all: for what was not read from a file.
    pub const NOWHERE: Self = Self { file: FileId(u32::MAX), start: 0, end: 0 };

    /// Bytes `start..end` of a file.
    #[must_use]
    pub const fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// The beginning of a file, for what concerns the whole of it.
    #[must_use]
    pub const fn start_of(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// Whether this is [`Span::NOWHERE`].
    #[must_use]
    pub fn is_nowhere(self) -> bool {
        self.file == Self::NOWHERE.file
    }

    /// Whether there is nothing between start and end.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

impl Default for Span {
    fn default() -> Self {
        Self::NOWHERE
    }
}

/// Line and column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// The files that were read.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
    root: String,
}

#[derive(Debug, Clone)]
struct SourceFile {
    name: String,
    text: String,
}

impl SourceMap {
    /// No files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a folder before the names when they are shown, so that a terminal can open them.
    pub fn set_root(&mut self, root: impl Into<String>) {
        self.root = root.into();
    }

    /// Adds a file. Its name is relative to the folder of the description and has `/` between its parts.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.push(SourceFile { name: name.into(), text: text.into() });
        FileId(id)
    }

    /// The name of a file.
    #[must_use]
    pub fn name(&self, file: FileId) -> Option<&str> {
        self.file(file).map(|file| file.name.as_str())
    }

    /// The file of a name.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<FileId> {
        self.files().find(|(_, other, _)| *other == name).map(|(id, ..)| id)
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, file: FileId) -> Option<&str> {
        self.file(file).map(|file| file.text.as_str())
    }

    /// The text at a place.
    #[must_use]
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.text(span.file)?.get(self.range(span)?)
    }

    /// The files in the order they were added.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &str, &str)> {
        let ids = (0..).map(FileId);
        ids.zip(&self.files)
            .map(|(id, file)| (id, file.name.as_str(), file.text.as_str()))
    }

    /// Where a place begins.
    #[must_use]
    pub fn position(&self, span: Span) -> Option<Position> {
        let before = self.text(span.file)?.get(..self.range(span)?.start)?;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Some(Position { line: count(line), column: count(column) })
    }

    /// The name of a file as it is shown.
    pub(crate) fn shown_name(&self, file: FileId) -> Option<String> {
        let name = self.name(file)?;
        let root = self.root.trim_end_matches('/');
        Some(if root.is_empty() { name.to_owned() } else { format!("{root}/{name}") })
    }

    /// The bytes of a place, within the text and between characters.
    pub(crate) fn range(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let text = self.text(span.file)?;
        let start = floor(text, span.start);
        Some(start..floor(text, span.end).max(start))
    }

    fn file(&self, file: FileId) -> Option<&SourceFile> {
        self.files.get(usize::try_from(file.0).ok()?)
    }
}

/// The boundary between characters at or before an offset.
fn floor(text: &str, offset: u32) -> usize {
    let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str, at: u32) -> (u32, u32) {
        let mut sources = SourceMap::new();
        let file = sources.add("a.yaml", text);
        let position = sources.position(Span::new(file, at, at)).unwrap();
        (position.line, position.column)
    }

    #[test]
    fn lines_and_columns_begin_at_one() {
        assert_eq!(position("", 0), (1, 1));
        assert_eq!(position("ab\ncd", 1), (1, 2));
        assert_eq!(position("ab\ncd", 3), (2, 1));
        assert_eq!(position("ab\n", 3), (2, 1));
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(position("äöü: x", 7), (1, 5));
        assert_eq!(position("äöü: x", 1), (1, 1), "within a character is at it");
    }

    #[test]
    fn places_beyond_the_text_are_at_its_end() {
        assert_eq!(position("ab", 9), (1, 3));
        assert_eq!(SourceMap::new().position(Span::NOWHERE), None);
    }
}

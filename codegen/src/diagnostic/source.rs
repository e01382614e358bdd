//! Locations in texts.
//!
//! Takes the name and the text of each file; returns positions for people. Does not read files.

use serde::Serialize;

/// Identifier of a file in a [`SourceMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of text: bytes `start..end` of a file.
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
    /// No location, for values that were not read from a file.
    pub const NOWHERE: Self = Self { file: FileId(u32::MAX), start: 0, end: 0 };

    /// Creates a range of bytes `start..end` of a file.
    #[must_use]
    pub const fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// Creates a range of bytes of a file. Files are far smaller than the maximum offset.
    #[must_use]
    pub(crate) fn of(file: FileId, range: std::ops::Range<usize>) -> Self {
        Self::new(file, offset(range.start), offset(range.end))
    }

    /// Returns the beginning of a file, for problems of the file as a whole.
    #[must_use]
    pub const fn start_of(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// Returns true if the range is empty.
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
    /// Names and texts.
    files: Vec<(String, String)>,
    root: String,
}

impl SourceMap {
    /// Creates an empty map.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a directory to prepend to displayed names, so that a terminal can open them.
    pub fn set_root(&mut self, root: impl Into<String>) {
        self.root = root.into();
    }

    /// Adds a file. Its name is relative to the directory of the description, with `/` as the separator.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        self.files.push((name.into(), text.into()));
        FileId(offset(self.files.len() - 1))
    }

    /// Returns the name of a file.
    #[must_use]
    pub fn name(&self, file: FileId) -> Option<&str> {
        self.file(file).map(|(name, _)| name.as_str())
    }

    /// Returns the file with a name.
    #[must_use]
    pub fn id(&self, name: &str) -> Option<FileId> {
        self.files().find(|(_, other, _)| *other == name).map(|(id, ..)| id)
    }

    /// Returns the text of a file.
    #[must_use]
    pub fn text(&self, file: FileId) -> Option<&str> {
        self.file(file).map(|(_, text)| text.as_str())
    }

    /// Returns the text at a location.
    #[must_use]
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.text(span.file)?.get(self.range(span)?)
    }

    /// Iterates over the files in insertion order.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &str, &str)> {
        let ids = (0..).map(FileId);
        ids.zip(&self.files).map(|(id, (name, text))| (id, name.as_str(), text.as_str()))
    }

    /// Returns the start position of a location.
    #[must_use]
    pub fn position(&self, span: Span) -> Option<Position> {
        let before = self.text(span.file)?.get(..self.range(span)?.start)?;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].chars().count() + 1;
        Some(Position { line: offset(line), column: offset(column) })
    }

    pub(crate) fn shown_name(&self, file: FileId) -> Option<String> {
        let name = self.name(file)?;
        let root = self.root.trim_end_matches('/');
        Some(if root.is_empty() { name.to_owned() } else { format!("{root}/{name}") })
    }

    /// Returns the bytes of a location, within the text and at character boundaries.
    pub(crate) fn range(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let text = self.text(span.file)?;
        let start = floor(text, span.start);
        Some(start..floor(text, span.end).max(start))
    }

    fn file(&self, file: FileId) -> Option<&(String, String)> {
        self.files.get(usize::try_from(file.0).ok()?)
    }
}

/// Converts a number of bytes, characters or lines.
pub(crate) fn offset(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Returns the character boundary at or before an offset.
fn floor(text: &str, offset: u32) -> usize {
    let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

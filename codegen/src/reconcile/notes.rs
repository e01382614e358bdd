//! Notes about an import, besides the edits, and their rendering as text for people.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::openapi::document::Remark;
use crate::yaml::edit::Lines;

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Note {
    /// Kind.
    pub kind: NoteKind,
    /// Message, in one sentence without a full stop.
    pub message: String,
    /// Location in the document; `None` if it is not in the document.
    pub document: Option<Place>,
    /// Location in the description.
    pub description: Option<Place>,
}

/// A location in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Place {
    /// File of the description; empty for the document.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// In a document, the JSON pointer; in a description, the path of keys, separated by dots.
    pub path: String,
    /// Line, counted from 1; 0 if unknown.
    pub line: u32,
}

/// The kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// It was added to the description.
    Added,
    /// The description was changed like the document.
    Changed,
    /// It was removed from the description.
    Removed,
    /// It was inferred from prose, names or neighbours.
    Inferred,
    /// The description contains it, the document no longer does.
    Gone,
    /// The format of a description cannot express it: it was omitted.
    Inexpressible,
    /// Document and description disagree, or the document is incomplete: the user must decide.
    Undecided,
}

impl NoteKind {
    /// Returns the heading of a list of such notes.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Inferred => "inferred",
            Self::Gone => "no longer in the document",
            Self::Inexpressible => "cannot be expressed, and was omitted",
            Self::Undecided => "for a person to decide",
        }
    }
}

impl Note {
    /// Creates a note without a location in the description. That of an empty remark is not in the document either.
    pub(crate) fn new(kind: NoteKind, remark: Remark) -> Self {
        let Remark { pointer: path, line, message } = remark;
        let place = Place { file: String::new(), path, line };
        let document = Some(place).filter(|place| !place.path.is_empty());
        Self { kind, message, document, description: None }
    }

    /// Sets its location in the description.
    pub(crate) fn in_file(mut self, file: &str, keys: &[impl AsRef<str>]) -> Self {
        let keys: Vec<&str> = keys.iter().map(AsRef::as_ref).collect();
        self.description =
            Some(Place { file: file.to_owned(), path: keys.join("."), line: 0 });
        self
    }
}

/// Returns notes by kind, without duplicates, with their lines in these files.
pub(crate) fn finished(
    notes: impl IntoIterator<Item = Note>,
    files: &BTreeMap<String, String>,
) -> Vec<Note> {
    let mut lines: BTreeMap<String, Option<Lines>> = BTreeMap::new();
    let mut told = BTreeSet::new();
    let notes = notes.into_iter().filter(|note| told.insert(note.clone()));
    let mut notes: Vec<Note> = notes.collect();
    for place in notes.iter_mut().filter_map(|note| note.description.as_mut()) {
        let read = || files.get(&place.file).and_then(|text| Lines::read(text));
        let lines = lines.entry(place.file.clone()).or_insert_with(read);
        let keys: Vec<_> = place.path.split('.').collect();
        place.line = lines.as_ref().and_then(|it| it.line_of(&keys)).unwrap_or(0);
    }
    notes.sort_by_key(|note| note.kind);
    notes
}

/// Returns the notes by kind, those that need a decision last, and their numbers. Each has both locations: the one in
/// the description, which an editor can open, and the one in the document, by its line and JSON pointer.
#[must_use]
pub fn report(notes: &[Note], document: &str, folder: &str) -> String {
    let mut text = String::new();
    let mut counts = Vec::new();
    for notes in notes.chunk_by(|a, b| a.kind == b.kind) {
        let title = notes[0].kind.title();
        counts.push(format!("{} {title}", notes.len()));
        _ = writeln!(text, "{title}:");
        for note in notes {
            _ = writeln!(text, "  {}", note.message);
            for line in places(note, document, folder) {
                _ = writeln!(text, "    {line}");
            }
        }
    }
    if counts.is_empty() {
        counts.push("nothing to do".to_owned());
    }
    text + &counts.join("; ") + "\n"
}

fn places(note: &Note, document: &str, folder: &str) -> Vec<String> {
    let line = |place: &Place| match place.line {
        0 => String::new(),
        line => format!(":{line}"),
    };
    let own = note.description.as_ref().map(|place| {
        let folder = folder.trim_end_matches('/');
        let file = format!("{folder}/{}{}", place.file, line(place));
        if place.path.is_empty() { file } else { format!("{file}  {}", place.path) }
    });
    let theirs = note.document.as_ref().map(|place| {
        let pointer = if place.path.is_empty() { "/" } else { &place.path };
        format!("{document}{}  {pointer}", line(place))
    });
    own.into_iter().chain(theirs).collect()
}

//! What there is to report beside the edits.

use std::collections::{BTreeMap, BTreeSet};

use crate::openapi::document::Remark;
use crate::yaml::edit::Lines;

/// Something to report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Note {
    /// What kind of thing it is.
    pub kind: NoteKind,
    /// One sentence without a full stop.
    pub message: String,
    /// Where it stands in the document; `None` for what the document does not have.
    pub document: Option<Place>,
    /// Where it belongs in the description.
    pub description: Option<Place>,
}

/// A place in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Place {
    /// The file of the description; empty for the document.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// In a document, the JSON pointer; in a description, the keys that lead there, with dots between.
    pub path: String,
    /// The line, counted from 1; 0 where it is not known.
    pub line: u32,
}

/// The kinds of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// It is now in the description.
    Added,
    /// The description says now what the document says.
    Changed,
    /// It is no longer in the description.
    Removed,
    /// It was concluded from prose, names or neighbours.
    Inferred,
    /// The description has it, the document no longer does.
    Gone,
    /// The format of a description cannot express it: it was left out.
    Inexpressible,
    /// Document and description disagree, or the document says too little: a person must decide.
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
            Self::Inexpressible => "cannot be expressed, and was left out",
            Self::Undecided => "for a person to decide",
        }
    }
}

impl Note {
    /// A note on a place of the document that no file of the description has.
    pub(crate) fn new(kind: NoteKind, remark: &Remark) -> Self {
        let place = Place {
            file: String::new(),
            path: remark.pointer.clone(),
            line: remark.line,
        };
        Self {
            kind,
            message: remark.message.clone(),
            document: Some(place),
            description: None,
        }
    }

    /// A note on something that the document does not have.
    pub(crate) fn of_description(
        kind: NoteKind,
        message: impl Into<String>,
        file: &str,
        keys: &[impl AsRef<str>],
    ) -> Self {
        let note =
            Self { kind, message: message.into(), document: None, description: None };
        note.in_file(file, keys)
    }

    /// The same with its place in the description.
    pub(crate) fn in_file(mut self, file: &str, keys: &[impl AsRef<str>]) -> Self {
        let keys: Vec<&str> = keys.iter().map(AsRef::as_ref).collect();
        self.description =
            Some(Place { file: file.to_owned(), path: keys.join("."), line: 0 });
        self
    }
}

/// Returns notes by kind, each once, with their lines in these files.
pub(crate) fn finished(
    notes: impl IntoIterator<Item = Note>,
    files: &BTreeMap<String, String>,
) -> Vec<Note> {
    let mut lines: BTreeMap<String, Option<Lines>> = BTreeMap::new();
    let mut told = BTreeSet::new();
    let mut finished = Vec::new();
    for mut note in notes {
        if !told.insert(note.clone()) {
            continue;
        }
        if let Some(place) = &mut note.description {
            let read = || files.get(&place.file).and_then(|text| Lines::read(text));
            let lines = lines.entry(place.file.clone()).or_insert_with(read);
            let keys: Vec<_> = place.path.split('.').collect();
            place.line = lines.as_ref().and_then(|it| it.line_of(&keys)).unwrap_or(0);
        }
        finished.push(note);
    }
    finished.sort_by_key(|note| note.kind);
    finished
}

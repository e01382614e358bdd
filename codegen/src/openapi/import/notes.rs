//! What there is to say about an import, beside what it writes.

use std::collections::{BTreeMap, BTreeSet};

use super::super::document::{At, Operation, Remark};
use super::super::edit::line_of;

/// Something to be told.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// What kind of thing it is.
    pub kind: NoteKind,
    /// What is to be said, in one sentence without a full stop.
    pub message: String,
    /// Where it stands in the document; nothing for what the document does not have.
    pub document: Option<Place>,
    /// Where it belongs in the description.
    pub description: Option<Place>,
}

/// A place in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Place {
    /// The file of the description; empty for the document.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// In a document, the JSON pointer; in a description, the keys that lead there, with dots between.
    pub path: String,
    /// The line, counted from 1; 0 where it is not known.
    pub line: u32,
}

/// The kinds of things to be told.
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
    /// The format of a description has no words for it: it was left out.
    Inexpressible,
    /// Document and description disagree, or the document says too little: a person must decide.
    Undecided,
}

impl NoteKind {
    /// What it is called in front of a list.
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

/// Collects what is to be told.
#[derive(Debug, Default)]
pub(super) struct Notes {
    list: Vec<Note>,
    /// What was told already: kind, message and place.
    told: BTreeSet<(NoteKind, String, String)>,
    /// The place in the description that is being worked on: the file and the keys.
    file: Option<String>,
    keys: Vec<String>,
    /// Which operation of the document stands where in new files: file, name, JSON pointer.
    origins: Vec<(String, String, String)>,
    /// Why operations were left out, by their JSON pointers.
    causes: BTreeMap<String, String>,
    /// What was said last.
    last: String,
}

impl Notes {
    /// From here on, notes are about this place of the description.
    pub(super) fn work_on<S: Into<String>>(
        &mut self,
        file: &str,
        keys: impl IntoIterator<Item = S>,
    ) {
        self.file = Some(file.to_owned());
        self.keys = keys.into_iter().map(Into::into).collect();
    }

    /// From here on, notes are about another place in the same file; leaves the one before.
    pub(super) fn within<S: Into<String>>(
        &mut self,
        keys: impl IntoIterator<Item = S>,
    ) -> Vec<String> {
        std::mem::replace(&mut self.keys, keys.into_iter().map(Into::into).collect())
    }

    /// From here on, notes are about what is further inside.
    pub(super) fn enter(&mut self, key: &str) {
        self.keys.push(key.to_owned());
    }

    /// Back to what is outside of it.
    pub(super) fn leave(&mut self) {
        self.keys.pop();
    }

    /// From here on, notes are about no place of the description.
    pub(super) fn work_on_nothing(&mut self) {
        (self.file, self.keys) = (None, Vec::new());
    }

    /// Adds a note on a place in the document.
    pub(super) fn at(&mut self, kind: NoteKind, at: &At, message: impl Into<String>) {
        self.remark(kind, at.remark(message));
    }

    /// Adds a note on a remark about the document.
    pub(super) fn remark(&mut self, kind: NoteKind, remark: Remark) {
        let document =
            Place { file: String::new(), path: remark.pointer, line: remark.line };
        self.push(kind, Some(document), remark.message);
    }

    /// Adds a note on something that the document does not have.
    pub(super) fn own(&mut self, kind: NoteKind, message: impl Into<String>) {
        self.push(kind, None, message.into());
    }

    /// Remembers where an operation of the document is described.
    pub(super) fn describes(&mut self, file: &str, name: &str, at: &At) {
        let pointer = at.pointer().to_owned();
        self.origins.push((file.to_owned(), name.to_owned(), pointer));
    }

    /// Remembers that an operation is left out for the reason that was given last.
    pub(super) fn leaves_out(&mut self, at: &At) {
        self.causes.entry(at.pointer().to_owned()).or_insert_with(|| self.last.clone());
    }

    /// Remembers that what stands at a place of a new file is left out.
    pub(super) fn leaves_out_at(&mut self, file: &str, keys: &[String], reason: &str) {
        let is_there = |known: &str, name: &str| {
            known == file
                && (keys.is_empty()
                    || matches!(keys, [section, key, ..] if section == "operations" && key == name))
        };
        for (known, name, pointer) in &self.origins {
            if is_there(known, name) {
                self.causes.entry(pointer.clone()).or_insert_with(|| reason.to_owned());
            }
        }
    }

    /// Names an operation that is not described in the end, with the reason.
    pub(super) fn left_out(&mut self, operation: &Operation) {
        let call = format!("`{} {}`", operation.method, operation.path);
        let pointer = operation.at.pointer().to_owned();
        let within = |note: &Note| {
            let path = note.document.as_ref().map_or("", |place| place.path.as_str());
            path.strip_prefix(&*pointer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if self.list.iter().any(|note| within(note) && note.message.contains(&call)) {
            return;
        }
        let cause = self.causes.get(&pointer);
        let message = match cause {
            Some(cause) => format!("{call} was left out: {cause}"),
            None => format!("{call} was left out"),
        };
        let told = self
            .list
            .iter_mut()
            .find(|note| within(note) && Some(&note.message) == cause);
        if let Some(note) = told {
            note.message = message;
            return;
        }
        self.work_on_nothing();
        self.at(NoteKind::Inexpressible, &operation.at, message);
    }

    /// Adds a note once.
    fn push(&mut self, kind: NoteKind, document: Option<Place>, message: String) {
        let description = self.file.as_ref().map(|file| Place {
            file: file.clone(),
            path: self.keys.join("."),
            line: 0,
        });
        self.last.clone_from(&message);
        let note = Note { kind, message, document, description };
        // A place of the document has one place in the description.
        let place = match (&note.document, &note.description) {
            (Some(place), _) => format!("#{}", place.path),
            (None, Some(place)) => format!("{} {}", place.file, place.path),
            (None, None) => String::new(),
        };
        if self.told.insert((note.kind, note.message.clone(), place)) {
            self.list.push(note);
        }
    }

    /// All of them, by kind, with their lines in these files.
    pub(super) fn finish(mut self, files: &BTreeMap<String, String>) -> Vec<Note> {
        for place in self.list.iter_mut().filter_map(|note| note.description.as_mut()) {
            let keys: Vec<_> = place.path.split('.').collect();
            let text = files.get(&place.file);
            place.line = text.and_then(|text| line_of(text, &keys)).unwrap_or(0);
        }
        self.list.sort_by_key(|note| note.kind);
        self.list
    }
}

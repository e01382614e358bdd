//! Rendering of notes as text for people.
//!
//! Each note has both locations: the one in the description, which an editor can open, and the one in the document,
//! by its line and JSON pointer.

use std::fmt::Write;

use super::notes::{Note, NoteKind, Place};

/// Returns the notes by kind, those that need a decision last, and their numbers.
#[must_use]
pub fn report(notes: &[Note], document: &str, folder: &str) -> String {
    let mut text = String::new();
    let mut kind = None;
    for note in notes {
        if kind != Some(note.kind) {
            kind = Some(note.kind);
            _ = writeln!(text, "{}:", note.kind.title());
        }
        _ = writeln!(text, "  {}", note.message);
        for line in places(note, document, folder) {
            _ = writeln!(text, "    {line}");
        }
    }
    text + &counts(notes)
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

fn counts(notes: &[Note]) -> String {
    let mut kinds: Vec<NoteKind> = notes.iter().map(|note| note.kind).collect();
    kinds.dedup();
    let count = |kind: &NoteKind| {
        let count = notes.iter().filter(|note| note.kind == *kind).count();
        format!("{count} {}", kind.title())
    };
    let counts: Vec<_> = kinds.iter().map(count).collect();
    if counts.is_empty() {
        "nothing to do\n".to_owned()
    } else {
        counts.join("; ") + "\n"
    }
}

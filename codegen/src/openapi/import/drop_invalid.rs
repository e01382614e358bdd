//! Removal of invalid parts of new files.
//!
//! A document may contain parts that a description cannot: names that collide, a resource without an ID that is
//! fetched by one. Invalid parts are removed, the smallest first, and reported with the reason.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Tree;
use super::super::document::Remark;
use super::super::edit::{Change, Edit, Lines, apply};
use super::{Note, NoteKind};
use crate::diagnostic::{Code, Diagnostic, SourceMap};
use crate::reconcile::{Draft, Texts, errors};

/// Maximum number of rounds: each removal can cause another one.
const ROUNDS: usize = 60;

/// Key of the operations in a file.
const OPERATIONS: &str = "operations";

/// A file, and the keys of a part of it; none for the whole file.
type Part = (String, Vec<String>);

/// The removed parts.
#[derive(Debug, Default)]
pub(super) struct Dropped {
    parts: BTreeSet<Part>,
    /// Reasons why operations are not described, by their JSON pointers.
    reasons: BTreeMap<String, Remark>,
    /// Notes on the removals.
    pub(super) notes: Vec<Note>,
}

impl Dropped {
    /// Returns true if a part was removed.
    pub(super) fn has(&self, file: &str, keys: &[String]) -> bool {
        self.parts.contains(&(file.to_owned(), keys.to_vec()))
    }

    /// Returns true if notes refer to a removed location.
    pub(super) fn covers(&self, notes: &[Note]) -> bool {
        let place = notes.first().and_then(|note| note.description.as_ref());
        place.is_some_and(|place| {
            let keys: Vec<String> = place.path.split('.').map(str::to_owned).collect();
            (1..=keys.len()).any(|length| self.has(&place.file, &keys[..length]))
        })
    }

    /// Returns the reason why an operation is not described.
    pub(super) fn reason(&self, pointer: &str) -> Option<&Remark> {
        self.reasons.get(pointer)
    }

    /// Removes the invalid parts of these new files.
    pub(super) fn drop_invalid(
        &mut self,
        texts: &mut Texts,
        new: &BTreeSet<String>,
        draft: &Draft,
    ) {
        for round in 0..=ROUNDS {
            let (errors, sources) = errors(texts);
            let parts = parts(&errors, &sources, new, round == ROUNDS);
            if parts.is_empty() {
                if !errors.is_empty() {
                    self.drop_causes(texts, new, draft, errors);
                }
                return;
            }
            for (part, error) in parts {
                self.leave_out(texts, draft, part, error);
            }
        }
    }

    /// Removes the operations, or else the files, that cause these errors in other files.
    fn drop_causes(
        &mut self,
        texts: &mut Texts,
        new: &BTreeSet<String>,
        draft: &Draft,
        mut open: Vec<Diagnostic>,
    ) {
        for file in new {
            let without = |texts: &Texts, keys: &[String]| {
                let mut tried = texts.clone();
                remove(&mut tried, file, keys);
                errors(&tried).0
            };
            let least = without(texts, &[]).len();
            let names = draft.files[file].operations.keys();
            let parts = names.map(|name| vec![OPERATIONS.to_owned(), name.clone()]);
            for keys in parts.chain([Vec::new()]) {
                let Some(error) = open.first().filter(|_| open.len() > least) else {
                    break;
                };
                let rest = without(texts, &keys);
                if rest.len() < open.len() {
                    self.leave_out(texts, draft, (file.clone(), keys), error);
                    open = rest;
                }
            }
        }
    }

    /// Removes a part; of a deprecated one only the unknown replacement, and of a path parameter the unknown resource.
    fn leave_out(
        &mut self,
        texts: &mut Texts,
        draft: &Draft,
        (file, mut keys): Part,
        error: &Diagnostic,
    ) {
        let reason = &error.message;
        let mut note = |kind, keys: &[String], message| {
            let remark = Remark { message, ..Remark::default() };
            self.notes.push(Note::new(kind, remark).in_file(&file, keys));
        };
        let part = match error.code {
            Code::UnknownReplacement => {
                let what = "the replacement of a deprecated item was omitted";
                Some(("deprecated", Tree::Bool(true), what))
            }
            Code::UnknownResource if keys.first().is_some_and(|it| it == "params") => {
                Some(("type", "string".into(), "the parameter was taken for a string"))
            }
            _ => None,
        };
        if let Some((key, value, what)) = part {
            let change = Change::Set { key: key.to_owned(), value, after: Vec::new() };
            if edit(texts, &file, Edit::new(keys.clone(), change)) {
                return note(NoteKind::Undecided, &keys, format!("{what}: {reason}"));
            }
        }
        if !remove(texts, &file, &keys) {
            keys.clear();
        }
        let what = match keys.as_slice() {
            [] => "the file".to_owned(),
            keys => format!("`{}`", keys.join(".")),
        };
        note(NoteKind::Inexpressible, &keys, format!("{what} was omitted: {reason}"));
        let operations = draft.files.get(&file).map(|draft| &draft.operations);
        for (name, operation) in operations.into_iter().flatten() {
            if keys.is_empty() || keys == [OPERATIONS, name] {
                let remark = Remark { message: reason.clone(), ..operation.at.clone() };
                let pointer = operation.at.pointer.clone();
                self.reasons.entry(pointer).or_insert(remark);
            }
        }
        self.parts.insert((file, keys));
    }
}

/// Edits a file; returns false if nothing changes.
fn edit(texts: &mut Texts, file: &str, edit: Edit) -> bool {
    let Some(text) = texts.get_mut(file) else { return false };
    let edited = apply(text, &[edit]).ok().filter(|edited| edited != text);
    edited.map(|edited| *text = edited).is_some()
}

/// Removes a part of a file; returns false if only the whole file can be removed.
fn remove(texts: &mut Texts, file: &str, keys: &[String]) -> bool {
    let removed = keys.split_last().is_some_and(|(key, path)| {
        let change = Change::Remove { key: key.clone() };
        edit(texts, file, Edit::new(path.to_vec(), change))
    });
    if !removed {
        texts.remove(file);
    }
    removed
}

/// Returns the smallest removable parts of new files with errors, each with the first error; with `whole`, the files.
fn parts<'e>(
    errors: &'e [Diagnostic],
    sources: &SourceMap,
    new: &BTreeSet<String>,
    whole: bool,
) -> BTreeMap<Part, &'e Diagnostic> {
    let mut lines = BTreeMap::new();
    let mut parts = BTreeMap::new();
    for error in errors {
        let span = error.span();
        let name = sources.name(span.file).filter(|name| new.contains(*name));
        let (Some(file), Some(position)) = (name, sources.position(span)) else {
            continue;
        };
        let read = || Lines::read(sources.text(span.file)?);
        let lines = lines.entry(file).or_insert_with(read);
        let keys = lines.as_ref().map(|lines| lines.keys_at(position.line));
        let mut keys = keys.unwrap_or_default();
        keys.truncate(if whole { 0 } else { removable(&keys) });
        parts.entry((file.to_owned(), keys)).or_insert(error);
    }
    parts
}

/// Returns the number of keys of the smallest removable part around a location; 0 for the whole file.
fn removable(keys: &[String]) -> usize {
    match keys.first().map(String::as_str) {
        Some("enums") if keys.len() > 3 => 4,
        Some("types") if keys.len() > 3 && keys[2] == "fields" => 4,
        Some("fields" | "params" | "operations" | "enums" | "types") => 2,
        Some("constraints") => 1,
        _ => 0,
    }
}

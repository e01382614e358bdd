//! Removal of invalid parts of new files.
//!
//! A document may contain parts that a description cannot: names that collide, a resource without an ID that is
//! fetched by one. Invalid parts are removed, the smallest first, and reported with the reason.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Tree;
use super::super::document::Remark;
use super::super::edit::{Change, Edit, Lines, apply};
use super::{Note, NoteKind};
use crate::diagnostic::{Code, Diagnostic, Severity, SourceMap};
use crate::load_files;
use crate::reconcile::{Draft, Texts};

/// Maximum number of rounds: each removal can cause another one.
const ROUNDS: usize = 60;

/// Key of the operations in a file.
const OPERATIONS: &str = "operations";

/// The removed parts.
#[derive(Debug, Default)]
pub(super) struct Dropped {
    /// Files and keys.
    places: BTreeSet<(String, Vec<String>)>,
    /// Reasons why operations are not described, by their JSON pointers.
    reasons: BTreeMap<String, Remark>,
}

impl Dropped {
    /// Returns true if a location was removed.
    pub(super) fn has(&self, file: &str, keys: &[String]) -> bool {
        self.places.contains(&(file.to_owned(), keys.to_vec()))
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
}

/// Removes the invalid parts of these new files.
pub(super) fn drop_invalid(
    texts: &mut Texts,
    new: &BTreeSet<String>,
    draft: &Draft,
    dropped: &mut Dropped,
) -> Vec<Note> {
    let mut run = Run { texts, new, draft, dropped, notes: Vec::new() };
    if !new.is_empty() {
        run.rounds();
    }
    run.notes
}

struct Run<'a> {
    texts: &'a mut Texts,
    new: &'a BTreeSet<String>,
    draft: &'a Draft,
    dropped: &'a mut Dropped,
    notes: Vec<Note>,
}

impl Run<'_> {
    fn rounds(&mut self) {
        for round in 0..=ROUNDS {
            let (errors, sources) = errors(self.texts);
            let mut parts: BTreeMap<(String, Vec<String>), (Code, String)> =
                BTreeMap::new();
            let mut lines = BTreeMap::new();
            for error in &errors {
                let Some((file, mut keys)) = place(error, &sources, &mut lines) else {
                    continue;
                };
                if !self.new.contains(&file) {
                    continue;
                }
                if round == ROUNDS {
                    keys.clear();
                }
                let reason = || (error.code, error.message.clone());
                parts.entry((file, part(&keys))).or_insert_with(reason);
            }
            if parts.is_empty() {
                if !errors.is_empty() {
                    self.by_trial(errors.len());
                }
                return;
            }
            for ((file, keys), (code, reason)) in parts {
                let replacement = code == Code::UnknownReplacement;
                if !(replacement && self.drop_replacement(&file, &keys, &reason)) {
                    self.leave_out(&file, &keys, &reason);
                }
            }
        }
    }

    /// Removes the causes of errors that are reported elsewhere: the operation, or else the file.
    fn by_trial(&mut self, mut count: usize) {
        for file in self.new {
            let text = self.texts.get(file).and_then(|text| Lines::read(text));
            let names = text.map(|lines| lines.keys_of(OPERATIONS)).unwrap_or_default();
            let operations =
                names.into_iter().map(|name| vec![OPERATIONS.to_owned(), name]);
            for keys in operations.chain([Vec::new()]) {
                if count == 0 || !self.texts.contains_key(file) {
                    break;
                }
                let mut tried = self.texts.clone();
                remove(&mut tried, file, &keys);
                let (left, _) = errors(&tried);
                if left.len() < count {
                    let (before, _) = errors(self.texts);
                    let reason = before.first().map(|it| it.message.clone());
                    self.leave_out(file, &keys, &reason.unwrap_or_default());
                    count = left.len();
                }
            }
        }
    }

    /// Removes a missing replacement from a deprecation, which is kept. Returns false if there is none.
    fn drop_replacement(&mut self, file: &str, keys: &[String], reason: &str) -> bool {
        let change = Change::Set {
            key: "deprecated".to_owned(),
            value: Tree::Bool(true),
            after: None,
        };
        let edited = self.texts.get(file).and_then(|text| {
            let edited = apply(text, &[Edit::new(keys.to_vec(), change)]).ok()?;
            (edited != *text).then_some(edited)
        });
        let Some(edited) = edited else { return false };
        self.texts.insert(file.to_owned(), edited);
        let message =
            format!("the replacement of a deprecated item was omitted: {reason}");
        let note = Note::of_description(NoteKind::Undecided, message, file, keys);
        self.notes.push(note);
        true
    }

    fn leave_out(&mut self, file: &str, keys: &[String], reason: &str) {
        let keys = if remove(self.texts, file, keys) { keys } else { &[] };
        let what = if keys.is_empty() {
            "the file".to_owned()
        } else {
            format!("`{}`", keys.join("."))
        };
        let message = format!("{what} was omitted: {reason}");
        let note = Note::of_description(NoteKind::Inexpressible, message, file, keys);
        self.notes.push(note);
        self.dropped.places.insert((file.to_owned(), keys.to_vec()));
        let draft = self.draft.files.get(file);
        for (name, operation) in draft.into_iter().flat_map(|draft| &draft.operations) {
            if keys.is_empty() || keys == [OPERATIONS, name] {
                let remark =
                    Remark { message: reason.to_owned(), ..operation.at.clone() };
                let pointer = operation.at.pointer.clone();
                self.dropped.reasons.entry(pointer).or_insert(remark);
            }
        }
    }
}

/// Removes a part of a file; returns false if only the whole file can be removed.
fn remove(texts: &mut Texts, file: &str, keys: &[String]) -> bool {
    let edited = keys.split_last().and_then(|(key, path)| {
        let edit = Edit::new(path.to_vec(), Change::Remove { key: key.clone() });
        let text = texts.get(file)?;
        apply(text, &[edit]).ok().filter(|edited| edited != text)
    });
    let whole = edited.is_none();
    match edited {
        Some(edited) => texts.insert(file.to_owned(), edited),
        None => texts.remove(file),
    };
    !whole
}

fn errors(texts: &Texts) -> (Vec<Diagnostic>, SourceMap) {
    let loaded = load_files(texts.clone());
    let errors = loaded.diagnostics.iter().filter(|it| it.severity == Severity::Error);
    (errors.cloned().collect(), loaded.sources)
}

/// Returns the file and the keys of an error.
fn place<'s>(
    error: &Diagnostic,
    sources: &'s SourceMap,
    lines: &mut BTreeMap<String, Option<Lines<'s>>>,
) -> Option<(String, Vec<String>)> {
    let span = error.span();
    let file = sources.name(span.file)?.to_owned();
    let line = sources.position(span)?.line;
    let read = || Lines::read(sources.text(span.file)?);
    let lines = lines.entry(file.clone()).or_insert_with(read);
    let keys = lines.as_ref().map(|lines| lines.keys_at(line)).unwrap_or_default();
    Some((file, keys))
}

/// Returns the smallest removable part around a location; empty for the whole file.
fn part(keys: &[String]) -> Vec<String> {
    let length = match keys.first().map(String::as_str) {
        Some("enums") if keys.len() > 3 => 4,
        Some("types") if keys.len() > 3 && keys[2] == "fields" => 4,
        Some("fields" | "params" | "operations" | "enums" | "types") => 2,
        Some("constraints") => 1,
        _ => 0,
    };
    keys.iter().take(length).cloned().collect()
}

//! Comparison of another description with ours.
//!
//! Takes our description and a [`Draft`]; returns edits in units, and notes. Only ours: kept. Only theirs: an edit.
//! Both and different: a note with both locations, for the user to decide; required fields follow the draft. More
//! specific types, prose and order of ours are not differences.

mod apply_valid;
mod draft;
mod fields;
mod notes;
mod operations;
mod ours;
mod symbols;

use std::collections::BTreeSet;

use crate::openapi::document::Remark;
use crate::yaml::Tree;
use crate::yaml::edit::{Change, Edit};

pub(crate) use apply_valid::{Applied, Texts, Unit, apply_valid, errors};
use draft::placed;
pub(crate) use draft::{
    Content, Draft, EnumDraft, FieldDraft, FileDraft, OperationDraft, Section, Seen,
    TypeDraft, meaning, section,
};
pub(crate) use notes::finished;
pub use notes::{Note, NoteKind, Place, report};
pub(crate) use ours::{OurOperation, Ours, field_type};
pub(crate) use symbols::{Home, SERVICE, Symbol, Symbols, names_in};

/// Options of a comparison.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Options {
    /// True if the draft describes the whole API, so that operations that it lacks are removed ones.
    pub(crate) whole: bool,
    /// True to remove them.
    pub(crate) prune: bool,
    /// True if the draft contains parts that published documents omit.
    pub(crate) unpublished: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Reconciled {
    pub(crate) units: Vec<Unit>,
    pub(crate) notes: Vec<Note>,
}

/// Compares our description with a draft. Files that ours lacks are ignored.
pub(crate) fn reconcile(ours: &Ours, theirs: &Draft, options: Options) -> Reconciled {
    let mut comparison = Comparison {
        ours,
        theirs,
        options,
        file: "",
        found: Reconciled::default(),
        needing: Vec::new(),
    };
    for (file, draft) in &theirs.files {
        let Some(resource) = ours.resource(file) else { continue };
        comparison.file = file;
        let own = Home::new(file, &["fields"], &resource.resource);
        comparison.fields(&own, &draft.resource);
        for (name, draft) in &draft.types {
            if let Some((home, _)) = ours.symbols.home(name) {
                comparison.fields(home, draft);
            }
        }
        for (name, draft) in &draft.enums {
            if let Some((home, _)) = ours.symbols.home(name) {
                comparison.values(home, draft);
            }
        }
        comparison.operations(draft);
    }
    if options.whole {
        comparison.gone_operations();
    }
    comparison.found
}

struct Comparison<'a> {
    ours: &'a Ours<'a>,
    theirs: &'a Draft,
    options: Options,
    /// The current file.
    file: &'a str,
    found: Reconciled,
    /// Units that depend on a new operation with this body of the resource.
    needing: Vec<(crate::spec::Place, Unit)>,
}

impl Comparison<'_> {
    /// Adds a note on a location of the file.
    fn note(
        &mut self,
        kind: NoteKind,
        keys: &[impl AsRef<str>],
        at: Option<&Remark>,
        message: impl Into<String>,
    ) {
        let note = self.noted(kind, keys, at, message);
        self.found.notes.push(note);
    }

    fn noted(
        &self,
        kind: NoteKind,
        keys: &[impl AsRef<str>],
        at: Option<&Remark>,
        message: impl Into<String>,
    ) -> Note {
        let remark =
            Remark { message: message.into(), ..at.cloned().unwrap_or_default() };
        Note::new(kind, remark).in_file(self.file, keys)
    }

    /// Returns a unit that changes the map at a path of the file.
    fn unit(&self, notes: Vec<Note>, path: &[String], change: Change) -> Unit {
        let edits = vec![(self.file.to_owned(), Edit::new(path.to_vec(), change))];
        Unit { notes, edits, removed: None }
    }

    /// Returns a unit that sets a key, behind others.
    fn set(
        &self,
        note: Note,
        path: &[String],
        key: &str,
        value: Tree,
        after: &[&str],
    ) -> Unit {
        let after = after.iter().map(|key| (*key).to_owned()).collect();
        self.unit(vec![note], path, Change::Set { key: key.to_owned(), value, after })
    }

    /// Returns a unit that adds a field or parameter; `None` if a description has no such type.
    fn new_item(
        &mut self,
        keys: &[String],
        theirs: &FieldDraft,
        message: String,
    ) -> Option<Unit> {
        let found = placed(&theirs.findings, self.file, keys);
        let (name, path) = keys.split_last()?;
        if theirs.unsupported {
            self.found.notes.extend(found);
            return None;
        }
        let note = self.noted(NoteKind::Added, keys, theirs.origin(None), message);
        let mut unit = self.set(note, path, name, theirs.tree(), &[]);
        unit.notes.extend(found);
        self.define(theirs.kinds(), &mut unit);
        Some(unit)
    }

    /// Reports a missing part, or removes it.
    fn gone(&mut self, keys: &[String], at: Option<&Remark>, message: &str) {
        if !self.options.prune {
            return self.note(NoteKind::Gone, keys, at, message);
        }
        let notes = vec![self.noted(NoteKind::Removed, keys, at, message)];
        let unit = match keys.split_last() {
            Some((key, path)) => {
                self.unit(notes, path, Change::Remove { key: key.clone() })
            }
            // Without keys, the whole file is removed.
            None => {
                Unit { notes, edits: Vec::new(), removed: Some(self.file.to_owned()) }
            }
        };
        self.found.units.push(unit);
    }

    /// Adds edits that define the undefined types and enums among these, and notes with their findings.
    fn define(&self, mut kinds: Vec<String>, unit: &mut Unit) {
        let mut names = BTreeSet::new();
        while let Some(kind) = kinds.pop() {
            for name in names_in(&kind) {
                let known = self.ours.symbols.get(name).is_some();
                let definition = self.theirs.definition(name).filter(|_| !known);
                let Some((found, inner)) = definition else { continue };
                if names.insert(name.to_owned()) {
                    unit.edits.extend(found.edits);
                    unit.notes.extend(found.notes);
                    kinds.extend(inner);
                }
            }
        }
    }

    /// Adds the values that an enum lacks.
    fn values(&mut self, home: &Home, draft: &EnumDraft) {
        let resource = self.ours.resource(&home.file);
        let Some(own) = resource.and_then(|it| it.enums.get(home.name.as_str())) else {
            return;
        };
        for (value, at) in &draft.values {
            if own.values.contains_key(value.as_str()) {
                continue;
            }
            let message = format!("the value `{value}` of {}", home.name);
            let keys = home.field(value);
            let note = self.noted(NoteKind::Added, &keys, at.as_ref(), message);
            let value_meaning = Tree::from(meaning(value));
            let unit = self.set(note, &home.path, value, value_meaning, &[]);
            self.found.units.push(unit);
        }
        if !draft.closed {
            return;
        }
        let at = draft.values.values().flatten().next();
        for value in own.values.keys() {
            if !draft.values.contains_key(value.as_str()) {
                let message = format!("the value `{}` of {}", **value, home.name);
                self.gone(&home.field(value), at, &message);
            }
        }
    }
}

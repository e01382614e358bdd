//! Comparison of another description with ours.
//!
//! Takes our description and a [`Draft`]; returns edits in units, and notes. Only ours: kept. Only theirs: an edit.
//! Both and different: a note with both locations, for the user to decide; required fields follow the draft. More
//! specific types, prose and order of ours are not differences.

mod apply_valid;
mod draft;
mod facts;
mod fields;
mod notes;
mod operations;
mod ours;
mod report;
mod symbols;

use crate::openapi::document::Remark;
use crate::yaml::Tree;
use crate::yaml::edit::{Change, Edit};

pub(crate) use apply_valid::{Applied, Texts, Unit, apply_valid};
pub(crate) use draft::{
    Draft, EnumDraft, FieldDraft, FileDraft, Finding, OperationDraft, Returns, Section,
    Seen, Sends, TypeDraft, meaning,
};
pub(crate) use notes::finished;
pub use notes::{Note, NoteKind, Place};
pub(crate) use ours::{OurOperation, Ours, field_type};
pub use report::report;
pub(crate) use symbols::{Home, SERVICE, Symbol, SymbolKind, Symbols, names_in};

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

/// The result of a comparison.
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

/// A comparison in progress.
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
        let message = message.into();
        match at {
            Some(at) => {
                let remark = Remark { message, ..at.clone() };
                Note::new(kind, &remark).in_file(self.file, keys)
            }
            None => Note::of_description(kind, message, self.file, keys),
        }
    }

    fn findings(&self, keys: &[impl AsRef<str>], findings: &[Finding]) -> Vec<Note> {
        let note =
            |(kind, remark): &Finding| Note::new(*kind, remark).in_file(self.file, keys);
        findings.iter().map(note).collect()
    }

    /// Returns a unit that sets a key.
    fn set(&self, note: Note, path: &[String], key: &str, value: Tree) -> Unit {
        let change = Change::Set { key: key.to_owned(), value, after: None };
        let edits = vec![(self.file.to_owned(), Edit::new(path.to_vec(), change))];
        Unit { notes: vec![note], edits, removed: None }
    }

    /// Reports a missing part, or removes it.
    fn gone(&mut self, keys: &[String], at: Option<&Remark>, message: &str) {
        let edit = keys.split_last().map(|(key, path)| {
            let edit = Edit::new(path.to_vec(), Change::Remove { key: key.clone() });
            (self.file.to_owned(), edit)
        });
        // Without keys, the whole file is removed.
        let removed = edit.is_none().then(|| self.file.to_owned());
        if self.options.prune {
            let notes = vec![self.noted(NoteKind::Removed, keys, at, message)];
            let edits = edit.into_iter().collect();
            self.found.units.push(Unit { notes, edits, removed });
        } else {
            self.note(NoteKind::Gone, keys, at, message);
        }
    }

    /// Returns edits that define the undefined types and enums among these, and notes with their findings.
    fn definitions(&self, kinds: Vec<String>) -> (Vec<(String, Edit)>, Vec<Note>) {
        let (mut edits, mut notes) = (Vec::new(), Vec::new());
        let mut names: Vec<String> = Vec::new();
        let mut open = kinds;
        while let Some(kind) = open.pop() {
            for name in names_in(&kind) {
                let known = self.ours.symbols.get(name).is_some();
                if known || names.iter().any(|known| known == name) {
                    continue;
                }
                let Some((file, definition)) = self.theirs.definition(name) else {
                    continue;
                };
                names.push(name.to_owned());
                let section = definition.section();
                let (key, value) = (name.to_owned(), definition.tree());
                let set = Change::Set { key, value, after: None };
                edits.push((file.to_owned(), Edit::new([section], set)));
                for (inner, (kind, remark)) in definition.findings() {
                    let outer = [section, name].into_iter();
                    let keys = outer.chain(inner.iter().map(String::as_str));
                    let keys: Vec<&str> = keys.collect();
                    notes.push(Note::new(kind, &remark).in_file(file, &keys));
                }
                open.extend(definition.kinds());
            }
        }
        (edits, notes)
    }

    /// Adds the values that an enum lacks.
    fn values(&mut self, home: &Home, draft: &EnumDraft) {
        let resource = self.ours.resource(&home.file);
        let Some(own) = resource.and_then(|it| it.enums.get(&home.name)) else { return };
        for (value, at) in &draft.values {
            if own.values.contains_key(value) {
                continue;
            }
            let message = format!("the value `{value}` of {}", home.name);
            let keys = home.field(value);
            let note = self.noted(NoteKind::Added, &keys, at.as_ref(), message);
            let value_meaning = Tree::from(meaning(value));
            let unit = self.set(note, &home.path, value, value_meaning);
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

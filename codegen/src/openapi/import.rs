//! From a published document to a description.
//!
//! Enters the text of a document and the files of a description, which may be few; leaves the files with what the
//! document has and they had not, and what there is to report. Reads and writes nothing.
//!
//! The document is described as if it were ours (`describe`), then both are compared (`reconcile`) until there is
//! nothing more to edit.

mod drop_invalid;
mod overrides;
mod provenance;

use std::collections::{BTreeMap, BTreeSet};

use super::describe::{self, Described};
use super::document::{Document, Operation, operations};
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::reconcile::{
    Applied, Options, Ours, Texts, Unit, apply_valid, finished, reconcile,
};
use crate::{Loaded, load_files};
use drop_invalid::{Dropped, drop_invalid};

pub use super::document::Remark;
pub use crate::reconcile::{Note, NoteKind, Place, report};

/// What an import does to a description.
#[derive(Debug, Clone, Default)]
pub struct Import {
    /// The files that change, by their names, with their new texts; `None` for a file that is removed.
    pub files: BTreeMap<String, Option<String>>,
    /// What there is to report, by kind.
    pub notes: Vec<Note>,
}

/// Why nothing can be imported.
#[derive(Debug, Clone)]
pub enum Refused {
    /// The document cannot be read.
    Document(Remark),
    /// The description has errors.
    Description(Diagnostics, SourceMap),
}

/// How often the comparison is made: what one brings in, the next may have more to say about.
const ROUNDS: usize = 8;

/// A document as it was found.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The name of its file, without folders.
    pub name: &'a str,
    /// The text of its file.
    pub text: &'a str,
}

/// What the files of services have before their names.
const RESOURCES: &str = "resources/";

/// Brings a description up to a document. With `prune`, what the document does not have is removed.
///
/// # Errors
///
/// If the document cannot be read, or the description has errors.
pub fn import(
    source: Source,
    files: &BTreeMap<String, String>,
    prune: bool,
) -> Result<Import, Refused> {
    let mut document = Document::read(source.text).map_err(Refused::Document)?;
    let notes = overrides::apply(&mut document, files)
        .map_err(|(diagnostics, sources)| Refused::Description(diagnostics, sources))?;
    let mut texts = files.clone();
    if !document.is_export() {
        provenance::record(source.name, source.text, &document, &mut texts);
    }
    let mut run = Run { texts, notes, ..Run::new(&document, prune) };
    let whole = run.bring_up()?;
    let texts = if whole { &run.texts } else { files };
    let notes = finished(run.notes, texts);
    let mut changed: BTreeMap<_, _> = files
        .keys()
        .filter(|name| !texts.contains_key(*name))
        .map(|name| (name.clone(), None))
        .collect();
    let new = texts.iter().filter(|(name, text)| files.get(*name) != Some(text));
    changed.extend(new.map(|(name, text)| (name.clone(), Some(text.clone()))));
    Ok(Import { files: changed, notes })
}

/// Makes a description from a document of an API that has none yet.
///
/// # Errors
///
/// If the document cannot be read.
pub fn describe(source: Source) -> Result<Import, Refused> {
    let document = Document::read(source.text).map_err(Refused::Document)?;
    let (mut texts, notes) = describe::api::files(&document);
    provenance::record(source.name, source.text, &document, &mut texts);
    let mut run = Run { texts, notes, is_new: true, ..Run::new(&document, false) };
    if !run.bring_up()? {
        // Nothing is written that could be looked at.
        run.texts.clear();
        run.notes.retain(|note| note.kind != NoteKind::Undecided);
        for note in &mut run.notes {
            note.description = None;
        }
    }
    let notes = finished(run.notes, &run.texts);
    let files = run.texts.into_iter().map(|(name, text)| (name, Some(text))).collect();
    Ok(Import { files, notes })
}

/// An import while it goes on.
struct Run<'d> {
    document: &'d Document,
    texts: Texts,
    notes: Vec<Note>,
    /// There was no description before that could differ from the document.
    is_new: bool,
    prune: bool,
    /// What was left out because the description would have errors with it.
    dropped: Dropped,
}

impl<'d> Run<'d> {
    fn new(document: &'d Document, prune: bool) -> Self {
        Self {
            document,
            texts: Texts::new(),
            notes: Vec::new(),
            is_new: false,
            prune,
            dropped: Dropped::default(),
        }
    }

    /// Brings the texts up to the document; false where neither describes a service, and the texts are not to be used.
    fn bring_up(&mut self) -> Result<bool, Refused> {
        for _ in 0..ROUNDS {
            let loaded = load_files(self.texts.clone());
            let bare = !self.has_services();
            let sound = loaded.model.is_some() || bare;
            let Loaded { description: Some(spec), model, .. } = &loaded else {
                return Err(Refused::Description(loaded.diagnostics, loaded.sources));
            };
            if !sound {
                return Err(Refused::Description(loaded.diagnostics, loaded.sources));
            }
            let ours = Ours::new(spec, model.as_ref());
            let described = describe::describe(self.document, &ours);
            let added = self.add_files(&described);
            let progress = self.reconcile(&ours, &described) || added;
            if !progress {
                self.account(&ours, &described);
                break;
            }
        }
        let any = self.has_services();
        if !any {
            let message =
                "nothing in this document can be described, so nothing is written";
            let remark = self.document.top().remark(message);
            self.notes.push(Note::new(NoteKind::Inexpressible, &remark));
        }
        Ok(any)
    }

    fn has_services(&self) -> bool {
        self.texts.keys().any(|name| name.starts_with(RESOURCES))
    }

    /// Adds files for the services that are not described.
    fn add_files(&mut self, described: &Described) -> bool {
        let drafts = described.draft.files.iter();
        let new: BTreeSet<String> = drafts
            .filter(|(file, draft)| {
                let known =
                    self.texts.contains_key(*file) || self.dropped.has(file, &[]);
                !known && !draft.head.is_empty()
            })
            .map(|(file, _)| file.clone())
            .collect();
        for file in &new {
            let draft = &described.draft.files[file];
            self.texts.insert(file.clone(), draft.text(file));
            for (keys, (kind, remark)) in draft.findings() {
                self.notes.push(Note::new(kind, &remark).in_file(file, &keys));
            }
        }
        let notes =
            drop_invalid(&mut self.texts, &new, &described.draft, &mut self.dropped);
        self.notes.extend(notes);
        new.iter().any(|file| self.texts.contains_key(file))
    }

    /// Edits what differs; false if there is nothing more to edit.
    fn reconcile(&mut self, ours: &Ours, described: &Described) -> bool {
        let unpublished = self.document.is_export();
        let options = Options { whole: true, prune: self.prune, unpublished };
        let compared = reconcile(ours, &described.draft, options);
        let wanted = |unit: &Unit| !self.dropped.covers(&unit.notes);
        let units = compared.units.into_iter().filter(wanted).collect();
        let Applied { done, refused } = apply_valid(&mut self.texts, units);
        let progress = !done.is_empty();
        // What a new description says is not news.
        let told = |note: &Note| {
            !self.is_new || !matches!(note.kind, NoteKind::Added | NoteKind::Changed)
        };
        let done = done.into_iter().flat_map(|unit| unit.notes).filter(told);
        self.notes.extend(done);
        if progress || self.is_new {
            return progress;
        }
        for (unit, reason) in refused {
            let mut notes = unit.notes.into_iter();
            self.notes.extend(notes.next().map(|note| Note {
                kind: NoteKind::Undecided,
                message: format!("{}: {reason}", note.message),
                ..note
            }));
        }
        self.notes.extend(compared.notes);
        progress
    }

    /// Names the operations that are not described in the end, each with the reason.
    fn account(&mut self, ours: &Ours, described: &Described) {
        let findings = described.findings.iter();
        self.notes.extend(findings.map(|(kind, remark)| Note::new(*kind, remark)));
        for operation in operations(&self.document.top(), &mut Vec::new()) {
            let Operation { method, path, at, .. } = &operation;
            if ours.has_route(method, path) {
                continue;
            }
            let call = format!("`{method} {path}`");
            let named = |note: &Note| {
                note.message.contains(&call) && note.kind != NoteKind::Added
            };
            if self.notes.iter().any(named) {
                continue;
            }
            let reason = described.left_out.get(at.pointer());
            let reason = reason.or_else(|| self.dropped.reason(at.pointer()));
            let remark = reason.cloned().unwrap_or_else(|| at.remark(String::new()));
            let message = match remark.message.as_str() {
                "" => format!("{call} was left out"),
                cause => format!("{call} was left out: {cause}"),
            };
            let remark = Remark { message, ..remark };
            self.notes.push(Note::new(NoteKind::Inexpressible, &remark));
        }
    }
}

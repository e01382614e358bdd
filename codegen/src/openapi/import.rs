//! From a published document to a description.
//!
//! Takes the text of a document and the existing files of a description; returns the files with additions from the
//! document, and notes. Does not access files.
//!
//! The document is described like our API (`describe`), then both are compared (`reconcile`) until there are no more
//! edits.

mod drop_invalid;
mod overrides;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::describe::{self, Described};
use super::document::{Document, Operation, operations};
use super::{Map, text};
use crate::diagnostic::{Diagnostics, SourceMap};
use crate::load_files;
use crate::reconcile::{
    Applied, Options, Ours, Texts, Unit, apply_valid, finished, reconcile,
};
use drop_invalid::Dropped;

pub use super::document::Remark;
pub use crate::reconcile::{Note, NoteKind, Place, report};

/// The effects of an import on a description.
#[derive(Debug, Clone, Default)]
pub struct Import {
    /// Changed files, by name, with their new texts; `None` for a removed file.
    pub files: BTreeMap<String, Option<String>>,
    /// Notes, by kind.
    pub notes: Vec<Note>,
}

/// The reason why an import is impossible.
#[derive(Debug, Clone)]
pub enum Refused {
    /// The document is unreadable.
    Document(Remark),
    /// The description has errors.
    Description(Diagnostics, SourceMap),
}

/// Maximum number of comparisons: the edits of one can cause further ones.
const ROUNDS: usize = 8;

/// A document as loaded.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// Name of its file, without directories.
    pub name: &'a str,
    /// Text of its file.
    pub text: &'a str,
}

/// File with the document of the last import.
const PROVENANCE: &str = "imported.yaml";

/// Prefix of the files of services.
const RESOURCES: &str = "resources/";

/// Updates a description from a document. With `prune`, parts that the document lacks are removed.
///
/// # Errors
///
/// If the document is unreadable, or the description has errors.
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
        texts.insert(PROVENANCE.to_owned(), provenance(source, &document));
    }
    Run { prune, ..Run::new(&document, texts, notes) }.finish(files)
}

/// Creates a description from a document of an API without one.
///
/// # Errors
///
/// If the document is unreadable.
pub fn describe(source: Source) -> Result<Import, Refused> {
    let document = Document::read(source.text).map_err(Refused::Document)?;
    let (mut texts, notes) = describe::api::files(&document);
    texts.insert(PROVENANCE.to_owned(), provenance(source, &document));
    Run { is_new: true, ..Run::new(&document, texts, notes) }.finish(&Texts::new())
}

/// Returns the contents of the file with the document: its name, its title and version, and the digest of its text.
fn provenance(source: Source, document: &Document) -> String {
    let digest = Sha256::digest(source.text.as_bytes());
    let hex = |text: String, byte: &u8| format!("{text}{byte:02x}");
    let digest = digest.iter().fold(String::new(), hex);
    let facts = Map::new()
        .with("document", source.name)
        .with_some("title", document.info("title"))
        .with_some("version", document.info("version"))
        .with_some("openapi", document.top().text_of("openapi"))
        .with("sha256", digest);
    let facts = text::house(&facts, 0);
    format!(
        "# Written by `cargo xtask import`: the document that this description was last brought up to.\n{facts}"
    )
}

/// An import in progress.
struct Run<'d> {
    document: &'d Document,
    texts: Texts,
    notes: Vec<Note>,
    /// True if there was no description before.
    is_new: bool,
    prune: bool,
    /// Parts omitted because they would be errors of the description.
    dropped: Dropped,
}

impl<'d> Run<'d> {
    fn new(document: &'d Document, texts: Texts, notes: Vec<Note>) -> Self {
        let dropped = Dropped::default();
        Self { document, texts, notes, is_new: false, prune: false, dropped }
    }

    /// Updates the texts, and returns the differences from those before.
    fn finish(mut self, before: &Texts) -> Result<Import, Refused> {
        if !self.bring_up()? {
            self.texts.clone_from(before);
            if self.is_new {
                self.notes.retain(|note| note.kind != NoteKind::Undecided);
                self.notes.iter_mut().for_each(|note| note.description = None);
            }
        }
        let notes = finished(self.notes, &self.texts);
        let gone = before.keys().filter(|name| !self.texts.contains_key(*name));
        let gone = gone.map(|name| (name.clone(), None));
        let new = self.texts.iter();
        let new = new.filter(|(name, text)| before.get(*name) != Some(text));
        let new = new.map(|(name, text)| (name.clone(), Some(text.clone())));
        Ok(Import { files: gone.chain(new).collect(), notes })
    }

    /// Updates the texts from the document; returns false if neither describes a service, and the texts are not to be
    /// used.
    fn bring_up(&mut self) -> Result<bool, Refused> {
        for _ in 0..ROUNDS {
            let loaded = load_files(self.texts.clone());
            let sound = loaded.model.is_some() || !self.has_services();
            let description = loaded.description.as_ref().filter(|_| sound);
            let (Some(spec), model) = (description, &loaded.model) else {
                return Err(Refused::Description(loaded.diagnostics, loaded.sources));
            };
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
            self.notes.push(Note::new(NoteKind::Inexpressible, remark));
        }
        Ok(any)
    }

    fn has_services(&self) -> bool {
        self.texts.keys().any(|name| name.starts_with(RESOURCES))
    }

    /// Adds files for services without a description.
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
            self.notes.extend(draft.findings(file));
        }
        if !new.is_empty() {
            self.dropped.drop_invalid(&mut self.texts, &new, &described.draft);
            self.notes.append(&mut self.dropped.notes);
        }
        new.iter().any(|file| self.texts.contains_key(file))
    }

    /// Edits the differences; returns false if there are none.
    fn reconcile(&mut self, ours: &Ours, described: &Described) -> bool {
        let unpublished = self.document.is_export();
        let options = Options { whole: true, prune: self.prune, unpublished };
        let compared = reconcile(ours, &described.draft, options);
        let wanted = |unit: &Unit| !self.dropped.covers(&unit.notes);
        let units = compared.units.into_iter().filter(wanted).collect();
        let Applied { done, refused } = apply_valid(&mut self.texts, units);
        let progress = !done.is_empty();
        // All contents of a new description are new.
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

    /// Reports the operations without a description, each with the reason.
    fn account(&mut self, ours: &Ours, described: &Described) {
        self.notes.extend(described.findings.iter().cloned());
        // Notes have calls between backticks.
        let other = self.notes.iter().filter(|note| note.kind != NoteKind::Added);
        let quoted = other.flat_map(|note| note.message.split('`').skip(1).step_by(2));
        let named: BTreeSet<String> = quoted.map(str::to_owned).collect();
        for operation in operations(&self.document.top(), &mut Vec::new()) {
            let Operation { method, path, at, .. } = &operation;
            let call = format!("{method} {path}");
            if ours.has_route(method, path) || named.contains(&call) {
                continue;
            }
            let reason = described.left_out.get(at.pointer());
            let reason = reason.or_else(|| self.dropped.reason(at.pointer()));
            let remark = reason.cloned().unwrap_or_else(|| at.remark(String::new()));
            let message = match remark.message.as_str() {
                "" => format!("`{call}` was skipped"),
                cause => format!("`{call}` was skipped: {cause}"),
            };
            let remark = Remark { message, ..remark };
            self.notes.push(Note::new(NoteKind::Inexpressible, remark));
        }
    }
}

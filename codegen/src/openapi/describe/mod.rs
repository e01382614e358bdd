//! From a document to a description.
//!
//! Takes a document and the existing description, which may have no services yet; returns a [`Draft`] with the
//! operations and types of ours in the same locations and under the same names, and new ones in separate files or
//! beside their neighbours. Parts that a description cannot express are reported with the reason.

mod align;
pub(super) mod api;
mod bodies;
mod conventions;
mod fields;
mod groups;
pub(crate) mod kinds;
pub(crate) mod naming;
mod operations;
mod outline;
mod parameters;
mod prose;
mod requests;
mod services;
mod types;
mod unsupported;

use std::collections::{BTreeMap, BTreeSet};

use super::document::{At, Document, Remark, operations};
use crate::names::type_name;
use crate::reconcile::{Draft, FileDraft, Home, Note, NoteKind, Ours, Symbols};
use conventions::Conventions;
use fields::Shape;
use kinds::Kinds;
use types::Unnamed;

#[derive(Debug, Default)]
pub(crate) struct Described {
    pub(crate) draft: Draft,
    /// Reasons why operations are not described, by their JSON pointers.
    pub(crate) left_out: BTreeMap<String, Remark>,
    /// Findings without a location in a description.
    pub(crate) findings: Vec<Note>,
}

pub(crate) fn describe(document: &Document, ours: &Ours) -> Described {
    let mut remarks = Vec::new();
    let operations = operations(&document.top(), &mut remarks);
    let mut describer = Describer::new(document, ours);
    let unreadable =
        remarks.into_iter().map(|it| Note::new(NoteKind::Inexpressible, it));
    describer.described.findings.extend(unreadable);
    for (at, name) in document.renamed() {
        let message = format!(
            "called `{name}` here: another schema has its name but for upper and lower case"
        );
        let note = Note::new(NoteKind::Inferred, at.remark(message));
        describer.described.findings.push(note);
    }
    describer.in_requests = requests::types_in_requests(&operations);
    describer.services(operations);
    describer.known_types();
    describer.described
}

struct Describer<'a> {
    document: &'a Document,
    /// Tags by the names of their services.
    tags: BTreeMap<String, At<'a>>,
    ours: &'a Ours<'a>,
    conventions: Conventions<'a>,
    /// Names of our description, and new ones.
    symbols: Symbols,
    described: Described,
    /// Schemas of our types.
    aligned: BTreeMap<Home, Vec<Shape<'a, 'a>>>,
    /// Visited types of ours, each with its schema.
    met: BTreeSet<(String, String)>,
    /// Names of the types in requests.
    in_requests: BTreeSet<String>,
    /// Types of resources in requests, by resource.
    requests: BTreeMap<String, String>,
    /// Types without a name.
    unnamed: BTreeMap<Unnamed, Kinds>,
    /// The named types around types without a name, by the names that these get.
    outermost: BTreeMap<String, String>,
    /// The file that is described.
    file: String,
    /// Findings since the last call of [`Self::collect`].
    findings: Vec<Note>,
    /// True if types of fields may be inferred from their names.
    guesses: bool,
    /// Nesting of types being described.
    depth: usize,
}

impl<'a> Describer<'a> {
    fn new(document: &'a Document, ours: &'a Ours) -> Self {
        let tags = document.top().items_of("tags").into_iter().rev();
        let tags = tags.filter_map(|tag| Some((type_name(tag.text_of("name")?), tag)));
        Self {
            document,
            tags: tags.collect(),
            ours,
            conventions: Conventions(&ours.spec.api),
            symbols: ours.symbols.clone(),
            described: Described::default(),
            aligned: BTreeMap::new(),
            met: BTreeSet::new(),
            in_requests: BTreeSet::new(),
            requests: BTreeMap::new(),
            unnamed: BTreeMap::new(),
            outermost: BTreeMap::new(),
            file: String::new(),
            findings: Vec::new(),
            guesses: true,
            depth: 0,
        }
    }

    /// Returns the draft of the file that is described.
    fn out(&mut self) -> &mut FileDraft {
        self.described.draft.files.entry(self.file.clone()).or_default()
    }

    /// Adds a note about a location in the document.
    fn note(&mut self, kind: NoteKind, at: &At, message: impl Into<String>) {
        self.findings.push(Note::new(kind, at.remark(message)));
    }

    /// Returns the result of a function, and its findings.
    fn collect<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> (T, Vec<Note>) {
        let before = std::mem::take(&mut self.findings);
        let done = work(self);
        (done, std::mem::replace(&mut self.findings, before))
    }
}

//! From a document to a description.
//!
//! Enters a document and the description that there is, which may have no services yet; leaves a [`Draft`] in which each
//! operation and type that ours has stands in the same place under the same name, and what is new in files of its own
//! or beside its neighbours. Whatever a description cannot express is named with the reason.

mod align;
pub(super) mod api;
mod conventions;
mod docs;
mod enums;
mod facts;
mod fields;
mod groups;
pub(crate) mod kinds;
mod lists;
pub(crate) mod naming;
mod operations;
mod outline;
mod parameters;
pub(crate) mod paths;
mod prose;
mod resource;
mod services;
mod shape;
mod types;
mod unsupported;

use std::collections::BTreeMap;

use super::document::{At, Document, Remark, operations};
use crate::reconcile::{Draft, EnumDraft, Finding, NoteKind, Ours, Symbols};
use conventions::{CommonFields, Conventions};

/// What a document describes.
#[derive(Debug, Default)]
pub(crate) struct Described {
    pub(crate) draft: Draft,
    /// Why operations are not described, by their JSON pointers.
    pub(crate) left_out: BTreeMap<String, Remark>,
    /// Findings that belong to no place of a description.
    pub(crate) findings: Vec<Finding>,
}

/// Describes a document.
pub(crate) fn describe(document: &Document, ours: &Ours) -> Described {
    let mut remarks = Vec::new();
    let operations = operations(&document.top(), &mut remarks);
    let mut describer = Describer::new(document, ours);
    let unreadable = remarks.into_iter().map(|it| (NoteKind::Inexpressible, it));
    describer.described.findings.extend(unreadable);
    for (at, name) in document.renamed() {
        let message = format!(
            "called `{name}` here: another schema has its name but for upper and lower case"
        );
        describer.described.findings.push((NoteKind::Inferred, at.remark(message)));
    }
    let aligned = align::align(operations, ours, &describer.conventions);
    describer.new_services(&aligned);
    describer.new_operations(&aligned);
    describer.known_operations(&aligned);
    describer.known_types(&aligned);
    describer.described
}

/// Describes a document, one thing after the other.
struct Describer<'a> {
    document: &'a Document,
    ours: &'a Ours<'a>,
    conventions: Conventions,
    common: CommonFields,
    /// The names of our description, and those that were given since.
    symbols: Symbols,
    described: Described,
    /// The enums that were described since, wherever they go.
    enums: BTreeMap<String, EnumDraft>,
    /// What was found out since the last call of [`Self::collect`].
    findings: Vec<Finding>,
    /// Names of fields tell what they hold where nothing else does.
    guesses: bool,
    /// Types that are being described inside of each other.
    depth: usize,
}

impl<'a> Describer<'a> {
    fn new(document: &'a Document, ours: &'a Ours) -> Self {
        Self {
            document,
            ours,
            conventions: Conventions::of(&ours.spec.api),
            common: CommonFields::of(&ours.spec.api.fields),
            symbols: ours.symbols.clone(),
            described: Described::default(),
            enums: BTreeMap::new(),
            findings: Vec::new(),
            guesses: true,
            depth: 0,
        }
    }

    /// Notes something about a place in the document.
    fn note(&mut self, kind: NoteKind, at: &At, message: impl Into<String>) {
        self.findings.push((kind, at.remark(message)));
    }

    /// Returns what something yields, and what was found out meanwhile.
    fn collect<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> (T, Vec<Finding>) {
        let before = std::mem::take(&mut self.findings);
        let done = work(self);
        (done, std::mem::replace(&mut self.findings, before))
    }
}

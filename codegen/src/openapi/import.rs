//! From a published document to a description.
//!
//! Enters the text of a document and the files of a description, which may be few; leaves the files with what the
//! document has and they had not, and what there is to tell. Reads and writes nothing.
//!
//! Services that are not described become files (`restore`). Then everything is held against everything (`merge`),
//! until nothing more can be added; an edit that the description cannot bear is left to a person.

mod account;
mod conventions;
mod docs;
mod field;
mod fresh;
mod groups;
mod known;
mod lists;
mod make;
mod merge;
mod naming;
mod notes;
mod outline;
mod overrides;
mod paths;
mod present;
mod prose;
mod provenance;
mod report;
mod restore;
mod service;
mod settle;
mod spot;
mod unsaid;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostics, SourceMap};
use crate::lower::lower;
use crate::model::Model;
use crate::spec::{Loaded, Spec, parse};

use super::bear::{Texts, make};
use super::document::Document;
use super::{edit, extension};

use account::account;
use conventions::Conventions;
use merge::{Options, Why, merge};
use notes::Notes;

pub use super::document::Remark;
pub use notes::{Note, NoteKind, Place};
pub use report::report;

/// What an import does to a description.
#[derive(Debug, Clone, Default)]
pub struct Import {
    /// The files that change, by their names, with their new texts; nothing for a file that goes.
    pub files: BTreeMap<String, Option<String>>,
    /// What there is to tell, those that need a person last.
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

/// Brings a description up to a document. With `prune`, what the document does not have goes.
pub fn import(
    source: Source,
    files: &BTreeMap<String, String>,
    prune: bool,
) -> Result<Import, Refused> {
    let mut document = Document::read(source.text).map_err(Refused::Document)?;
    let mut notes = Notes::default();
    overrides::apply(&mut document, files, &mut notes)
        .map_err(|(diagnostics, sources)| Refused::Description(diagnostics, sources))?;
    let mut texts = files.clone();
    if !bring_up(source, &document, &mut texts, &mut notes, prune)? {
        texts.clone_from(files);
    }
    account(&document, &texts, &mut notes);
    let notes = notes.finish(&texts);
    let mut changed: BTreeMap<_, _> = files
        .keys()
        .filter(|name| !texts.contains_key(*name))
        .map(|name| (name.clone(), None))
        .collect();
    texts.retain(|name, text| files.get(name) != Some(text));
    changed.extend(texts.into_iter().map(|(name, text)| (name, Some(text))));
    Ok(Import { files: changed, notes })
}

/// Makes a description from a document of an API that nobody has described yet.
pub fn describe(source: Source) -> Result<Import, Refused> {
    let document = Document::read(source.text).map_err(Refused::Document)?;
    let mut notes = Notes::default();
    let mut texts = fresh::files(&document, &mut notes);
    if !bring_up(source, &document, &mut texts, &mut notes, false)? {
        texts.clear();
    }
    account(&document, &texts, &mut notes);
    let mut notes = notes.finish(&texts);
    // There was no description before that could have more than the document.
    notes.retain(|note| note.kind != NoteKind::Gone);
    if texts.is_empty() {
        // Nothing is written that could be looked at.
        notes.retain(|note| note.kind != NoteKind::Undecided);
        for note in &mut notes {
            note.description = None;
        }
    }
    let files = texts.into_iter().map(|(name, text)| (name, Some(text))).collect();
    Ok(Import { files, notes })
}

/// Brings texts up to a document; false where neither describes a service, and the texts are not to be used.
fn bring_up(
    source: Source,
    document: &Document,
    texts: &mut Texts,
    notes: &mut Notes,
    prune: bool,
) -> Result<bool, Refused> {
    let own = document.top().get(extension::KEY).is_some();
    if !own {
        provenance::record(source.name, source.text, document, texts);
    }
    notes.work_on_nothing();
    let mut unchanged = restored(document, own, texts, notes)?;
    if !texts.keys().any(|name| name.starts_with(RESOURCES)) {
        notes.work_on_nothing();
        let message = "nothing in this document can be described, so nothing is written";
        notes.at(NoteKind::Inexpressible, &document.top(), message);
        return Ok(false);
    }
    let mut options = Options { prune, new_operations: true };
    for _ in 0..ROUNDS {
        let loaded = unchanged.take().unwrap_or_else(|| load(texts));
        let (spec, model) = understood(loaded)?;
        let conventions = Conventions::of(&spec.api, own);
        let so_far = std::mem::take(notes);
        let merged = merge(document, &spec, &model, &conventions, so_far, options);
        *notes = merged.notes;
        let made = make(texts, merged.units);
        let progress = !made.done.is_empty();
        for why in made.done {
            tell(notes, why);
        }
        for (why, reason) in made.refused {
            let message = format!("{}: {reason}", why.message);
            tell(notes, Why { kind: NoteKind::Undecided, message, ..why });
        }
        if !progress && !merged.unfinished {
            break;
        }
        // Operations that cannot be added do not keep the rest from being compared.
        options.new_operations &= progress;
    }
    Ok(true)
}

fn load(texts: &Texts) -> Loaded {
    parse(texts.clone().into_iter().collect())
}

/// Adds files for the services that are not described; leaves what was read if there are none.
fn restored(
    document: &Document,
    own: bool,
    texts: &mut Texts,
    notes: &mut Notes,
) -> Result<Option<Loaded>, Refused> {
    let loaded = load(texts);
    let bare = !texts.keys().any(|name| name.starts_with(RESOURCES));
    // Where no service is described, that is what is wrong with the description.
    let Some(spec) = loaded.spec.as_ref().filter(|spec| spec.whole || bare) else {
        return Err(Refused::Description(loaded.diagnostics, loaded.sources));
    };
    let conventions = Conventions::of(&spec.api, own);
    let restored = restore::restore(document, spec, &conventions, notes);
    if restored.files.is_empty() && restored.edits.is_empty() {
        return Ok(Some(loaded));
    }
    let new: BTreeSet<_> = restored.files.keys().cloned().collect();
    texts.extend(restored.files);
    for (file, edit) in restored.edits {
        let text = texts.get(&file).and_then(|text| edit::apply(text, &[edit]).ok());
        texts.extend(text.map(|text| (file, text)));
    }
    settle::settle(texts, &new, notes);
    Ok(None)
}

/// What a description means.
fn understood(mut loaded: Loaded) -> Result<(Spec, Model), Refused> {
    let model = loaded.spec.as_ref().and_then(|spec| {
        let (model, more) = lower(spec);
        loaded.diagnostics.extend(more);
        model
    });
    match (loaded.spec, model) {
        (Some(spec), Some(model)) if !loaded.diagnostics.has_errors() => {
            Ok((spec, model))
        }
        _ => Err(Refused::Description(loaded.diagnostics, loaded.sources)),
    }
}

fn tell(notes: &mut Notes, why: Why) {
    notes.work_on(&why.file, why.keys);
    match why.at {
        Some(at) => notes.remark(why.kind, Remark { message: why.message, ..at }),
        None => notes.own(why.kind, why.message),
    }
}

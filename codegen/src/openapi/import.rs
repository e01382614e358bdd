//! From a published document to a description.
//!
//! Enters the text of a document and the files of a description, which may be few; leaves the files with what the
//! document has and they had not, and what there is to tell. Reads and writes nothing.
//!
//! Services that are not described become files ([`restore`]). Then everything is held against everything ([`merge`]),
//! until nothing more can be added; an edit that the description cannot bear is left to a person.

mod conventions;
mod docs;
mod field;
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
mod spot;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, SourceMap};
use crate::lower::lower;
use crate::model::Model;
use crate::spec::{Spec, parse};

use super::bear::{Texts, make};
use super::document::Document;
use super::{edit, extension};

use conventions::Conventions;
use merge::{Why, merge};
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

/// Brings a description up to a document. With `prune`, what the document does not have goes.
pub fn import(
    source: Source,
    files: &BTreeMap<String, String>,
    prune: bool,
) -> Result<Import, Refused> {
    let mut document = Document::read(source.text).map_err(Refused::Document)?;
    let own = document.top().get(extension::KEY).is_some();
    let mut texts = files.clone();
    let mut notes = Notes::default();
    overrides::apply(&mut document, files, &mut notes)
        .map_err(|(diagnostics, sources)| Refused::Description(diagnostics, sources))?;
    if !own {
        provenance::record(source.name, source.text, &document, &mut texts);
    }
    restored(&document, own, &mut texts, &mut notes)?;
    for _ in 0..ROUNDS {
        let (spec, model) = understood(&texts)?;
        let conventions = Conventions::of(&spec.api, own);
        let merged = merge(&document, &spec, &model, &conventions, notes, prune);
        notes = merged.notes;
        let made = make(&mut texts, merged.units);
        let progress = !made.done.is_empty();
        for why in made.done {
            tell(&mut notes, why);
        }
        for (why, reason) in made.refused {
            let message = format!("{}: {reason}", why.message);
            tell(&mut notes, Why { kind: NoteKind::Undecided, message, ..why });
        }
        if !progress && !merged.unfinished {
            break;
        }
    }
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

/// Adds files for the services that are not described.
fn restored(
    document: &Document,
    own: bool,
    texts: &mut Texts,
    notes: &mut Notes,
) -> Result<(), Refused> {
    let loaded = parse(texts.clone().into_iter().collect());
    let Some(spec) = loaded.spec.filter(|spec| spec.whole) else {
        return Err(Refused::Description(loaded.diagnostics, loaded.sources));
    };
    let conventions = Conventions::of(&spec.api, own);
    let restored = restore::restore(document, &spec, &conventions, notes);
    texts.extend(restored.files);
    for (file, edit) in restored.edits {
        let text = texts.get(&file).and_then(|text| edit::apply(text, &[edit]).ok());
        texts.extend(text.map(|text| (file, text)));
    }
    Ok(())
}

/// What a description means.
fn understood(texts: &Texts) -> Result<(Spec, Model), Refused> {
    let mut loaded = parse(texts.clone().into_iter().collect());
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

//! Services that the description lacks: a new file for each.

mod lost;

use std::collections::BTreeMap;

use crate::names::type_name;
use crate::spec::{Deprecation, ResourceFile, Spec};

use super::super::document::{Document, Operation, operations};
use super::super::edit::Edit;
use super::super::{Map, Tree};
use super::conventions::Conventions;
use super::groups::groups;
use super::make::Maker;
use super::notes::{NoteKind, Notes};
use super::outline::{self, Outline, outline};
use super::paths::{self, segments};
use super::present::{Present, SERVICE};
use super::service::{Sheet, sheet};

/// What a description lacks.
#[derive(Debug, Default)]
pub(super) struct Restored {
    /// Files, by their paths.
    pub(super) files: BTreeMap<String, String>,
    /// Types that belong into files that are there.
    pub(super) edits: Vec<(String, Edit)>,
}

/// The files of the services that a description lacks.
pub(super) fn restore(
    document: &Document,
    spec: &Spec,
    conventions: &Conventions,
    notes: &mut Notes,
) -> Restored {
    let mut outlines = outlines(document, spec, conventions, notes);
    let mut maker = Maker::new(spec, conventions, std::mem::take(notes));
    for outline in &mut outlines {
        outline.register(&mut maker.known);
    }
    let mut sheets: Vec<Sheet> = Vec::new();
    let with_fate = outlines.iter().map(|outline| (outline, deprecated(outline, spec)));
    let mut with_fate: Vec<_> = with_fate.collect();
    // What several use belongs to one that stays.
    with_fate.sort_by_key(|(_, deprecated)| deprecated.is_some());
    for (outline, deprecated) in with_fate {
        if deprecated.is_some() && !conventions.own {
            let message = format!(
                "`{}` is taken for deprecated, like its neighbours",
                outline.group.tag
            );
            let path = format!("resources/{}.yaml", outline.file);
            maker.notes.work_on(&path, ["deprecated"]);
            maker.notes.at(NoteKind::Inferred, &outline.group.operations[0].at, message);
        }
        sheets.push(sheet(outline, deprecated, conventions, &mut maker));
    }
    let elsewhere = lost::put_back(document, spec, &mut maker, &mut sheets);
    *notes = maker.notes;
    let files = sheets.into_iter().map(|sheet| (sheet.path.clone(), sheet.text()));
    Restored { files: files.collect(), edits: elsewhere }
}

/// The services that the description lacks, each with a file of its own.
fn outlines<'d>(
    document: &'d Document,
    spec: &Spec,
    conventions: &Conventions,
    notes: &mut Notes,
) -> Vec<Outline<'d>> {
    let mut remarks = Vec::new();
    let operations: Vec<Operation> = operations(&document.top(), &mut remarks);
    for remark in remarks {
        notes.remark(NoteKind::Inexpressible, remark);
    }
    for (at, name) in document.renamed() {
        let message = format!(
            "called `{name}` here: another schema has its name but for upper and lower case"
        );
        notes.at(NoteKind::Inferred, &at, message);
    }
    let present = Present::of(spec, conventions);
    let new = operations.into_iter().filter(|operation| {
        let known = present.has(operation);
        !known && !operation.tag.is_some_and(|tag| present.has_tag(tag))
    });
    let mut outlines: Vec<Outline> = Vec::new();
    for group in groups(new.collect(), &conventions.page_keys) {
        let Some(mut outline) = outline(group, document, conventions, notes) else {
            continue;
        };
        if !conventions.own {
            unlike_types(&mut outline, document);
        }
        if outline.file.is_empty() {
            let taken: Vec<_> =
                outlines.iter().map(|outline| outline.file.clone()).collect();
            outline.file = outline::file(&outline.group, &spec.resources, &taken);
        }
        outlines.push(outline);
    }
    outlines
}

/// A service cannot be called like a type.
fn unlike_types(outline: &mut Outline, document: &Document) {
    let name = type_name(&outline.group.tag);
    let components = document.top().get("components");
    let schemas = components.and_then(|components| components.get("schemas"));
    let types = schemas.iter().flat_map(|all| all.entries().collect::<Vec<_>>());
    let mut types = types.map(|(schema, _)| type_name(schema));
    if name == outline.resource || types.any(|known| known == name) {
        outline.group.tag = format!("{name}{SERVICE}");
    }
}

/// What is said of the neighbours, if it is the same of all: those whose paths begin with the same word.
fn deprecated(outline: &Outline, spec: &Spec) -> Option<Tree> {
    let word = |path: &str| {
        segments(path)
            .into_iter()
            .find(|part| paths::parameter(part).is_none())
            .map(str::to_owned)
    };
    let own = word(&outline.group.path)?;
    let neighbours: Vec<&ResourceFile> = spec
        .resources
        .iter()
        .filter(|file| word(&file.resource.path).as_ref() == Some(&own))
        .collect();
    let mut said = neighbours
        .iter()
        .map(|file| file.resource.deprecated.as_ref().map(|said| tree(said)));
    let first = said.next()??;
    said.all(|said| said.as_ref() == Some(&first)).then_some(first)
}

fn tree(said: &Deprecation) -> Tree {
    match said {
        Deprecation::Flag(flag) => Tree::Bool(*flag),
        Deprecation::Details(details) => Tree::Map(
            Map::new()
                .with_some("since", details.since.as_ref())
                .with_some("use", details.instead.as_ref().map(ToString::to_string))
                .with_flag("planned", details.planned),
        ),
    }
}

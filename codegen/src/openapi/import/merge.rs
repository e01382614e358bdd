//! What a document has and a description has not, and the other way round.
//!
//! Enters both, the description with its model; leaves edits in units, and notes on what cannot be decided. Operations
//! are held against each other by method and path, bodies by the types that they are. What the description knows better
//! stays: types, presence, descriptions, order.

mod facts;
mod gone;
mod kinds;
mod operations;
mod query;
mod records;
mod required;
mod wanted;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Model, Operation as Known, Service};
use crate::names::field_name;
use crate::spec::{Entries, Resource, Spec};

use super::super::Tree;
use super::super::bear::Unit;
use super::super::document::{Document, Operation, Remark, operations};
use super::super::edit::{Change, Edit};
use super::super::home::Home;
use super::conventions::Conventions;
use super::groups::Group;
use super::make::Maker;
use super::notes::{NoteKind, Notes};
use super::outline;
use super::paths::{ends_with_slash, pattern};
use gone::Gone;
pub(super) use operations::method;
use wanted::Wanted;

/// What an edit is for, to be told when it is made.
#[derive(Debug, Clone)]
pub(super) struct Why {
    pub(super) kind: NoteKind,
    pub(super) file: String,
    pub(super) keys: Vec<String>,
    /// The place in the document; nothing for what the document does not have.
    pub(super) at: Option<Remark>,
    pub(super) message: String,
}

/// What to do about what differs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Options {
    /// Takes out what the document does not have.
    pub(super) prune: bool,
    /// Begins with the operations that are new.
    pub(super) new_operations: bool,
}

/// What came of a comparison.
#[derive(Debug, Default)]
pub(super) struct Merged {
    pub(super) units: Vec<Unit<Why>>,
    pub(super) notes: Notes,
    /// Operations were new: what else there is shows when they are in.
    pub(super) unfinished: bool,
}

/// Compares a document with a description.
pub(super) fn merge(
    document: &Document,
    spec: &Spec,
    model: &Model,
    conventions: &Conventions,
    notes: Notes,
    options: Options,
) -> Merged {
    let maker = Maker::new(spec, conventions, notes);
    let mut merge = Merge {
        document,
        spec,
        model,
        conventions,
        maker,
        prune: options.prune,
        units: Vec::new(),
        wanted: BTreeMap::new(),
        gone: BTreeMap::new(),
        had: BTreeSet::new(),
        seen: BTreeSet::new(),
        met: BTreeSet::new(),
    };
    merge.maker.notes.work_on_nothing();
    // What cannot be followed was told when services were looked for.
    let operations = operations(&document.top(), &mut Vec::new());
    let pairs: Vec<_> =
        operations.iter().map(|operation| (operation, merge.known(operation))).collect();
    if options.new_operations {
        merge.new_operations(&pairs);
    }
    let unfinished = !merge.units.is_empty();
    if !unfinished {
        for (operation, known) in pairs {
            if let Some((service, known)) = known {
                merge.operation(operation, service, known);
            }
        }
        merge.gone_operations();
        merge.add_wanted();
        merge.tell_gone();
    }
    Merged { units: merge.units, notes: merge.maker.notes, unfinished }
}

struct Merge<'a, 'd> {
    document: &'d Document,
    spec: &'a Spec,
    model: &'a Model,
    conventions: &'a Conventions,
    maker: Maker,
    /// Takes out what the document does not have.
    prune: bool,
    units: Vec<Unit<Why>>,
    /// New fields, by file, path and name.
    wanted: BTreeMap<(String, Vec<String>, String), Wanted<'a, 'd>>,
    /// Fields that the document does not have, by file, path and name.
    gone: BTreeMap<(String, Vec<String>, String), Gone>,
    /// The fields that the document has, by type and name.
    had: BTreeSet<(String, String)>,
    /// Types that were compared, each with the schema.
    seen: BTreeSet<(String, String)>,
    /// The ids of the operations that the document has.
    met: BTreeSet<&'a str>,
}

impl<'a, 'd> Merge<'a, 'd> {
    /// The operation of the description that one of the document is: by method and path, else by its id.
    fn known(&mut self, operation: &Operation) -> Option<(&'a Service, &'a Known)> {
        let way = pattern(operation.path);
        let all = || {
            let services = self.model.services.iter();
            services.flat_map(|service| {
                service.operations.iter().map(move |op| (service, op))
            })
        };
        let same = |known: &Known| {
            method(known) == operation.method
                && pattern(&known.path) == way
                && ends_with_slash(&known.path) == ends_with_slash(operation.path)
        };
        let id = operation.id.map(crate::names::type_name);
        let found = all()
            .find(|(_, known)| same(known))
            .or_else(|| all().find(|(_, known)| Some(&known.id) == id.as_ref()))?;
        self.met.insert(&found.1.id);
        if !same(found.1) {
            let (_, known) = found;
            self.work_on_operation(found.0, known);
            let message = format!(
                "`{}` is `{} {}` in the document, and `{} {}` in the description",
                known.id,
                operation.method,
                operation.path,
                method(known),
                known.path
            );
            self.maker.notes.at(NoteKind::Undecided, &operation.at, message);
        }
        Some(found)
    }

    /// Holds an operation against what is known of it.
    fn operation(
        &mut self,
        operation: &Operation<'d>,
        service: &'a Service,
        known: &'a Known,
    ) {
        self.work_on_operation(service, known);
        self.status(operation, known);
        self.published(operation, known);
        self.deprecation(operation, service, known);
        let group = self.group(service);
        let read = outline::read(
            operation,
            &known.name,
            &group,
            self.conventions,
            &mut self.maker.notes,
        );
        let Some((sent, returned)) = read else { return };
        self.query(operation, service, known);
        self.sent(operation, &sent, known);
        self.returned(operation, &returned, known);
    }

    /// What is known of a service, as far as reading its bodies asks for it.
    fn group(&self, service: &Service) -> Group<'d> {
        let resource = self.resource(service);
        Group {
            tag: service.tag.clone(),
            path: resource
                .map_or_else(String::new, |resource| resource.path.to_string()),
            item: None,
            singleton: resource.is_some_and(|resource| resource.singleton),
            operations: Vec::new(),
        }
    }

    /// What the file of a service says.
    fn resource(&self, service: &Service) -> Option<&'a Resource> {
        let file = self.spec.resources.iter().find(|file| {
            service.source == format!("resources/{}.yaml", file.accessor.join("/"))
        })?;
        Some(&file.resource)
    }

    /// From here on, notes are about a field of a type.
    fn work_on_field(&mut self, ty: &str, name: &str) {
        let home = Home::of(self.model, self.spec, ty);
        if let Some((home, _)) = home {
            let keys = home.path.iter().map(String::as_str).chain([name]);
            self.maker.notes.work_on(&home.file, keys);
        }
    }

    fn work_on_operation(&mut self, service: &Service, known: &Known) {
        let keys = self.place(service, known);
        self.maker.notes.work_on(&service.source, keys);
    }

    /// The keys that lead to an operation in its file.
    fn place(&self, service: &Service, known: &Known) -> Vec<String> {
        let operations = self.resource(service).map(|resource| &resource.operations);
        let mut names = operations.into_iter().flat_map(Entries::keys);
        let name = names.find(|name| field_name(name) == known.name);
        let name = name.map_or_else(|| known.name.clone(), ToString::to_string);
        vec!["operations".to_owned(), name]
    }

    /// Adds an edit of one key, and what it is for.
    fn set(&mut self, file: &str, path: &[String], key: &str, value: Tree, at: Remark) {
        self.set_after(file, path, (key, None), value, at);
    }

    /// Adds an edit of a key that stands behind another one, and what it is for.
    fn set_after(
        &mut self,
        file: &str,
        path: &[String],
        (key, after): (&str, Option<&str>),
        value: Tree,
        at: Remark,
    ) {
        let after = after.map(str::to_owned);
        let change = Change::Set { key: key.to_owned(), value, after };
        let edit = Edit::new(path.to_vec(), change);
        let mut keys = path.to_vec();
        keys.push(key.to_owned());
        let message = at.message.clone();
        let why = Why {
            kind: NoteKind::Added,
            file: file.to_owned(),
            keys,
            at: Some(at),
            message,
        };
        if !self
            .units
            .iter()
            .any(|unit| unit.what.file == file && unit.what.keys == why.keys)
        {
            self.units.push(Unit {
                what: why,
                edits: vec![(file.to_owned(), edit)],
                removed: None,
            });
        }
    }
}

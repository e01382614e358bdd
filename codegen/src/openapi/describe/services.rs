//! Services: new ones, and additions to those of our description.

use std::collections::BTreeSet;

use super::super::document::{Operation, Schema};
use super::super::{Map, Tree};
use super::Describer;
use super::align::{Aligned, Known};
use super::groups::{Group, groups};
use super::operations::Shown;
use super::outline::{self, Outline, Planned, Sent, outline};
use super::paths::{self, alike, segments};
use super::shape::{Owner, Shape};
use crate::names::{field_name, type_name};
use crate::reconcile::{FieldDraft, FileDraft, Home, OurOperation, SERVICE, TypeDraft};
use crate::spec::{Deprecation, Place, ResourceFile};

impl<'a> Describer<'a> {
    /// Describes the operations whose tags no service of ours has, each service in its own file.
    pub(super) fn new_services(&mut self, aligned: &Aligned<'_, 'a>) {
        let new = aligned.new.iter();
        let new =
            new.filter(|it| it.tag.is_none_or(|tag| self.symbols.tagged(tag).is_none()));
        let mut outlines = self.outlines(new.cloned().collect());
        for outline in &mut outlines {
            outline.register(&mut self.symbols);
        }
        let with_fate = outlines.iter().map(|it| (it, self.deprecated(it)));
        let mut with_fate: Vec<_> = with_fate.collect();
        // Shared types belong to a service that is not deprecated.
        with_fate.sort_by_key(|(_, deprecated)| deprecated.is_some());
        for (outline, deprecated) in with_fate {
            let draft = self.service(outline, deprecated);
            self.described.draft.files.insert(outline.file.clone(), draft);
        }
    }

    fn outlines(&mut self, operations: Vec<Operation<'a>>) -> Vec<Outline<'a>> {
        let mut outlines: Vec<Outline> = Vec::new();
        let mut taken = BTreeSet::new();
        let mut left_out = Vec::new();
        for group in groups(operations, &self.conventions.page_keys) {
            let found = outline(group, self.document, &self.conventions, &mut left_out);
            let Some(mut outline) = found else { continue };
            self.unlike_types(&mut outline);
            let present = &self.ours.spec.resources;
            outline.file = outline::file(&outline.group, present, &taken);
            taken.insert(outline.file.clone());
            outlines.push(outline);
        }
        self.described.left_out.extend(left_out);
        outlines
    }

    /// Renames a service with the name of a type.
    fn unlike_types(&self, outline: &mut Outline) {
        let name = type_name(&outline.group.tag);
        if name == outline.resource || self.document.has_type(&name) {
            outline.group.tag = format!("{name}{SERVICE}");
        }
    }

    /// Returns the deprecation of the neighbours, if all have the same: those whose paths begin with the same word.
    fn deprecated(&self, outline: &Outline) -> Option<Tree> {
        let word = |path: &str| {
            let mut segments = segments(path).into_iter();
            segments.find(|it| paths::parameter(it).is_none()).map(str::to_owned)
        };
        let own = word(&outline.group.path)?;
        let all = self.ours.spec.resources.iter();
        let neighbours: Vec<&ResourceFile> = all
            .filter(|file| word(&file.resource.path).as_ref() == Some(&own))
            .collect();
        let mut said = neighbours
            .iter()
            .map(|file| file.resource.deprecated.as_ref().map(|said| tree(said)));
        let first = said.next()??;
        said.all(|said| said.as_ref() == Some(&first)).then_some(first)
    }

    /// Describes operations that a service of ours lacks.
    pub(super) fn new_operations(&mut self, aligned: &Aligned<'_, 'a>) {
        let mut files: Vec<(String, Vec<Operation<'a>>)> = Vec::new();
        for operation in &aligned.new {
            let tagged = operation.tag.and_then(|tag| self.symbols.tagged(tag));
            let Some(file) = tagged.map(str::to_owned) else { continue };
            match files.iter_mut().find(|(known, _)| *known == file) {
                Some((_, operations)) => operations.push(operation.clone()),
                None => files.push((file, vec![operation.clone()])),
            }
        }
        for (file, new) in files {
            // The existing operations determine the resource.
            let known = aligned.known.iter().filter(|known| known.ours.file == file);
            let known = known.map(|known| known.operation.clone());
            let pointers: Vec<String> =
                new.iter().map(|it| it.at.pointer().to_owned()).collect();
            let all = known.chain(new).collect();
            let mut draft = self.take_draft(&file);
            self.new_operations_of(&file, all, &pointers, &mut draft);
            self.described.draft.files.insert(file, draft);
        }
    }

    fn take_draft(&mut self, file: &str) -> FileDraft {
        self.described.draft.files.remove(file).unwrap_or_default()
    }

    fn new_operations_of(
        &mut self,
        file: &str,
        all: Vec<Operation<'a>>,
        new: &[String],
        draft: &mut FileDraft,
    ) {
        let Some(resource) = self.ours.resource(file) else { return };
        let Some(group) = groups(all, &self.conventions.page_keys).into_iter().next()
        else {
            return;
        };
        let group = Group {
            path: resource.path.to_string(),
            item: resource.item_path.as_ref().map(ToString::to_string),
            singleton: resource.singleton,
            ..group
        };
        let mut left_out = Vec::new();
        let found = outline(group, self.document, &self.conventions, &mut left_out);
        self.described.left_out.extend(left_out);
        let Some(mut outline) = found else { return };
        outline.adopt(resource);
        for planned in &outline.operations {
            if !new.iter().any(|pointer| pointer == planned.operation.at.pointer()) {
                continue;
            }
            let mut described = self.operation(planned, &outline, draft);
            described.obstacle = self.obstacle(file, planned, &outline);
            let key = match &described.obstacle {
                Some(_) => format!("{} {}", described.method, described.path),
                None => planned.name.clone(),
            };
            draft.operations.insert(key, described);
            if let Sent::Place(place, schema) = &planned.sent {
                self.new_place(&outline, *place, schema, draft);
            }
        }
    }

    /// Returns the reason why an operation cannot be in the file of its service.
    fn obstacle(
        &self,
        file: &str,
        planned: &Planned,
        outline: &Outline,
    ) -> Option<String> {
        let base = segments(&outline.group.path);
        let way = segments(planned.operation.path);
        let below =
            way.len() >= base.len() && base.iter().zip(&way).all(|(a, b)| alike(a, b));
        if !below {
            return Some(format!(
                "its path is not below `{}`, where its service is",
                outline.group.path
            ));
        }
        let same = |known: &&OurOperation| {
            known.file == file && known.operation.name == field_name(&planned.name)
        };
        self.ours
            .operations
            .iter()
            .find(same)
            .map(|_| format!("its file has another operation called `{}`", planned.name))
    }

    /// Describes the body of a new operation, as a body of the resource.
    fn new_place(
        &mut self,
        outline: &Outline<'a>,
        place: Place,
        schema: &Schema<'a>,
        draft: &mut FileDraft,
    ) {
        let (name, noun) = (&outline.resource, &outline.noun);
        let places = outline.places();
        let owner = Owner { name, noun, places: &places, sent: true, resource: true };
        let shapes = [Shape::new(place, schema.clone())];
        let fields = self.fields(owner, &shapes, draft);
        for (name, field) in fields {
            add_field(&mut draft.resource, name, field);
        }
    }

    /// Compares the operations of ours with those of the document.
    pub(super) fn known_operations(&mut self, aligned: &Aligned<'_, 'a>) {
        for known in &aligned.known {
            let Known { ours, operation, bodies, findings } = known;
            let mut draft = self.take_draft(&ours.file);
            let Some((sent, returned)) = bodies else {
                draft.unreadable.insert(ours.key.clone());
                self.described.draft.files.insert(ours.file.clone(), draft);
                continue;
            };
            let shown = Shown { operation, sent, returned };
            let mut described = self.known_operation(&shown, ours, &mut draft);
            described.findings.extend(findings.iter().cloned());
            draft.operations.insert(ours.key.clone(), described);
            self.described.draft.files.insert(ours.file.clone(), draft);
        }
    }

    /// Describes the types of ours by the schemas of the document.
    pub(super) fn known_types(&mut self, aligned: &Aligned<'_, 'a>) {
        for (home, shapes) in &aligned.types {
            let mut draft = self.take_draft(&home.file);
            self.known_type(home, shapes, &mut draft);
            self.described.draft.files.insert(home.file.clone(), draft);
        }
        for (name, values) in std::mem::take(&mut self.enums) {
            if let Some((home, _)) = self.ours.symbols.home(&name) {
                let file = self.described.draft.files.entry(home.file.clone());
                file.or_default().enums.insert(name, values);
            }
        }
    }

    fn known_type(
        &mut self,
        home: &Home,
        shapes: &[Shape<'_, 'a>],
        draft: &mut FileDraft,
    ) {
        let resource = home.is_resource();
        let noun = self.symbols.noun(&home.name);
        let mut places = self.ours.places(home);
        let single = places.is_empty();
        if resource && !single {
            // New operations may send it in other bodies.
            let seen = draft.resource.fields.values().flat_map(|field| &field.seen);
            places.extend(seen.map(|seen| seen.place));
            places.sort_unstable();
            places.dedup();
        }
        let sent = !single || self.ours.is_sent(home);
        let owner = Owner {
            name: &home.name,
            noun: &noun,
            places: &places,
            sent,
            resource: resource && !single,
        };
        let (fields, findings) = self.collect(|this| this.fields(owner, shapes, draft));
        let at = |shape: &Shape| (shape.place, shape.schema.at.remark(String::new()));
        let places = shapes.iter().rev().map(at).collect();
        let described = TypeDraft { head: Map::new(), fields, shapes: places, findings };
        if !resource {
            draft.types.insert(home.name.clone(), described);
            return;
        }
        let before = std::mem::replace(&mut draft.resource, described);
        for (name, field) in before.fields {
            add_field(&mut draft.resource, name, field);
        }
    }
}

/// Adds a field, or the bodies of an existing one.
fn add_field(draft: &mut TypeDraft, name: String, field: FieldDraft) {
    let Some(known) = draft.fields.get_mut(&name) else {
        draft.fields.insert(name, field);
        return;
    };
    known.seen.extend(field.seen);
    if known.kind.is_some() {
        known.places = Some(known.marked());
    }
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

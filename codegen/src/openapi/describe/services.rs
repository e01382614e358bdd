//! Services: new ones as files, and additions to those of our description.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::super::document::Operation;
use super::super::{Map, text};
use super::bodies::Sent;
use super::fields::{Owner, Shape};
use super::groups::{Group, groups};
use super::naming::{alike, segments};
use super::outline::{Outline, Planned};
use super::{Describer, naming, prose, unsupported};
use crate::names::{field_name, is_reserved_service, type_name};
use crate::reconcile::{
    FieldDraft, Home, NoteKind, OperationDraft, OurOperation, SERVICE, Section,
    TypeDraft,
};
use crate::spec::Resource;

impl<'a> Describer<'a> {
    /// Describes operations: those of each service of ours beside it, others as new services.
    pub(super) fn services(&mut self, operations: Vec<Operation<'a>>) {
        let mut new = Vec::new();
        let mut known = IndexMap::<String, [Vec<Operation<'a>>; 2]>::new();
        for operation in operations {
            let ours = self.known(&operation).map(|ours| ours.service.source.as_str());
            let is_new = ours.is_none();
            let file = ours.or_else(|| self.symbols.tagged(operation.tag?));
            match file.map(str::to_owned) {
                Some(file) => {
                    known.entry(file).or_default()[usize::from(is_new)].push(operation);
                }
                None => new.push(operation),
            }
        }
        self.new_services(new);
        for (file, operations) in known {
            self.file = file;
            self.known_service(operations.concat());
        }
    }

    /// Returns the same operation of ours.
    pub(super) fn known(&self, it: &Operation) -> Option<&'a OurOperation<'a>> {
        self.ours.find(&it.method, it.path, it.id)
    }

    fn new_services(&mut self, operations: Vec<Operation<'a>>) {
        let mut outlines = Vec::new();
        let mut taken = BTreeSet::new();
        for group in groups(operations, &self.conventions.page_keys()) {
            let mut outline = self.outline(group);
            if outline.operations.is_empty() {
                continue;
            }
            let name = type_name(&outline.group.tag);
            let is_type = name == outline.resource || self.document.has_type(&name);
            if is_type || is_reserved_service(&name) {
                outline.group.tag = format!("{name}{SERVICE}");
            }
            outline.file = outline.group.file(&self.ours.spec.resources, &taken);
            taken.insert(outline.file.clone());
            outline.register(&mut self.symbols);
            outlines.push(outline);
        }
        for outline in &mut outlines {
            self.file.clone_from(&outline.file);
            self.service(outline);
        }
    }

    fn service(&mut self, outline: &mut Outline<'a>) {
        if outline.describes {
            let (fields, findings) = self.collect(|this| this.resource_fields(outline));
            if fields.values().all(|field| field.unsupported) {
                outline.give_up_resource();
            }
            self.out().resource = TypeDraft { fields, findings, ..TypeDraft::default() };
        }
        for planned in &outline.operations {
            let described = self.operation(planned, outline);
            self.out().operations.insert(planned.name.clone(), described);
        }
        let params = self.params(outline);
        let (head, findings) = self.collect(|this| this.head(outline));
        let draft = self.out();
        (draft.params, draft.head, draft.findings) = (params, head, findings);
    }

    /// Returns the properties before the first section of the file.
    fn head(&mut self, outline: &Outline) -> Map {
        let item =
            outline.group.item.as_ref().filter(|item| *item != Resource::ITEM_PATH);
        let of_tag = outline.tag.as_ref().and_then(|tag| tag.text_of("description"));
        let first = outline.shapes.first().map(|shape| &shape.schema);
        let said = of_tag.or(first.and_then(|schema| schema.text("description")));
        let mut doc = prose::without_notes(&prose::plain(said.unwrap_or_default()));
        if doc.trim().is_empty() {
            if let Some(schema) = first {
                let message =
                    format!("`{}` has no description; add one", outline.resource);
                self.note(NoteKind::Undecided, &schema.at, message);
            }
            doc = prose::placeholder(&outline.noun);
        }
        Map::new()
            .with("noun", &outline.noun)
            .with_filled("resource", outline.resource.as_str())
            .with_some("request", outline.request.as_ref().filter(|_| outline.describes))
            .with("tag", &outline.group.tag)
            .with("path", &outline.group.path)
            .with_some("item_path", item)
            .with_flag("singleton", outline.group.singleton)
            .with("doc", text::paragraphs(&doc))
    }

    fn resource_fields(&mut self, outline: &Outline) -> Section<FieldDraft> {
        let places = outline.places();
        let mut operations = outline.operations.iter();
        let owner = Owner {
            name: &outline.resource,
            noun: &outline.noun,
            places: &places,
            sent: operations.any(|planned| matches!(planned.sent, Sent::Place(..))),
            resource: !outline.group.singleton,
        };
        let shapes = outline.resource_shapes();
        for shape in &shapes {
            unsupported::of_schema(owner.name, &shape.schema, &mut self.findings);
        }
        let mut fields = self.fields(owner, &shapes);
        link(&mut fields);
        fields
    }

    /// Describes the operations of the current file: those of ours, and then those that it lacks.
    fn known_service(&mut self, operations: Vec<Operation<'a>>) -> Option<()> {
        let resource = self.ours.resource(&self.file)?;
        let tag = operations.first().and_then(|operation| operation.tag);
        let mut outline = self.outline(Group {
            tag: tag.unwrap_or(&resource.tag).to_owned(),
            path: resource.path.to_string(),
            item: resource.item_path.as_ref().map(ToString::to_string),
            singleton: resource.singleton,
            operations,
        });
        outline.adopt(resource);
        for planned in &outline.operations {
            let (key, described) = match planned.ours {
                Some(ours) => {
                    self.align(ours.operation, planned);
                    (planned.name.clone(), self.draft(planned, &ours.service.resource))
                }
                None => self.new_operation(planned, &outline),
            };
            self.out().operations.insert(key, described);
        }
        Some(())
    }

    /// Describes an operation that a service of ours lacks, with its key.
    fn new_operation(
        &mut self,
        planned: &Planned<'a>,
        outline: &Outline<'a>,
    ) -> (String, OperationDraft) {
        if let Sent::Place(place, schema) = &planned.sent {
            let home = Home::new(&self.file, &["fields"], &outline.resource);
            let shape = Shape::new(*place, schema.clone());
            self.aligned.entry(home).or_default().push(shape);
        }
        let mut described = self.operation(planned, outline);
        described.obstacle = self.obstacle(planned, outline);
        let key = match &described.obstacle {
            Some(_) => format!("{} {}", described.method, described.path),
            None => planned.name.clone(),
        };
        (key, described)
    }

    /// Returns the reason why an operation cannot be in the file of its service.
    fn obstacle(&self, planned: &Planned, outline: &Outline) -> Option<String> {
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
        let name = field_name(&planned.name);
        let mut ours = self.ours.operations.iter();
        ours.find(|known| {
            known.service.source == self.file
                && field_name(&known.operation.name) == name
        })
        .map(|_| format!("its file has another operation called `{}`", planned.name))
    }

    /// Describes the types of ours by the schemas of the document.
    pub(super) fn known_types(&mut self) {
        for (home, shapes) in std::mem::take(&mut self.aligned) {
            self.file.clone_from(&home.file);
            self.known_type(&home, &shapes);
        }
    }

    fn known_type(&mut self, home: &Home, shapes: &[Shape]) {
        let mut places = self.ours.places(home);
        let single = places.is_empty();
        if !single {
            // New operations may send it in other bodies.
            places.extend(shapes.iter().map(|shape| shape.place));
            places.sort_unstable();
            places.dedup();
        }
        let noun = self.symbols.noun(&home.name);
        let owner = Owner {
            name: &home.name,
            noun: &noun,
            places: &places,
            sent: !single || self.ours.is_sent(home),
            resource: home.is_resource() && !single,
        };
        let (fields, findings) = self.collect(|this| this.fields(owner, shapes));
        let at = |shape: &Shape| (shape.place, shape.schema.at.remark(String::new()));
        let shapes = shapes.iter().rev().map(at).collect();
        let described = TypeDraft { head: Map::new(), fields, shapes, findings };
        if home.is_resource() {
            self.out().resource = described;
        } else {
            self.out().types.insert(home.name.clone(), described);
        }
    }
}

/// Links a reference to the field of the same name with `_id`.
fn link(fields: &mut Section<FieldDraft>) {
    let names: Vec<String> = fields.keys().cloned().collect();
    for (name, field) in fields {
        let stem = naming::singular(name);
        let writers = [format!("{name}_id"), format!("{stem}_ids")];
        let writer = writers.into_iter().find(|writer| names.contains(writer));
        let is_reference = field.kind.as_ref().is_some_and(|kind| kind.contains("ref "));
        if let Some(writer) = writer.filter(|_| is_reference) {
            field.rest.set("written_as", writer);
        }
    }
}

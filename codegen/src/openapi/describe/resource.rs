//! A new service as a file of a description.

use super::super::{Map, Tree, text};
use super::outline::{Outline, Sent};
use super::shape::Owner;
use super::{Describer, docs, naming, unsupported};
use crate::reconcile::{FieldDraft, FileDraft, NoteKind, Section, TypeDraft};

impl<'d> Describer<'d> {
    /// Describes a service. `deprecated` is the default if the document contains no deprecation.
    pub(super) fn service(
        &mut self,
        outline: &Outline<'d>,
        deprecated: Option<Tree>,
    ) -> FileDraft {
        let mut draft = FileDraft::default();
        if outline.describes {
            let (fields, findings) =
                self.collect(|this| this.resource_fields(outline, &mut draft));
            draft.resource = TypeDraft { fields, findings, ..TypeDraft::default() };
        }
        for planned in &outline.operations {
            let described = self.operation(planned, outline, &mut draft);
            draft.operations.insert(planned.name.clone(), described);
        }
        if let Some(first) = outline.group.operations.first()
            && deprecated.is_some()
        {
            let tag = &outline.group.tag;
            let message =
                format!("`{tag}` is taken for deprecated, like its neighbours");
            let finding = (NoteKind::Inferred, first.at.remark(message));
            draft.findings.push(("deprecated", finding));
        }
        draft.params = self.params(outline);
        let (head, findings) = self.collect(|this| this.head(outline, deprecated));
        draft.head = head;
        draft.findings.extend(findings.into_iter().map(|finding| ("doc", finding)));
        draft
    }

    /// Returns the properties before the first section of the file.
    fn head(&mut self, outline: &Outline, deprecated: Option<Tree>) -> Map {
        let item = outline.group.item.as_ref().filter(|item| *item != "/{id}");
        Map::new()
            .with("noun", &outline.noun)
            .with("resource", &outline.resource)
            .with_some("request", outline.request.as_ref().filter(|_| outline.describes))
            .with("tag", &outline.group.tag)
            .with("path", &outline.group.path)
            .with_some("item_path", item)
            .with_flag("singleton", outline.group.singleton)
            .with_some("deprecated", deprecated)
            .with("doc", text::paragraphs(&self.service_doc(outline)))
    }

    /// Returns the description of the tag, or else of the resource.
    fn service_doc(&mut self, outline: &Outline) -> String {
        let of_tag = outline.tag.as_ref().and_then(|tag| tag.text_of("description"));
        let first = outline.shapes.first().map(|(_, schema)| schema);
        let said = of_tag.or(first.and_then(|schema| schema.text("description")));
        let said = said.map(docs::plain).map(|text| docs::without_notes(&text));
        let said = said.filter(|said| !said.trim().is_empty());
        said.unwrap_or_else(|| {
            if let Some(schema) = first {
                let message =
                    format!("`{}` has no description; add one", outline.resource);
                self.note(NoteKind::Undecided, &schema.at, message);
            }
            docs::placeholder(&outline.noun)
        })
    }

    fn resource_fields(
        &mut self,
        outline: &Outline,
        draft: &mut FileDraft,
    ) -> Section<FieldDraft> {
        let places = outline.places();
        let mut operations = outline.operations.iter();
        let sent = operations.any(|planned| matches!(planned.sent, Sent::Place(..)));
        let owner = Owner {
            name: &outline.resource,
            noun: &outline.noun,
            places: &places,
            sent,
            resource: !outline.group.singleton,
        };
        let shapes = outline.resource_shapes();
        for shape in &shapes {
            let name = &outline.resource;
            unsupported::of_schema(name, &shape.schema, &mut self.findings);
        }
        let mut fields = self.fields(owner, &shapes, draft);
        link(&mut fields);
        fields
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

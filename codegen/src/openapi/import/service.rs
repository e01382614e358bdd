//! A service as a file of a description.
//!
//! Enters an outline; leaves the text of a file in the style of those written by hand.

mod operations;
mod parameters;

pub(super) use parameters::{is_sent_anyway, query_field};

use crate::names::plural;

use super::super::document::Schema;
use super::super::extension;
use super::super::{Map, Tree, text};
use super::conventions::Conventions;
use super::docs;
use super::make::{FileTypes, Maker, Owner, constraints, unpublished};
use super::notes::NoteKind;
use super::outline::{Outline, Sent};
use super::unsaid;

pub(super) use operations::operation;

/// A file to be: what stands before its first section, and the sections.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Below the folder of the description.
    pub(super) path: String,
    /// The name of its resource.
    pub(super) resource: String,
    /// The service is going or gone.
    pub(super) deprecated: bool,
    head: Map,
    params: Map,
    operations: Map,
    fields: Map,
    constraints: Tree,
    /// The types and enums beside the resource.
    pub(super) types: FileTypes,
}

/// Writes a service out. `deprecated` is what is known of it where the document says nothing.
pub(super) fn sheet(
    outline: &Outline,
    deprecated: Option<Tree>,
    conventions: &Conventions,
    maker: &mut Maker,
) -> Sheet {
    let path = format!("resources/{}.yaml", outline.file);
    maker.notes.work_on(&path, Vec::<String>::new());
    let mut types = FileTypes::default();
    let fields =
        if outline.describes { fields(outline, maker, &mut types) } else { Map::new() };
    let mut operations = Map::new().section();
    maker.notes.within(["operations"]);
    for planned in &outline.operations {
        maker.notes.describes(&path, &planned.name, &planned.operation.at);
        maker.notes.enter(&planned.name);
        operations.set(
            &planned.name,
            operation(planned, outline, conventions, maker, &mut types),
        );
        maker.notes.leave();
    }
    maker.notes.within(["doc"]);
    let head = head(outline, deprecated, maker);
    Sheet {
        path,
        resource: outline.resource.clone(),
        deprecated: head.get(extension::DEPRECATED).is_some(),
        head,
        params: parameters::of(outline, maker),
        operations,
        fields,
        constraints: if outline.describes {
            constraints(&outline.shapes)
        } else {
            Tree::List(Vec::new())
        },
        types,
    }
}

impl Sheet {
    /// The text of the file.
    pub(super) fn text(self) -> String {
        let up = "../".repeat(self.path.matches('/').count());
        let mut text = format!("# yaml-language-server: $schema={up}schema.json\n");
        text.push_str(&text::house(&self.head, 0));
        let sections = [
            Map::new().with_filled("params", self.params),
            Map::new().with("operations", self.operations),
            Map::new().with_filled("fields", self.fields),
            Map::new().with_filled("constraints", self.constraints),
            Map::new().with_filled("enums", self.types.enums.section()),
            Map::new().with_filled("types", self.types.types.section()),
        ];
        for section in sections.into_iter().filter(|section| !section.is_empty()) {
            text.push('\n');
            text.push_str(&text::house(&section.section(), 0));
        }
        text
    }
}

/// What the file says before its first section.
fn head(outline: &Outline, deprecated: Option<Tree>, maker: &mut Maker) -> Map {
    let facts = outline.facts();
    let said = |key: &str| {
        facts.as_ref().and_then(|facts| facts.text_of(key)).map(str::to_owned)
    };
    let nouns = Some(&outline.nouns).filter(|nouns| **nouns != plural(&outline.noun));
    let item = outline.group.item.as_ref().filter(|item| *item != "/{id}");
    let deprecated = facts
        .as_ref()
        .and_then(|facts| facts.get(extension::DEPRECATED))
        .map(|at| at.tree())
        .or(deprecated);
    let unpublished = said(extension::PUBLISHED).as_deref() == Some("false")
        || unpublished(&outline.shapes);
    Map::new()
        .with("noun", &outline.noun)
        .with_some("nouns", nouns)
        .with("resource", &outline.resource)
        .with_some("request", outline.request.as_ref().filter(|_| outline.describes))
        .with("tag", &outline.group.tag)
        .with("path", &outline.group.path)
        .with_some("item_path", item)
        .with_flag("singleton", outline.group.singleton)
        .with_some("deprecated", deprecated)
        .with_some("access", said(extension::ACCESS))
        .with_flag("legacy", said(extension::LEGACY).is_some())
        .with_some("openapi", unpublished.then_some(false))
        .with("doc", docs::block(&doc(outline, maker)))
}

/// What the tag says of itself, or else the resource.
fn doc(outline: &Outline, maker: &mut Maker) -> String {
    let of_tag = outline.tag.as_ref().and_then(|tag| tag.text_of("description"));
    let of_schema =
        outline.shapes.first().and_then(|(_, schema)| schema.text("description"));
    let said = of_tag
        .or(of_schema)
        .map(docs::plain)
        .map(|text| docs::without_notes(&text))
        .unwrap_or_default();
    if !said.trim().is_empty() {
        return said;
    }
    if let Some((_, schema)) = outline.shapes.first() {
        let message =
            format!("nothing describes `{}`; write what it is", outline.resource);
        maker.notes.at(NoteKind::Undecided, &schema.at, message);
    }
    docs::sentence(&format!(
        "{}, as the published document has it.",
        docs::with_article(&outline.noun)
    ))
}

/// The fields of the resource.
fn fields(outline: &Outline, maker: &mut Maker, types: &mut FileTypes) -> Map {
    let spots = outline.spots();
    let sent =
        outline.operations.iter().any(|planned| matches!(planned.sent, Sent::Place(..)));
    let owner = Owner {
        name: &outline.resource,
        noun: &outline.noun,
        nouns: &outline.nouns,
        spots: &spots,
        sent,
        resource: !outline.group.singleton,
    };
    let shapes: Vec<_> = if spots.is_empty() {
        outline.shapes.iter().take(1).cloned().collect()
    } else {
        outline.shapes.iter().filter(|(spot, _)| spots.contains(spot)).cloned().collect()
    };
    maker.notes.within(["fields"]);
    for (_, schema) in shapes.iter().filter(|_| !maker.own) {
        unsaid::of_schema(&outline.resource, schema, &mut maker.notes);
    }
    let mut fields = maker.fields(owner, &shapes, types);
    link(&mut fields);
    if let Some(prefix) = prefix(&shapes) {
        let id = match fields.get("id") {
            Some(Tree::Map(id)) => Map::new().with("prefix", prefix).joined(id.clone()),
            _ => Map::new().with("prefix", prefix),
        };
        fields.set("id", id);
    }
    fields
}

fn prefix(shapes: &[(super::spot::Spot, Schema)]) -> Option<String> {
    let prefix = shapes.first()?.1.fact(extension::PREFIX)?;
    prefix.text().filter(|prefix| !prefix.is_empty()).map(str::to_owned)
}

/// A reference is written by the field of the same name with `_id` behind it.
fn link(fields: &mut Map) {
    let names: Vec<String> = fields.iter().map(|(name, _)| name.to_owned()).collect();
    for name in &names {
        let stem = super::naming::singular(name);
        let writer = [format!("{name}_id"), format!("{stem}_ids")]
            .into_iter()
            .find(|writer| names.contains(writer));
        let (Some(writer), Some(Tree::Map(field))) = (writer, fields.get(name)) else {
            continue;
        };
        let is_reference =
            matches!(field.get("type"), Some(Tree::Text(kind)) if kind.contains("ref "));
        if is_reference && field.get(extension::WRITTEN_AS).is_none() {
            let doc = field.get("doc").cloned();
            let field = field
                .clone()
                .without("doc")
                .with(extension::WRITTEN_AS, writer)
                .with_some("doc", doc);
            fields.set(name, field);
        }
    }
}

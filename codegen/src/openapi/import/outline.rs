//! Services in outline: which operations there are, what they send and return, and which of that is the resource.
//!
//! Enters a group of operations; leaves an [`Outline`] with everything found but nothing written. Names of resources
//! are settled here, so that fields can point to any of them.

mod bodies;
mod names;
mod place;

use crate::names::{plural, type_name};

use super::super::document::{At, Document, Operation, Schema};
use super::super::extension;
use super::conventions::Conventions;
use super::groups::Group;
use super::known::{Known, Name, NameKind};
use super::naming::{noun, singular};
use super::notes::{NoteKind, Notes};
use super::paths;
use super::spot::Spot;

pub(super) use bodies::{Returned, Sent, read, wrapper};
pub(super) use place::file;

/// A service to be.
#[derive(Debug)]
pub(super) struct Outline<'d> {
    pub(super) group: Group<'d>,
    /// Its tag in the document, where that says something about it.
    pub(super) tag: Option<At<'d>>,
    pub(super) operations: Vec<Planned<'d>>,
    /// The name of the resource.
    pub(super) resource: String,
    pub(super) noun: String,
    pub(super) nouns: String,
    /// The file below the folder for services, without its ending.
    pub(super) file: String,
    /// The schema of the resource in each place.
    pub(super) shapes: Vec<(Spot, Schema<'d>)>,
    /// Name of the request type, where it has another shape.
    pub(super) request: Option<String>,
    /// This file describes the resource; another one does otherwise.
    pub(super) describes: bool,
}

/// An operation to be.
#[derive(Debug)]
pub(super) struct Planned<'d> {
    pub(super) name: String,
    pub(super) operation: Operation<'d>,
    pub(super) sent: Sent<'d>,
    pub(super) returned: Returned<'d>,
}

/// Reports a group without a resource, and each of its operations.
fn leave_out(group: &Group<'_>, notes: &mut Notes) {
    if let Some(first) = group.operations.first() {
        let message = format!(
            "no operation of `{}` sends or returns an object that could be a resource",
            group.tag
        );
        notes.at(NoteKind::Inexpressible, &first.at, message);
    }
    for operation in &group.operations {
        notes.leaves_out(&operation.at);
    }
}

/// Outlines a group; nothing where there is no resource to be found in it.
pub(super) fn outline<'d>(
    group: Group<'d>,
    document: &'d Document,
    conventions: &Conventions,
    notes: &mut Notes,
) -> Option<Outline<'d>> {
    let tag = tag(document, &group.tag);
    let mut operations = Vec::new();
    for operation in &group.operations {
        let name = names::operation(operation, &group, conventions, &operations);
        let read = read(operation, &name, &group, conventions, notes);
        if let Some((sent, returned)) = read {
            let sent = with_place(sent, &operations);
            operations.push(Planned {
                name,
                operation: operation.clone(),
                sent,
                returned,
            });
        }
    }
    let facts = tag.as_ref().and_then(|tag| tag.get(extension::KEY));
    let resource = bodies::resource(&operations);
    let stated = facts.as_ref().and_then(|facts| facts.text_of(extension::RESOURCE));
    let named = resource.as_ref().and_then(|schema| schema.name.clone());
    let name = stated
        .or(named.as_deref())
        .map_or_else(|| type_name(&singular(&group.tag)), type_name);
    let Some(resource) = resource else {
        leave_out(&group, notes);
        return None;
    };
    let said = |key: &str| {
        facts.as_ref().and_then(|facts| facts.text_of(key)).map(str::to_owned)
    };
    let own_object = operations
        .iter()
        .any(|planned| matches!(&planned.returned, Returned::Object(_)));
    if !own_object {
        for planned in &mut operations {
            envelope_as_type(planned, &resource);
        }
    }
    let noun =
        said(extension::NOUN).unwrap_or_else(|| noun(named.as_deref().unwrap_or(&name)));
    let nouns = said(extension::NOUNS).unwrap_or_else(|| plural(&noun));
    let file = said(extension::FILE).unwrap_or_default();
    let mut outline = Outline {
        tag,
        operations,
        resource: name,
        noun,
        nouns,
        file,
        shapes: Vec::new(),
        request: None,
        describes: true,
        group,
    };
    outline.find_shapes(resource);
    Some(outline)
}

/// A body that has nothing in common with the items of a list is no shape of them.
fn envelope_as_type(planned: &mut Planned<'_>, item: &Schema<'_>) {
    let Sent::Place(_, schema) = &planned.sent else { return };
    let known: Vec<&str> = item.properties().iter().map(|it| it.name).collect();
    let shared = schema.properties().iter().any(|it| known.contains(&it.name));
    if !shared {
        planned.sent = Sent::Type(schema.clone());
    }
}

/// What is sent, in a place of its own only if no other operation sends something else there.
fn with_place<'d>(sent: Sent<'d>, earlier: &[Planned<'d>]) -> Sent<'d> {
    let Sent::Place(spot, schema) = sent else { return sent };
    let other = earlier.iter().any(|planned| match &planned.sent {
        Sent::Place(known, other) if *known == spot => {
            let same = other.name.is_some() && other.name == schema.name;
            !same && other.at.pointer() != schema.at.pointer()
        }
        _ => false,
    });
    if other { Sent::Type(schema) } else { Sent::Place(spot, schema) }
}

/// What the document says about a tag.
fn tag<'d>(document: &'d Document, name: &str) -> Option<At<'d>> {
    let tags = document.top().get("tags")?;
    tags.items().find(|tag| {
        tag.text_of("name").is_some_and(|known| type_name(known) == type_name(name))
    })
}

impl<'d> Outline<'d> {
    /// What the tag says that `OpenAPI` has no word for.
    pub(super) fn facts(&self) -> Option<At<'d>> {
        self.tag.as_ref()?.get(extension::KEY)
    }

    /// The places that the fields of the resource can appear in; none for one shape.
    pub(super) fn spots(&self) -> Vec<Spot> {
        if self.request.is_some() {
            return vec![Spot::Response, Spot::Request];
        }
        if self.group.singleton {
            return Vec::new();
        }
        let has = |name: &str, spot: Spot| {
            self.operations.iter().any(|planned| {
                let there =
                    matches!(planned.sent, Sent::Place(place, _) if place == spot);
                there || planned.name == name
            })
        };
        let sent = [("create", Spot::Create), ("update", Spot::Update)];
        let sent = sent.into_iter().filter(|(name, spot)| has(name, *spot));
        std::iter::once(Spot::Response).chain(sent.map(|(_, spot)| spot)).collect()
    }

    /// Makes the resource known. If it is already, this file does not describe it again.
    pub(super) fn register(&mut self, known: &mut Known) {
        known.add_noun(&self.resource, &self.noun);
        if known.get(&self.resource).is_some() {
            self.describes = false;
        } else {
            let views = match (&self.request, self.group.singleton) {
                (Some(request), _) => vec![(Spot::Request, request.clone())],
                (None, true) => Vec::new(),
                (None, false) => [(Spot::Create, "Create"), (Spot::Update, "Update")]
                    .map(|(spot, ending)| (spot, format!("{}{ending}", self.resource)))
                    .to_vec(),
            };
            let kind =
                if self.group.singleton { NameKind::Record } else { NameKind::Resource };
            let name =
                Name { kind, views: views.into_iter().collect(), deprecated: false };
            known.add(&self.resource, name);
        }
        if let Some(item) = &self.group.item {
            known.add_item(&format!("{}{item}", self.group.path), &self.resource);
        }
    }

    /// The schema of the resource in each place.
    fn find_shapes(&mut self, resource: Schema<'d>) {
        self.shapes.push((Spot::Response, resource));
        for planned in &self.operations {
            let Sent::Place(spot, schema) = &planned.sent else { continue };
            if *spot == Spot::Request {
                let name = schema.name.as_ref().map(|name| type_name(name));
                if name.as_ref() == Some(&self.resource) {
                    continue;
                }
                self.request =
                    name.or_else(|| Some(format!("{}Request", self.resource)));
            }
            if !self.shapes.iter().any(|(known, _)| known == spot) {
                self.shapes.push((*spot, schema.clone()));
            }
        }
        self.shapes.sort_by_key(|(spot, _)| *spot);
    }

    /// The path of an operation, relative to the resource.
    pub(super) fn relative_path(&self, operation: &Operation) -> String {
        let base = paths::segments(&self.group.path).len();
        let rest: Vec<_> =
            paths::segments(operation.path).into_iter().skip(base).collect();
        let slash = if paths::ends_with_slash(operation.path) { "/" } else { "" };
        let path = match rest.as_slice() {
            [] if self.group.singleton => "item".to_owned(),
            [] => "collection".to_owned(),
            [first, rest @ ..] if paths::parameter(first).is_some() => {
                format!("item{}", paths::joined(rest))
            }
            rest if self.group.singleton => format!("item{}", paths::joined(rest)),
            rest => format!("collection{}", paths::joined(rest)),
        };
        path + slash
    }
}

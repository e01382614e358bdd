//! Outlines of services: operations, their bodies, and the resource among them.
//!
//! Takes a group of operations; returns an [`Outline`] of it without descriptions. Names of resources are determined
//! here, so that fields can refer to any of them.

mod bodies;
mod names;
mod place;

use super::super::document::{At, Document, Operation, Remark, Schema};
use super::conventions::Conventions;
use super::groups::Group;
use super::naming::{noun, singular};
use super::paths;
use super::shape::Shape;
use crate::names::type_name;
use crate::reconcile::{Finding, Symbol, Symbols};
use crate::spec::{Place, Resource};

pub(super) use bodies::{Returned, Sent, read, wrapper};
pub(super) use place::file;

/// A future service.
#[derive(Debug)]
pub(super) struct Outline<'d> {
    pub(super) group: Group<'d>,
    /// Its tag in the document, if it has a description.
    pub(super) tag: Option<At<'d>>,
    pub(super) operations: Vec<Planned<'d>>,
    /// Name of the resource.
    pub(super) resource: String,
    pub(super) noun: String,
    /// Path of the file.
    pub(super) file: String,
    /// Schema of the resource in each body.
    pub(super) shapes: Vec<(Place, Schema<'d>)>,
    /// Name of the request type, if it has another shape.
    pub(super) request: Option<String>,
    /// True if this file describes the resource; otherwise another one does.
    pub(super) describes: bool,
}

/// A future operation.
#[derive(Debug)]
pub(super) struct Planned<'d> {
    pub(super) name: String,
    pub(super) operation: Operation<'d>,
    pub(super) sent: Sent<'d>,
    pub(super) returned: Returned<'d>,
    pub(super) findings: Vec<Finding>,
}

/// A skipped operation, by its JSON pointer, with the reason.
pub(super) type LeftOut = (String, Remark);

/// Outlines a group; `None` if it has no resource.
pub(super) fn outline<'d>(
    group: Group<'d>,
    document: &'d Document,
    conventions: &Conventions,
    left_out: &mut Vec<LeftOut>,
) -> Option<Outline<'d>> {
    let mut operations = Vec::new();
    for operation in &group.operations {
        let name = names::operation(operation, &group, conventions, &operations);
        let mut findings = Vec::new();
        match read(operation, &name, &group, conventions, &mut findings) {
            Ok((sent, returned)) => operations.push(Planned {
                name,
                operation: operation.clone(),
                sent: with_place(sent, &operations),
                returned,
                findings,
            }),
            Err(remark) => left_out.push((operation.at.pointer().to_owned(), remark)),
        }
    }
    let Some(resource) = bodies::resource(&operations) else {
        let message = format!(
            "no operation of `{}` sends or returns an object that could be a resource",
            group.tag
        );
        left_out.extend(operations.iter().map(|planned| {
            let at = &planned.operation.at;
            (at.pointer().to_owned(), at.remark(message.as_str()))
        }));
        return None;
    };
    let own_object =
        operations.iter().any(|it| matches!(&it.returned, Returned::Object(_)));
    if !own_object {
        for planned in &mut operations {
            envelope_as_type(planned, &resource);
        }
    }
    let own_name = resource.name.as_deref();
    let name = own_name.map_or_else(|| type_name(&singular(&group.tag)), type_name);
    let mut outline = Outline {
        tag: tag(document, &group.tag),
        operations,
        noun: noun(own_name.unwrap_or(&name)),
        resource: name,
        file: String::new(),
        shapes: Vec::new(),
        request: None,
        describes: true,
        group,
    };
    outline.find_shapes(resource);
    Some(outline)
}

/// Replaces a body that has nothing in common with the items of a list by a type.
fn envelope_as_type(planned: &mut Planned<'_>, item: &Schema<'_>) {
    let Sent::Place(_, schema) = &planned.sent else { return };
    let known: Vec<&str> = item.properties().iter().map(|it| it.name).collect();
    let shared = schema.properties().iter().any(|it| known.contains(&it.name));
    if !shared {
        planned.sent = Sent::Type(schema.clone());
    }
}

/// Returns the body of a request, as a body of the resource only if no other operation sends another one there.
fn with_place<'d>(sent: Sent<'d>, earlier: &[Planned<'d>]) -> Sent<'d> {
    let Sent::Place(place, schema) = sent else { return sent };
    let other = earlier.iter().any(|planned| match &planned.sent {
        Sent::Place(known, other) if *known == place => {
            let same = other.name.is_some() && other.name == schema.name;
            !same && other.at.pointer() != schema.at.pointer()
        }
        _ => false,
    });
    if other { Sent::Type(schema) } else { Sent::Place(place, schema) }
}

/// Returns the description of a tag in the document.
fn tag<'d>(document: &'d Document, name: &str) -> Option<At<'d>> {
    let tags = document.top().get("tags")?;
    tags.items().find(|tag| {
        tag.text_of("name").is_some_and(|known| type_name(known) == type_name(name))
    })
}

impl<'d> Outline<'d> {
    /// Adopts the properties of the service in our description.
    pub(super) fn adopt(&mut self, resource: &Resource) {
        self.resource = resource.resource.to_string();
        self.noun = resource.noun.to_string();
        self.describes = !resource.fields.is_empty();
        self.request = resource.request.as_ref().map(ToString::to_string);
    }

    /// Returns the bodies that can contain the fields of the resource; none for one shape.
    pub(super) fn places(&self) -> Vec<Place> {
        if self.request.is_some() {
            return vec![Place::Response, Place::Request];
        }
        if self.group.singleton {
            return Vec::new();
        }
        let has = |name: &str, place: Place| {
            self.operations.iter().any(|planned| {
                let sent =
                    matches!(planned.sent, Sent::Place(known, _) if known == place);
                sent || planned.name == name
            })
        };
        let sent = [("create", Place::Create), ("update", Place::Update)];
        let sent = sent.into_iter().filter(|(name, place)| has(name, *place));
        std::iter::once(Place::Response).chain(sent.map(|(_, place)| place)).collect()
    }

    /// Returns the schemas of the resource in these bodies.
    pub(super) fn resource_shapes(&self) -> Vec<Shape<'static, 'd>> {
        let places = self.places();
        let all = self.shapes.iter();
        let all = all.filter(|(place, _)| places.is_empty() || places.contains(place));
        let count = if places.is_empty() { 1 } else { usize::MAX };
        let shape =
            |(place, schema): &(Place, Schema<'d>)| Shape::new(*place, schema.clone());
        all.take(count).map(shape).collect()
    }

    /// Registers the resource. If it is known already, this file does not describe it again.
    pub(super) fn register(&mut self, symbols: &mut Symbols) {
        symbols.add_noun(&self.resource, &self.noun);
        if symbols.get(&self.resource).is_some() {
            self.describes = false;
        } else {
            let request = self.request.as_deref();
            let symbol = Symbol::resource(&self.resource, request, self.group.singleton);
            symbols.add(&self.resource, symbol);
        }
        if let Some(item) = &self.group.item {
            symbols.add_item(&format!("{}{item}", self.group.path), &self.resource);
        }
    }

    /// Finds the schema of the resource in each body.
    fn find_shapes(&mut self, resource: Schema<'d>) {
        self.shapes.push((Place::Response, resource));
        for planned in &self.operations {
            let Sent::Place(place, schema) = &planned.sent else { continue };
            if *place == Place::Request {
                let name = schema.name.as_ref().map(|name| type_name(name));
                if name.as_ref() == Some(&self.resource) {
                    continue;
                }
                self.request =
                    name.or_else(|| Some(format!("{}Request", self.resource)));
            }
            if !self.shapes.iter().any(|(known, _)| known == place) {
                self.shapes.push((*place, schema.clone()));
            }
        }
        self.shapes.sort_by_key(|(place, _)| *place);
    }

    /// Returns the path of an operation, relative to the resource.
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

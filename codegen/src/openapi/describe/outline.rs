//! Outlines of services: operations, their bodies, and the resource among them.
//!
//! Takes a group of operations; returns an [`Outline`] of it without descriptions. Names of resources are determined
//! here, so that fields can refer to any of them.

use std::collections::BTreeSet;

use super::super::document::{At, Operation, Remark, Schema};
use super::Describer;
use super::bodies::{Returned, Sent, read};
use super::fields::Shape;
use super::groups::{Group, List};
use super::naming::{self, joined, noun, parameter, segments, singular, snake};
use crate::names::type_name;
use crate::reconcile::{Note, OurOperation, Symbol, Symbols};
use crate::spec::{Place, Resource, ResourceFile, resource_path};

/// A future service.
#[derive(Debug)]
pub(super) struct Outline<'d> {
    pub(super) group: Group<'d>,
    /// Its tag in the document, if it has a description.
    pub(super) tag: Option<At<'d>>,
    pub(super) operations: Vec<Planned<'d>>,
    /// Empty if there is none.
    pub(super) resource: String,
    pub(super) noun: String,
    /// Path of the file.
    pub(super) file: String,
    /// Schema of the resource in each body.
    pub(super) shapes: Vec<Shape<'d, 'd>>,
    /// Name of the request type, if it has another shape.
    pub(super) request: Option<String>,
    /// True if this file describes the resource; otherwise another one does, or there is none.
    pub(super) describes: bool,
}

/// An operation with its interpreted bodies.
#[derive(Debug)]
pub(super) struct Planned<'d> {
    pub(super) name: String,
    /// The same operation of our description.
    pub(super) ours: Option<&'d OurOperation<'d>>,
    pub(super) operation: Operation<'d>,
    pub(super) sent: Sent<'d>,
    pub(super) returned: Returned<'d>,
    pub(super) findings: Vec<Note>,
}

impl<'a> Describer<'a> {
    /// Outlines a group. Skipped operations are recorded with the reason.
    pub(super) fn outline(&mut self, group: Group<'a>) -> Outline<'a> {
        let mut operations = self.plan(&group);
        let resource = resource(&operations);
        if !operations.iter().any(|it| matches!(&it.returned, Returned::Object(_))) {
            for planned in &mut operations {
                envelope_as_type(planned, resource.as_ref());
            }
        }
        let own_name = resource.as_ref().and_then(|resource| resource.name.as_deref());
        let name = own_name.map_or_else(|| type_name(&singular(&group.tag)), type_name);
        let describes = resource.is_some();
        let mut outline = Outline {
            tag: self.tags.get(&type_name(&group.tag)).cloned(),
            operations,
            noun: noun(own_name.unwrap_or(&name)),
            resource: if describes { name } else { String::new() },
            file: String::new(),
            shapes: Vec::new(),
            request: None,
            describes,
            group,
        };
        outline.find_shapes(resource);
        outline
    }

    /// Interprets the operations of a group.
    fn plan(&mut self, group: &Group<'a>) -> Vec<Planned<'a>> {
        let mut names = BTreeSet::new();
        let mut operations: Vec<Planned> = Vec::new();
        for operation in &group.operations {
            let ours = self.known(operation);
            let name = match ours {
                Some(known) => known.operation.name.clone(),
                None => self.operation_name(operation, group, &names),
            };
            let mut findings = Vec::new();
            match read(operation, &name, group, self.conventions, &mut findings) {
                Ok((sent, returned)) => {
                    names.insert(name.clone());
                    let sent = with_place(sent, &operations);
                    let operation = operation.clone();
                    operations.push(Planned {
                        name,
                        ours,
                        operation,
                        sent,
                        returned,
                        findings,
                    });
                }
                Err(_) if ours.is_some() => _ = self.out().unreadable.insert(name),
                Err(remark) => self.leave_out(operation, remark),
            }
        }
        operations
    }

    /// Records the reason why an operation is not described.
    pub(super) fn leave_out(&mut self, operation: &Operation, reason: Remark) {
        let pointer = operation.at.pointer().to_owned();
        self.described.left_out.insert(pointer, reason);
    }

    /// Returns the name of an operation: from its ID after the tag, from its shape, or its ID.
    fn operation_name(
        &self,
        operation: &Operation,
        group: &Group,
        taken: &BTreeSet<String>,
    ) -> String {
        let free = |name: &String| !taken.contains(name);
        // `delete_certificate` for `ReservedDomainsDeleteCertificate`.
        let behind_tag = operation.id.and_then(|id| {
            let rest = type_name(id).strip_prefix(&type_name(&group.tag))?.to_owned();
            rest.starts_with(|c: char| c.is_uppercase()).then(|| snake(&rest))
        });
        let by_shape = || {
            let path = group.relative_path(operation);
            let path = path.trim_end_matches('/');
            if !matches!(path, "item" | "collection") {
                return None;
            }
            // A `PUT` on one of many updates it, completely or in part.
            let names = if operation.method == "PUT" && !group.singleton {
                vec!["update".to_owned(), "replace".to_owned()]
            } else {
                self.conventions.names(&operation.method, path)
            };
            names.into_iter().find(free)
        };
        let whole = || {
            let route = format!("{} {}", operation.method, operation.path);
            snake(operation.id.unwrap_or(&route))
        };
        let name = behind_tag.filter(free).or_else(by_shape).unwrap_or_else(whole);
        numbered(&name, free)
    }
}

/// Returns the first name that is free, of this one and this one with a number.
fn numbered(name: &str, free: impl Fn(&String) -> bool) -> String {
    let others = (2..).map(|number: u32| format!("{name}_{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(others);
    names.find(free).unwrap_or_default()
}

/// Returns the schema of the resource: the fetched one, else the created, listed, returned or sent one.
fn resource<'d>(operations: &[Planned<'d>]) -> Option<Schema<'d>> {
    let object = |planned: &Planned<'d>| match &planned.returned {
        Returned::Object(schema) => Some(schema.clone()),
        _ => None,
    };
    let returned =
        |name: &str| operations.iter().find(|it| it.name == name).and_then(object);
    let listed = || {
        operations.iter().find_map(|planned| match &planned.returned {
            Returned::List(list) => Some(list.item.clone()),
            _ => None,
        })
    };
    let sent = || operations.iter().find_map(|planned| planned.sent.schema().cloned());
    returned("get")
        .or_else(|| returned("create"))
        .or_else(listed)
        .or_else(|| operations.iter().find_map(object))
        .or_else(sent)
}

/// Replaces a body that has nothing in common with the items of a list by a type.
fn envelope_as_type(planned: &mut Planned<'_>, item: Option<&Schema<'_>>) {
    let (Sent::Place(_, schema), Some(item)) = (&planned.sent, item) else { return };
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
        Sent::Place(known, other) => *known == place && !other.is(&schema),
        _ => false,
    });
    if other { Sent::Type(schema) } else { Sent::Place(place, schema) }
}

impl Group<'_> {
    /// Returns the path of an operation, relative to the resource.
    pub(super) fn relative_path(&self, operation: &Operation) -> String {
        let base = segments(&self.path).len();
        let rest: Vec<_> = segments(operation.path).into_iter().skip(base).collect();
        let slash = if naming::ends_with_slash(operation.path) { "/" } else { "" };
        // Another parameter in place of the ID of an item, if that follows.
        let item = self.item.as_deref().map(|item| item.trim_start_matches('/'));
        let repeats = |rest: &[&str]| rest.iter().any(|it| Some(*it) == item);
        let (start, rest) = match rest.as_slice() {
            [first, rest @ ..] if parameter(first).is_some() && !repeats(rest) => {
                ("item", rest)
            }
            rest if self.singleton => ("item", rest),
            rest => ("collection", rest),
        };
        format!("{start}{}{slash}", joined(rest))
    }

    /// Returns the path of the file: in the directory named like the first part of the path, or named after the tag.
    pub(super) fn file(
        &self,
        present: &[ResourceFile],
        taken: &BTreeSet<String>,
    ) -> String {
        let literals = segments(&self.path).into_iter();
        let literals = literals.filter(|part| parameter(part).is_none()).map(snake);
        let literals: Vec<String> = literals.collect();
        let in_folder = literals.split_first().filter(|(folder, rest)| {
            let mut others = present.iter().map(|other| &other.accessor);
            let is_folder = others.any(|it| it.len() > 1 && it[0] == **folder);
            is_folder && !rest.is_empty() && !self.singleton
        });
        let in_folder =
            in_folder.map(|(folder, rest)| format!("{folder}/{}", rest.join("_")));
        let file = in_folder.unwrap_or_else(|| snake(&self.tag));
        resource_path(&numbered(&file, |file| {
            let path = resource_path(file);
            !taken.contains(&path) && !present.iter().any(|it| it.path() == path)
        }))
    }
}

impl<'d> Outline<'d> {
    /// Adopts the properties of the service in our description.
    pub(super) fn adopt(&mut self, resource: &Resource) {
        self.resource = resource.resource.to_string();
        self.noun = resource.noun.to_string();
        self.describes = !resource.fields.is_empty();
        self.request = resource.request.as_ref().map(ToString::to_string);
        if self.resource.is_empty() {
            self.shapes.clear();
            for planned in &mut self.operations {
                if let Sent::Place(_, schema) = &planned.sent {
                    planned.sent = Sent::Type(schema.clone());
                }
            }
        }
    }

    /// Returns the bodies that can contain the fields of the resource; none for one shape.
    pub(super) fn places(&self) -> Vec<Place> {
        if self.request.is_some() {
            return vec![Place::Response, Place::Request];
        }
        if self.group.singleton {
            return Vec::new();
        }
        let has = |place: &Place| {
            self.operations.iter().any(|planned| {
                planned.name == place.word()
                    || matches!(planned.sent, Sent::Place(known, _) if known == *place)
            })
        };
        let sent = [Place::Create, Place::Update].into_iter().filter(has);
        std::iter::once(Place::Response).chain(sent).collect()
    }

    /// Returns the schemas of the resource in these bodies.
    pub(super) fn resource_shapes(&self) -> Vec<Shape<'d, 'd>> {
        let places = self.places();
        let mut shapes = self.shapes.clone();
        if places.is_empty() {
            shapes.truncate(1);
        } else {
            shapes.retain(|shape| places.contains(&shape.place));
        }
        shapes
    }

    /// Returns true if a schema is that of the resource in responses.
    pub(super) fn is_resource(&self, schema: &Schema) -> bool {
        self.shapes.first().is_some_and(|resource| resource.schema.is(schema))
    }

    /// Registers the resource. If it is known already, this file does not describe it again.
    pub(super) fn register(&mut self, symbols: &mut Symbols) {
        if self.resource.is_empty() {
            return;
        }
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

    /// Removes a resource without describable fields from the operations that send and return it.
    pub(super) fn give_up_resource(&mut self) {
        let resource = self.shapes.first().map(|resource| resource.schema.clone());
        for planned in &mut self.operations {
            if matches!(planned.sent, Sent::Place(..)) {
                planned.sent = Sent::Empty;
            }
            let returned = match &planned.returned {
                Returned::Object(schema) | Returned::List(List { item: schema, .. }) => {
                    Some(schema)
                }
                Returned::Nothing => None,
            };
            if returned.zip(resource.as_ref()).is_some_and(|(a, b)| a.is(b)) {
                planned.returned = Returned::Nothing;
            }
        }
        self.resource.clear();
        self.shapes.clear();
        self.describes = false;
    }

    /// Finds the schema of the resource in each body.
    fn find_shapes(&mut self, resource: Option<Schema<'d>>) {
        self.shapes.extend(resource.map(|it| Shape::new(Place::Response, it)));
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
            if !self.shapes.iter().any(|known| known.place == *place) {
                self.shapes.push(Shape::new(*place, schema.clone()));
            }
        }
        self.shapes.sort_by_key(|shape| shape.place);
    }
}

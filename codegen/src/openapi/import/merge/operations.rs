//! Operations: those that are new, and what is different about the others.

use crate::model::{Body, Method, Operation as Known, Output, Service};
use crate::names::field_name;

use super::super::super::bear::Unit;
use super::super::super::document::{Operation, Schema};
use super::super::super::edit::{Change, Edit};
use super::super::super::{Tree, extension};
use super::super::groups::groups;
use super::super::lists;
use super::super::make::FileTypes;
use super::super::notes::NoteKind;
use super::super::outline::{Outline, Planned, Returned, Sent, outline};
use super::super::paths::{alike, segments};
use super::super::present::tag_name;
use super::super::service;
use super::{Merge, Why};

/// An operation of the document, and that of the description that it is.
type Pair<'p, 'd, 'a> = (&'p Operation<'d>, Option<(&'a Service, &'a Known)>);

impl<'a, 'd> Merge<'a, 'd> {
    /// Adds the operations that services lack.
    pub(super) fn new_operations(&mut self, pairs: &[Pair<'_, 'd, 'a>]) {
        let model = self.model;
        for service in &model.services {
            let belongs = |tag: &str| tag_name(tag) == tag_name(&service.tag);
            let own: Vec<_> = pairs
                .iter()
                .filter(|(operation, known)| {
                    let tagged = known.is_none() && operation.tag.is_some_and(belongs);
                    tagged
                        || known.is_some_and(|(other, _)| other.source == service.source)
                })
                .collect();
            let new = own.iter().filter(|(_, known)| known.is_none());
            let new: Vec<&str> =
                new.map(|(operation, _)| operation.at.pointer()).collect();
            if new.is_empty() {
                continue;
            }
            let operations =
                own.iter().map(|(operation, _)| (*operation).clone()).collect();
            let outline = self.outlined(service, operations);
            let planned = outline.iter().flat_map(|outline| &outline.operations);
            let planned: Vec<_> = planned
                .filter(|planned| new.contains(&planned.operation.at.pointer()))
                .collect();
            for planned in planned {
                if let Some(outline) = &outline {
                    self.new_operation(service, planned, outline);
                }
            }
        }
    }

    /// The outline of a service that is there: what the description says of it holds.
    fn outlined(
        &mut self,
        service: &Service,
        operations: Vec<Operation<'d>>,
    ) -> Option<Outline<'d>> {
        self.maker.notes.work_on(&service.source, ["operations"]);
        let resource = self.resource(service)?;
        let mut group =
            groups(operations, &self.conventions.page_keys).into_iter().next()?;
        group.path = resource.path.to_string();
        group.item = resource.item_path.as_ref().map(ToString::to_string);
        group.singleton = resource.singleton;
        let notes = &mut self.maker.notes;
        let mut outline = outline(group, self.document, self.conventions, notes)?;
        outline.resource = resource.resource.to_string();
        outline.noun = resource.noun.to_string();
        outline.describes = !resource.fields.is_empty();
        outline.request = resource.request.as_ref().map(ToString::to_string);
        Some(outline)
    }

    fn new_operation(
        &mut self,
        service: &Service,
        planned: &Planned<'d>,
        outline: &Outline<'d>,
    ) {
        let at = &planned.operation.at;
        let (base, way) =
            (segments(&outline.group.path), segments(planned.operation.path));
        let below =
            way.len() >= base.len() && base.iter().zip(&way).all(|(a, b)| alike(a, b));
        let taken = service
            .operations
            .iter()
            .any(|known| known.name == field_name(&planned.name));
        if !below || taken {
            let why = if taken {
                format!("its file has another operation called `{}`", planned.name)
            } else {
                format!(
                    "its path is not below `{}`, where its service is",
                    outline.group.path
                )
            };
            let message = format!(
                "`{} {}` is new, but {why}",
                planned.operation.method, planned.operation.path
            );
            self.maker.notes.at(NoteKind::Undecided, at, message);
            return;
        }
        let mut types = FileTypes::default();
        self.maker.notes.enter(&planned.name);
        let value = service::operation(
            planned,
            outline,
            self.conventions,
            &mut self.maker,
            &mut types,
        );
        self.maker.notes.leave();
        let set = Change::Set { key: planned.name.clone(), value, after: None };
        let mut edits = vec![(service.source.clone(), Edit::new(["operations"], set))];
        edits.extend(types.edits(&service.source));
        if let Sent::Place(_, schema) = &planned.sent {
            edits.extend(self.new_places(service, planned, schema));
        }
        let message = format!(
            "the operation `{}`, `{} {}`",
            planned.name, planned.operation.method, planned.operation.path
        );
        let what = Why {
            kind: NoteKind::Added,
            file: service.source.clone(),
            keys: vec!["operations".to_owned(), planned.name.clone()],
            at: Some(at.remark(String::new())),
            message,
        };
        self.units.push(Unit { what, edits, removed: None });
    }

    /// The fields of the body of a new operation, in the place that it sends.
    fn new_places(
        &mut self,
        service: &Service,
        planned: &Planned<'d>,
        schema: &Schema<'d>,
    ) -> Vec<(String, Edit)> {
        let Sent::Place(spot, _) = &planned.sent else { return Vec::new() };
        let before = std::mem::take(&mut self.wanted);
        for property in schema.properties() {
            self.want_in_resource(service, *spot, property);
        }
        let wanted = std::mem::replace(&mut self.wanted, before);
        let units = wanted.into_values().filter_map(|wanted| self.unit(&wanted));
        units.collect::<Vec<_>>().into_iter().flat_map(|unit| unit.edits).collect()
    }

    pub(super) fn status(&mut self, operation: &Operation, known: &Known) {
        let Some(status) = operation.status.filter(|status| *status != known.status)
        else {
            return;
        };
        let message = format!(
            "`{}` answers with {status} in the document, and with {} in the description",
            known.id, known.status
        );
        self.maker.notes.at(NoteKind::Undecided, &operation.at, message);
    }

    /// What the document did not have, and has now.
    pub(super) fn published(&mut self, operation: &Operation, known: &Known) {
        if known.openapi || self.conventions.own {
            return;
        }
        let message = format!(
            "`{}` is in the document, although its `openapi: false` says otherwise",
            known.id
        );
        self.maker.notes.at(NoteKind::Undecided, &operation.at, message);
    }

    pub(super) fn deprecation(
        &mut self,
        operation: &Operation,
        service: &Service,
        known: &Known,
    ) {
        let flagged = operation.at.flag("deprecated");
        if !flagged || known.deprecated.is_some() || service.deprecated.is_some() {
            return;
        }
        let path = self.place(service, known);
        let at = operation.at.remark(format!("`{}` is deprecated", known.id));
        self.set(&service.source, &path, extension::DEPRECATED, Tree::Bool(true), at);
    }

    pub(super) fn sent(
        &mut self,
        operation: &Operation,
        sent: &Sent<'d>,
        known: &'a Known,
    ) {
        match (sent, &known.body) {
            (Sent::Place(_, schema) | Sent::Type(schema), Body::Type(name)) => {
                self.record(name, schema);
            }
            (Sent::Nothing, Body::None) | (Sent::Empty, Body::Empty) => {}
            (Sent::Empty, Body::Type(name)) if !self.is_published(name) => {}
            _ => {
                let word = match sent {
                    Sent::Nothing => "sends nothing",
                    Sent::Empty => "sends an empty object",
                    _ => "sends a body with keys",
                };
                let message = format!(
                    "`{}` {word} in the document, but not in the description",
                    known.id
                );
                self.maker.notes.at(NoteKind::Undecided, &operation.at, message);
            }
        }
    }

    pub(super) fn returned(
        &mut self,
        operation: &Operation,
        returned: &Returned<'d>,
        known: &'a Known,
    ) {
        match (returned, &known.output) {
            (Returned::Nothing, Output::Nothing) => {}
            (Returned::Object(schema), Output::Type(name)) => self.record(name, schema),
            (Returned::List(list), Output::List(listing)) => {
                let known_key = match listing.key.as_str() {
                    "" => lists::BARE,
                    key => key,
                };
                if list.key != known_key {
                    let message = format!(
                        "`{}` has its items under `{}` in the document, and under `{}` in the description",
                        known.id, list.key, known_key
                    );
                    self.maker.notes.at(NoteKind::Undecided, &operation.at, message);
                }
                self.record(&listing.item, &list.item);
            }
            _ => {
                let word = match returned {
                    Returned::Nothing => "nothing",
                    Returned::Object(_) => "one object",
                    Returned::List(_) => "a list",
                };
                let message = format!(
                    "`{}` returns {word} in the document, but not in the description",
                    known.id
                );
                self.maker.notes.at(NoteKind::Undecided, &operation.at, message);
            }
        }
    }
}

/// The method in capitals.
pub(in super::super) fn method(known: &Known) -> &'static str {
    match known.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    }
}

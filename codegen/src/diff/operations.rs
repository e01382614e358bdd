//! Operations: their requests, and the methods that make them. Responses of lists are in `lists`.

use crate::emit::signatures;
use crate::model::{
    Body, Deprecation, Docs, Model, Operation, Output, Parameter, Scalar, Service, Type,
    TypeRef, path,
};

use super::found::{Found, Place, Rest};
use super::pairs::Pairs;
use super::pointers::{Turn, turn};
use super::rules::{
    ANSWER_ADDED, ANSWER_CHANGED, ANSWER_REMOVED, BODY_ADDED, BODY_CHANGED,
    BODY_REMOVED, EMPTY_BODY_CHANGED, ENDPOINT_CHANGED, INSTANCE_ADDED,
    INSTANCE_REMOVED, OPERATION_ADDED, OPERATION_DEPRECATED, OPERATION_ID_CHANGED,
    OPERATION_MOVED, OPERATION_REMOVED, OPERATION_RENAMED, OPERATION_RESTORED,
    ORDER_CHANGED, PATH_PARAMETER_ADDED, PATH_PARAMETER_CHANGED, PATH_PARAMETER_REFINED,
    PATH_PARAMETER_REMOVED, REQUIRED_BODY_ADDED, STATUS_CHANGED,
};
use super::services::{self, Services};
use super::{Compared, lists};

/// Compares the operations of the services that are in both models.
pub(super) fn compare(services: &Services, compared: &Compared, found: &mut Found) {
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for (old, new) in services.pairs() {
        let mut pairs =
            Pairs::new(&old.operations, &new.operations, |operation| &operation.name);
        let renamed = pairs.rematch(request);
        for (before, after) in renamed {
            found.change(
                OPERATION_RENAMED,
                &place(new, after),
                &before.name,
                &after.name,
            );
            operation(before, after, &place(new, after), compared, found);
        }
        for (before, after) in pairs.kept {
            operation(before, after, &place(new, after), compared, found);
        }
        if pairs.reordered {
            found.add(
                ORDER_CHANGED,
                &Place::new(&services::label(new), services::label(new)),
            );
        }
        removed.extend(pairs.removed.into_iter().map(|one| (old, one)));
        added.extend(pairs.added.into_iter().map(|one| (new, one)));
    }
    leftovers(removed, added, compared, found);
}

/// Returns removed and added operations, without those that moved to another service.
fn leftovers<'m>(
    removed: Vec<(&'m Service, &'m Operation)>,
    mut added: Vec<(&'m Service, &'m Operation)>,
    compared: &Compared,
    found: &mut Found,
) {
    for (from, old) in removed {
        let place_of = added.iter().position(|(_, new)| request(new) == request(old));
        let Some(to) = place_of else {
            found.loss(OPERATION_REMOVED, &place(from, old), line(old));
            continue;
        };
        let (to, new) = added.remove(to);
        let at = place(to, new);
        found.change(OPERATION_MOVED, &at, services::label(from), services::label(to));
        operation(old, new, &at, compared, found);
    }
    for (service, new) in added {
        found.gain(OPERATION_ADDED, &place(service, new), line(new));
    }
}

fn place(service: &Service, operation: &Operation) -> Place {
    let service = services::label(service);
    Place::new(&service, format!("{service}.{}", operation.name))
}

/// Returns method, path and required parameters, without the names of path parameters, which are not sent.
fn request(operation: &Operation) -> String {
    let path = path::fill(&operation.path, |_| "{".to_owned());
    let mut request = format!("{} {path}", operation.method.as_str());
    let required = operation.query.iter().chain(&operation.headers);
    for parameter in required.filter(|parameter| parameter.required) {
        request.push(' ');
        request.push_str(&parameter.wire);
    }
    request
}

/// Returns method and path for display.
fn line(operation: &Operation) -> String {
    operation.request_line()
}

fn operation(
    old: &Operation,
    new: &Operation,
    at: &Place,
    compared: &Compared,
    found: &mut Found,
) {
    let mark = found.mark();
    let is_list = |output: &Output| matches!(output, Output::List(_));
    if is_list(&old.output) && is_list(&new.output) {
        lists::compare(old, new, at, compared, found);
    } else {
        answer(old, new, at, compared, found);
    }
    if old.id != new.id {
        found.change(OPERATION_ID_CHANGED, at, &old.id, &new.id);
    }
    if request(old) != request(new) {
        found.change(ENDPOINT_CHANGED, at, line(old), line(new));
    }
    path_parameters(old, new, at, compared, found);
    body(old, new, at, compared, found);
    if old.status != new.status {
        found.change(STATUS_CHANGED, at, old.status.to_string(), new.status.to_string());
    }
    match (&old.instance, &new.instance) {
        (None, Some(_)) => found.add(INSTANCE_ADDED, at),
        (Some(_), None) => found.add(INSTANCE_REMOVED, at),
        _ => {}
    }
    match (&old.deprecated, &new.deprecated) {
        (None, Some(said)) => found.gain(OPERATION_DEPRECATED, at, services::note(said)),
        (Some(said), None) => found.loss(OPERATION_RESTORED, at, services::note(said)),
        _ => {}
    }
    let docs = said(old) != said(new);
    let notes = header(old, compared) != header(new, compared);
    found.rest(at, mark, Rest { order: false, notes, docs });
}

/// Returns all documentation of an operation.
fn said(operation: &Operation) -> (&Docs, Option<&Deprecation>, Vec<&Docs>) {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.docs);
    (&operation.docs, operation.deprecated.as_ref(), parameters.collect())
}

/// Returns an operation with new names of types, without its documentation and the query parameters that are compared
/// with its list.
fn header(operation: &Operation, compared: &Compared) -> Operation {
    let is_list = matches!(operation.output, Output::List(_));
    Operation {
        docs: Docs::new(),
        deprecated: None,
        query: if is_list { Vec::new() } else { operation.query.clone() },
        parameters: operation.parameters.iter().map(bare).collect(),
        body: compared.renames.body(&operation.body),
        output: compared.renames.output(&operation.output),
        ..operation.clone()
    }
}

/// Returns a path parameter without its type and its documentation.
fn bare(parameter: &Parameter) -> Parameter {
    let ty = TypeRef::Scalar(Scalar::String);
    Parameter { ty, docs: Docs::new(), ..parameter.clone() }
}

fn path_parameters(
    old: &Operation,
    new: &Operation,
    at: &Place,
    compared: &Compared,
    found: &mut Found,
) {
    let part = |parameter: &Parameter| at.part(&parameter.wire);
    let mut before = Vec::from_iter(&old.parameters);
    let mut after = Vec::from_iter(&new.parameters);
    // Paths of equal length are matched by position, regardless of names.
    if before.len() != after.len() {
        let pairs =
            Pairs::new(&old.parameters, &new.parameters, |parameter| &parameter.wire);
        for parameter in &pairs.removed {
            found.add(PATH_PARAMETER_REMOVED, &part(parameter));
        }
        for parameter in &pairs.added {
            found.add(PATH_PARAMETER_ADDED, &part(parameter));
        }
        (before, after) = pairs.kept.into_iter().unzip();
    }
    for (old, new) in before.into_iter().zip(after) {
        let ty = compared.renames.ty(&old.ty);
        let rule = match turn(&ty, &new.ty, (false, false)) {
            Turn::Same => continue,
            Turn::Pointer(rule) => rule,
            Turn::Refined if points_elsewhere(&ty, &new.ty) => PATH_PARAMETER_CHANGED,
            Turn::Refined => PATH_PARAMETER_REFINED,
            Turn::Changed => PATH_PARAMETER_CHANGED,
        };
        let shown = |ty: &TypeRef| signatures::argument(ty, false);
        found.change(rule, &part(new), shown(&ty), shown(&new.ty));
    }
}

/// Returns true if no ID of one is an ID of the other.
fn points_elsewhere(old: &TypeRef, new: &TypeRef) -> bool {
    match (old, new) {
        (TypeRef::Id { kinds: old, .. }, TypeRef::Id { kinds: new, .. }) => {
            !old.iter().any(|kind| new.contains(kind))
        }
        _ => false,
    }
}

fn body(
    old: &Operation,
    new: &Operation,
    at: &Place,
    compared: &Compared,
    found: &mut Found,
) {
    match (&compared.renames.body(&old.body), &new.body) {
        (old, new) if old == new => {}
        (Body::Type(old), Body::Type(new)) => found.change(BODY_CHANGED, at, old, new),
        (_, Body::Type(new)) if needs_something(new, compared.new) => {
            found.gain(REQUIRED_BODY_ADDED, at, new);
        }
        (_, Body::Type(new)) => found.gain(BODY_ADDED, at, new),
        (Body::Type(old), _) => found.loss(BODY_REMOVED, at, old),
        _ => found.add(EMPTY_BODY_CHANGED, at),
    }
}

/// Returns true if a value of a type cannot be empty.
fn needs_something(name: &str, model: &Model) -> bool {
    match model.types.get(name) {
        Some(Type::Record(record)) => {
            record.fields.iter().any(|field| field.presence.required)
        }
        _ => true,
    }
}

fn answer(
    old: &Operation,
    new: &Operation,
    at: &Place,
    compared: &Compared,
    found: &mut Found,
) {
    let before = compared.renames.output(&old.output);
    if before == new.output {
        return;
    }
    let rule = match (&before, &new.output) {
        (Output::Nothing, _) => ANSWER_ADDED,
        (_, Output::Nothing) => ANSWER_REMOVED,
        _ => ANSWER_CHANGED,
    };
    let before = signatures::returned(&Operation { output: before, ..old.clone() });
    found.change(rule, at, before, signatures::returned(new));
}

//! Services and their operations: requests, responses, and the methods that make them.

use crate::emit::signatures;
use crate::model::{
    Body, Listing, Model, Operation, Output, Parameter, QueryParameter, Service, TypeRef,
};

use super::found::{Found, Pairs, Place, flag, note, option, value};
use super::types::type_rule;

/// Compares all services.
pub(super) fn services(old: &Model, new: &Model, found: &mut Found) {
    let pairs = Pairs::new(&old.services, &new.services, |service| &service.accessor);
    let place = |service: &Service| Place::new(&service.label(), service.label());
    for (old, new) in &pairs.kept {
        service(old, new, &place(new), found);
    }
    for old in pairs.removed {
        found.loss("service-removed", &place(old), summary(old));
    }
    for new in pairs.added {
        found.gain("service-added", &place(new), summary(new));
    }
    for (before, after) in pairs.kept {
        let pairs = Pairs::new(&before.operations, &after.operations, |one| &one.name);
        let service = place(after);
        for (before, after) in pairs.kept {
            operation(before, after, new, &service.part(&after.name), found);
        }
        found.rows(&service, [flag(["order-changed", ""], false, pairs.reordered)]);
        for old in pairs.removed {
            let at = service.part(&old.name);
            found.loss("operation-removed", &at, old.request_line());
        }
        for new in pairs.added {
            found.gain("operation-added", &service.part(&new.name), new.request_line());
        }
    }
}

fn summary(service: &Service) -> String {
    let names = service.operations.iter().map(|operation| operation.name.as_str());
    names.collect::<Vec<_>>().join(", ")
}

fn service(old: &Service, new: &Service, at: &Place, found: &mut Found) {
    let mark = found.mark();
    found.rows(
        at,
        [
            value("service-renamed", &old.name, &new.name),
            option(
                ["service-deprecated", "service-restored"],
                note(old.deprecated.as_ref()),
                note(new.deprecated.as_ref()),
            ),
            flag(
                ["fetch-added", "fetch-removed"],
                old.fetch.is_some(),
                new.fetch.is_some(),
            ),
        ],
    );
    let elsewhere = ["operations", "types", "source", "name", "resource"];
    found.rest(at, mark, (old, new), &elsewhere);
}

/// Returns method, path and required parameters, without the names of path parameters, which are not sent.
fn request(operation: &Operation) -> String {
    let (method, path) = (operation.method.as_str(), operation.path.pattern());
    let mut request = format!("{method} {path}");
    let required = operation.query.iter().chain(&operation.headers);
    for parameter in required.filter(|parameter| parameter.required) {
        request.extend([" ", &parameter.wire]);
    }
    request
}

fn operation(
    old: &Operation,
    new: &Operation,
    model: &Model,
    at: &Place,
    found: &mut Found,
) {
    let mark = found.mark();
    let lists = matches!((&old.output, &new.output), (Output::List(_), Output::List(_)));
    if let (Output::List(before), Output::List(after)) = (&old.output, &new.output) {
        list((old, before), (new, after), at, found);
    } else {
        response(old, new, at, found);
    }
    found.rows(at, [value("operation-id-changed", &old.id, &new.id)]);
    if request(old) != request(new) {
        found.change("endpoint-changed", at, old.request_line(), new.request_line());
    }
    path_parameters(old, new, at, found);
    body(&old.body, &new.body, model, at, found);
    found.rows(
        at,
        [
            value("status-changed", &old.status, &new.status),
            flag(
                ["instance-method-added", "instance-method-removed"],
                old.instance,
                new.instance,
            ),
            option(
                ["operation-deprecated", "operation-restored"],
                note(old.deprecated.as_ref()),
                note(new.deprecated.as_ref()),
            ),
        ],
    );
    // The types of path parameters, and the query parameters of lists, have their own rules.
    let bare = |operation: &Operation| {
        let mut bare = operation.clone();
        bare.parameters.iter_mut().for_each(|one| one.ty = TypeRef::default());
        bare.query.retain(|_| !lists);
        bare
    };
    found.rest(at, mark, (&bare(old), &bare(new)), &[]);
}

fn path_parameters(old: &Operation, new: &Operation, at: &Place, found: &mut Found) {
    let part = |parameter: &Parameter| at.part(&parameter.wire);
    let mut before = Vec::from_iter(&old.parameters);
    let mut after = Vec::from_iter(&new.parameters);
    // Paths of equal length are matched by position, regardless of names.
    if before.len() != after.len() {
        let pairs =
            Pairs::new(&old.parameters, &new.parameters, |parameter| &parameter.wire);
        for parameter in pairs.removed {
            found.add("path-parameter-removed", &part(parameter));
        }
        for parameter in pairs.added {
            found.add("path-parameter-added", &part(parameter));
        }
        (before, after) = pairs.kept.into_iter().unzip();
    }
    for (old, new) in before.into_iter().zip(after) {
        let rule = type_rule("path-parameter", &old.ty, &new.ty, (false, false));
        if let Some(rule) = rule {
            let elsewhere = points_elsewhere(&old.ty, &new.ty);
            let rule = if elsewhere { "path-parameter-changed" } else { &rule };
            let shown = |ty: &TypeRef| signatures::argument(ty, false);
            found.change(rule, &part(new), shown(&old.ty), shown(&new.ty));
        }
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

fn body(old: &Body, new: &Body, model: &Model, at: &Place, found: &mut Found) {
    match (old, new) {
        (old, new) if old == new => {}
        (Body::Type(old), Body::Type(new)) => {
            found.change("body-changed", at, old, new);
        }
        (_, Body::Type(new)) if needs_something(new, model) => {
            found.gain("required-body-added", at, new);
        }
        (_, Body::Type(new)) => found.gain("body-added", at, new),
        (Body::Type(old), _) => found.loss("body-removed", at, old),
        _ => found.add("empty-body-changed", at),
    }
}

/// Returns true if a value of a type cannot be empty.
fn needs_something(name: &str, model: &Model) -> bool {
    model.record(name).is_none_or(|record| record.required().next().is_some())
}

fn response(old: &Operation, new: &Operation, at: &Place, found: &mut Found) {
    let rule = match (&old.output, &new.output) {
        (before, after) if before == after => return,
        (Output::Nothing, _) => "response-added",
        (_, Output::Nothing) => "response-removed",
        _ => "response-changed",
    };
    found.change(rule, at, signatures::returned(old), signatures::returned(new));
}

/// Compares two list operations. The type of a list contains its response and its parameters.
fn list(
    (old, before): (&Operation, &Listing),
    (new, after): (&Operation, &Listing),
    at: &Place,
    found: &mut Found,
) {
    found.rows(
        at,
        [
            value("response-changed", &before.item, &after.item),
            value("list-key-changed", &before.key, &after.key),
        ],
    );
    // With query parameters before and after, the list keeps its type and gets or loses methods.
    let own_type = !old.query.is_empty() && !new.query.is_empty();
    let same_type = if own_type { "-same-type" } else { "" };
    let filters = |list: &Listing| !list.filter.is_empty();
    let (paged, filtered) =
        ([before, after].map(|it| it.paged), [before, after].map(filters));
    let rules = [
        (paged == [false, true]).then(|| format!("list-now-paged{same_type}")),
        (paged == [true, false]).then(|| "list-now-whole".to_owned()),
        (filtered == [false, true]).then(|| format!("list-now-filtered{same_type}")),
        (filtered == [true, false]).then(|| "list-no-longer-filtered".to_owned()),
        (own_type && old.id != new.id).then(|| "query-type-renamed".to_owned()),
    ];
    for rule in rules.iter().flatten() {
        found.change(rule, at, signatures::returned(old), signatures::returned(new));
    }
    if filtered == [true, true] {
        let pairs = Pairs::new(&before.filter, &after.filter, |field| field);
        let all = |fields: Vec<&String>| {
            let fields: Vec<_> = fields.into_iter().map(String::as_str).collect();
            (!fields.is_empty()).then(|| fields.join(", "))
        };
        let rules = ["filter-field-added", "filter-field-removed"];
        let (removed, added) = (all(pairs.removed), all(pairs.added));
        found.rows(
            at,
            [
                option(rules, removed, None::<String>),
                option(rules, None::<String>, added),
            ],
        );
    }
    query(old, new, at, found);
}

fn query(old: &Operation, new: &Operation, at: &Place, found: &mut Found) {
    let shown = |parameter: &QueryParameter| signatures::argument(&parameter.ty, false);
    let pairs = Pairs::new(&old.query, &new.query, |parameter| &parameter.wire);
    for parameter in pairs.removed {
        found.loss(
            "query-parameter-removed",
            &at.part(&parameter.wire),
            shown(parameter),
        );
    }
    let first = if old.query.is_empty() { "first-" } else { "" };
    for parameter in pairs.added {
        let rule = format!("{first}query-parameter-added");
        found.gain(&rule, &at.part(&parameter.wire), shown(parameter));
    }
    found.rows(at, [flag(["order-changed", ""], false, pairs.reordered)]);
    for (old, new) in pairs.kept {
        let (at, mark) = (at.part(&new.wire), found.mark());
        let rule = type_rule("query-parameter", &old.ty, &new.ty, (false, false));
        if let Some(rule) = rule {
            found.change(&rule, &at, shown(old), shown(new));
        }
        found.rows(
            &at,
            [
                flag(
                    ["query-parameter-repeats", "query-parameter-repeats-no-more"],
                    old.repeated,
                    new.repeated,
                ),
                option(
                    ["query-parameter-deprecated", "query-parameter-restored"],
                    note(old.deprecated.as_ref()),
                    note(new.deprecated.as_ref()),
                ),
            ],
        );
        found.rest(&at, mark, (old, new), &[]);
    }
}

//! Services and their operations: requests, responses, and the methods that make them.

use crate::emit::signatures;
use crate::model::{
    Body, Listing, Model, Operation, Output, Parameter, QueryParameter, Service, TypeRef,
};

use super::found::{Found, Pairs, Place};
use super::types::type_rule;

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
        if pairs.reordered {
            found.add("order-changed", &service);
        }
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
    found.value("service-renamed", at, &old.name, &new.name);
    found.deprecation("service", at, [&old.deprecated, &new.deprecated]);
    let fetch = ["fetch-added", "fetch-removed"];
    found.flag(fetch, at, old.fetch.is_some(), new.fetch.is_some());
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
    let lists = old.listing().zip(new.listing());
    if let Some((before, after)) = lists {
        list((old, before), (new, after), at, found);
    } else {
        response(old, new, at, found);
    }
    found.value("operation-id-changed", at, &old.id, &new.id);
    if request(old) != request(new) {
        found.change("endpoint-changed", at, old.request_line(), new.request_line());
    }
    path_parameters(old, new, at, found);
    body(&old.body, &new.body, model, at, found);
    found.value("status-changed", at, &old.status, &new.status);
    let instance = ["instance-method-added", "instance-method-removed"];
    found.flag(instance, at, old.instance, new.instance);
    found.deprecation("operation", at, [&old.deprecated, &new.deprecated]);
    // The types of path parameters, and the query parameters of lists, have their own rules.
    let bare = |operation: &Operation| {
        let mut bare = operation.clone();
        bare.parameters.iter_mut().for_each(|one| one.ty = TypeRef::default());
        bare.query.retain(|_| lists.is_none());
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
            // No ID of one is an ID of the other.
            let elsewhere = match (&old.ty, &new.ty) {
                (TypeRef::Id { kinds: old, .. }, TypeRef::Id { kinds: new, .. }) => {
                    !old.iter().any(|kind| new.contains(kind))
                }
                _ => false,
            };
            let rule = if elsewhere { "path-parameter-changed" } else { &rule };
            let shown = |ty: &TypeRef| signatures::argument(ty, false);
            found.change(rule, &part(new), shown(&old.ty), shown(&new.ty));
        }
    }
}

fn body(old: &Body, new: &Body, model: &Model, at: &Place, found: &mut Found) {
    let needs_something = |name: &str| {
        model.record(name).is_none_or(|record| record.required().next().is_some())
    };
    match (old, new) {
        (old, new) if old == new => {}
        (Body::Type(old), Body::Type(new)) => {
            found.change("body-changed", at, old, new);
        }
        (_, Body::Type(new)) if needs_something(new) => {
            found.gain("required-body-added", at, new);
        }
        (_, Body::Type(new)) => found.gain("body-added", at, new),
        (Body::Type(old), _) => found.loss("body-removed", at, old),
        _ => found.add("empty-body-changed", at),
    }
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
    found.value("response-changed", at, &before.item, &after.item);
    found.value("list-key-changed", at, &before.key, &after.key);
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
        let all = |fields: &[&String]| {
            fields.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ")
        };
        if !pairs.removed.is_empty() {
            found.loss("filter-field-removed", at, all(&pairs.removed));
        }
        if !pairs.added.is_empty() {
            found.gain("filter-field-added", at, all(&pairs.added));
        }
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
    if pairs.reordered {
        found.add("order-changed", at);
    }
    for (old, new) in pairs.kept {
        let (at, mark) = (at.part(&new.wire), found.mark());
        let rule = type_rule("query-parameter", &old.ty, &new.ty, (false, false));
        if let Some(rule) = rule {
            found.change(&rule, &at, shown(old), shown(new));
        }
        let repeats = ["query-parameter-repeats", "query-parameter-repeats-no-more"];
        found.flag(repeats, &at, old.repeated, new.repeated);
        found.deprecation("query-parameter", &at, [&old.deprecated, &new.deprecated]);
        found.rest(&at, mark, (old, new), &[]);
    }
}

//! Services and their operations: requests, responses, and the methods that make them.

use crate::emit::signatures;
use crate::model::{
    Body, Listing, Model, Operation, Output, QueryParameter, Service, TypeRef,
};

use super::found::{At, Found};
use super::pairs::Pairs;
use super::types::type_rule;

pub(super) fn services(old: &Model, new: &Model, found: &mut Found) {
    let pairs = Pairs::new(&old.services, &new.services, |service| &service.accessor);
    for (old, new) in &pairs.kept {
        service(old, new, &mut home(new, found));
    }
    for old in pairs.removed {
        home(old, found).loss("service-removed", summary(old));
    }
    for new in pairs.added {
        home(new, found).gain("service-added", summary(new));
    }
    for (before, after) in pairs.kept {
        let pairs = Pairs::new(&before.operations, &after.operations, |one| &one.name);
        let mut at = home(after, found);
        for (before, after) in pairs.kept {
            operation(before, after, new, &mut at.part(&after.name));
        }
        if pairs.reordered {
            at.add("order-changed");
        }
        for old in pairs.removed {
            at.part(&old.name).loss("operation-removed", old.request_line());
        }
        for new in pairs.added {
            at.part(&new.name).gain("operation-added", new.request_line());
        }
    }
}

fn home<'f>(service: &Service, found: &'f mut Found) -> At<'f> {
    found.at(&service.label(), &service.label())
}

fn summary(service: &Service) -> String {
    let names = service.operations.iter().map(|operation| operation.name.as_str());
    names.collect::<Vec<_>>().join(", ")
}

fn service(old: &Service, new: &Service, at: &mut At) {
    at.value("service-renamed", &old.name, &new.name);
    at.deprecation("service", [&old.deprecated, &new.deprecated]);
    let fetch = ["fetch-added", "fetch-removed"];
    at.flag(fetch, old.fetch.is_some(), new.fetch.is_some());
    let elsewhere = ["operations", "types", "source", "name", "resource"];
    at.rest((old, new), &elsewhere);
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

fn operation(old: &Operation, new: &Operation, model: &Model, at: &mut At) {
    let lists = old.listing().zip(new.listing());
    if let Some((before, after)) = lists {
        list((old, before), (new, after), at);
    } else {
        response(old, new, at);
    }
    at.value("operation-id-changed", &old.id, &new.id);
    if request(old) != request(new) {
        at.change("endpoint-changed", old.request_line(), new.request_line());
    }
    path_parameters(old, new, at);
    body(&old.body, &new.body, model, at);
    at.value("status-changed", &old.status, &new.status);
    let instance = ["instance-method-added", "instance-method-removed"];
    at.flag(instance, old.instance, new.instance);
    at.deprecation("operation", [&old.deprecated, &new.deprecated]);
    // The types of path parameters, and the query parameters of lists, have their own rules.
    let bare = |operation: &Operation| {
        let mut bare = operation.clone();
        bare.parameters.iter_mut().for_each(|one| one.ty = TypeRef::default());
        bare.query.retain(|_| lists.is_none());
        bare
    };
    at.rest((&bare(old), &bare(new)), &[]);
}

fn path_parameters(old: &Operation, new: &Operation, at: &mut At) {
    let mut before = Vec::from_iter(&old.parameters);
    let mut after = Vec::from_iter(&new.parameters);
    // Paths of equal length are matched by position, regardless of names.
    if before.len() != after.len() {
        let pairs =
            Pairs::new(&old.parameters, &new.parameters, |parameter| &parameter.wire);
        for parameter in pairs.removed {
            at.part(&parameter.wire).add("path-parameter-removed");
        }
        for parameter in pairs.added {
            at.part(&parameter.wire).add("path-parameter-added");
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
            at.part(&new.wire).change(rule, shown(&old.ty), shown(&new.ty));
        }
    }
}

fn body(old: &Body, new: &Body, model: &Model, at: &mut At) {
    let needs_something = |name: &str| {
        model.record(name).is_none_or(|record| record.required().next().is_some())
    };
    match (old, new) {
        (old, new) if old == new => {}
        (Body::Type(old), Body::Type(new)) => {
            at.change("body-changed", old, new);
        }
        (_, Body::Type(new)) if needs_something(new) => {
            at.gain("required-body-added", new);
        }
        (_, Body::Type(new)) => at.gain("body-added", new),
        (Body::Type(old), _) => at.loss("body-removed", old),
        _ => at.add("empty-body-changed"),
    }
}

fn response(old: &Operation, new: &Operation, at: &mut At) {
    let rule = match (&old.output, &new.output) {
        (before, after) if before == after => return,
        (Output::Nothing, _) => "response-added",
        (_, Output::Nothing) => "response-removed",
        _ => "response-changed",
    };
    at.change(rule, signatures::returned(old), signatures::returned(new));
}

/// Compares two list operations. The type of a list contains its response and its parameters.
fn list(
    (old, before): (&Operation, &Listing),
    (new, after): (&Operation, &Listing),
    at: &mut At,
) {
    at.value("response-changed", &before.item, &after.item);
    at.value("list-key-changed", &before.key, &after.key);
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
        at.change(rule, signatures::returned(old), signatures::returned(new));
    }
    if filtered == [true, true] {
        let pairs = Pairs::new(&before.filter, &after.filter, |field| field);
        let all = |fields: &[&String]| {
            fields.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ")
        };
        if !pairs.removed.is_empty() {
            at.loss("filter-field-removed", all(&pairs.removed));
        }
        if !pairs.added.is_empty() {
            at.gain("filter-field-added", all(&pairs.added));
        }
    }
    query(old, new, at);
}

fn query(old: &Operation, new: &Operation, at: &mut At) {
    let shown = |parameter: &QueryParameter| signatures::argument(&parameter.ty, false);
    let pairs = Pairs::new(&old.query, &new.query, |parameter| &parameter.wire);
    for one in pairs.removed {
        at.part(&one.wire).loss("query-parameter-removed", shown(one));
    }
    let first = if old.query.is_empty() { "first-" } else { "" };
    for one in pairs.added {
        let rule = format!("{first}query-parameter-added");
        at.part(&one.wire).gain(&rule, shown(one));
    }
    if pairs.reordered {
        at.add("order-changed");
    }
    for (old, new) in pairs.kept {
        let mut at = at.part(&new.wire);
        let rule = type_rule("query-parameter", &old.ty, &new.ty, (false, false));
        if let Some(rule) = rule {
            at.change(&rule, shown(old), shown(new));
        }
        let repeats = ["query-parameter-repeats", "query-parameter-repeats-no-more"];
        at.flag(repeats, old.repeated, new.repeated);
        at.deprecation("query-parameter", [&old.deprecated, &new.deprecated]);
        at.rest((old, new), &[]);
    }
}

//! Services: the operations of one file, and how they are reached.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::model::{Deprecation, Operation, Output, Service, TypeRef};
use crate::names::{address_name, field_name, module_name, type_name};
use crate::spec::{self, ResourceFile, Span};

use super::{Context, docs, fields, operations, paths, types};

/// The services of a description, in the order of their accessors.
pub(super) fn lower(context: &mut Context) -> Vec<Service> {
    let spec = context.spec;
    let services: Vec<_> = spec.resources.iter().map(|file| service(file, context)).collect();
    report_clashes(&services, context);
    services
}

/// What is said about something that is going or gone; nothing for `false`.
pub(super) fn deprecation(said: &spec::Deprecation) -> Option<Deprecation> {
    let details = match said {
        spec::Deprecation::Flag(false) => return None,
        spec::Deprecation::Flag(true) => &spec::DeprecationDetails::default(),
        spec::Deprecation::Details(details) => details,
    };
    let when = match (&details.since, details.planned) {
        (Some(since), _) => format!("not supported since {since}"),
        (None, true) => "will go in a later version of the API".to_owned(),
        (None, false) => "kept for old callers".to_owned(),
    };
    let instead = details.instead.as_ref().map(|name| format!("; use `{name}`")).unwrap_or_default();
    Some(Deprecation {
        instead: details.instead.clone(),
        since: details.since.clone(),
        planned: details.planned,
        note: format!("{when}{instead}."),
    })
}

fn service(file: &ResourceFile, context: &mut Context) -> Service {
    let resource = &file.resource;
    let words = types::words(resource);
    paths::check(&resource.path, context);
    check_resource(file, context);
    let keys = resource.operations.keys().map(|key| (field_name(key), key));
    fields::collisions("method", keys, context);
    let operations: Vec<_> =
        resource.operations.iter().filter_map(|entry| operations::lower(entry, resource, context)).collect();
    report_unused_parameters(file, &operations, context);
    let mut docs = docs::lower(&resource.doc, context);
    docs.extend(notes(resource));
    Service {
        accessor: file.accessor.iter().map(|part| module_name(part)).collect(),
        source: format!("resources/{}.yaml", file.accessor.join("/")),
        name: type_name(&resource.tag),
        tag: resource.tag.to_string(),
        noun: words.noun,
        nouns: words.nouns,
        docs,
        docs_url: docs_url(resource, context),
        deprecated: resource.deprecated.as_ref().and_then(|said| deprecation(said)),
        access: resource.access.as_ref().map(ToString::to_string),
        legacy: resource.legacy,
        openapi: resource.openapi,
        resource: resource.resource.to_string(),
        fetch: fetch(&resource.resource, &operations),
        operations,
        types: own_types(file, context),
    }
}

/// What a reader of the docs must know beside what the resource is.
fn notes(resource: &spec::Resource) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(said) = resource.deprecated.as_ref().and_then(|said| deprecation(said)) {
        notes.push(format!("**Deprecated**: {}", said.note));
    }
    if resource.legacy {
        notes.push("**Legacy**: kept for old callers; new ones should not begin with it.".to_owned());
    }
    notes.into_iter().flat_map(|note| [String::new(), note]).collect()
}

/// The page that documents a resource: its own, or the one that `api.yaml` says how to find.
fn docs_url(resource: &spec::Resource, context: &Context) -> Option<String> {
    let own = resource.docs.as_ref().map(ToString::to_string);
    own.or_else(|| {
        let pages = context.spec.api.docs_pages.as_ref()?;
        Some(pages.replace("{tag}", &address_name(&resource.tag)))
    })
}

fn check_resource(file: &ResourceFile, context: &mut Context) {
    let name = &file.resource.resource;
    if context.declared.get(name).is_none() {
        let message = format!("nothing describes the fields of `{}`", **name);
        let help = context.declared.suggestion(name, &[]);
        let help = help.unwrap_or_else(|| "add `fields:` to this file".to_owned());
        context.diagnostics.push(Diagnostic::error("unknown-resource", name.span, message).help(help));
    }
}

fn report_unused_parameters(file: &ResourceFile, operations: &[Operation], context: &mut Context) {
    for key in file.resource.params.keys() {
        let used = operations.iter().flat_map(|operation| &operation.parameters).any(|used| used.wire == **key);
        if !used {
            let message = format!("no path of this file has a parameter `{}`", **key);
            context.diagnostics.push(Diagnostic::error("unused-parameter", key.span, message));
        }
    }
}

/// The operation that looks up a resource by nothing but its id.
fn fetch(resource: &str, operations: &[Operation]) -> Option<String> {
    let by_id = |operation: &&Operation| {
        let own = matches!(operation.parameters.as_slice(), [only] if matches!(&only.ty, TypeRef::Id { target, .. } if target.as_deref() == Some(resource)));
        operation.name == "get" && own && operation.output == Output::Type(resource.to_owned())
    };
    operations.iter().find(by_id).map(|operation| operation.name.clone())
}

/// The types that a file describes: the resource first, then its bodies, then the others as written.
fn own_types(file: &ResourceFile, context: &Context) -> Vec<String> {
    let resource = &file.resource;
    let described = (!resource.fields.is_empty()).then(|| resource.resource.to_string());
    let named = resource.types.keys().map(ToString::to_string);
    let mut names = Vec::new();
    for name in described.into_iter().chain(named) {
        let views = context.declared.get(&name).map(|declared| declared.views.values().cloned());
        names.push(name);
        names.extend(views.into_iter().flatten());
    }
    names.extend(resource.enums.keys().map(ToString::to_string));
    names
}

/// Two services, or a service and a type, that would get one name.
fn report_clashes(services: &[Service], context: &mut Context) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for (service, file) in services.iter().zip(&context.spec.resources) {
        let span = file.resource.tag.span;
        let earlier = seen.insert(&service.name, span);
        let earlier = earlier.or_else(|| context.declared.get(&service.name).map(|declared| declared.span));
        if let Some(earlier) = earlier {
            let message = format!("the service would be called `{}`, and so is something else", service.name);
            let problem = Diagnostic::error("name-collision", span, message);
            context.diagnostics.push(problem.related(earlier, "the other one").help("change the tag"));
        }
        let inside = services.iter().find(|other| {
            other.accessor.len() > service.accessor.len() && other.accessor.starts_with(&service.accessor)
        });
        if let Some(inside) = inside {
            let message = format!("`{}` is a file and the folder of `{}`", service.source, inside.source);
            let problem = Diagnostic::error("accessor-collision", file.span, message);
            context.diagnostics.push(problem.help("rename one of them"));
        }
    }
}

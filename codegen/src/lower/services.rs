//! Services: the operations of one file, and their accessor.

use crate::diagnostic::Code;
use crate::model::{Operation, Output, Service, TypeRef};
use crate::names::{address_name, field_name, type_name};
use crate::spec::{Place, Resource, ResourceFile};

use super::conventions::Words;
use super::shapes::Use;
use super::type_expr;
use super::{Context, Types, api, clashes, docs, operations, paths, shapes, tools};

/// Lowers the services of a description, in the order of their accessors.
pub(super) fn lower(types: &Types, context: &mut Context) -> Vec<Service> {
    let files = context.spec.resources.iter();
    let services: Vec<_> = files.map(|file| service(file, types, context)).collect();
    clashes::check_services(&services, context);
    services
}

fn service<'a>(
    file: &'a ResourceFile,
    types: &Types,
    context: &mut Context<'a>,
) -> Service {
    let resource = &file.resource;
    let words = Words::of(resource);
    paths::check_file(resource, context);
    check_resource(resource, context);
    check_words(resource, context);
    let keys = resource.operations.keys().map(|key| (field_name(key), key));
    clashes::report("method", keys, context);
    let operations = resource.operations.iter();
    let operations: Vec<_> = operations
        .filter_map(|(name, given)| operations::lower(name, given, resource, context))
        .collect();
    let mut docs = docs::lower(&resource.doc, context);
    docs.push_str(&notes(resource));
    Service {
        accessor: file.accessor.clone(),
        source: file.path(),
        name: type_name(&resource.tag),
        tag: resource.tag.to_string(),
        noun: words.noun,
        nouns: words.nouns,
        docs,
        docs_url: docs_url(resource, context),
        deprecated: docs::deprecation(resource.deprecated.as_ref()),
        access: resource.access.as_ref().map(ToString::to_string),
        legacy: resource.legacy,
        openapi: resource.openapi,
        resource: resource.resource.to_string(),
        apply: tools::apply(resource, types, context),
        terraform: tools::terraform(resource, context),
        fetch: fetch(resource, &operations),
        operations,
        types: own_types(file, context),
    }
}

/// Returns the notes for users besides the description of the resource.
fn notes(resource: &Resource) -> String {
    let deprecated = docs::deprecation(resource.deprecated.as_ref());
    let deprecated = deprecated.map(|it| format!("\n\n**Deprecated**: {}", it.note));
    let legacy =
        "\n\n**Legacy**: kept for backward compatibility; not for new users.".to_owned();
    deprecated.into_iter().chain(resource.legacy.then_some(legacy)).collect()
}

/// Returns the page that documents a resource: its own, or the one from the pattern in `api.yaml`.
fn docs_url(resource: &Resource, context: &mut Context) -> Option<String> {
    if let Some(own) = &resource.docs {
        return Some(api::PAGE_URL.text(own, context));
    }
    let pages = context.spec.api.docs_pages.as_ref()?;
    Some(pages.replace("{tag}", &address_name(&resource.tag)))
}

/// Reports a resource without a description, or without fields.
fn check_resource(resource: &Resource, context: &mut Context) {
    let name = &resource.resource;
    if name.is_empty() {
        if let Some(first) = resource.fields.keys().next() {
            let message = "these fields belong to no resource";
            let help = "add `resource:` with the name of their type";
            context.error(Code::UnknownResource, first.span, message, help);
        }
        return;
    }
    if context.declared.get(name).is_none() {
        let message = format!("the fields of `{}` are not described", **name);
        let help = match context.declared.suggestion(name, &[]) {
            Some(meant) => format!("{meant} If not, add `fields:` to this file"),
            None => "add `fields:` to this file".to_owned(),
        };
        context.error(Code::UnknownResource, name.span, message, help);
        return;
    }
    let usage = Use::by(resource, Some(Place::Response), None);
    if let Some(TypeRef::Enum(_)) = type_expr::parse(name, usage, context) {
        let message =
            format!("`{}` is an enum, and a service needs a type with fields", **name);
        let help = "name a type with fields, or describe the fields in this file";
        context.error(Code::ResourceKind, name.span, message, help);
    }
}

/// Reports nouns that are unusable in sentences.
fn check_words(resource: &Resource, context: &mut Context) {
    let plain = |c: char| c.is_alphanumeric() || " -'&/.+".contains(c);
    for words in [Some(&resource.noun), resource.nouns.as_ref()].into_iter().flatten() {
        if words.trim().is_empty() || !words.chars().all(plain) {
            let message = format!("`{}` is not a noun", **words);
            let help = "write plain words, as in a sentence: `IP policy`";
            context.error(Code::MalformedNoun, words.span, message, help);
        }
    }
}

/// Returns the operation that fetches a resource by its ID only.
fn fetch(resource: &Resource, operations: &[Operation]) -> Option<String> {
    let name = &*resource.resource;
    let is_own = |target: &Option<String>| target.as_ref() == Some(name);
    let by_id = |operation: &&Operation| {
        let own = match operation.parameters.as_slice() {
            [only] => matches!(&only.ty, TypeRef::Id { target, .. } if is_own(target)),
            _ => false,
        };
        own && operation.name == "get" && operation.output == Output::Type(name.clone())
    };
    let found = operations.iter().find(by_id).filter(|_| shapes::has_ids(resource))?;
    Some(found.name.clone())
}

/// Returns the types that a file describes: the resource first, then its bodies, then the others in order.
fn own_types(file: &ResourceFile, context: &Context) -> Vec<String> {
    let resource = &file.resource;
    let described = (!resource.fields.is_empty()).then(|| resource.resource.to_string());
    let types = resource.types.keys().map(ToString::to_string);
    let mut names = Vec::new();
    for name in described.into_iter().chain(types) {
        let views =
            context.declared.get(&name).map(|declared| declared.views.values().cloned());
        names.push(name);
        names.extend(views.into_iter().flatten());
    }
    names.extend(resource.enums.keys().map(ToString::to_string));
    names
}

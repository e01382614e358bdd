//! Names that are in use already, or that become the same identifier: services, accessors, operation IDs, and all that is
//! called by name; and fields whose names are Rust keywords.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Service, Type};
use crate::names::{
    RESERVED_ACCESSORS, field_name, is_reserved_type, is_taken, marker_name,
    required_name, type_name,
};
use crate::rust::fields::names_required;
use crate::spec::{Operation, Resource, ResourceFile, Span, Spanned, Spec};

use super::{Context, Types};

/// Reports services with a name that is already in use.
pub(super) fn check_services(services: &[Service], context: &mut Context) {
    let files = &context.spec.resources;
    let mut seen = BTreeMap::new();
    for (service, file) in services.iter().zip(files) {
        report_struct(service, file, &mut seen, context);
        report_accessor(service, file, services, context);
    }
    report_ids(context);
}

/// Reports types with the name of the type for the required fields of another one.
pub(super) fn check_required(types: &Types, context: &mut Context) {
    for ty in types.values() {
        let Type::Record(record) = ty else { continue };
        let name = required_name(&record.name);
        let Some(taken) = context.declared.span(&name) else { continue };
        if record.in_requests && names_required(record) {
            let message =
                format!("`{}` takes its required fields as a `{name}`", record.name);
            let help = "give this type another name";
            context.error(Code::NameCollision, taken, message, help);
        }
    }
}

fn report_struct<'s>(
    service: &'s Service,
    file: &ResourceFile,
    seen: &mut BTreeMap<&'s str, Span>,
    context: &mut Context,
) {
    let (name, span) = (&service.name, file.resource.tag.span);
    if is_reserved_type(name) {
        let message = format!(
            "the service would be called `{name}`, which the client needs for itself"
        );
        context.error(Code::ReservedName, span, message, "give the tag a longer name");
    }
    let declared = || context.declared.span(name);
    if let Some(earlier) = seen.insert(name, span).or_else(declared) {
        let message = format!("the name `{name}` of the service is already in use");
        context.clash(Code::NameCollision, (span, earlier), message, "change the tag");
    }
}

fn report_accessor(
    service: &Service,
    file: &ResourceFile,
    services: &[Service],
    context: &mut Context,
) {
    if let Some(first) = service.accessor.first()
        && RESERVED_ACCESSORS.contains(&field_name(first).as_str())
    {
        let message = format!("a client has a method `{first}` already");
        let help = "rename the file or folder";
        context.error(Code::ReservedName, file.span, message, help);
    }
    let inside = services.iter().find(|other| {
        other.accessor.len() > service.accessor.len()
            && other.accessor.starts_with(&service.accessor)
    });
    if let Some(inside) = inside {
        let message = format!(
            "`{}` is a file, and also the folder of `{}`",
            service.source, inside.source
        );
        context.error(Code::AccessorCollision, file.span, message, "rename one of them");
    }
}

/// Reports duplicate IDs of operations, which name calls in errors, and markers of lists in Rust.
fn report_ids(context: &mut Context) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for file in &context.spec.resources {
        for (key, given) in &file.resource.operations {
            let id = format!("{}{}", type_name(&file.resource.tag), type_name(key));
            if given.details().query.values().any(|field| !field.required) {
                report_marker(&id, key.span, context);
            }
            // Within a file, names of methods collide before IDs do.
            let Some(earlier) = seen.insert(id.clone(), key.span) else { continue };
            if earlier.file != key.span.file {
                let message = format!(
                    "the operation would have the id `{id}`, and so has another"
                );
                let help = "rename the operation, or change a tag";
                context.clash(Code::NameCollision, (key.span, earlier), message, help);
            }
        }
    }
}

fn report_marker(id: &str, operation: Span, context: &mut Context) {
    let marker = marker_name(id);
    let Some(declared) = context.declared.span(&marker) else { return };
    let message = format!("`{marker}` is the name of the query of an operation");
    let problem = Diagnostic::error(Code::NameCollision, declared, message);
    let problem = problem.related(operation, "this operation");
    context.diagnostics.push(problem.help("rename the type"));
}

/// Reports identifiers with more than one source.
pub(super) fn report<'k>(
    what: &str,
    names: impl Iterator<Item = (String, &'k Spanned<String>)>,
    context: &mut Context,
) {
    let mut seen: BTreeMap<String, &Spanned<String>> = BTreeMap::new();
    for (name, key) in names {
        let Some(earlier) = seen.get(&name) else {
            seen.insert(name, key);
            continue;
        };
        let message = format!(
            "`{}` and `{}` would both become the {what} `{name}`",
            ***earlier, **key
        );
        let help = match what {
            "variant" => {
                "remove one of them: values that are not listed are kept unchanged"
            }
            "field" => "remove one of them: responses may contain undescribed fields",
            _ => "rename one of them",
        };
        let mut problem = Diagnostic::error(Code::NameCollision, key.span, message);
        if earlier.span != key.span {
            problem = problem.related(earlier.span, "the other one");
        }
        context.diagnostics.push(problem.help(help));
    }
}

/// Reports names that are invalid for Rust fields, and unused exceptions.
pub(super) fn check_keywords(context: &mut Context) {
    let spec = context.spec;
    let meant = &spec.api.client.keywords;
    let mut seen = BTreeSet::new();
    for name in names(spec) {
        let first = seen.insert(name.as_str());
        if first && is_taken(name) && !meant.iter().any(|word| **word == **name) {
            context.diagnostics.push(rust_keyword(name));
        }
    }
    let is_needed = |word: &str| seen.contains(word) && is_taken(word);
    for word in meant.iter().filter(|word| !is_needed(word)) {
        let message = format!("no field called `{}` needs this exception", **word);
        let help = "take it out of `keywords:`";
        context.warning(Code::NeedlessKeyword, word.span, message, help);
    }
}

fn rust_keyword(name: &Spanned<String>) -> Diagnostic {
    let message = format!(
        "`{}` cannot be the name of a field in Rust: callers write `{}`",
        **name,
        field_name(name)
    );
    let help = format!(
        "if that is meant, add it to `client:` in `api.yaml`: `keywords: [{}]`",
        **name
    );
    Diagnostic::warning(Code::RustKeyword, name.span, message).help(help)
}

/// Iterates over the names of all fields and parameters.
fn names(spec: &Spec) -> impl Iterator<Item = &Spanned<String>> {
    let resources = spec.resources.iter().map(|file| &file.resource);
    spec.api.fields.keys().chain(resources.flat_map(names_of))
}

fn names_of(resource: &Resource) -> impl Iterator<Item = &Spanned<String>> {
    let queries = resource.operations.values().map(Operation::details);
    // Alternatives of unions become variants, which never collide with keywords.
    let types = resource.types.values();
    let records = types.filter(|given| given.exactly_one_of.is_none());
    resource
        .fields
        .keys()
        .chain(resource.params.keys())
        .chain(queries.flat_map(|own| own.query.keys().chain(own.headers.keys())))
        .chain(records.flat_map(|given| given.fields.keys()))
}

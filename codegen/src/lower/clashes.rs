//! Collisions of names of services, accessors and operation IDs.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Service, Type};
use crate::names::{RESERVED_ACCESSORS, RESERVED_TYPES, marker_name, type_name};
use crate::spec::{ResourceFile, Span};

use super::{Context, Types, conventions};

/// Reports services with a name that is already in use.
pub(super) fn report(services: &[Service], context: &mut Context) {
    let files = &context.spec.resources;
    let mut seen = BTreeMap::new();
    for (service, file) in services.iter().zip(files) {
        report_struct(service, file, &mut seen, context);
        report_accessor(service, file, services, context);
    }
    report_ids(context);
}

/// Reports types with the name of the type for the required fields of another one.
pub(super) fn report_required(types: &Types, context: &mut Context) {
    for ty in types.values() {
        let Type::Record(record) = ty else { continue };
        let name = record.required_name();
        let Some(taken) = context.declared.get(&name).map(|declared| declared.span)
        else {
            continue;
        };
        if record.in_requests && record.names_required() {
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
    if RESERVED_TYPES.contains(&name.as_str()) {
        let message = format!(
            "the service would be called `{name}`, which the client needs for itself"
        );
        context.error(Code::ReservedName, span, message, "give the tag a longer name");
    }
    let declared = || context.declared.get(name).map(|declared| declared.span);
    if let Some(earlier) = seen.insert(name, span).or_else(declared) {
        let message = format!("the name `{name}` of the service is already in use");
        let problem = Diagnostic::error(Code::NameCollision, span, message);
        let problem = problem.related(earlier, "the other one");
        context.diagnostics.push(problem.help("change the tag"));
    }
}

fn report_accessor(
    service: &Service,
    file: &ResourceFile,
    services: &[Service],
    context: &mut Context,
) {
    if let Some(first) = service.accessor.first()
        && RESERVED_ACCESSORS.contains(&first.as_str())
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
        for entry in &file.resource.operations {
            let key = &entry.key;
            let id = format!("{}{}", type_name(&file.resource.tag), type_name(key));
            let own = conventions::own_details(&entry.value);
            if own.is_some_and(|own| own.query.values().any(|field| !field.required)) {
                report_marker(&id, key.span, context);
            }
            // Within a file, names of methods collide before IDs do.
            let Some(earlier) = seen.insert(id.clone(), key.span) else { continue };
            if earlier.file != key.span.file {
                let message = format!(
                    "the operation would have the id `{id}`, and so has another"
                );
                let problem = Diagnostic::error(Code::NameCollision, key.span, message);
                let problem = problem.related(earlier, "the other one");
                context
                    .diagnostics
                    .push(problem.help("rename the operation, or change a tag"));
            }
        }
    }
}

fn report_marker(id: &str, operation: Span, context: &mut Context) {
    let marker = marker_name(id);
    let Some(declared) = context.declared.get(&marker).map(|declared| declared.span)
    else {
        return;
    };
    let message = format!("`{marker}` is the name of the query of an operation");
    let problem = Diagnostic::error(Code::NameCollision, declared, message);
    let problem = problem.related(operation, "this operation");
    context.diagnostics.push(problem.help("rename the type"));
}

//! Operations on a resource in hand: whether its fields can fill the path.

use crate::diagnostic::Diagnostic;
use crate::model::{Field, Operation, Record, Service, Type, TypeRef, Wrapper};
use crate::names::field_name;
use crate::spec::Spanned;

use super::{Context, Types, shapes};

/// Keeps those whose types fit, and reports the others where they were asked for by name.
pub(super) fn settle(context: &mut Context, services: &mut [Service], types: &Types) {
    for (service, file) in services.iter_mut().zip(&context.spec.resources) {
        let Some(Type::Record(record)) = types.get(&service.resource) else { continue };
        for operation in &mut service.operations {
            let Some(obstacle) = obstacle(operation, record) else { continue };
            operation.instance = None;
            let mut entries = file.resource.operations.iter();
            let entry = entries.find(|entry| field_name(&entry.key) == operation.name);
            let own = entry.and_then(|entry| shapes::own_details(&entry.value));
            let asked = own.and_then(|own| own.instance.as_ref());
            // What is wrong elsewhere may be the obstacle.
            if let (Some(asked), false) = (asked, context.diagnostics.has_errors()) {
                context.diagnostics.push(problem(asked, &operation.name, &obstacle));
            }
        }
    }
}

/// That an operation cannot be called on a resource in hand, and why.
pub(super) fn problem(asked: &Spanned<bool>, name: &str, obstacle: &str) -> Diagnostic {
    let message = format!("`{name}` cannot be called on a resource in hand: {obstacle}");
    let help = "every path parameter must be a field that each answer has; or take `instance` out";
    Diagnostic::error("impossible-instance", asked.span, message).help(help)
}

/// What keeps an operation from being called on a resource in hand.
fn obstacle(operation: &Operation, record: &Record) -> Option<String> {
    operation.instance.as_ref()?;
    operation.parameters.iter().find_map(|parameter| {
        let wire = &parameter.wire;
        let field = record.fields.iter().find(|field| field.wire == *wire);
        match field {
            None => Some(format!("answers have no field `{wire}`")),
            Some(field) if field.wrapper != Wrapper::Plain => {
                Some(format!("the field `{wire}` may be absent"))
            }
            Some(field) if !fills(field, &parameter.ty) => {
                Some(format!("the field `{wire}` is of another type than the parameter"))
            }
            Some(_) => None,
        }
    })
}

/// Whether a field can be given for a parameter.
fn fills(field: &Field, parameter: &TypeRef) -> bool {
    match (&field.ty, parameter) {
        (
            TypeRef::Id { target: field, .. } | TypeRef::Ref { target: field, .. },
            TypeRef::Id { target: parameter, .. },
        ) => field == parameter,
        (other, parameter) => other == parameter && !field.secret,
    }
}

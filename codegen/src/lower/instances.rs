//! Methods on resources: whether fields can provide the path parameters.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Operation, Record, Service, Type, TypeRef, Wrapper};
use crate::names::field_name;
use crate::spec::{self, Entry, ResourceFile, Spanned};

use super::{Context, Types, conventions, shapes};

/// Keeps methods whose types match, reports the others if they were requested explicitly, and possible methods
/// without a setting.
pub(super) fn settle(context: &mut Context, services: &mut [Service], types: &Types) {
    for (service, file) in services.iter_mut().zip(&context.spec.resources) {
        let Some(Type::Record(record)) = types.get(&service.resource) else { continue };
        for operation in &mut service.operations {
            let mut entries = file.resource.operations.iter();
            let entry = entries.find(|entry| field_name(&entry.key) == operation.name);
            let Some(entry) = entry else { continue };
            let own = conventions::own_details(&entry.value);
            let asked = own.and_then(|own| own.instance.as_ref());
            let obstacle = obstacle(operation, record);
            let problem = match (operation.instance.is_some(), obstacle, asked) {
                (true, Some(obstacle), asked) => {
                    operation.instance = None;
                    asked.map(|asked| problem(asked, &operation.name, &obstacle))
                }
                (false, None, None) if unsaid(entry, operation, file, context) => {
                    Some(possible(&entry.key))
                }
                _ => None,
            };
            // Errors elsewhere may be the cause.
            if !context.diagnostics.has_errors() {
                context.diagnostics.extend(problem);
            }
        }
    }
}

/// Returns true if an operation could be a method of the resource, judging by its path, and neither the operation nor
/// its convention determines whether it is.
fn unsaid(
    entry: &Entry<spec::Operation>,
    operation: &Operation,
    file: &ResourceFile,
    context: &Context,
) -> bool {
    let own =
        |target: &Option<String>| target.as_ref() == Some(&*file.resource.resource);
    let names_it =
        |ty: &TypeRef| matches!(ty, TypeRef::Id { target, .. } if own(target));
    shapes::has_ids(&file.resource)
        && operation.parameters.iter().any(|parameter| names_it(&parameter.ty))
        && operation.deprecated.is_none()
        && !context.spec.api.operations.contains_key(&entry.key)
}

fn possible(name: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` could be a method of the resource, but is not", **name);
    let help = "add `instance: true`, or `instance: false` if it is intended";
    Diagnostic::warning(Code::PossibleInstance, name.span, message).help(help)
}

/// Reports that an operation cannot be a method of the resource, with the reason.
pub(super) fn problem(asked: &Spanned<bool>, name: &str, obstacle: &str) -> Diagnostic {
    let message = format!("`{name}` cannot be a method of the resource: {obstacle}");
    let help = "every path parameter must be a field that each response has; or remove `instance`";
    Diagnostic::error(Code::ImpossibleInstance, asked.span, message).help(help)
}

/// Returns the reason why an operation cannot be a method of the resource.
fn obstacle(operation: &Operation, record: &Record) -> Option<String> {
    operation.parameters.iter().find_map(|parameter| {
        let wire = &parameter.wire;
        let field = record.fields.iter().find(|field| field.wire == *wire);
        match field {
            None => Some(format!("responses have no field `{wire}`")),
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

/// Returns true if a field can provide a parameter.
fn fills(field: &Field, parameter: &TypeRef) -> bool {
    match (&field.ty, parameter) {
        (
            TypeRef::Id { target: field, .. } | TypeRef::Ref { target: field, .. },
            TypeRef::Id { target: parameter, .. },
        ) => field == parameter,
        (other, parameter) => other == parameter && !field.secret,
    }
}

//! Operations: conventions by name, deviations from them, and methods on resources.

use crate::diagnostic::{Code, Diagnostic, did_you_mean_or};
use crate::model::{self, Body, Docs, Field, Model, Parameter, Record, Type, TypeRef};
use crate::names::type_name;
use crate::spec::{Operation, Place, Resource, ResourceFile, Spanned, names};

use super::conventions::Merged;
use super::declare::Kind;
use super::shapes::{self, Use};
use super::{Context, docs, outputs, paths, queries, type_expr};

/// Lowers one operation of a resource.
pub(super) fn lower<'a>(
    name: &'a Spanned<String>,
    given: &'a Operation,
    resource: &'a Resource,
    context: &mut Context<'a>,
) -> Option<model::Operation> {
    let merged = Merged::of(name, given, context);
    let own = merged.own;
    let method = merged.get(|details| details.method.as_ref());
    let path = merged.get(|details| details.path.as_ref());
    let returns = merged.get(|details| details.returns.as_ref());
    let status = merged.get(|details| details.status.as_ref());
    let (Some(method), Some(path), Some(returns), Some(status)) =
        (method, path, returns, status)
    else {
        let keys = [
            ("method", method.is_some()),
            ("path", path.is_some()),
            ("returns", returns.is_some()),
            ("status", status.is_some()),
        ];
        report_incomplete(name, &keys, context);
        return None;
    };
    check_status(status, context);
    let location = own.path.as_ref().unwrap_or(name).span;
    let path = paths::full(resource, path, context);
    let parameters = paths::parameters(resource, &path, location, context);
    queries::report_arguments(own, &parameters, context);
    let output = outputs::lower(returns, &merged, resource, &path, context);
    Some(model::Operation {
        name: name.to_string(),
        id: type_name(&resource.tag) + type_name(name).trim_end_matches('_'),
        method: **method,
        // Settled when all types are known.
        instance: merged.get(|own| own.instance.as_ref()).is_some_and(|it| **it),
        parameters,
        query: queries::lower(own, output.as_ref(), resource, context),
        headers: queries::headers(own, resource, context),
        body: body(&merged, resource, context),
        openapi_body: own.openapi_body.as_ref().map(ToString::to_string),
        output: output?,
        status: **status,
        docs: operation_docs(name, given, context),
        path,
        deprecated: docs::deprecation(own.deprecated.as_ref()),
        applies_to: own.applies_to.as_ref().map(ToString::to_string),
        openapi: resource.openapi && own.openapi.as_deref().is_none_or(|there| *there),
    })
}

fn report_incomplete(
    name: &Spanned<String>,
    keys: &[(&str, bool)],
    context: &mut Context,
) {
    let missing = keys.iter().filter(|(_, given)| !given);
    let missing: Vec<_> = missing.map(|(key, _)| format!("`{key}`")).collect();
    let missing = missing.join(", ");
    let message = format!("the operation `{}` has no {missing}", **name);
    let help = format!("`api.yaml` does not define this name: add {missing}");
    let help = did_you_mean_or(name, names(&context.spec.api.operations), help);
    context.error(Code::IncompleteOperation, name.span, message, help);
}

fn check_status(status: &Spanned<u16>, context: &mut Context) {
    if !(200..300).contains(&**status) {
        let message = format!("{} is not the HTTP status of a success", **status);
        let help = "write the status of success, such as 200, 201 or 204";
        context.error(Code::SuccessStatus, status.span, message, help);
    }
}

/// Lowers the body of an operation.
fn body(merged: &Merged, resource: &Resource, context: &mut Context) -> Body {
    let Some(words) = merged.get(|details| details.body.as_ref()) else {
        return Body::None;
    };
    match (words.as_str(), Place::parse(words)) {
        ("none", _) => Body::None,
        ("empty", _) => Body::Empty,
        (_, Some(place)) if place != Place::Response => {
            // A convention is not what is wrong.
            let own = merged.own.body.as_ref();
            shape(own.unwrap_or(merged.name), place, resource, context)
        }
        _ => named_body(words, resource, context),
    }
}

/// Returns the shape of the resource for a body. One without fields is `{}`.
fn shape(
    location: &Spanned<String>,
    place: Place,
    resource: &Resource,
    context: &mut Context,
) -> Body {
    let name = &resource.resource;
    if !shapes::has_resource(resource, location.span, context) {
        return Body::Empty;
    }
    if let Some(view) = context.declared.own_view(name, place) {
        return Body::Type(view.to_owned());
    }
    if context.declared.kind(name) != Some(Kind::Resource) {
        // A type with one shape is sent as it is returned.
        return Body::Type(name.to_string());
    }
    if place == Place::Request {
        let message = format!("`{}` has no shape for requests", **name);
        let help =
            format!("name it, `request: New{}`, or send `create` or `update`", **name);
        context.error(Code::MissingShape, location.span, message, help);
    }
    Body::Empty
}

fn named_body(
    words: &Spanned<String>,
    resource: &Resource,
    context: &mut Context,
) -> Body {
    let usage = Use::by(resource, Some(Place::Request), None);
    match type_expr::parse(words, usage, context) {
        Some(TypeRef::Record(name)) => return Body::Type(name),
        Some(_) => {
            let message = format!("`{}` is not a type with fields", **words);
            let help = "write `create`, `update`, `request`, `empty`, `none`, or the name of a type with fields";
            context.error(Code::BodyType, words.span, message, help);
        }
        None => {}
    }
    Body::None
}

fn operation_docs(
    name: &Spanned<String>,
    given: &Operation,
    context: &mut Context,
) -> Docs {
    let doc = match given {
        Operation::Doc(doc) => Some(doc),
        other => other.details().doc.as_ref(),
    };
    let Some(doc) = doc else {
        let message = format!("the operation `{}` has no description", **name);
        let help = "add a description, after its name or as `doc:`";
        context.warning(Code::MissingDoc, name.span, message, help);
        return Docs::new();
    };
    docs::lower(doc, context)
}

/// Keeps methods whose types match, reports the others if they were requested explicitly, and possible methods
/// without a setting.
pub(super) fn settle_instances(
    context: &mut Context,
    Model { services, types, .. }: &mut Model,
) {
    for (service, file) in services.iter_mut().zip(&context.spec.resources) {
        let resource = &file.resource;
        let has_ids = shapes::has_ids(resource);
        let record = match types.get(&service.resource) {
            Some(Type::Record(record)) => Some(record),
            _ => None,
        };
        for operation in &mut service.operations {
            let given = resource.operations.get_key_value(operation.name.as_str());
            let Some((name, given)) = given else { continue };
            let asked = given.details().instance.as_ref();
            let obstacle = match record {
                _ if !has_ids => Some("its file has no type with an `id`".to_owned()),
                record => record.and_then(|record| obstacle(operation, record)),
            };
            let returned = |parameter: &Parameter| {
                let (ty, wire) = (&service.resource, &parameter.wire);
                record.is_some_and(|record| {
                    record.fields.iter().any(|it| it.wire == *wire)
                }) || context.is_invalid(ty, wire)
            };
            let certain = !has_ids || !operation.parameters.iter().all(returned);
            let problem = match (operation.instance, obstacle, asked) {
                (true, Some(obstacle), asked) => {
                    operation.instance = false;
                    asked.map(|asked| {
                        impossible_instance(asked, &operation.name, &obstacle)
                    })
                }
                (false, None, None) if unsaid(name, operation, file, context) => {
                    Some(possible(name))
                }
                _ => None,
            };
            // Errors elsewhere may be the cause.
            if certain || !context.diagnostics.has_errors() {
                context.diagnostics.extend(problem);
            }
        }
    }
}

/// Returns true if an operation could be a method of the resource, judging by its path, and neither the operation nor
/// its convention determines whether it is.
fn unsaid(
    name: &Spanned<String>,
    operation: &model::Operation,
    file: &ResourceFile,
    context: &Context,
) -> bool {
    let own =
        |target: &Option<String>| target.as_ref() == Some(&*file.resource.resource);
    let names_it =
        |ty: &TypeRef| matches!(ty, TypeRef::Id { target, .. } if own(target));
    operation.parameters.iter().any(|parameter| names_it(&parameter.ty))
        && operation.deprecated.is_none()
        && !context.spec.api.operations.contains_key(name)
}

fn possible(name: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` could be a method of the resource, but is not", **name);
    let help = "add `instance: true`, or `instance: false` if it is intended";
    Diagnostic::warning(Code::PossibleInstance, name.span, message).help(help)
}

/// Reports that an operation cannot be a method of the resource, with the reason.
fn impossible_instance(asked: &Spanned<bool>, name: &str, obstacle: &str) -> Diagnostic {
    let message = format!("`{name}` cannot be a method of the resource: {obstacle}");
    let help = "every path parameter must be a field that each response has; or remove `instance`";
    Diagnostic::error(Code::ImpossibleInstance, asked.span, message).help(help)
}

/// Returns the reason why an operation cannot be a method of the resource.
fn obstacle(operation: &model::Operation, record: &Record) -> Option<String> {
    operation.parameters.iter().find_map(|parameter| {
        let wire = &parameter.wire;
        let Some(field) = record.fields.iter().find(|field| field.wire == *wire) else {
            return Some(format!("responses have no field `{wire}`"));
        };
        let problem = if record.may_lack(field) {
            "may be absent"
        } else if !fills(field, &parameter.ty) {
            "is of another type than the parameter"
        } else {
            return None;
        };
        Some(format!("the field `{wire}` {problem}"))
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

//! Query parameters of operations, besides those of pagination; request headers; and whether items have the fields that
//! lists are filtered by.

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::model::{
    Docs, Model, Operation, Output, Parameter, QueryParameter, Shape, TypeRef,
};
use crate::names::{parameter_name, query_name};
use crate::spec::{Entries, Field, OperationDetails, Resource, Spanned};

use super::docs::{self, Named};
use super::shapes::Use;
use super::{Context, api, clashes, type_expr};

/// Lowers the query parameters of an operation.
pub(super) fn lower(
    own: &OperationDetails,
    output: Option<&Output>,
    resource: &Resource,
    context: &mut Context,
) -> Vec<QueryParameter> {
    let optional = own.query.iter().filter(|(_, field)| !field.required);
    let names = optional.map(|(name, _)| (query_name(name, false), name));
    clashes::report("method", names, context);
    for name in own.query.keys() {
        api::QUERY_PARAMETER.check(name, context);
        report_taken(name, output, context);
    }
    all(&own.query, resource, context)
}

/// Lowers the request headers of an operation.
pub(super) fn headers(
    own: &OperationDetails,
    resource: &Resource,
    context: &mut Context,
) -> Vec<QueryParameter> {
    for key in own.headers.keys() {
        report_unsendable(key, context);
    }
    all(&own.headers, resource, context)
}

/// Reports arguments of a method with the same name.
pub(super) fn report_arguments(
    own: &OperationDetails,
    path: &[Parameter],
    context: &mut Context,
) {
    let required = own.query.iter().chain(&own.headers);
    let required: Vec<_> = required.filter(|(_, field)| field.required).collect();
    for (index, (key, _)) in required.iter().enumerate() {
        let name = parameter_name(key);
        let earlier = required[..index].iter().map(|(other, _)| parameter_name(other));
        let path = path.iter().map(|parameter| parameter_name(&parameter.wire));
        let taken = ["body", "client"].map(str::to_owned);
        if earlier.chain(path).chain(taken).any(|other| other == name) {
            let message =
                format!("`{}` would become a second argument `{name}`", ***key);
            let help = "remove `required`: callers set it with `query` or `header`";
            context.error(Code::NameCollision, key.span, message, help);
        }
    }
}

/// Reports invalid headers, and those that the client sets itself.
fn report_unsendable(key: &Spanned<String>, context: &mut Context) {
    let api = &context.spec.api;
    let same = |name: &str| name.eq_ignore_ascii_case(key);
    let own = api.version.as_ref().map(|version| &version.header);
    let own = own.into_iter().chain([&api.auth.header]).find(|name| same(name));
    let (message, help) = if let Some(own) = own {
        (format!("the client sends the header `{}` by itself", **own), "remove it")
    } else if api::is_of_transport(key) {
        (format!("`{}` is set by the transport", **key), "remove it")
    } else if key.is_empty() || !key.chars().all(api::is_token) {
        let help = "a header has a name of letters, digits and dashes";
        (format!("`{}` cannot be the name of a header", **key), help)
    } else {
        return;
    };
    context.error(Code::ReservedHeader, key.span, message, help);
}

fn all(
    entries: &Entries<Field>,
    resource: &Resource,
    context: &mut Context,
) -> Vec<QueryParameter> {
    let one = |(name, field): (&Spanned<String>, &Field)| {
        let (ty, repeated, docs) = parameter(name, field, false, resource, context)?;
        Some(QueryParameter {
            wire: name.to_string(),
            ty,
            repeated,
            required: field.required,
            docs,
            deprecated: docs::deprecation(field.deprecated.as_ref()),
            openapi: field.openapi.unwrap_or(true),
        })
    };
    entries.iter().filter_map(one).collect()
}

/// Lowers what parameters of paths, queries and headers have in common: the type, whether it is repeated, and prose.
pub(super) fn parameter(
    key: &Spanned<String>,
    field: &Field,
    in_path: bool,
    resource: &Resource,
    context: &mut Context,
) -> Option<(TypeRef, bool, Docs)> {
    report_keys(key, field, in_path, context);
    let kind = field.kind.as_ref()?;
    let own = Some(resource.resource.as_str()).filter(|name| !name.is_empty());
    let usage = Use::by(resource, None, own);
    let (ty, repeated) = match type_expr::parse(kind, usage, context)? {
        TypeRef::List(item) if !in_path => (*item, true),
        other => (other, false),
    };
    if !matches!(ty, TypeRef::Scalar(_) | TypeRef::Id { .. } | TypeRef::Enum(_)) {
        let (code, place, help) = if in_path {
            let help = "a path parameter is a scalar, an id or an enum";
            (Code::PathParameterType, "a path", help)
        } else {
            let help =
                "such a parameter is a scalar, an ID or an enum, or a list of these";
            (Code::QueryParameterType, "a query or header", help)
        };
        let message = format!("`{}` is in {place}, and cannot be a `{}`", **key, **kind);
        context.error(code, kind.span, message, help);
    }
    let docs = docs::of_named(Named::Parameter, key, field.doc.as_ref(), context);
    Some((ty, repeated, docs))
}

/// Reports keys of fields that parameters do not have, and a missing type.
fn report_keys(
    name: &Spanned<String>,
    field: &Field,
    in_path: bool,
    context: &mut Context,
) {
    if field.required && in_path {
        let message = format!("`{}` is in the path, and always required", **name);
        context.error(Code::ParameterKey, name.span, message, "remove `required`");
    }
    let keys = [
        ("in", field.places.is_some()),
        ("nullable", field.nullable),
        ("optional", field.optional),
        ("secret", field.secret),
        ("only_on", field.only_on.is_some()),
        ("written_as", field.written_as.is_some()),
        ("request_type", field.request_type.is_some()),
    ];
    for (key, _) in keys.into_iter().filter(|(_, given)| *given) {
        let message = format!("`{key}` is for fields, and `{}` is a parameter", **name);
        context.error(Code::ParameterKey, name.span, message, "take it out");
    }
    if field.kind.is_none() {
        let message = format!("the parameter `{}` has no type", **name);
        context.error(Code::MissingType, name.span, message, "add `type:`");
    }
}

/// Reports parameters of pagination and filters, which exist already.
fn report_taken(name: &Spanned<String>, output: Option<&Output>, context: &mut Context) {
    let Some(Output::List(list)) = output else { return };
    let api = &context.spec.api;
    let paging = [&api.paging.cursor.parameter, &api.paging.limit.parameter];
    let filtering = api.filtering.as_ref().map(|filtering| &filtering.parameter);
    let taken = paging.into_iter().filter(|_| list.paged);
    let mut taken = taken.chain(filtering.filter(|_| !list.filter.is_empty()));
    let Some(taken) = taken.find(|taken| *taken == name) else { return };
    let message = format!("lists have the query parameter `{}` already", **taken);
    let problem = Diagnostic::error(Code::ReservedParameter, name.span, message);
    let problem = problem.related(taken.span, "given here for all lists");
    context.diagnostics.push(problem.help("take it out"));
}

/// Reports names in `filter` that items do not have, and in `filter_only` that they have.
pub(super) fn check_filters(model: &Model, context: &mut Context) {
    for (service, file) in model.services.iter().zip(&context.spec.resources) {
        for (name, given) in &file.resource.operations {
            let list = service.operation(name).and_then(Operation::listing);
            if let Some(list) = list {
                filter_of(given.details(), &list.item, model, context);
            }
        }
    }
}

fn filter_of(own: &OperationDetails, item: &str, model: &Model, context: &mut Context) {
    if let (Some(first), None) = (own.filter.first(), &context.spec.api.filtering) {
        let message = "`api.yaml` does not describe filters";
        let help = "add `filtering:` there, or remove `filter`";
        context.error(Code::MissingFiltering, first.span, message, help);
        return;
    }
    for name in &own.filter {
        let beside = own.filter_only.contains(name);
        if let (Err(meant), false) = (find(name, item, model, context), beside) {
            let message = format!("`{item}` has no field `{}`", **name);
            let list =
                "the server takes it all the same, list it under `filter_only` as well";
            let help = match meant {
                Some(meant) => format!("{meant} If {list}"),
                None => format!("if {list}"),
            };
            context.error(Code::UnknownFilterField, name.span, message, help);
        }
    }
    for name in &own.filter_only {
        let message = if !own.filter.contains(name) {
            format!("`{}` is not in `filter`", **name)
        } else if find(name, item, model, context).is_ok() {
            format!("`{item}` has the field `{}`", **name)
        } else {
            continue;
        };
        let help = "`filter_only` lists the names of `filter` that items do not have";
        context.error(Code::NeedlessFilterOnly, name.span, message, help);
    }
}

/// Follows the parts of a name, from the fields of an item inwards. The error is the suggestion for an unknown one.
fn find(
    path: &str,
    item: &str,
    model: &Model,
    context: &Context,
) -> Result<(), Option<String>> {
    let mut inside = Shape::Named(item);
    for part in path.split('.') {
        if let Shape::Ref(ty) = inside {
            inside = Shape::Ref(ty.element());
        }
        let known = match inside {
            Shape::Ref(TypeRef::Ref { .. }) => vec!["id", "uri"],
            _ => inside.members(model).iter().map(|member| member.key).collect(),
        };
        if !known.contains(&part) {
            let invalid = |name| context.is_invalid(name, part);
            let unknown = inside.name().is_some_and(invalid);
            return if unknown { Ok(()) } else { Err(did_you_mean(part, known)) };
        }
        inside = inside.member(model, part).shape;
    }
    Ok(())
}

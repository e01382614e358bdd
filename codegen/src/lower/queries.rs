//! Query parameters of operations, besides those of pagination; request headers; and whether items have the fields that
//! lists are filtered by.

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::model::{Operation, Output, Parameter, QueryParameter, Service, TypeRef};
use crate::names::{parameter_name, query_name};
use crate::spec::{Entry, Field, OperationDetails, Resource, Spanned};

use super::docs::{self, Named};
use super::shapes::{self, Use};
use super::{Context, api, clashes, type_expr};

/// Lowers the query parameters of an operation.
pub(super) fn lower(
    own: &OperationDetails,
    output: Option<&Output>,
    resource: &Resource,
    context: &mut Context,
) -> Vec<QueryParameter> {
    let optional = own.query.iter().filter(|entry| !entry.value.required);
    let names = optional.map(|entry| (query_name(&entry.key, false), &entry.key));
    clashes::report("method", names, context);
    for entry in &own.query {
        api::QUERY_PARAMETER.check(&entry.key, context);
        report_taken(entry, output, context);
    }
    own.query.iter().filter_map(|entry| one(entry, resource, context)).collect()
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
    own.headers.iter().filter_map(|entry| one(entry, resource, context)).collect()
}

/// Reports arguments of a method with the same name.
pub(super) fn report_arguments(
    own: &OperationDetails,
    path: &[Parameter],
    context: &mut Context,
) {
    let required = own.query.iter().chain(own.headers.iter());
    let required: Vec<_> = required.filter(|entry| entry.value.required).collect();
    for (index, entry) in required.iter().enumerate() {
        let name = parameter_name(&entry.key);
        let earlier = required[..index].iter().map(|other| parameter_name(&other.key));
        let path = path.iter().map(|parameter| parameter_name(&parameter.wire));
        let taken = ["body", "client"].map(str::to_owned);
        if earlier.chain(path).chain(taken).any(|other| other == name) {
            let message =
                format!("`{}` would become a second argument `{name}`", *entry.key);
            let problem =
                Diagnostic::error(Code::NameCollision, entry.key.span, message);
            let help = "remove `required`: callers set it with `query` or `header`";
            context.diagnostics.push(problem.help(help));
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

fn one(
    entry: &Entry<Field>,
    resource: &Resource,
    context: &mut Context,
) -> Option<QueryParameter> {
    let (key, field) = (&entry.key, &entry.value);
    let kind = type_expr::of_optional_parameter(key, field, context)?;
    let usage = Use::by(resource, None, Some(&resource.resource));
    let (ty, repeated) = match type_expr::parse(kind, usage, context)? {
        TypeRef::List(item) => (*item, true),
        other => (other, false),
    };
    if !matches!(ty, TypeRef::Scalar(_) | TypeRef::Id { .. } | TypeRef::Enum(_)) {
        let message =
            format!("`{}` is in a query or header, and cannot be a `{}`", **key, **kind);
        let help = "such a parameter is a scalar, an ID or an enum, or a list of these";
        context.error(Code::QueryParameterType, kind.span, message, help);
    }
    Some(QueryParameter {
        wire: key.to_string(),
        ty,
        repeated,
        required: field.required,
        docs: docs::of_named(Named::Parameter, key, field.doc.as_ref(), context),
        deprecated: docs::deprecation(field.deprecated.as_ref()),
        openapi: field.openapi.unwrap_or(true),
    })
}

/// Reports parameters of pagination and filters, which exist already.
fn report_taken(entry: &Entry<Field>, output: Option<&Output>, context: &mut Context) {
    let Some(Output::List(list)) = output else { return };
    let api = &context.spec.api;
    let paging = [&api.paging.cursor.parameter, &api.paging.limit.parameter];
    let filtering = api.filtering.as_ref().map(|filtering| &filtering.parameter);
    let taken = paging.into_iter().filter(|_| list.paged);
    let mut taken = taken.chain(filtering.filter(|_| !list.filter.is_empty()));
    let Some(taken) = taken.find(|taken| **taken == entry.key) else {
        return;
    };
    let message = format!("lists have the query parameter `{}` already", **taken);
    let problem = Diagnostic::error(Code::ReservedParameter, entry.key.span, message);
    let problem = problem.related(taken.span, "given here for all lists");
    context.diagnostics.push(problem.help("take it out"));
}

/// Reports names in `filter` that items do not have, and in `filter_only` that they have.
pub(super) fn check_filters(context: &mut Context, services: &[Service]) {
    let files = &context.spec.resources;
    for (service, file) in services.iter().zip(files) {
        for entry in &file.resource.operations {
            let Some(own) = entry.value.details() else { continue };
            let operation = service.operation(&entry.key);
            if let Some(list) = operation.and_then(Operation::listing) {
                filter_of(own, &list.item, context);
            }
        }
    }
}

fn filter_of(own: &OperationDetails, item: &str, context: &mut Context) {
    if let (Some(first), None) = (own.filter.first(), &context.spec.api.filtering) {
        let message = "`api.yaml` does not describe filters";
        let help = "add `filtering:` there, or remove `filter`";
        context.error(Code::MissingFiltering, first.span, message, help);
        return;
    }
    for name in &own.filter {
        let beside = own.filter_only.iter().any(|only| only == name);
        if let (Err(Unknown { meant }), false) = (find(name, item, context), beside) {
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
        } else if find(name, item, context).is_ok() {
            format!("`{item}` has the field `{}`", **name)
        } else {
            continue;
        };
        let help = "`filter_only` lists the names of `filter` that items do not have";
        context.error(Code::NeedlessFilterOnly, name.span, message, help);
    }
}

/// An unknown name, and suggestions.
struct Unknown {
    meant: Option<String>,
}

/// Follows the parts of a name, from the fields of an item inwards.
fn find(path: &Spanned<String>, item: &str, context: &Context) -> Result<(), Unknown> {
    let mut inside = fields_of(item, context);
    for part in path.split('.') {
        let Some(fields) = &inside else { return Ok(()) };
        let Some((_, kind)) = fields.iter().find(|(name, _)| *name == part) else {
            let meant = did_you_mean(part, fields.iter().map(|(name, _)| *name));
            return Err(Unknown { meant });
        };
        inside = kind.and_then(|kind| inner(kind, context));
    }
    Ok(())
}

type Fields<'a> = Vec<(&'a str, Option<&'a Spanned<String>>)>;

/// Returns the fields in responses with a type, and the texts of their types; `None` if it is unknown.
fn fields_of<'a>(name: &str, context: &Context<'a>) -> Option<Fields<'a>> {
    let declaration = context.declared.get(name)?;
    let common = declaration.common.then_some(&context.spec.api.fields);
    let there =
        declaration.fields?.iter().filter(|entry| shapes::comes_back(entry, common));
    Some(
        there
            .map(|entry| {
                let kind = shapes::said(entry, common, |field| field.kind.as_ref());
                (entry.key.as_str(), kind)
            })
            .collect(),
    )
}

/// Returns the fields inside a field; none in one without parts.
fn inner<'a>(kind: &Spanned<String>, context: &Context<'a>) -> Option<Fields<'a>> {
    match type_expr::parse_silently(kind, Use::default(), context)?.element() {
        TypeRef::Ref { .. } => Some(vec![("id", None), ("uri", None)]),
        TypeRef::Record(name) => fields_of(name, context),
        _ => Some(Vec::new()),
    }
}

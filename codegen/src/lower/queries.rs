//! Query parameters of operations, besides those of pagination and filtering, and request headers.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Output, Parameter, QueryParameter, TypeRef};
use crate::names::{parameter_name, query_name};
use crate::spec::{Entry, Field, OperationDetails, Resource, Spanned};

use super::type_expr::{self, Use};
use super::{Context, api, collisions, deprecation, docs};

/// Lowers the query parameters of an operation.
pub(super) fn lower(
    own: &OperationDetails,
    output: Option<&Output>,
    resource: &Resource,
    context: &mut Context,
) -> Vec<QueryParameter> {
    let optional = own.query.iter().filter(|entry| !entry.value.required);
    let names = optional.map(|entry| (query_name(&entry.key), &entry.key));
    collisions::report("method", names, context);
    for entry in &own.query {
        api::query_parameter(&entry.key, context);
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
        let path = path.iter().map(|parameter| parameter.name.clone());
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
    let supported = !deprecation::is_deprecated(resource.deprecated.as_ref());
    let usage = Use { place: None, own: Some(&resource.resource), supported };
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
        name: if field.required { parameter_name(key) } else { query_name(key) },
        ty,
        repeated,
        required: field.required,
        docs: docs::of_parameter(key, field.doc.as_ref(), context),
        deprecated: deprecation::lower(field.deprecated.as_ref()),
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

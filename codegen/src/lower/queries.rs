//! Query parameters of lists, beside those of paging and filtering.

use crate::diagnostic::Diagnostic;
use crate::model::{QueryParameter, TypeRef};
use crate::names::query_name;
use crate::spec::{Entry, Field, OperationDetails, Resource};

use super::type_expr::{self, Use};
use super::{Context, api, collisions, deprecation, docs};

/// The query parameters that an operation describes.
pub(super) fn lower(
    own: &OperationDetails,
    resource: &Resource,
    context: &mut Context,
) -> Vec<QueryParameter> {
    let names = own.query.keys().map(|key| (query_name(key), key));
    collisions::report("method", names, context);
    own.query.iter().filter_map(|entry| one(entry, resource, context)).collect()
}

fn one(
    entry: &Entry<Field>,
    resource: &Resource,
    context: &mut Context,
) -> Option<QueryParameter> {
    let (key, field) = (&entry.key, &entry.value);
    api::query_parameter(key, context);
    report_taken(entry, context);
    let kind = type_expr::of_parameter(key, field, context)?;
    let supported = !deprecation::is_deprecated(resource.deprecated.as_ref());
    let usage = Use { place: None, own: Some(&resource.resource), supported };
    let (ty, repeated) = match type_expr::parse(kind, usage, context)? {
        TypeRef::List(item) => (*item, true),
        other => (other, false),
    };
    if !matches!(ty, TypeRef::Scalar(_) | TypeRef::Id { .. } | TypeRef::Enum(_)) {
        let message =
            format!("`{}` stands in a query, and cannot be a `{}`", **key, **kind);
        let help = "a query parameter is a scalar, an id or an enum, or a list of these";
        let problem = Diagnostic::error("query-parameter-type", kind.span, message);
        context.diagnostics.push(problem.help(help));
    }
    Some(QueryParameter {
        wire: key.to_string(),
        name: query_name(key),
        ty,
        repeated,
        docs: docs::of_parameter(key, field.doc.as_ref(), context),
        deprecated: deprecation::lower(field.deprecated.as_ref()),
        openapi: field.openapi.unwrap_or(true),
    })
}

/// What pages and filters are asked for with is there already.
fn report_taken(entry: &Entry<Field>, context: &mut Context) {
    let api = &context.spec.api;
    let (paging, filtering) = (&api.paging, &api.filtering);
    let taken =
        [&paging.cursor.parameter, &paging.limit.parameter, &filtering.parameter];
    let Some(taken) = taken.into_iter().find(|taken| **taken == entry.key) else {
        return;
    };
    let message = format!("lists have the query parameter `{}` already", **taken);
    let problem = Diagnostic::error("reserved-parameter", entry.key.span, message);
    let problem = problem.related(taken.span, "given here for all lists");
    context.diagnostics.push(problem.help("take it out"));
}

//! Operations: the convention of their name, and what departs from it.

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{self, Body, Listing, Output, Parameter, QueryParameter, TypeRef};
use crate::names::{field_name, type_name};
use crate::spec::{Entry, Method, Operation, OperationDetails, Resource, Spanned};

use super::places::Place;
use super::type_expr::{self, Use};
use super::{Context, docs, fields, paths, services, types};

/// What an operation says, laid over what its name means.
struct Merged<'a> {
    own: Option<&'a OperationDetails>,
    convention: Option<&'a OperationDetails>,
}

impl<'a> Merged<'a> {
    fn get<T>(&self, pick: impl Fn(&'a OperationDetails) -> Option<&'a T>) -> Option<&'a T> {
        self.own.and_then(&pick).or_else(|| self.convention.and_then(&pick))
    }
}

/// One operation of a resource.
pub(super) fn lower(
    entry: &Entry<Operation>,
    resource: &Resource,
    context: &mut Context,
) -> Option<model::Operation> {
    let own = match &entry.value {
        Operation::Details(details) => Some(details.as_ref()),
        Operation::Doc(_) | Operation::Conventional => None,
    };
    let merged = Merged { own, convention: context.spec.api.operations.get(&entry.key) };
    let method = required(&merged, entry, "method", |details| details.method.as_ref(), context);
    let path = required(&merged, entry, "path", |details| details.path.as_ref(), context);
    let returns = required(&merged, entry, "returns", |details| details.returns.as_ref(), context);
    let status = required(&merged, entry, "status", |details| details.status.as_ref(), context);
    let (method, path, returns, status) = (method?, path?, returns?, status?);
    let path = paths::full(resource, path, context);
    let parameters = paths::parameters(resource, &path, context);
    let output = output(returns, &merged, resource, &path, context)?;
    Some(model::Operation {
        name: field_name(&entry.key),
        id: format!("{}{}", type_name(&resource.tag), type_name(&entry.key)),
        method: lower_method(**method),
        instance: instance(entry, &merged, resource, &parameters, context),
        parameters,
        query: own.map(|own| query(own, resource, context)).unwrap_or_default(),
        body: body(&merged, resource, context),
        openapi_body: own.and_then(|own| own.openapi_body.as_ref()).map(ToString::to_string),
        output,
        status: **status,
        docs: operation_docs(entry, method, &path, context),
        path,
        deprecated: own.and_then(|own| own.deprecated.as_ref()).and_then(|said| services::deprecation(said)),
        applies_to: own.and_then(|own| own.applies_to.as_ref()).map(ToString::to_string),
        openapi: resource.openapi && own.and_then(|own| own.openapi.as_deref()).is_none_or(|there| *there),
    })
}

fn required<'a, T>(
    merged: &Merged<'a>,
    entry: &Entry<Operation>,
    key: &str,
    pick: impl Fn(&'a OperationDetails) -> Option<&'a T>,
    context: &mut Context,
) -> Option<&'a T> {
    let found = merged.get(pick);
    if found.is_none() {
        let message = format!("the operation `{}` has no `{key}`", *entry.key);
        let known: Vec<_> = context.spec.api.operations.keys().map(|key| key.as_str()).collect();
        let help = did_you_mean(&entry.key, known);
        let help = help.unwrap_or_else(|| format!("`api.yaml` has no convention for this name: add `{key}:`"));
        context.diagnostics.push(Diagnostic::error("incomplete-operation", entry.key.span, message).help(help));
    }
    found
}

fn lower_method(method: Method) -> model::Method {
    match method {
        Method::Get => model::Method::Get,
        Method::Post => model::Method::Post,
        Method::Patch => model::Method::Patch,
        Method::Put => model::Method::Put,
        Method::Delete => model::Method::Delete,
    }
}

/// What is sent. A body whose shape has no fields is `{}`.
fn body(merged: &Merged, resource: &Resource, context: &mut Context) -> Body {
    let Some(words) = merged.get(|details| details.body.as_ref()) else { return Body::None };
    let place = match words.as_str() {
        "none" => return Body::None,
        "empty" => return Body::Empty,
        word => Place::parse(word),
    };
    let supported = resource.deprecated.is_none();
    let Some(place) = place else {
        let usage = Use { place: Some(Place::Request), own: None, supported };
        return match type_expr::parse(words, usage, context) {
            Some(TypeRef::Record(name)) => Body::Type(name),
            Some(_) => {
                let message = format!("`{}` is not a type with fields", **words);
                context.diagnostics.push(Diagnostic::error("body-type", words.span, message));
                Body::None
            }
            None => Body::None,
        };
    };
    let own = resource.fields.is_empty() || resource.singleton;
    let sends = own || has_fields(resource, place, context);
    if sends { Body::Type(context.declared.view(&resource.resource, place)) } else { Body::Empty }
}

fn has_fields(resource: &Resource, place: Place, context: &mut Context) -> bool {
    let words = types::words(resource);
    resource.fields.iter().any(|entry| {
        let field = fields::effective(entry, Some(&words), context);
        field.and_then(|field| field.places).is_none_or(|places| {
            places.iter().any(|text| text.trim_end_matches(['!', '~', '-']) == place.word())
        })
    })
}

fn output(
    returns: &Spanned<String>,
    merged: &Merged,
    resource: &Resource,
    path: &str,
    context: &mut Context,
) -> Option<Output> {
    let supported = resource.deprecated.is_none();
    let usage = Use { place: Some(Place::Response), own: None, supported };
    let item = match returns.as_str() {
        "nothing" => return Some(Output::Nothing),
        "resource" => return Some(Output::Type(resource.resource.to_string())),
        "list" => resource.resource.to_string(),
        _ => match type_expr::parse(returns, usage, context)? {
            TypeRef::Record(name) => return Some(Output::Type(name)),
            TypeRef::List(item) => match *item {
                TypeRef::Record(name) => name,
                _ => return wrong_output(returns, context),
            },
            _ => return wrong_output(returns, context),
        },
    };
    let key = merged.get(|details| details.items.as_ref()).map(ToString::to_string);
    Some(Output::List(Listing {
        item,
        key: key.unwrap_or_else(|| path.rsplit('/').next().unwrap_or_default().to_owned()),
        paged: merged.get(|details| details.paged.as_ref()).is_none_or(|paged| **paged),
        filter: merged.own.map(|own| own.filter.iter().map(ToString::to_string).collect()).unwrap_or_default(),
    }))
}

fn wrong_output(returns: &Spanned<String>, context: &mut Context) -> Option<Output> {
    let message = format!("an operation cannot return `{}`", **returns);
    let help = "write `resource`, `list`, `list of X`, `nothing`, or the name of a type with fields";
    context.diagnostics.push(Diagnostic::error("output-type", returns.span, message).help(help));
    None
}

fn query(own: &OperationDetails, resource: &Resource, context: &mut Context) -> Vec<QueryParameter> {
    let usage = Use { place: None, own: None, supported: resource.deprecated.is_none() };
    let mut parameters = Vec::new();
    for entry in own.query.iter() {
        let Some(kind) = &entry.value.kind else { continue };
        let Some(ty) = type_expr::parse(kind, usage, context) else { continue };
        let (ty, repeated) = match ty {
            TypeRef::List(item) => (*item, true),
            other => (other, false),
        };
        let docs = entry.value.doc.as_ref().map(|doc| docs::lower(doc, context));
        parameters.push(QueryParameter {
            wire: entry.key.to_string(),
            name: field_name(&entry.key),
            ty,
            repeated,
            docs: docs.unwrap_or_else(|| docs::lines(&format!("The query parameter `{}`.", *entry.key))),
            deprecated: entry.value.deprecated.as_ref().and_then(|said| services::deprecation(said)),
            openapi: entry.value.openapi.unwrap_or(true),
        });
    }
    parameters
}

/// The fields that fill the path when the operation is called on a resource in hand.
fn instance(
    entry: &Entry<Operation>,
    merged: &Merged,
    resource: &Resource,
    parameters: &[Parameter],
    context: &mut Context,
) -> Option<Vec<String>> {
    let said = merged.own.and_then(|own| own.instance.as_ref());
    let wanted = merged.get(|details| details.instance.as_ref()).is_some_and(|wanted| **wanted);
    let has_ids = !resource.singleton && resource.fields.contains_key("id");
    let possible = has_ids && parameters.iter().all(|parameter| resource.fields.contains_key(&parameter.wire));
    if let Some(said) = said.filter(|said| ***said && !possible) {
        let message = format!("`{}` cannot be called on a resource in hand", *entry.key);
        let help = "every path parameter must be a field of the resource";
        context.diagnostics.push(Diagnostic::error("impossible-instance", said.span, message).help(help));
    }
    (wanted && possible).then(|| parameters.iter().map(|parameter| parameter.name.clone()).collect())
}

fn operation_docs(
    entry: &Entry<Operation>,
    method: &Method,
    path: &str,
    context: &mut Context,
) -> Vec<String> {
    let doc = match &entry.value {
        Operation::Doc(doc) => Some(doc),
        Operation::Details(details) => details.doc.as_ref(),
        Operation::Conventional => None,
    };
    let request = format!("`{} {path}`", format!("{method:?}").to_uppercase());
    let Some(doc) = doc else {
        let message = format!("the operation `{}` has no description", *entry.key);
        let problem = Diagnostic::warning("missing-doc", entry.key.span, message);
        context.diagnostics.push(problem.help("say what it does, behind its name or as `doc:`"));
        return vec![request];
    };
    let mut lines = docs::lower(doc, context);
    lines.extend([String::new(), request]);
    lines
}

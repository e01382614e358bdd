//! Responses: bodies of an operation, and its errors.

use crate::model::{Operation, Output, Service};

use super::super::Map;
use super::{Context, errors, headers, json, reference};

/// Returns the responses of an operation by status.
pub(super) fn responses(
    operation: &Operation,
    service: &Service,
    context: &Context,
) -> Map {
    let mut responses = Map::new()
        .with(operation.status.to_string(), success(operation, service, context));
    for (status, response) in errors::of(operation, context) {
        responses.set(status, response);
    }
    responses.with("default", reference("responses", errors::RESPONSE))
}

fn success(operation: &Operation, service: &Service, context: &Context) -> Map {
    let response = Map::new()
        .with("description", description(operation, service))
        .with("headers", headers::of_response(&context.model.api));
    let schema = match &operation.output {
        Output::Nothing => return response,
        Output::Type(name) => reference("schemas", name),
        Output::List(list) => reference("schemas", context.lists.get(list)),
    };
    response.with("content", json(Map::new().with("schema", schema)))
}

fn description(operation: &Operation, service: &Service) -> String {
    let own = |name: &String| *name == service.resource;
    match &operation.output {
        Output::Nothing => "Success without a response body.".to_owned(),
        Output::Type(name) if own(name) => format!("The {}.", service.noun),
        Output::Type(name) => format!("A `{name}`."),
        Output::List(list) => {
            let items = if own(&list.item) {
                service.nouns.clone()
            } else {
                format!("`{}`", list.item)
            };
            if list.paged {
                format!("A page of {items}.")
            } else {
                format!("All {items}.")
            }
        }
    }
}

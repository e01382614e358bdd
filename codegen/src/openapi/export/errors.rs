//! Errors: their schema, the named codes, and those of an operation.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Body, ErrorCode, Model, Operation, Retry, Type};

use super::super::Map;
use super::{Context, component, extended, headers, json, reference};

/// Name of the schema.
pub(super) const SCHEMA: &str = "Error";
/// Name of the response of all errors.
pub(super) const RESPONSE: &str = "Error";

/// Returns the schema of an error body.
pub(super) fn schema(model: &Model) -> Map {
    let api = &model.api;
    let codes = &model.error_codes;
    let detail =
        Map::new().with("type", "string").with("description", "The id of the call.");
    let known = (!api.operation_id_detail.is_empty())
        .then(|| Map::new().with(&api.operation_id_detail, detail));
    let details = text("object", "Further facts, by name.")
        .with_some("properties", known)
        .with("additionalProperties", Map::new().with("type", "string"));
    let code =
        format!("Error code: `{}`, a number, and `{}`.", codes.prefix, codes.suffix);
    let code = if codes.suffix.is_empty() {
        format!("Error code: `{}` and a number.", codes.prefix)
    } else {
        code
    };
    let properties = Map::new()
        .with(&api.error_code, text("string", &code))
        .with(&api.error_status, text("integer", "The HTTP status."))
        .with(&api.error_message, text("string", "Human-readable message."))
        .with(&api.error_details, details);
    Map::new()
        .with("type", "object")
        .with("description", "Why a call failed.")
        .with("properties", properties)
}

fn text(kind: &str, description: &str) -> Map {
    Map::new().with("type", kind).with("description", description)
}

/// Returns the response of all errors, by name, with all named error codes.
pub(super) fn responses(context: &Context) -> Map {
    let all: Vec<_> = context.model.error_codes.codes.values().collect();
    Map::new().with(RESPONSE, response("The call failed.", &all, context))
}

/// Returns an example for each named error code.
pub(super) fn examples(model: &Model) -> Map {
    let codes = model.error_codes.codes.iter();
    codes
        .map(|(number, code)| (component(&code.name), example(*number, code, model)))
        .collect()
}

fn example(number: u32, code: &ErrorCode, model: &Model) -> Map {
    let api = &model.api;
    let codes = &model.error_codes;
    let mut details = Map::new();
    if !api.operation_id_detail.is_empty() {
        details.set(&api.operation_id_detail, "op_...");
    }
    let value = Map::new()
        .with(&api.error_code, format!("{}{number}{}", codes.prefix, codes.suffix))
        .with_some(&api.error_status, code.status)
        .with(&api.error_message, &code.meaning)
        .with(&api.error_details, details);
    let facts = Map::new()
        .with("number", number)
        .with("topic", &code.topic)
        .with_some("status", code.status)
        .with_some("retry", (code.retry != Retry::Never).then(|| code.retry.name()))
        .with_flag("in_use", code.in_use);
    let example = Map::new().with("summary", &code.name).with("value", value);
    extended(example, facts)
}

/// Returns the errors for the body of an operation, by status.
pub(super) fn of(operation: &Operation, context: &Context) -> BTreeMap<String, Map> {
    let Body::Type(body) = &operation.body else { return BTreeMap::new() };
    let mut by_status: BTreeMap<String, Vec<&ErrorCode>> = BTreeMap::new();
    for number in numbers(body, context.model) {
        if let Some(code) = context.model.error_codes.codes.get(&number) {
            let status =
                code.status.map_or("4XX".to_owned(), |status| status.to_string());
            by_status.entry(status).or_default().push(code);
        }
    }
    let description = "The body was refused.";
    by_status
        .into_iter()
        .map(|(status, codes)| (status, response(description, &codes, context)))
        .collect()
}

fn response(description: &str, codes: &[&ErrorCode], context: &Context) -> Map {
    let examples: Map = codes
        .iter()
        .map(|code| (component(&code.name), reference("examples", &code.name)))
        .collect();
    let body = Map::new()
        .with("schema", reference("schemas", SCHEMA))
        .with_filled("examples", examples);
    Map::new()
        .with("description", description)
        .with("headers", headers::of_response(&context.model.api))
        .with("content", json(body))
}

/// Returns the numbers of all errors of a type and its parts.
fn numbers(name: &str, model: &Model) -> BTreeSet<u32> {
    let mut numbers = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![name];
    while let Some(name) = open.pop() {
        if !seen.insert(name) {
            continue;
        }
        match model.types.get(name) {
            Some(Type::Record(record)) => {
                let of_fields = record.fields.iter().flat_map(|field| &field.errors);
                let of_rules = record.constraints.iter().flat_map(|rule| &rule.errors);
                numbers.extend(of_fields.chain(of_rules).copied());
                open.extend(
                    record
                        .fields
                        .iter()
                        .filter_map(|field| field.ty.named().map(String::as_str)),
                );
            }
            Some(Type::Union(union)) => {
                numbers.extend(&union.errors);
                open.extend(union.choices.iter().map(|choice| choice.ty.as_str()));
            }
            Some(Type::Enum(_)) | None => {}
        }
    }
    numbers
}

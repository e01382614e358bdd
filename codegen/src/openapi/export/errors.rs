//! Errors: their schema, the named codes, and those of an operation.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, component, facts, headers, json, reference, typed};
use crate::model::{ErrorCode, Model, Operation, Type};
use crate::openapi::{EXTENSION, Map};

pub(super) const SCHEMA: &str = "Error";
pub(super) const RESPONSE: &str = "Error";

/// Returns the schema of an error body.
pub(super) fn schema(model: &Model) -> Map {
    let (api, codes) = (&model.api, &model.error_codes);
    let detail = (!api.operation_id_detail.is_empty()).then(|| {
        Map::new().with(&api.operation_id_detail, typed("string", "The id of the call."))
    });
    let details = typed("object", "Further facts, by name.")
        .with_some("properties", detail)
        .with("additionalProperties", Map::new().with("type", "string"));
    let code = match codes.suffix.as_str() {
        "" => format!("Error code: `{}` and a number.", codes.prefix),
        suffix => format!("Error code: `{}`, a number, and `{suffix}`.", codes.prefix),
    };
    let properties = Map::new()
        .with(&api.error_code, typed("string", &code))
        .with(&api.error_status, typed("integer", "The HTTP status."))
        .with(&api.error_message, typed("string", "Human-readable message."))
        .with(&api.error_details, details);
    typed("object", "Why a call failed.").with("properties", properties)
}

/// Returns the response of all errors, by name, with all named error codes.
pub(super) fn responses(context: &Context) -> Map {
    let all: Vec<_> = context.model.error_codes.codes.values().collect();
    Map::new().with(RESPONSE, response("The call failed.", &all, context))
}

/// Returns an example for each named error code.
pub(super) fn examples(model: &Model) -> Map {
    let codes = model.error_codes.codes.iter();
    let example = |(number, code): (&u32, &ErrorCode)| {
        (component(&code.name), example(*number, code, model))
    };
    codes.map(example).collect()
}

fn example(number: u32, code: &ErrorCode, model: &Model) -> Map {
    let api = &model.api;
    let detail = Some(&api.operation_id_detail).filter(|key| !key.is_empty());
    let details: Map = detail.map(|key| (key, "op_...")).into_iter().collect();
    let value = Map::new()
        .with(&api.error_code, model.error_codes.written(number))
        .with_some(&api.error_status, code.status)
        .with(&api.error_message, &code.meaning)
        .with(&api.error_details, details);
    let known = facts(code, "topic status retry in_use");
    Map::new()
        .with("summary", &code.name)
        .with("value", value)
        .with(EXTENSION, Map::new().with("number", number).joined(known))
}

/// Returns the errors for the body of an operation, by status.
pub(super) fn of(operation: &Operation, context: &Context) -> Map {
    let Some(body) = operation.body_type() else { return Map::new() };
    let mut by_status: BTreeMap<String, Vec<&ErrorCode>> = BTreeMap::new();
    for number in numbers(body, context.model) {
        if let Some(code) = context.model.error_codes.codes.get(&number) {
            let status = code.status.map_or("4XX".to_owned(), |it| it.to_string());
            by_status.entry(status).or_default().push(code);
        }
    }
    let refused =
        |codes: &[&ErrorCode]| response("The body was refused.", codes, context);
    by_status.into_iter().map(|(status, codes)| (status, refused(&codes))).collect()
}

fn response(description: &str, codes: &[&ErrorCode], context: &Context) -> Map {
    let examples = codes.iter();
    let examples: Map = examples
        .map(|code| (component(&code.name), reference("examples", &code.name)))
        .collect();
    let body = Map::new()
        .with("schema", reference("schemas", SCHEMA))
        .with_filled("examples", examples);
    Map::new()
        .with("description", description)
        .with("headers", headers(&context.model.api))
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
                let inner = record.fields.iter().filter_map(|field| field.ty.named());
                open.extend(inner.map(String::as_str));
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

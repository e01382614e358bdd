//! What a document says in words that a description has no counterpart for: it is told, so that nothing is lost in
//! silence.

use super::super::document::{At, Kind, Operation, Parameter, Schema};
use super::notes::{NoteKind, Notes};

/// What a description can say of a value, and what only helps to read a document.
const OF_SCHEMAS: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$id",
    "$ref",
    "$schema",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contentEncoding",
    "contentMediaType",
    "default",
    "deprecated",
    "description",
    "enum",
    "example",
    "examples",
    "externalDocs",
    "format",
    "items",
    "maxLength",
    "maximum",
    "minItems",
    "minProperties",
    "minimum",
    "nullable",
    "oneOf",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "title",
    "type",
    "writeOnly",
    "xml",
];

const OF_OPERATIONS: &[&str] = &[
    "deprecated",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "summary",
    "tags",
];

const OF_PARAMETERS: &[&str] = &[
    "$ref",
    "allowEmptyValue",
    "deprecated",
    "description",
    "example",
    "examples",
    "in",
    "name",
    "required",
    "schema",
];

/// Parts of a document that a description has no place for.
const OF_DOCUMENTS: &[&str] = &["webhooks"];

/// Tells what is not said of a value.
pub(super) fn of_schema(what: &str, schema: &Schema, notes: &mut Notes) {
    let mut keys = Vec::new();
    for source in schema.sources() {
        keys.extend(unknown(source, OF_SCHEMAS));
        if matches!(schema.kind, Kind::Object) {
            let others =
                ["oneOf", "anyOf"].into_iter().filter(|key| source.get(key).is_some());
            keys.extend(others);
            let more = source.get("additionalProperties").filter(At::is_map);
            keys.extend(more.map(|_| "additionalProperties"));
        }
    }
    tell(keys, what, &schema.at, notes);
}

/// Tells what is not said of an operation.
pub(super) fn of_operation(name: &str, operation: &Operation, notes: &mut Notes) {
    tell(
        unknown(&operation.at, OF_OPERATIONS),
        &format!("`{name}`"),
        &operation.at,
        notes,
    );
    let answers = operation.at.get("responses");
    let answers =
        answers.iter().flat_map(|answers| answers.entries().collect::<Vec<_>>());
    let others = answers.filter(|(status, _)| {
        status.starts_with('2')
            && status.parse().ok() != operation.status
            && *status != "2XX"
    });
    for (status, answer) in others {
        if answer.follow().is_ok_and(|answer| answer.get("content").is_some()) {
            let message = format!(
                "`{name}` may also succeed with {status}, which is not told apart"
            );
            notes.at(NoteKind::Inexpressible, &answer, message);
        }
    }
}

/// Tells what is not said of a parameter.
pub(super) fn of_parameter(parameter: &Parameter, notes: &mut Notes) {
    let what = format!("the parameter `{}`", parameter.name);
    tell(unknown(&parameter.at, OF_PARAMETERS), &what, &parameter.at, notes);
}

/// Tells which parts of a document are not looked at.
pub(super) fn of_document(top: &At, notes: &mut Notes) {
    for key in OF_DOCUMENTS {
        if let Some(at) = top.get(key) {
            let message = format!("`{key}` have no place in a description");
            notes.at(NoteKind::Inexpressible, &at, message);
        }
    }
}

fn unknown<'d>(at: &At<'d>, known: &[&str]) -> Vec<&'d str> {
    let keys = at.entries().map(|(key, _)| key);
    keys.filter(|key| !known.contains(key) && !key.starts_with("x-")).collect()
}

fn tell(mut keys: Vec<&str>, what: &str, at: &At, notes: &mut Notes) {
    keys.dedup();
    if !keys.is_empty() {
        let message = format!("`{}` of {what} has no counterpart", keys.join("`, `"));
        notes.at(NoteKind::Inexpressible, at, message);
    }
}

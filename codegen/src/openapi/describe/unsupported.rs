//! Keywords of a document without an equivalent in a description: they are noted, so that nothing is lost silently.

use super::super::document::{At, Kind, Location, Operation, Parameter, Schema};
use crate::reconcile::{Note, NoteKind};

/// Keywords of a value that a description supports, and those that only help to read a document.
const OF_SCHEMAS: &str = "
    $anchor $comment $defs $id $ref $schema additionalProperties allOf anyOf const contentEncoding
    contentMediaType default deprecated description enum example examples externalDocs format items
    maxLength maximum minItems minProperties minimum nullable oneOf properties propertyNames readOnly
    required title type writeOnly xml
";

const OF_OPERATIONS: &str = "
    deprecated description externalDocs operationId parameters requestBody responses security summary tags
";

const OF_PARAMETERS: &str = "
    $ref allowEmptyValue deprecated description example examples in name required schema
";

/// Notes unsupported keywords of a value.
pub(super) fn of_schema(what: &str, schema: &Schema, findings: &mut Vec<Note>) {
    let mut keys = Vec::new();
    for source in schema.sources() {
        keys.extend(unknown(source, OF_SCHEMAS));
        if matches!(schema.kind, Kind::Object) {
            let others = ["oneOf", "anyOf"].into_iter();
            keys.extend(others.filter(|key| source.get(key).is_some()));
            let more = source.get("additionalProperties").filter(At::is_map);
            keys.extend(more.map(|_| "additionalProperties"));
        }
    }
    report(keys, what, &schema.at, findings);
}

/// Notes unsupported parts of an operation.
pub(super) fn of_operation(name: &str, operation: &Operation, findings: &mut Vec<Note>) {
    let keys = unknown(&operation.at, OF_OPERATIONS);
    report(keys, &format!("`{name}`"), &operation.at, findings);
    for (status, response) in operation.at.entries_of("responses") {
        let success = status.starts_with('2') && status != "2XX";
        if success
            && status.parse().ok() != operation.status
            && response.follow().is_ok_and(|response| response.get("content").is_some())
        {
            let message = format!(
                "`{name}` may also succeed with {status}, which is not distinguished"
            );
            findings.push(inexpressible(&response, message));
        }
    }
    for cookie in operation.parameters_in(Location::Cookie) {
        findings.push(refused(cookie, "a cookie"));
    }
}

/// Returns a finding on a parameter that is left out.
pub(super) fn refused(parameter: &Parameter, what: &str) -> Note {
    let must = if parameter.required { ", and is required" } else { "" };
    let message = format!("`{}` is {what}{must}", parameter.name);
    inexpressible(&parameter.at, message)
}

/// Notes unsupported keywords of a parameter.
pub(super) fn of_parameter(parameter: &Parameter, findings: &mut Vec<Note>) {
    let what = format!("the parameter `{}`", parameter.name);
    report(unknown(&parameter.at, OF_PARAMETERS), &what, &parameter.at, findings);
}

/// Notes unsupported parts of a document.
pub(super) fn of_document(top: &At, findings: &mut Vec<Note>) {
    if let Some(at) = top.get("webhooks") {
        let message = "`webhooks` have no place in a description".to_owned();
        findings.push(inexpressible(&at, message));
    }
}

fn unknown<'d>(at: &At<'d>, known: &str) -> Vec<&'d str> {
    let known = |key: &str| known.split_whitespace().any(|it| it == key);
    let keys = at.entries().map(|(key, _)| key);
    keys.filter(|key| !known(key) && !key.starts_with("x-")).collect()
}

fn report(mut keys: Vec<&str>, what: &str, at: &At, findings: &mut Vec<Note>) {
    keys.dedup();
    if !keys.is_empty() {
        let message = format!("`{}` of {what} has no equivalent", keys.join("`, `"));
        findings.push(inexpressible(at, message));
    }
}

fn inexpressible(at: &At, message: String) -> Note {
    Note::new(NoteKind::Inexpressible, at.remark(message))
}

//! The keys of an error body.

use super::super::super::Map;
use super::super::super::document::{At, Kind, Schema};
use super::Scaffold;
use crate::reconcile::NoteKind;

const CODES: &[&str] = &["error_code", "errorCode", "code", "type", "reason", "error"];
const STATUSES: &[&str] = &["status_code", "statusCode", "http_status", "status"];
const MESSAGES: &[&str] = &[
    "msg",
    "message",
    "error_message",
    "detail",
    "title",
    "description",
    "error_description",
];
const DETAILS: &[&str] = &["details", "errors", "meta", "extra", "params"];

impl Scaffold<'_> {
    pub(super) fn error_body(&mut self) -> Map {
        let usual = [
            ("code", "code"),
            ("status", "status"),
            ("message", "message"),
            ("details", "details"),
        ];
        let mut body: Map = usual.into_iter().collect();
        let Some(schema) =
            self.operations.iter().find_map(|operation| error(&operation.at))
        else {
            self.guessed("error_body", "the form of errors");
            return body;
        };
        let names: Vec<_> =
            schema.properties().iter().map(|property| property.name).collect();
        let mut taken: Vec<&str> = Vec::new();
        for (key, wanted) in [
            ("status", STATUSES),
            ("message", MESSAGES),
            ("details", DETAILS),
            ("code", CODES),
        ] {
            let found =
                wanted.iter().find(|name| names.contains(name) && !taken.contains(name));
            if let Some(found) = found {
                taken.push(found);
                body.set(key, *found);
            }
        }
        if taken.is_empty() {
            let message = "errors have none of the keys that a client reads; their text is kept unchanged";
            self.note(NoteKind::Inexpressible, "error_body", &schema.at, message);
        } else {
            let message =
                format!("`{}` are taken for the keys of an error", taken.join("`, `"));
            self.note(NoteKind::Inferred, "error_body", &schema.at, message);
        }
        let inner = schema.properties().into_iter().find(|property| {
            property.name == "error"
                && Schema::read(&property.at)
                    .is_ok_and(|inner| matches!(inner.kind, Kind::Object))
        });
        if let Some(inner) = inner {
            let message =
                "errors are wrapped in another object, which a client does not support";
            self.note(NoteKind::Inexpressible, "error_body", &inner.at, message);
        }
        body
    }
}

/// Returns the schema of an error response.
fn error<'d>(operation: &At<'d>) -> Option<Schema<'d>> {
    let answers = operation.get("responses")?;
    let failures =
        answers.entries().filter(|(status, _)| !status.starts_with(['1', '2', '3']));
    let mut schemas = failures.filter_map(|(_, answer)| {
        let content = answer.follow().ok()?.get("content")?;
        let json = content.entries().find(|(media, _)| media.contains("json"))?.1;
        let schema = Schema::read(&json.get("schema")?).ok()?;
        (!schema.properties().is_empty()).then_some(schema)
    });
    schemas.next()
}

//! Checks of error responses against the form of an error and the named codes.

use serde_json::{Map, Value};

use crate::traffic::exchange::Body;
use crate::traffic::findings::{Kind, Note, SLOT, Seen, Subject, Weight};
use crate::traffic::path::Path;
use crate::traffic::secrets::kind;

use super::Walk;
use super::slot::Slot;

impl Walk<'_, '_> {
    /// Checks the body of an error.
    pub(super) fn error(&mut self, status: u16, body: &Body) {
        match body {
            Body::Lost => {}
            Body::Nothing => self.shape_note("an error has no body", None, &Path::Root),
            Body::Broken(text, _) => {
                let text = Value::String(text.clone());
                self.shape_note(
                    "the body of an error is no JSON",
                    Some(&text),
                    &Path::Root,
                );
            }
            Body::Json(Value::Object(object)) => self.error_object(status, object),
            Body::Json(other) => {
                let message = format!("the body of an error is {}", kind(other));
                self.shape_note(&message, Some(other), &Path::Root);
            }
        }
    }

    fn error_object(&mut self, status: u16, object: &Map<String, Value>) {
        let api = &self.model.api;
        let known =
            [&api.error_code, &api.error_status, &api.error_message, &api.error_details];
        if !object.keys().any(|key| known[..3].contains(&key)) {
            let whole = Value::Object(object.clone());
            let names = known.map(|name| format!("`{name}`")).join(", ");
            let message = format!("the body of an error has none of {names}");
            return self.shape_note(&message, Some(&whole), &Path::Root);
        }
        for (key, value) in object {
            let fits = match key {
                key if *key == api.error_code => value.is_string() || value.is_null(),
                key if *key == api.error_status => value.is_u64() || value.is_null(),
                key if *key == api.error_message => value.is_string() || value.is_null(),
                key if *key == api.error_details => is_details(value),
                _ => {
                    let message = format!(
                        "the body of an error has `{SLOT}`, which is not in the spec"
                    );
                    self.unknown_key(
                        Subject::ErrorBody,
                        message,
                        key,
                        value,
                        &Path::Root,
                    );
                    continue;
                }
            };
            if !fits {
                let message = format!("`{key}` of an error is {}", kind(value));
                self.shape_note(&message, Some(value), &Path::Root.key(key));
            }
        }
        if let Some(code) = object.get(&api.error_code) {
            self.error_code(status, code);
        }
    }

    fn error_code(&mut self, status: u16, value: &Value) {
        let Some(code) = value.as_str().filter(|code| !code.is_empty()) else { return };
        let path = Path::Root.key(&self.model.api.error_code);
        let codes = &self.model.error_codes;
        let number = code.strip_prefix(codes.prefix.as_str());
        let number = number.and_then(|rest| rest.strip_suffix(codes.suffix.as_str()));
        let number: Option<u32> = number.and_then(|digits| digits.parse().ok());
        let known = number.and_then(|number| Some((number, codes.codes.get(&number)?)));
        let Some((number, known)) = known else {
            let message = format!("the error code `{SLOT}` has no name");
            let kind = Kind::UnknownErrorCode;
            let note = Note::new(Weight::New, kind, Subject::ErrorCodes, message);
            return self.add(note.foreign(code), Seen::open(&path, value));
        };
        if known.status.is_some_and(|usual| usual != status) {
            let message = format!("{code} came with status {status}");
            let subject = Subject::ErrorCode(number);
            self.differs(
                Slot::of(subject),
                Kind::ErrorStatus,
                message,
                Some(value),
                &path,
            );
        }
    }

    fn shape_note(&mut self, message: &str, value: Option<&Value>, path: &Path<'_>) {
        let slot = Slot::of(Subject::ErrorBody);
        self.differs(slot, Kind::ErrorBody, message, value, path);
    }
}

/// Returns true for a map of strings.
fn is_details(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(details) => details.values().all(Value::is_string),
        _ => false,
    }
}

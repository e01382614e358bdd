//! Checks of error responses against the form of an error and the named codes.

use serde_json::{Map, Value};

use super::findings::{Kind, Subject};
use super::har::Body;
use super::secrets::kind;
use super::walk::{ROOT, Walk};

impl Walk<'_, '_> {
    pub(super) fn error(&mut self, status: u16, body: &Body) {
        let (message, value) = match body {
            Body::Lost => return,
            Body::Json(Value::Object(object)) => {
                return self.error_object(status, object);
            }
            Body::Nothing => ("an error has no body".to_owned(), None),
            Body::Broken(..) => ("the body of an error is no JSON".to_owned(), None),
            Body::Json(other) => {
                (format!("the body of an error is {}", kind(other)), Some(other))
            }
        };
        self.note(Kind::ErrorBody, Subject::ErrorBody, message, ROOT, value);
    }

    fn error_object(&mut self, status: u16, object: &Map<String, Value>) {
        let api = &self.facts.model.api;
        let known =
            [&api.error_code, &api.error_status, &api.error_message, &api.error_details];
        if !object.keys().any(|key| known[..3].contains(&key)) {
            let names = known.map(|name| format!("`{name}`")).join(", ");
            let message = format!("the body of an error has none of {names}");
            return self.note(Kind::ErrorBody, Subject::ErrorBody, message, ROOT, None);
        }
        for (key, value) in object {
            let fits = match key {
                key if *key == api.error_code || *key == api.error_message => {
                    value.is_string()
                }
                key if *key == api.error_status => value.is_u64(),
                key if *key == api.error_details => {
                    value.as_object().is_some_and(|it| it.values().all(Value::is_string))
                }
                _ => {
                    let message = |it: &str| {
                        format!(
                            "the body of an error has `{it}`, which is not in the spec"
                        )
                    };
                    self.unknown_key(Subject::ErrorBody, message, key, value);
                    continue;
                }
            };
            if !fits && !value.is_null() {
                let message = format!("`{key}` of an error is {}", kind(value));
                let path = self.at(ROOT, key);
                self.note(
                    Kind::ErrorBody,
                    Subject::ErrorBody,
                    message,
                    &path,
                    Some(value),
                );
            }
        }
        if let Some(Value::String(code)) = object.get(&api.error_code)
            && !code.is_empty()
        {
            self.error_code(status, code);
        }
    }

    fn error_code(&mut self, status: u16, code: &str) {
        let path = self.at(ROOT, &self.facts.model.api.error_code);
        let codes = &self.facts.model.error_codes;
        let number = codes.number(code).filter(|number| codes.written(*number) == code);
        let known = number.and_then(|number| Some((number, codes.codes.get(&number)?)));
        let Some((number, known)) = known else {
            let message = |it: &str| format!("the error code `{it}` has no name");
            let (kind, subject) = (Kind::UnknownErrorCode, Subject::ErrorCodes);
            return self.new_word(kind, subject, message, code, &path, None);
        };
        if known.status.is_some_and(|usual| usual != status) {
            let message = format!("{code} came with status {status}");
            let (kind, subject) = (Kind::ErrorStatus, Subject::ErrorCode(number));
            self.note(kind, subject, message, &path, None);
        }
    }
}

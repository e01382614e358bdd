//! Checks of the bodies of an exchange against its operation.
//!
//! Takes the request and the response; returns findings. Values of types are compared by the validator of the model.
//! Decoding is that of the client: null is no value, unknown keys are skipped, unknown enum values are kept.

use serde_json::Value;

use crate::model::check::{Side, Violation, ViolationKind, compare_recorded};
use crate::model::{self, Listing, Output, Type};

use super::findings::{Kind, Note, Subject, Weight};
use super::har::Body;
use super::secrets::{counted, kind};
use super::walk::{ROOT, SLOT, Walk};

impl<'m> Walk<'m, '_> {
    /// Checks the body of the request.
    pub(super) fn sent(&mut self, body: &Body) {
        let operation = self.operation;
        match (&operation.body, body) {
            (_, Body::Lost)
            | (model::Body::None | model::Body::Empty, Body::Nothing) => {}
            (_, Body::Broken(length, reason)) => self.broken(*length, reason),
            (
                model::Body::None | model::Body::Empty,
                Body::Json(Value::Object(object)),
            ) => {
                for (key, value) in object {
                    if !self.is_argument(key, value) {
                        let message =
                            format!("`{SLOT}` was sent, which is not in the spec");
                        self.unknown_key(self.body(), &message, key, value);
                    }
                }
            }
            (model::Body::None | model::Body::Empty, Body::Json(value)) => {
                let message = format!("{} was sent, and accepted", kind(value));
                self.differs(self.body(), Kind::UnexpectedBody, message, Some(value));
            }
            (model::Body::Type(name), Body::Nothing) => {
                let record = self.model.record(name);
                if record.is_none_or(|record| record.required().next().is_some()) {
                    let message = "no body was sent, and it was accepted";
                    self.differs(self.body(), Kind::EmptyBody, message, None);
                }
            }
            (model::Body::Type(name), Body::Json(value)) => {
                self.named(name, value, ROOT);
            }
        }
    }

    /// Checks the response.
    pub(super) fn received(&mut self, status: u16, body: &Body) {
        match status {
            304 => {}
            400.. => self.error(status, body),
            _ => {
                self.status(status);
                if (200..300).contains(&status) {
                    self.success(body);
                }
            }
        }
    }

    fn status(&mut self, status: u16) {
        if status != self.operation.status {
            let weight = if status < 300 { Weight::Differs } else { Weight::Breaks };
            let subject = Subject::Operation(self.spot);
            let message = format!("returned status {status}");
            self.note(weight, Kind::WrongStatus, subject, message, ROOT, None);
        }
    }

    fn success(&mut self, body: &Body) {
        let operation = self.operation;
        match (&operation.output, body) {
            (_, Body::Lost) | (Output::Nothing, Body::Nothing) => {}
            (Output::Nothing, Body::Json(value)) => {
                let message = format!("returned {}", kind(value));
                self.differs(self.body(), Kind::UnexpectedBody, message, Some(value));
            }
            (Output::Nothing, Body::Broken(..)) => {
                self.differs(self.body(), Kind::UnexpectedBody, "returned text", None);
            }
            (_, Body::Nothing) => {
                self.breaks(Kind::EmptyBody, "returned no body", ROOT, None);
            }
            (_, Body::Broken(length, reason)) => self.broken(*length, reason),
            (Output::Type(name), Body::Json(value)) => self.named(name, value, ROOT),
            (Output::List(listing), Body::Json(value)) => self.page(listing, value),
        }
    }

    /// Compares a value at a path with the type of this name.
    fn named(&mut self, name: &str, value: &Value, path: &str) {
        let operation = self.operation.name.as_str();
        for violation in compare_recorded(self.model, self.side, operation, name, value)
        {
            self.violation(&violation, value, path);
        }
    }

    fn violation(&mut self, violation: &Violation<'m>, body: &Value, start: &str) {
        let (path, key) = self.path(start, &violation.pointer, body);
        let value = body.pointer(&violation.pointer);
        let is_root = start == ROOT && violation.pointer.matches('/').count() == 1;
        let subject = match (violation.ty, violation.field) {
            (Some(ty), Some(field)) if violation.kind != ViolationKind::UnknownValue => {
                Subject::Field(ty, &field.wire)
            }
            (Some(ty), _) => Subject::Type(ty),
            (None, _) => self.body(),
        };
        let ty = violation.ty.unwrap_or_default();
        let (weight, kind) = self.severity(violation, value);
        let message = match violation.kind {
            ViolationKind::UnknownField => {
                if is_root && value.is_some_and(|value| self.is_argument(&key, value)) {
                    return;
                }
                format!("`{SLOT}` is no {} of {ty}", self.part(ty))
            }
            ViolationKind::UnknownValue => format!("`{SLOT}` is no value of {ty}"),
            ViolationKind::UnknownKey => format!("`{SLOT}` is no key of it"),
            _ => {
                let message = violation.message.as_str();
                return self.note(weight, kind, subject, message, &path, value);
            }
        };
        let text = value.and_then(Value::as_str);
        let word = text.filter(|_| kind == Kind::UnknownValue).unwrap_or(&key);
        self.new_word(kind, subject, &message, word, &path, value);
    }

    fn part(&self, ty: &str) -> &'static str {
        match self.model.types.get(ty) {
            Some(Type::Union(_)) => "choice",
            _ => "field",
        }
    }

    fn severity(
        &self,
        violation: &Violation<'_>,
        value: Option<&Value>,
    ) -> (Weight, Kind) {
        let ty = violation.ty.and_then(|ty| self.model.types.get(ty));
        let is_id = violation.field.is_some_and(|field| field.wire == "id");
        let needs_id =
            matches!(ty, Some(Type::Record(record)) if record.prefix.is_some());
        match violation.kind {
            ViolationKind::WrongType | ViolationKind::Timestamp => {
                (Weight::Breaks, Kind::WrongType)
            }
            ViolationKind::Missing
                if self.side == Side::Response && is_id && needs_id =>
            {
                (Weight::Breaks, Kind::MissingField)
            }
            ViolationKind::Missing => (Weight::Differs, Kind::MissingField),
            ViolationKind::UnknownField if matches!(ty, Some(Type::Union(_))) => {
                (Weight::New, Kind::UnknownChoice)
            }
            ViolationKind::UnknownField => (Weight::New, Kind::UnknownField),
            ViolationKind::UnknownValue => (Weight::New, Kind::UnknownValue),
            ViolationKind::UnknownKey => (Weight::New, Kind::UnknownKey),
            ViolationKind::Null => (Weight::Differs, Kind::UnexpectedNull),
            ViolationKind::Misplaced => (Weight::Differs, Kind::UnexpectedField),
            ViolationKind::Rule => (Weight::Differs, Kind::Rule),
            ViolationKind::Id => (Weight::Differs, Kind::Format),
            ViolationKind::Length | ViolationKind::Empty => {
                (Weight::Differs, Kind::Limit)
            }
            ViolationKind::Characters
            | ViolationKind::Form
            | ViolationKind::Disallowed => {
                let is_text = value.is_some_and(Value::is_string);
                (Weight::Differs, if is_text { Kind::Format } else { Kind::Limit })
            }
        }
    }

    /// Checks a response against a page of a list.
    fn page(&mut self, listing: &'m Listing, value: &Value) {
        if listing.key.is_empty() {
            return self.items(listing, value, ROOT);
        }
        let Some(object) = value.as_object() else {
            let message = format!("expected a page, found {}", kind(value));
            return self.breaks(Kind::WrongType, message, ROOT, Some(value));
        };
        let api = &self.model.api;
        for (key, value) in object {
            if *key == listing.key {
                self.items(listing, value, &self.at(ROOT, key));
            } else if *key == api.page_uri || *key == api.page_next {
                self.page_address(key, value);
            } else {
                let message = format!("the page has `{SLOT}`, which is not in the spec");
                self.unknown_key(self.body(), &message, key, value);
            }
        }
        let next = listing.paged.then_some(&api.page_next);
        for key in [&listing.key, &api.page_uri].into_iter().chain(next) {
            if !object.contains_key(key) {
                let message = format!("the page lacks `{key}`");
                self.differs(self.body(), Kind::MissingField, message, None);
            }
        }
    }

    fn items(&mut self, listing: &'m Listing, value: &Value, path: &str) {
        let Some(items) = value.as_array() else {
            let (weight, kind, message) = if value.is_null() {
                (Weight::Differs, Kind::UnexpectedNull, "the list is null".to_owned())
            } else {
                let message = format!("expected a list, found {}", kind(value));
                (Weight::Breaks, Kind::WrongType, message)
            };
            return self.note(weight, kind, self.body(), message, path, Some(value));
        };
        for (index, item) in items.iter().enumerate() {
            self.named(&listing.item, item, &format!("{path}[{index}]"));
        }
    }

    fn page_address(&mut self, key: &str, value: &Value) {
        let (path, next) = (self.at(ROOT, key), *key == self.model.api.page_next);
        match value {
            Value::String(text) if next && !self.base.may_be_followed(text) => {
                let message =
                    format!("`{key}` is on another host, which no client follows");
                self.breaks(Kind::ForeignPage, message, &path, Some(value));
            }
            Value::Null if !next => {
                let (weight, message) = (Weight::Differs, format!("`{key}` is null"));
                let subject = self.body();
                self.note(
                    weight,
                    Kind::UnexpectedNull,
                    subject,
                    message,
                    &path,
                    Some(value),
                );
            }
            Value::String(_) | Value::Null => {}
            other => {
                let message = format!("expected a string, found {}", kind(other));
                self.breaks(Kind::WrongType, message, &path, Some(other));
            }
        }
    }

    fn broken(&mut self, length: usize, reason: &str) {
        let (weight, kind, subject) = (Weight::Breaks, Kind::NotJson, self.body());
        let message = format!("the body is no JSON: {reason}");
        let note = Note { weight, kind, subject, message, name: None };
        let value = format!("text of {}", counted(length, "byte"));
        self.add(note, ROOT, Some(value), None);
    }
}

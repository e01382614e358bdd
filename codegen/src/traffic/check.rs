//! Checks of the bodies of an exchange against its operation.
//!
//! Takes the request and the response; returns findings. Values of types are compared by the validator of the model.
//! Decoding is that of the client: null is no value, unknown keys are skipped, unknown enum values are kept.

use serde_json::Value;

use crate::model::check::{Violation, ViolationKind, compare_recorded};
use crate::model::{Listing, Output, Type};
use crate::names::counted;

use super::findings::{Kind, Note, Subject, Weight};
use super::har::Body;
use super::secrets::kind;
use super::walk::{ROOT, Walk};

impl<'m> Walk<'m, '_> {
    pub(super) fn sent(&mut self, body: &Body) {
        match (self.operation.body_type(), body) {
            (_, Body::Lost) | (None, Body::Nothing) => {}
            (_, Body::Broken(length, reason)) => self.broken(*length, reason),
            (None, Body::Json(Value::Object(object))) => {
                let message =
                    |it: &str| format!("`{it}` was sent, which is not in the spec");
                for (key, value) in object {
                    if !self.is_argument(key, value) {
                        self.unknown_key(self.body(), message, key, value);
                    }
                }
            }
            (None, Body::Json(value)) => {
                let message = format!("{} was sent, and accepted", kind(value));
                self.in_body(Kind::UnexpectedBody, message, ROOT, Some(value));
            }
            (Some(name), Body::Nothing) => {
                let record = self.facts.model.record(name);
                if record.is_none_or(|record| record.required().next().is_some()) {
                    let message = "no body was sent, and it was accepted";
                    self.in_body(Kind::EmptyBody, message, ROOT, None);
                }
            }
            (Some(name), Body::Json(value)) => self.named(name, value, ROOT),
        }
    }

    pub(super) fn received(&mut self, status: u16, body: &Body) {
        match status {
            304 => {}
            400.. => self.error(status, body),
            _ => {
                if status != self.operation.status {
                    let weight =
                        if status < 300 { Weight::Differs } else { Weight::Breaks };
                    let (kind, subject) =
                        (Kind::WrongStatus, Subject::Operation(self.spot));
                    let message = format!("returned status {status}");
                    let note = Note { weight, kind, subject, message, name: None };
                    self.add(note, ROOT, None, None);
                }
                if (200..300).contains(&status) {
                    self.success(body);
                }
            }
        }
    }

    fn success(&mut self, body: &Body) {
        let operation = self.operation;
        match (&operation.output, body) {
            (_, Body::Lost) | (Output::Nothing, Body::Nothing) => {}
            (Output::Nothing, Body::Json(value)) => {
                let message = format!("returned {}", kind(value));
                self.in_body(Kind::UnexpectedBody, message, ROOT, Some(value));
            }
            (Output::Nothing, Body::Broken(..)) => {
                self.in_body(Kind::UnexpectedBody, "returned text", ROOT, None);
            }
            (_, Body::Nothing) => {
                self.in_body(Kind::EmptyBody, "returned no body", ROOT, None);
            }
            (_, Body::Broken(length, reason)) => self.broken(*length, reason),
            (Output::Type(name), Body::Json(value)) => self.named(name, value, ROOT),
            (Output::List(listing), Body::Json(value)) => self.page(listing, value),
        }
    }

    /// Compares a value at a path with the type of this name.
    fn named(&mut self, name: &str, value: &Value, path: &str) {
        let operation = self.operation.name.as_str();
        for violation in
            compare_recorded(self.facts.model, self.side, operation, name, value)
        {
            self.violation(&violation, value, path);
        }
    }

    fn violation(&mut self, violation: &Violation<'m>, body: &Value, start: &str) {
        let (path, key) = self.path(start, &violation.pointer, body);
        let value = body.pointer(&violation.pointer);
        let is_root = start == ROOT && violation.pointer.matches('/').count() == 1;
        let kind = self.kind(violation, value);
        let ty = violation.ty.unwrap_or_default();
        let what = match kind {
            Kind::UnknownField
                if is_root
                    && value.is_some_and(|value| self.is_argument(&key, value)) =>
            {
                return;
            }
            Kind::UnknownField => format!("is no field of {ty}"),
            Kind::UnknownChoice => format!("is no choice of {ty}"),
            Kind::UnknownValue => format!("is no value of {ty}"),
            Kind::UnknownKey => "is no key of it".to_owned(),
            _ => String::new(),
        };
        let subject = match (violation.ty, violation.field) {
            (Some(ty), Some(field)) if kind != Kind::UnknownValue => {
                Subject::Field(ty, &field.wire)
            }
            (Some(ty), _) => Subject::Type(ty),
            (None, _) => self.body(),
        };
        if what.is_empty() {
            return self.note(kind, subject, &violation.message, &path, value);
        }
        let text = value.and_then(Value::as_str);
        let word = text.filter(|_| kind == Kind::UnknownValue).unwrap_or(&key);
        self.new_word(kind, subject, |it| format!("`{it}` {what}"), word, &path, value);
    }

    fn kind(&self, violation: &Violation<'_>, value: Option<&Value>) -> Kind {
        let ty = violation.ty.and_then(|ty| self.facts.model.types.get(ty));
        match violation.kind {
            ViolationKind::WrongType | ViolationKind::Timestamp => Kind::WrongType,
            ViolationKind::Missing => Kind::MissingField,
            ViolationKind::UnknownField if matches!(ty, Some(Type::Union(_))) => {
                Kind::UnknownChoice
            }
            ViolationKind::UnknownField => Kind::UnknownField,
            ViolationKind::UnknownValue => Kind::UnknownValue,
            ViolationKind::UnknownKey => Kind::UnknownKey,
            ViolationKind::Null => Kind::UnexpectedNull,
            ViolationKind::Misplaced => Kind::UnexpectedField,
            ViolationKind::Rule => Kind::Rule,
            ViolationKind::Id => Kind::Format,
            ViolationKind::Length | ViolationKind::Empty => Kind::Limit,
            ViolationKind::Characters
            | ViolationKind::Form
            | ViolationKind::Disallowed => {
                let is_text = value.is_some_and(Value::is_string);
                if is_text { Kind::Format } else { Kind::Limit }
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
            return self.in_body(Kind::WrongType, message, ROOT, Some(value));
        };
        let api = &self.facts.model.api;
        for (key, value) in object {
            if *key == listing.key {
                self.items(listing, value, &self.at(ROOT, key));
            } else if *key == api.page_uri || *key == api.page_next {
                self.page_address(key, value);
            } else {
                let message =
                    |it: &str| format!("the page has `{it}`, which is not in the spec");
                self.unknown_key(self.body(), message, key, value);
            }
        }
        let next = listing.paged.then_some(&api.page_next);
        for key in [&listing.key, &api.page_uri].into_iter().chain(next) {
            if !object.contains_key(key) {
                let message = format!("the page lacks `{key}`");
                self.in_body(Kind::MissingField, message, ROOT, None);
            }
        }
    }

    fn items(&mut self, listing: &'m Listing, value: &Value, path: &str) {
        let Some(items) = value.as_array() else {
            let (kind, message) = match value {
                Value::Null => (Kind::UnexpectedNull, "the list is null".to_owned()),
                _ => {
                    (Kind::WrongType, format!("expected a list, found {}", kind(value)))
                }
            };
            return self.in_body(kind, message, path, Some(value));
        };
        for (index, item) in items.iter().enumerate() {
            self.named(&listing.item, item, &format!("{path}[{index}]"));
        }
    }

    fn page_address(&mut self, key: &str, value: &Value) {
        let next = *key == self.facts.model.api.page_next;
        let (kind, message) = match value {
            Value::String(text) if next && !self.facts.base.may_be_followed(text) => {
                let message = "is on another host, which no client follows";
                (Kind::ForeignPage, format!("`{key}` {message}"))
            }
            Value::Null if !next => (Kind::UnexpectedNull, format!("`{key}` is null")),
            Value::String(_) | Value::Null => return,
            _ => (Kind::WrongType, format!("expected a string, found {}", kind(value))),
        };
        self.in_body(kind, message, &self.at(ROOT, key), Some(value));
    }

    fn broken(&mut self, length: usize, reason: &str) {
        let (weight, kind, subject) = (Weight::Breaks, Kind::NotJson, self.body());
        let message = format!("the body is no JSON: {reason}");
        let note = Note { weight, kind, subject, message, name: None };
        let value = format!("text of {}", counted(length, "byte"));
        self.add(note, ROOT, Some(value), None);
    }
}

//! Checks of the bodies of an exchange against its operation.
//!
//! Takes the request and the response; returns findings. Values of types are compared by the validator of the model.
//! Decoding is that of the client: null is no value, unknown keys are skipped, unknown enum values are kept.

use serde_json::Value;

use crate::model::check::{Side, Violation, ViolationKind, compare_recorded};
use crate::model::{self, Listing, Model, Operation, Output, Type};

use super::base_url::BaseUrl;
use super::findings::{Findings, Kind, Note, SLOT, Scene, Seen, Step, Subject, Weight};
use super::har::Body;
use super::ids::Ids;
use super::routes::Spot;
use super::secrets::{counted, kind};

/// The check of an exchange.
pub(super) struct Walk<'m, 'r> {
    pub(super) model: &'m Model,
    pub(super) ids: &'m Ids,
    pub(super) base: &'m BaseUrl,
    pub(super) spot: Spot,
    pub(super) operation: &'m Operation,
    /// Values of the path parameters.
    pub(super) arguments: &'r [&'r str],
    pub(super) scene: Scene,
    pub(super) found: &'r mut Findings<'m>,
}

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
                        self.unknown_key(self.body(), message, key, value);
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
            (model::Body::Type(name), Body::Json(value)) => self.named(name, value, &[]),
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
            let note = Note::new(weight, Kind::WrongStatus, subject, message);
            self.add(note, Seen::at(Vec::new(), None));
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
                self.breaks(Kind::EmptyBody, "returned no body", Vec::new(), None);
            }
            (_, Body::Broken(length, reason)) => self.broken(*length, reason),
            (Output::Type(name), Body::Json(value)) => self.named(name, value, &[]),
            (Output::List(listing), Body::Json(value)) => self.page(listing, value),
        }
    }

    /// Compares a value with the type of this name; `start` leads to the value.
    fn named(&mut self, name: &str, value: &Value, start: &[Step]) {
        let (side, operation) = (self.scene.side, self.operation.name.as_str());
        for violation in compare_recorded(self.model, side, operation, name, value) {
            self.violation(&violation, value, start);
        }
    }

    fn violation(&mut self, violation: &Violation<'m>, body: &Value, start: &[Step]) {
        let steps = Step::of_pointer(&violation.pointer, body);
        let value = body.pointer(&violation.pointer);
        let key = match steps.last() {
            Some(Step::Key(key)) => key.as_str(),
            _ => "",
        };
        let is_root = start.is_empty() && steps.len() == 1;
        let subject = match (violation.ty, violation.field) {
            (Some(ty), Some(field)) if violation.kind != ViolationKind::UnknownValue => {
                Subject::Field(ty, &field.wire)
            }
            (Some(ty), _) => Subject::Type(ty),
            (None, _) => self.body(),
        };
        let ty = violation.ty.unwrap_or_default();
        let message = match violation.kind {
            ViolationKind::UnknownField => {
                if is_root && value.is_some_and(|value| self.is_argument(key, value)) {
                    return;
                }
                format!("`{SLOT}` is no {} of {ty}", self.part(ty))
            }
            ViolationKind::UnknownValue => format!("`{SLOT}` is no value of {ty}"),
            ViolationKind::UnknownKey => format!("`{SLOT}` is no key of it"),
            _ => violation.message.clone(),
        };
        let (weight, kind) = self.severity(violation, value);
        let mut note = Note::new(weight, kind, subject, message);
        note.foreign = (weight == Weight::New).then(|| match value {
            Some(Value::String(text)) if kind == Kind::UnknownValue => text.clone(),
            _ => key.to_owned(),
        });
        let mut seen = Seen::at([start, &steps].concat(), value);
        if matches!(kind, Kind::UnknownField | Kind::UnknownChoice) {
            seen.ty = value.map(|value| super::types::of(value, self.ids));
        }
        self.add(note, seen);
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
                if self.scene.side == Side::Response && is_id && needs_id =>
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

    /// Returns true if a key of a body only repeats a path parameter, as some clients send it.
    fn is_argument(&self, key: &str, value: &Value) -> bool {
        let parameters = self.operation.parameters.iter().zip(self.arguments);
        let mut same = parameters.filter(|(parameter, _)| parameter.wire == key);
        same.any(|(_, argument)| value.as_str() == Some(argument))
    }

    /// Checks a response against a page of a list.
    fn page(&mut self, listing: &'m Listing, value: &Value) {
        if listing.key.is_empty() {
            return self.items(listing, value, &[]);
        }
        let Some(object) = value.as_object() else {
            let message = format!("expected a page, found {}", kind(value));
            return self.breaks(Kind::WrongType, message, Vec::new(), Some(value));
        };
        let api = &self.model.api;
        for (key, value) in object {
            if *key == listing.key {
                self.items(listing, value, &[Step::Key(key.clone())]);
            } else if *key == api.page_uri || *key == api.page_next {
                self.page_address(key, value);
            } else {
                let message = format!("the page has `{SLOT}`, which is not in the spec");
                self.unknown_key(self.body(), message, key, value);
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

    fn items(&mut self, listing: &'m Listing, value: &Value, start: &[Step]) {
        let Some(items) = value.as_array() else {
            let seen = Seen::at(start.to_vec(), Some(value));
            let (weight, kind, message) = if value.is_null() {
                (Weight::Differs, Kind::UnexpectedNull, "the list is null".to_owned())
            } else {
                let message = format!("expected a list, found {}", kind(value));
                (Weight::Breaks, Kind::WrongType, message)
            };
            return self.add(Note::new(weight, kind, self.body(), message), seen);
        };
        for (index, item) in items.iter().enumerate() {
            let start = [start, &[Step::Index(index.to_string())]].concat();
            self.named(&listing.item, item, &start);
        }
    }

    fn page_address(&mut self, key: &str, value: &Value) {
        let (path, next) =
            (vec![Step::Key(key.to_owned())], *key == self.model.api.page_next);
        match value {
            Value::String(text) if next && !self.base.may_be_followed(text) => {
                let message =
                    format!("`{key}` is on another host, which no client follows");
                self.breaks(Kind::ForeignPage, message, path, Some(value));
            }
            Value::Null if !next => {
                let message = format!("`{key}` is null");
                let note = Note::new(
                    Weight::Differs,
                    Kind::UnexpectedNull,
                    self.body(),
                    message,
                );
                self.add(note, Seen::at(path, Some(value)));
            }
            Value::String(_) | Value::Null => {}
            other => {
                let message = format!("expected a string, found {}", kind(other));
                self.breaks(Kind::WrongType, message, path, Some(other));
            }
        }
    }

    fn broken(&mut self, length: usize, reason: &str) {
        let message = format!("the body is no JSON: {reason}");
        let note = Note::new(Weight::Breaks, Kind::NotJson, self.body(), message);
        let mut seen = Seen::at(Vec::new(), None);
        seen.value = Some(format!("text of {}", counted(length, "byte")));
        self.add(note, seen);
    }

    /// Returns the whole body as the subject.
    fn body(&self) -> Subject<'m> {
        Subject::Bodies(self.spot)
    }

    /// Reports something about the body that breaks clients.
    fn breaks(
        &mut self,
        kind: Kind,
        message: impl Into<String>,
        path: Vec<Step>,
        value: Option<&Value>,
    ) {
        let note = Note::new(Weight::Breaks, kind, self.body(), message);
        self.add(note, Seen::at(path, value));
    }

    /// Reports a whole body that works, but differs from the description.
    pub(super) fn differs(
        &mut self,
        subject: Subject<'m>,
        kind: Kind,
        message: impl Into<String>,
        value: Option<&Value>,
    ) {
        let note = Note::new(Weight::Differs, kind, subject, message);
        self.add(note, Seen::at(Vec::new(), value));
    }

    /// Reports an unknown key of the body.
    pub(super) fn unknown_key(
        &mut self,
        subject: Subject<'m>,
        message: String,
        key: &str,
        value: &Value,
    ) {
        let note = Note::new(Weight::New, Kind::UnknownField, subject, message);
        let mut seen = Seen::at(vec![Step::Key(key.to_owned())], Some(value));
        seen.ty = Some(super::types::of(value, self.ids));
        self.add(note.foreign(key), seen);
    }

    pub(super) fn add(&mut self, note: Note<'m>, seen: Seen) {
        self.found.add(self.scene, note, seen);
    }
}

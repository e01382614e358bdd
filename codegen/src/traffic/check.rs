//! Checks of an exchange against its operation.
//!
//! Takes the request and the response; returns findings and secret strings. Decoding is that of the client: null is
//! no value, unknown keys are skipped, unknown enum values are kept.

mod errors;
mod filter;
mod limits;
mod page;
mod query;
mod record;
mod slot;
mod value;

use serde_json::Value;

use crate::model::{self, Model, Operation, Output, Type};

use super::base_url::BaseUrl;
use super::exchange::Body;
use super::findings::{Findings, Kind, Note, SLOT, Scene, Seen, Side, Subject, Weight};
use super::ids::Ids;
use super::path::Path;
use super::routes::Spot;
use super::secrets::{Secrets, kind, sounds_secret};
use super::shape;

use slot::Slot;

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
    pub(super) secrets: &'r mut Secrets<'m>,
}

impl<'m> Walk<'m, '_> {
    /// Checks the body of the request.
    pub(super) fn sent(&mut self, body: &Body) {
        let operation = self.operation;
        match (&operation.body, body) {
            (_, Body::Lost)
            | (model::Body::None | model::Body::Empty, Body::Nothing) => {}
            (_, Body::Broken(text, reason)) => self.broken(text, reason),
            (model::Body::None | model::Body::Empty, Body::Json(value)) => {
                self.sent_too_much(value);
            }
            (model::Body::Type(name), Body::Nothing) => {
                if self.requires_something(name) {
                    let message = "no body was sent, and it was accepted";
                    self.body_differs(Kind::EmptyBody, message, None);
                }
            }
            (model::Body::Type(name), Body::Json(value)) => {
                self.named(name, value, &Path::Root, self.body());
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
        if status == self.operation.status {
            return;
        }
        let slot = Slot::of(Subject::Operation(self.spot));
        let message = format!("returned status {status}");
        if status < 300 {
            self.differs(slot, Kind::WrongStatus, message, None, &Path::Root);
        } else {
            self.breaks(slot, Kind::WrongStatus, message, None, &Path::Root);
        }
    }

    fn success(&mut self, body: &Body) {
        let operation = self.operation;
        match (&operation.output, body) {
            (_, Body::Lost) | (Output::Nothing, Body::Nothing) => {}
            (Output::Nothing, Body::Json(value)) => {
                let message = format!("returned {}", kind(value));
                self.body_differs(Kind::UnexpectedBody, message, Some(value));
            }
            (Output::Nothing, Body::Broken(text, _)) => {
                let text = Value::String(text.clone());
                self.body_differs(Kind::UnexpectedBody, "returned text", Some(&text));
            }
            (_, Body::Nothing) => {
                let message = "returned no body";
                self.breaks(self.body(), Kind::EmptyBody, message, None, &Path::Root);
            }
            (_, Body::Broken(text, reason)) => self.broken(text, reason),
            (Output::Type(name), Body::Json(value)) => {
                self.named(name, value, &Path::Root, self.body());
            }
            (Output::List(listing), Body::Json(value)) => self.page(listing, value),
        }
    }

    /// Reports a body where none is expected, or one without keys.
    fn sent_too_much(&mut self, value: &Value) {
        let Some(object) = value.as_object() else {
            let message = format!("{} was sent, and accepted", kind(value));
            return self.body_differs(Kind::UnexpectedBody, message, Some(value));
        };
        for (key, value) in object {
            if self.is_argument(key, value) {
                continue;
            }
            let message = format!("`{SLOT}` was sent, which is not in the spec");
            self.unknown_key(
                Subject::Bodies(self.spot),
                message,
                key,
                value,
                &Path::Root,
            );
        }
    }

    /// Returns true if a key of a body only repeats a path parameter, as some clients send it.
    fn is_argument(&self, key: &str, value: &Value) -> bool {
        let parameters = self.operation.parameters.iter().zip(self.arguments);
        let mut same = parameters.filter(|(parameter, _)| parameter.wire == key);
        same.any(|(_, argument)| value.as_str() == Some(argument))
    }

    fn requires_something(&self, name: &str) -> bool {
        match self.model.types.get(name) {
            Some(Type::Record(record)) => {
                record.fields.iter().any(|field| field.presence.required)
            }
            _ => true,
        }
    }

    fn broken(&mut self, text: &str, reason: &str) {
        let message = format!("the body is no JSON: {reason}");
        let text = Value::String(text.to_owned());
        self.breaks(self.body(), Kind::NotJson, message, Some(&text), &Path::Root);
    }

    /// Returns the slot of a whole body.
    fn body(&self) -> Slot<'m> {
        Slot::of(Subject::Bodies(self.spot))
    }

    fn body_differs(
        &mut self,
        kind: Kind,
        message: impl Into<String>,
        value: Option<&Value>,
    ) {
        self.differs(self.body(), kind, message, value, &Path::Root);
    }

    fn wrong_type(
        &mut self,
        slot: Slot<'m>,
        expected: &str,
        value: &Value,
        path: &Path<'_>,
    ) {
        let message = format!("expected {expected}, found {}", kind(value));
        self.breaks(slot, Kind::WrongType, message, Some(value), path);
    }

    /// Reports a finding that breaks clients.
    fn breaks(
        &mut self,
        slot: Slot<'m>,
        kind: Kind,
        message: impl Into<String>,
        value: Option<&Value>,
        path: &Path<'_>,
    ) {
        let note = Note::new(Weight::Breaks, kind, slot.subject, message);
        self.add(note, Seen { path, value, secret: slot.secret });
    }

    /// Reports a finding that works, but differs from the description.
    fn differs(
        &mut self,
        slot: Slot<'m>,
        kind: Kind,
        message: impl Into<String>,
        value: Option<&Value>,
        path: &Path<'_>,
    ) {
        let note = Note::new(Weight::Differs, kind, slot.subject, message);
        self.add(note, Seen { path, value, secret: slot.secret });
    }

    /// Reports an unknown key.
    fn unknown_key(
        &mut self,
        subject: Subject<'m>,
        message: String,
        key: &str,
        value: &Value,
        owner: &Path<'_>,
    ) {
        let note = Note::new(Weight::New, Kind::UnknownField, subject, message);
        self.unknown(note.foreign(key), key, value, owner);
    }

    /// Reports a new item below an unknown key.
    fn unknown(&mut self, note: Note<'m>, key: &str, value: &Value, owner: &Path<'_>) {
        let path = owner.foreign(key);
        let seen = Seen { path: &path, value: Some(value), secret: sounds_secret(key) };
        let ty = shape::of(value, self.ids);
        self.found.add(self.scene, note, seen, Some(ty));
    }

    fn add(&mut self, note: Note<'m>, seen: Seen<'_>) {
        self.found.add(self.scene, note, seen, None);
    }

    fn is_request(&self) -> bool {
        self.scene.side == Side::Request
    }
}

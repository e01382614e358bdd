//! Checks of objects against records and unions.

use serde_json::{Map, Value};

use crate::model::{Constraint, ConstraintKind, Field, Record, Union};
use crate::traffic::findings::{Kind, Note, SLOT, Subject, Weight};
use crate::traffic::path::Path;
use crate::traffic::secrets::sounds_secret;

use super::Walk;
use super::slot::Slot;

type Object = Map<String, Value>;

impl<'m> Walk<'m, '_> {
    /// Checks an object against a record.
    pub(super) fn record(
        &mut self,
        record: &'m Record,
        object: &Object,
        path: &Path<'_>,
    ) {
        for (key, value) in object {
            match record.fields.iter().find(|field| field.wire == *key) {
                Some(field) => self.field(record, field, value, &path.key(key)),
                None if path.is_root() && self.is_argument(key, value) => {}
                None => {
                    let message = format!("`{SLOT}` is no field of {}", record.name);
                    self.unknown_key(
                        Subject::Type(&record.name),
                        message,
                        key,
                        value,
                        path,
                    );
                }
            }
        }
        for field in
            record.fields.iter().filter(|field| !object.contains_key(&field.wire))
        {
            self.absent(record, field, path);
        }
        for rule in &record.constraints {
            self.constraint(record, rule, object, path);
        }
    }

    /// Checks an object against a union.
    pub(super) fn union(&mut self, union: &'m Union, object: &Object, path: &Path<'_>) {
        let subject = Subject::Type(&union.name);
        let mut set = 0;
        for (key, value) in object {
            let choice = union.choices.iter().find(|choice| choice.wire == *key);
            set += usize::from(!value.is_null());
            match choice {
                Some(_) if value.is_null() => {}
                Some(choice) => {
                    let slot = Slot::of(Subject::Field(&union.name, &choice.wire));
                    self.named(&choice.ty, value, &path.key(key), slot);
                }
                None => {
                    let message = format!("`{SLOT}` is no choice of {}", union.name);
                    let note =
                        Note::new(Weight::New, Kind::UnknownChoice, subject, message);
                    self.unknown(note.foreign(key), key, value, path);
                }
            }
        }
        // A response without an alternative is a response without the union.
        if set > 1 || (set == 0 && self.is_request()) {
            let count = if set == 0 { "none" } else { "more than one" };
            let message = format!("{count} of the choices of {} is set", union.name);
            self.differs(Slot::of(subject), Kind::Rule, message, None, path);
        }
    }

    fn field(
        &mut self,
        record: &'m Record,
        field: &'m Field,
        value: &Value,
        path: &Path<'_>,
    ) {
        let subject = Subject::Field(&record.name, &field.wire);
        if field.secret {
            self.secrets.learn_all(value);
        }
        let slot = Slot { subject, rules: Some(&field.rules), secret: is_secret(field) };
        let empty = value.is_null() || value.as_str() == Some("");
        if empty && self.is_needed_id(record, field) {
            return self.no_id(subject, path);
        }
        if value.is_null() {
            return self.null(field, slot, path);
        }
        if self.is_of_another_operation(field) {
            let message = "belongs to the responses of another operation";
            self.differs(slot, Kind::UnexpectedField, message, Some(value), path);
        }
        if empty && self.is_request() && field.rules.reject_empty(record.role) {
            self.differs(Slot::of(subject), Kind::Limit, "is empty", Some(value), path);
        }
        self.value(slot, &field.ty, value, path);
    }

    fn null(&mut self, field: &'m Field, slot: Slot<'m>, path: &Path<'_>) {
        let presence = field.presence;
        // Generated types treat null and absent the same way.
        let fine = presence.nullable || (!self.is_request() && presence.optional);
        if !fine {
            self.differs(
                slot,
                Kind::UnexpectedNull,
                "is null",
                Some(&Value::Null),
                path,
            );
        }
    }

    fn absent(&mut self, record: &'m Record, field: &'m Field, owner: &Path<'_>) {
        let subject = Subject::Field(&record.name, &field.wire);
        let path = owner.key(&field.wire);
        if self.is_needed_id(record, field) {
            return self.no_id(subject, &path);
        }
        let presence = field.presence;
        let needed = if self.is_request() {
            presence.required
        } else {
            !presence.optional
                && !presence.nullable
                && !self.is_of_another_operation(field)
        };
        if needed {
            let message =
                if self.is_request() { "was not sent" } else { "is not there" };
            self.differs(Slot::of(subject), Kind::MissingField, message, None, &path);
        }
    }

    fn no_id(&mut self, subject: Subject<'m>, path: &Path<'_>) {
        let message = "is missing, and required for decoding";
        self.breaks(Slot::of(subject), Kind::MissingField, message, None, path);
    }

    /// Returns true for the required ID of a resource.
    fn is_needed_id(&self, record: &Record, field: &Field) -> bool {
        !self.is_request() && record.prefix.is_some() && field.wire == "id"
    }

    fn is_of_another_operation(&self, field: &Field) -> bool {
        let only = field.only_on.as_ref();
        !self.is_request() && only.is_some_and(|only| *only != self.operation.name)
    }

    fn constraint(
        &mut self,
        record: &'m Record,
        rule: &'m Constraint,
        object: &Object,
        path: &Path<'_>,
    ) {
        let is_given = |name: &String| object.get(name).is_some_and(is_set);
        let given = rule.fields.iter().filter(|name| is_given(name)).count();
        let all = rule.fields.len();
        let names: Vec<_> = rule.fields.iter().map(|name| format!("`{name}`")).collect();
        let names = names.join(", ");
        let broken = match rule.kind {
            ConstraintKind::OneOf if given != 1 => {
                format!("not exactly one of {names} is given")
            }
            ConstraintKind::AtMostOneOf if given > 1 => {
                format!("more than one of {names} is given")
            }
            ConstraintKind::Together if given > 0 && given < all => {
                format!("some, but not all of {names} are given")
            }
            ConstraintKind::Requires
                if given < all && rule.condition.as_ref().is_some_and(is_given) =>
            {
                let condition = rule.condition.as_deref().unwrap_or_default();
                format!("`{condition}` is given without {names}")
            }
            _ => return,
        };
        let subject = Subject::Type(&record.name);
        self.differs(Slot::of(subject), Kind::Rule, broken, None, path);
    }
}

/// Returns true if a value sets a field: servers send empty values for unset fields.
fn is_set(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(elements) => !elements.is_empty(),
        _ => true,
    }
}

/// Returns true if the values of a field are never shown.
fn is_secret(field: &Field) -> bool {
    let text = matches!(field.ty.element(), crate::model::TypeRef::Scalar(_));
    field.secret || (text && sounds_secret(&field.wire))
}

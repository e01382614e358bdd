//! Checks of values against types.

use serde_json::{Number, Value};

use chrono::{DateTime, Datelike};

use crate::model::{Enum, Rules, Scalar, Type, TypeRef};
use crate::traffic::findings::{Kind, Note, SLOT, Seen, Subject, Weight};
use crate::traffic::path::Path;

use super::Walk;
use super::slot::Slot;

impl<'m> Walk<'m, '_> {
    /// Checks a value against a type.
    pub(super) fn value(
        &mut self,
        slot: Slot<'m>,
        ty: &'m TypeRef,
        value: &Value,
        path: &Path<'_>,
    ) {
        match (ty, value) {
            (TypeRef::Scalar(scalar), _) => self.scalar(slot, *scalar, value, path),
            (TypeRef::Id { kinds, .. }, Value::String(id)) => {
                self.id(slot, kinds, id, value, path);
            }
            (TypeRef::Ref { kinds, .. }, Value::Object(_)) => {
                self.reference(slot, kinds, value, path);
            }
            (TypeRef::List(element), Value::Array(elements)) => {
                self.length(slot, elements.len(), value, path);
                for (index, it) in elements.iter().enumerate() {
                    self.element(slot, element, it, &path.index(index));
                }
            }
            (TypeRef::Map(element), Value::Object(entries)) => {
                self.length(slot, entries.len(), value, path);
                for (key, it) in entries {
                    self.map_key(slot, key, path);
                    self.element(slot, element, it, &path.foreign(key));
                }
            }
            (TypeRef::Record(name) | TypeRef::Enum(name), _) => {
                self.named(name, value, path, slot);
            }
            (TypeRef::Id { .. }, _) => self.wrong_type(slot, "an id", value, path),
            (TypeRef::Ref { .. }, _) => {
                self.wrong_type(slot, "a reference", value, path);
            }
            (TypeRef::List(_), _) => self.wrong_type(slot, "a list", value, path),
            (TypeRef::Map(_), _) => self.wrong_type(slot, "an object", value, path),
        }
    }

    /// Checks a value against a named type.
    pub(super) fn named(
        &mut self,
        name: &'m str,
        value: &Value,
        path: &Path<'_>,
        slot: Slot<'m>,
    ) {
        match (self.model.types.get(name), value) {
            (Some(Type::Record(record)), Value::Object(object)) => {
                self.record(record, object, path);
            }
            (Some(Type::Union(union)), Value::Object(object)) => {
                self.union(union, object, path);
            }
            (Some(Type::Enum(known)), Value::String(text)) => {
                self.enumeration(slot, known, text, value, path);
            }
            (Some(Type::Record(_) | Type::Union(_)), _) => {
                self.wrong_type(slot, &format!("an object ({name})"), value, path);
            }
            (Some(Type::Enum(_)), _) => {
                self.wrong_type(slot, &format!("a string ({name})"), value, path);
            }
            (None, _) => {}
        }
    }

    fn element(
        &mut self,
        slot: Slot<'m>,
        ty: &'m TypeRef,
        value: &Value,
        path: &Path<'_>,
    ) {
        if value.is_null() {
            let message = "an element is null";
            return self.differs(slot, Kind::UnexpectedNull, message, Some(value), path);
        }
        self.value(slot, ty, value, path);
    }

    fn scalar(
        &mut self,
        slot: Slot<'m>,
        scalar: Scalar,
        value: &Value,
        path: &Path<'_>,
    ) {
        let expected = match (scalar, value) {
            (Scalar::Bool, Value::Bool(_)) => return,
            (Scalar::String, Value::String(text)) => {
                return self.text(slot, text, value, path);
            }
            (Scalar::Timestamp, Value::String(text)) => {
                return self.timestamp(slot, text, value, path);
            }
            (Scalar::Float64, Value::Number(number)) => {
                return self.number(slot, number, value, path);
            }
            (Scalar::String, _) => "a string",
            (Scalar::Bool, _) => "a boolean",
            (Scalar::Timestamp, _) => "a timestamp",
            (_, Value::Number(number)) => {
                return self.integer(slot, scalar, number, value, path);
            }
            _ => "a number",
        };
        self.wrong_type(slot, expected, value, path);
    }

    fn integer(
        &mut self,
        slot: Slot<'m>,
        scalar: Scalar,
        number: &Number,
        value: &Value,
        path: &Path<'_>,
    ) {
        let (signed, unsigned) = (number.as_i64(), number.as_u64());
        let (name, fits) = match scalar {
            Scalar::Int32 => {
                ("int32", signed.is_some_and(|it| i32::try_from(it).is_ok()))
            }
            Scalar::Uint32 => {
                ("uint32", unsigned.is_some_and(|it| u32::try_from(it).is_ok()))
            }
            Scalar::Uint64 => ("uint64", unsigned.is_some()),
            _ => ("int64", signed.is_some()),
        };
        if fits {
            return self.number(slot, number, value, path);
        }
        let message = format!("expected {name}, found a number that does not fit");
        self.breaks(slot, Kind::WrongType, message, Some(value), path);
    }

    fn timestamp(&mut self, slot: Slot<'m>, text: &str, value: &Value, path: &Path<'_>) {
        let time = DateTime::parse_from_rfc3339(text).map(|time| time.to_utc().year());
        if !time.is_ok_and(|year| (0..=9999).contains(&year)) {
            let message = "expected a timestamp in RFC 3339, found another string";
            self.breaks(slot, Kind::WrongType, message, Some(value), path);
        }
    }

    fn id(
        &mut self,
        slot: Slot<'m>,
        kinds: &[String],
        id: &str,
        value: &Value,
        path: &Path<'_>,
    ) {
        if id.is_empty()
            || slot.rules.is_some_and(|rules| accepts(rules, id, self.is_request()))
        {
            return;
        }
        if let Some(problem) = self.ids.problem(id, kinds) {
            let message = format!("an id {problem}");
            self.differs(slot, Kind::Format, message, Some(value), path);
        }
    }

    /// Checks an object with an ID and an address.
    fn reference(
        &mut self,
        slot: Slot<'m>,
        kinds: &[String],
        value: &Value,
        path: &Path<'_>,
    ) {
        for (key, value) in value.as_object().into_iter().flatten() {
            let inner = path.key(key);
            match (key.as_str(), value) {
                ("id", Value::String(id)) => self.id(slot, kinds, id, value, &inner),
                ("id" | "uri", Value::String(_) | Value::Null) => {}
                ("id" | "uri", _) => self.wrong_type(slot, "a string", value, &inner),
                _ => {
                    let message =
                        format!("the reference has `{SLOT}`, which is not in the spec");
                    self.unknown_key(slot.subject, message, key, value, path);
                }
            }
        }
    }

    fn enumeration(
        &mut self,
        slot: Slot<'m>,
        known: &'m Enum,
        text: &str,
        value: &Value,
        path: &Path<'_>,
    ) {
        let taken =
            slot.rules.is_some_and(|rules| accepts(rules, text, self.is_request()));
        let same = |wire: &str| {
            wire == text
                || (self.is_request()
                    && slot.rules.is_some_and(Rules::any_case)
                    && wire.eq_ignore_ascii_case(text))
        };
        if taken || known.variants.iter().any(|variant| same(&variant.wire)) {
            return;
        }
        let message = format!("`{SLOT}` is no value of {}", known.name);
        let subject = Subject::Type(&known.name);
        let note =
            Note::new(Weight::New, Kind::UnknownValue, subject, message).foreign(text);
        self.add(note, Seen { path, value: Some(value), secret: slot.secret });
    }
}

/// Returns true if a string is accepted in another form than that of its field.
fn accepts(rules: &Rules, text: &str, in_request: bool) -> bool {
    let open_format = rules.open() && rules.format().is_some();
    let empty = text.is_empty() && rules.may_be_empty();
    let other = rules.accepts().iter().any(|form| match form.as_str() {
        "ip:port" => text.parse::<std::net::SocketAddr>().is_ok(),
        "numeric_id" => text.chars().all(|c| c.is_ascii_digit()),
        _ => in_request,
    });
    open_format || empty || other
}

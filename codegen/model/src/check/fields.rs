//! Values of fields: their JSON types, and the rules for numbers, lists and maps.

use ngrok_client_core::Timestamp;
use serde_json::{Map, Value};

use super::values::{self, Breach};
use super::violation::code_of_field;
use super::{Path, Violation, ViolationKind, Walk, is_empty};
use crate::{Field, Role, Scalar, Type, TypeRef};

use ViolationKind::{Empty, Form, Id, WrongType};

impl<'m> Walk<'m, '_> {
    /// Validates the value of a field.
    pub(super) fn field(
        &mut self,
        field: &'m Field,
        role: Role,
        value: &Value,
        path: &Path,
    ) {
        if let Some(operation) = self.responding() {
            let belongs = field.only_on.as_ref().is_none_or(|only| only == operation);
            return self.returned(field, belongs, value, path);
        }
        let required = field.presence.required;
        let is_id = matches!(field.ty, TypeRef::Id { .. });
        // Some clients send an empty string for a missing ID.
        let blank_id = is_id && !required && value == "";
        if value.is_null() && self.is_recorded() && !field.presence.nullable {
            self.of_field(field, path, ViolationKind::Null, "is null");
        }
        if value.is_null() || blank_id {
            return;
        }
        if value == "" && required && !field.rules.may_be_empty() {
            let kind = match field.rules.format() {
                _ if field.rules.reject_empty(role) => Empty,
                _ if is_id => Id,
                Some(_) => Form,
                None => Empty,
            };
            return self.of_field(field, path, kind, "must not be empty");
        }
        let before = self.violations.len();
        if !value.is_string() || !is_empty(value) || !field.rules.reject_empty(role) {
            self.value(field, &field.ty, value, path);
        }
        // A list or object that breaks other rules is reported by those.
        let is_valid = self.violations.len() == before;
        if is_valid && field.rules.reject_empty(role) && is_empty(value) {
            self.of_field(field, path, Empty, "must not be empty");
        }
    }

    /// Compares a field of a response; `belongs` is true if responses of the operation contain it.
    fn returned(&mut self, field: &'m Field, belongs: bool, value: &Value, path: &Path) {
        let presence = field.presence;
        if value.is_null() {
            if !presence.nullable && !presence.optional {
                self.of_field(field, path, ViolationKind::Null, "is null");
            }
            return;
        }
        if !belongs {
            let message = "belongs to the responses of another operation";
            self.of_field(field, path, ViolationKind::Misplaced, message);
        }
        // Servers send empty strings for unset fields.
        if value != "" {
            self.value(field, &field.ty, value, path);
        }
    }

    /// Reports a violation by the value of a field.
    pub(super) fn of_field(
        &mut self,
        field: &'m Field,
        path: &Path,
        kind: ViolationKind,
        message: impl Into<String>,
    ) {
        self.violations.push(Violation {
            path: path.shown.clone(),
            pointer: path.pointer.clone(),
            kind,
            message: message.into(),
            ty: self.owner.map(|owner| owner.name.as_str()),
            field: Some(field),
            error_code: code_of_field(field, kind),
        });
    }

    fn value(&mut self, field: &'m Field, ty: &'m TypeRef, value: &Value, path: &Path) {
        match (ty, value) {
            (_, Value::Null) if self.is_recorded() => {
                self.of_field(field, path, ViolationKind::Null, "is null");
            }
            (TypeRef::Scalar(scalar), _) => self.scalar(field, *scalar, value, path),
            (TypeRef::Enum(name), Value::String(text)) => {
                self.enumeration(field, name, text, path);
                self.text(field, text, path);
            }
            (TypeRef::Id { kinds, .. }, Value::String(id)) => {
                self.id(field, kinds, id, path);
                self.text(field, id, path);
            }
            (TypeRef::List(element), Value::Array(elements)) => {
                self.breaches(field, values::check_list(&field.rules, elements), path);
                for (index, it) in elements.iter().enumerate() {
                    self.value(field, element, it, &path.index(index));
                }
            }
            (TypeRef::Map(element), Value::Object(entries)) => {
                self.map(field, entries, path);
                for (key, it) in entries {
                    self.value(field, element, it, &path.key(key));
                }
            }
            (TypeRef::Record(name), Value::Object(_)) => self.named(name, value, path),
            (TypeRef::Ref { kinds, .. }, Value::Object(reference)) => {
                if let Some(Value::String(id)) = reference.get("id")
                    && self.is_recorded()
                {
                    self.id(field, kinds, id, &path.key("id"));
                }
            }
            (TypeRef::Enum(_) | TypeRef::Id { .. }, _) => {
                self.of_field(field, path, WrongType, "is not a string");
            }
            (TypeRef::List(_), _) => {
                self.of_field(field, path, WrongType, "is not a list");
            }
            (TypeRef::Map(_) | TypeRef::Record(_) | TypeRef::Ref { .. }, _) => {
                self.of_field(field, path, WrongType, "is not an object");
            }
        }
    }

    fn scalar(&mut self, field: &'m Field, scalar: Scalar, value: &Value, path: &Path) {
        let expected = match (scalar, value) {
            (Scalar::String, Value::String(text)) => {
                return self.text(field, text, path);
            }
            (Scalar::Timestamp, Value::String(text)) => {
                if Timestamp::parse(text).is_err() {
                    let message = "is not a timestamp in RFC 3339";
                    self.of_field(field, path, ViolationKind::Timestamp, message);
                }
                return;
            }
            (Scalar::Bool, Value::Bool(_)) => return,
            (_, Value::Number(number)) if scalar.accepts(number) => {
                let number = number.as_f64().unwrap_or_default();
                return self.breaches(
                    field,
                    values::check_number(&field.rules, number),
                    path,
                );
            }
            _ => scalar.values(),
        };
        self.of_field(field, path, WrongType, format!("is not {expected}"));
    }

    fn text(&mut self, field: &'m Field, text: &str, path: &Path) {
        let mut breaches = values::check_string(&field.rules, text);
        // An empty string is how a field is left unset; an element of a list is always set.
        let whole = matches!(field.ty, TypeRef::Scalar(_));
        if whole && text.is_empty() && !field.presence.required {
            breaches.retain(|breach| breach.kind == ViolationKind::Length);
        }
        self.breaches(field, breaches, path);
        if field.rules.key_format().is_none() {
            self.case(field, text, path);
        }
    }

    /// Reports capital letters in what servers send in lower case. What is sent to them may be converted.
    fn case(&mut self, field: &'m Field, text: &str, path: &Path) {
        let lower = field.rules.case() == Some("lower");
        if lower && self.responding().is_some() && text.contains(char::is_uppercase) {
            self.of_field(field, path, Form, "has capital letters");
        }
    }

    fn breaches(
        &mut self,
        field: &'m Field,
        breaches: impl IntoIterator<Item = Breach>,
        path: &Path,
    ) {
        for Breach { kind, message } in breaches {
            self.of_field(field, path, kind, message);
        }
    }

    /// Validates that a string is a known value of an enum.
    fn enumeration(&mut self, field: &'m Field, name: &str, text: &str, path: &Path) {
        let Some(Type::Enum(known)) = self.model.types.get(name) else { return };
        let may_be_empty = field.rules.may_be_empty() || !field.presence.required;
        let any_case = field.rules.any_case();
        let is_known = known.variants.iter().any(|variant| {
            variant.wire == text || any_case && variant.wire.eq_ignore_ascii_case(text)
        });
        let other_form = field.rules.accept_other_forms();
        if self.is_recorded() {
            if !(is_known || other_form || text.is_empty()) {
                self.violations.push(Violation {
                    path: path.shown.clone(),
                    pointer: path.pointer.clone(),
                    kind: ViolationKind::UnknownValue,
                    message: format!("is not a known value of {}", known.name),
                    ty: Some(&known.name),
                    field: Some(field),
                    error_code: None,
                });
            }
            return;
        }
        let open = known.open || other_form;
        if !(open || is_known || text.is_empty() && may_be_empty) {
            let known: Vec<_> =
                known.variants.iter().map(|variant| variant.wire.as_str()).collect();
            let message = format!("is not one of {}", known.join(", "));
            self.of_field(field, path, Form, message);
        }
    }

    /// Validates the prefix of an ID, if the prefixes of all accepted types of resources are known.
    fn id(&mut self, field: &'m Field, kinds: &'m [String], id: &str, path: &Path) {
        let prefixes = kinds.iter().map(|kind| self.prefix(kind));
        let Some(prefixes) = prefixes.collect::<Option<Vec<_>>>() else { return };
        let prefix = id.split_once('_').map(|(prefix, _)| prefix);
        let fits = prefix.is_some_and(|prefix| prefixes.contains(&prefix));
        if !fits && !prefixes.is_empty() && !field.rules.accept_other_forms() {
            let prefixes: Vec<_> =
                prefixes.iter().map(|prefix| format!("`{prefix}_`")).collect();
            let message = format!(
                "is not an ID of this kind, which begins with {}",
                prefixes.join(" or ")
            );
            self.of_field(field, path, Id, message);
        }
    }

    /// Returns the prefix of the IDs of a kind of resource that the API has operations for.
    fn prefix(&self, kind: &str) -> Option<&'m str> {
        match self.model.types.get(kind)? {
            Type::Record(record) => record.prefix.as_deref().filter(|it| !it.is_empty()),
            Type::Union(_) | Type::Enum(_) => None,
        }
    }

    fn map(&mut self, field: &'m Field, entries: &Map<String, Value>, path: &Path) {
        self.breaches(field, values::check_count(&field.rules, entries.len()), path);
        for key in entries.keys() {
            let (breaches, path) = (values::check_key(&field.rules, key), path.key(key));
            self.breaches(field, breaches, &path);
            self.case(field, key, &path);
        }
    }
}

//! Records and unions: their fields, and the rules over several of them.

use serde_json::{Map, Value};

use super::violation::code_of_rule;
use super::{Violation, ViolationKind, Walk, is_absent, is_empty, join};
use crate::{Constraint, ConstraintKind, Field, Record, Role, Type, Union};

type Object = Map<String, Value>;

impl<'m> Walk<'m> {
    /// Validates a value of the type with this name.
    pub(super) fn named(&mut self, name: &str, value: &Value, path: &str) {
        let ty = self.model.types.get(name);
        match (ty, value) {
            (Some(Type::Record(record)), Value::Object(object)) => {
                self.record(record, object, path);
            }
            (Some(Type::Union(union)), Value::Object(object)) => {
                self.union(union, object, path);
            }
            (Some(Type::Record(_) | Type::Union(_)), _) => {
                self.add(path, ViolationKind::WrongType, "is not an object");
            }
            (Some(Type::Enum(_)) | None, _) => {}
        }
    }

    /// Reports a violation that belongs to no field.
    pub(super) fn add(
        &mut self,
        path: &str,
        kind: ViolationKind,
        message: impl Into<String>,
    ) {
        self.violations.push(Violation {
            path: path.to_owned(),
            kind,
            message: message.into(),
            field: None,
            error_code: None,
        });
    }

    fn record(&mut self, record: &'m Record, object: &Object, path: &str) {
        for (key, value) in object {
            let path = join(path, key);
            match record.fields.iter().find(|field| field.wire == *key) {
                Some(field) => self.field(field, record.role, value, &path),
                None => self.add(
                    &path,
                    ViolationKind::UnknownField,
                    unknown(key, record.fields.iter().map(|field| field.wire.as_str())),
                ),
            }
        }
        for field in &record.fields {
            let absent = object.get(&field.wire).is_none_or(Value::is_null);
            if absent && is_required(field, record.role) {
                let path = join(path, &field.wire);
                self.of_field(field, &path, ViolationKind::Missing, "is required");
            }
        }
        for rule in &record.constraints {
            self.constraint(rule, object, path);
        }
        for field in &record.fields {
            self.siblings(field, object, path);
        }
    }

    fn union(&mut self, union: &'m Union, object: &Object, path: &str) {
        for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
            let path = join(path, key);
            match union.choices.iter().find(|choice| choice.wire == *key) {
                Some(choice) => self.named(&choice.ty, value, &path),
                None => self.add(
                    &path,
                    ViolationKind::UnknownField,
                    unknown(
                        key,
                        union.choices.iter().map(|choice| choice.wire.as_str()),
                    ),
                ),
            }
        }
        let given = object.values().filter(|value| !value.is_null()).count();
        if given != 1 {
            let choices: Vec<_> =
                union.choices.iter().map(|choice| choice.wire.as_str()).collect();
            self.rule(
                path,
                code_of_rule(&union.errors, given > 0),
                format!("must have exactly one of {}", choices.join(", ")),
            );
        }
    }

    fn constraint(&mut self, rule: &'m Constraint, object: &Object, path: &str) {
        let is_given =
            |name: &String| object.get(name).is_some_and(|value| !is_absent(value));
        let given = rule.fields.iter().filter(|name| is_given(name)).count();
        let all = given == rule.fields.len();
        let (holds, what) = match rule.kind {
            ConstraintKind::OneOf => (given == 1, "exactly one of"),
            ConstraintKind::AtMostOneOf => (given <= 1, "at most one of"),
            ConstraintKind::Together => (given == 0 || all, "all or none of"),
            ConstraintKind::Requires => {
                (all || !rule.condition.as_ref().is_some_and(is_given), "all of")
            }
        };
        if !holds {
            let names = rule.fields.join(", ");
            let when = rule.condition.as_ref();
            let when = when.map(|name| format!(" when it has {name}"));
            self.rule(
                path,
                code_of_rule(&rule.errors, given > 0),
                format!("must have {what} {names}{}", when.unwrap_or_default()),
            );
        }
    }

    fn rule(&mut self, path: &str, error_code: Option<u32>, message: String) {
        self.violations.push(Violation {
            path: path.to_owned(),
            kind: ViolationKind::Rule,
            message,
            field: None,
            error_code,
        });
    }

    /// Validates a field against the values of other fields of the same record.
    fn siblings(&mut self, field: &'m Field, object: &Object, path: &str) {
        let given = object.get(&field.wire).is_some_and(|value| !is_absent(value));
        let rules = &field.rules;
        for (conditions, when_given, when_met, message) in [
            (rules.only_if(), true, false, "is only allowed if"),
            (rules.null_if(), true, true, "must be omitted if"),
            (rules.required_unless(), false, false, "is required unless"),
        ] {
            let Some(wanted) = conditions else { continue };
            // The server chooses the value of an absent field; an empty string counts as absent.
            let known = wanted
                .keys()
                .all(|name| object.get(name).is_some_and(|it| !is_empty(it)));
            let met = wanted.iter().all(|(name, value)| object.get(name) == Some(value));
            if known && given == when_given && met == when_met {
                let wanted =
                    wanted.iter().map(|(name, value)| format!("{name} is {value}"));
                let wanted: Vec<_> = wanted.collect();
                let message = format!("{message} {}", wanted.join(" and "));
                let path = join(path, &field.wire);
                self.of_field(field, &path, ViolationKind::Disallowed, message);
            }
        }
    }
}

/// Returns true if a request of this role requires a field.
fn is_required(field: &Field, role: Role) -> bool {
    field.presence.required || role == Role::Create && field.rules.reject_empty(role)
}

/// Describes an unknown key; names a field that differs in case or separators only.
fn unknown<'n>(key: &str, known: impl Iterator<Item = &'n str>) -> String {
    let plain = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
    let mut known = known.map(str::to_owned);
    match known.find(|name| plain(name) == plain(key)) {
        Some(meant) => format!("is not a known field; did you mean `{meant}`?"),
        None => "is not a known field".to_owned(),
    }
}

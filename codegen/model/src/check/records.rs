//! Records and unions: their fields, and the rules over several of them.

use serde_json::{Map, Value};

use super::violation::code_of_rule;
use super::{Path, Violation, ViolationKind, Walk, is_absent, is_empty};
use crate::{Constraint, ConstraintKind, Field, Record, Role, Type, Union};

type Object = Map<String, Value>;

impl<'m> Walk<'m, '_> {
    /// Validates a value of the type with this name.
    pub(super) fn named(&mut self, name: &str, value: &Value, path: &Path) {
        let ty = self.model.types.get(name);
        match (ty, value) {
            (Some(Type::Record(record)), Value::Object(object)) => {
                self.record(record, object, path);
            }
            (Some(Type::Union(union)), Value::Object(object)) => {
                self.union(union, object, path);
            }
            (Some(Type::Record(_) | Type::Union(_)), _) => {
                self.add(path, ViolationKind::WrongType, None, "is not an object");
            }
            (Some(Type::Enum(_)) | None, _) => {}
        }
    }

    /// Reports a violation that belongs to no field.
    pub(super) fn add(
        &mut self,
        path: &Path,
        kind: ViolationKind,
        ty: Option<&'m str>,
        message: impl Into<String>,
    ) {
        self.violations.push(Violation {
            path: path.shown.clone(),
            pointer: path.pointer.clone(),
            kind,
            message: message.into(),
            ty,
            field: None,
            error_code: None,
        });
    }

    fn record(&mut self, record: &'m Record, object: &Object, path: &Path) {
        let outer = self.owner.replace(record);
        for (key, value) in object {
            let path = path.key(key);
            match record.fields.iter().find(|field| field.wire == *key) {
                Some(field) => self.field(field, record.role, value, &path),
                None => self.add(
                    &path,
                    ViolationKind::UnknownField,
                    Some(&record.name),
                    unknown(key, record.fields.iter().map(|field| field.wire.as_str())),
                ),
            }
        }
        for field in &record.fields {
            if self.is_missing(record, field, object.get(&field.wire)) {
                let path = path.key(&field.wire);
                self.of_field(field, &path, ViolationKind::Missing, "is required");
            }
        }
        for rule in &record.constraints {
            self.constraint(record, rule, object, path);
        }
        if self.responding().is_none() {
            for field in &record.fields {
                self.siblings(field, object, path);
            }
        }
        self.owner = outer;
    }

    /// Returns true if a field has no value and needs one.
    fn is_missing(&self, record: &Record, field: &Field, value: Option<&Value>) -> bool {
        let Some(operation) = self.responding() else {
            let absent = match value {
                // The null itself is reported.
                Some(value) => value.is_null() && !self.is_recorded(),
                None => true,
            };
            return absent && is_required(field, record.role);
        };
        // Clients decode no resource without an ID.
        if record.prefix.is_some() && field.wire == "id" {
            return value.is_none_or(is_empty);
        }
        let elsewhere = field.only_on.as_ref().is_some_and(|only| only != operation);
        let may_lack = field.presence.optional || field.presence.nullable;
        value.is_none() && !may_lack && !elsewhere
    }

    fn union(&mut self, union: &'m Union, object: &Object, path: &Path) {
        for (key, value) in object.iter().filter(|(_, value)| !value.is_null()) {
            let path = path.key(key);
            match union.choices.iter().find(|choice| choice.wire == *key) {
                Some(choice) => self.named(&choice.ty, value, &path),
                None => self.add(
                    &path,
                    ViolationKind::UnknownField,
                    Some(&union.name),
                    unknown(
                        key,
                        union.choices.iter().map(|choice| choice.wire.as_str()),
                    ),
                ),
            }
        }
        let given = object.values().filter(|value| !value.is_null()).count();
        // A response without an alternative is one without the union.
        if given > 1 || given == 0 && self.responding().is_none() {
            let choices: Vec<_> =
                union.choices.iter().map(|choice| choice.wire.as_str()).collect();
            self.rule(
                path,
                &union.name,
                code_of_rule(&union.errors, given > 0),
                format!("must have exactly one of {}", choices.join(", ")),
            );
        }
    }

    fn constraint(
        &mut self,
        record: &'m Record,
        rule: &'m Constraint,
        object: &Object,
        path: &Path,
    ) {
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
                &record.name,
                code_of_rule(&rule.errors, given > 0),
                format!("must have {what} {names}{}", when.unwrap_or_default()),
            );
        }
    }

    fn rule(
        &mut self,
        path: &Path,
        ty: &'m str,
        error_code: Option<u32>,
        message: String,
    ) {
        self.violations.push(Violation {
            path: path.shown.clone(),
            pointer: path.pointer.clone(),
            kind: ViolationKind::Rule,
            message,
            ty: Some(ty),
            field: None,
            error_code,
        });
    }

    /// Validates a field against the values of other fields of the same record.
    fn siblings(&mut self, field: &'m Field, object: &Object, path: &Path) {
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
                let path = path.key(&field.wire);
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

//! Constraints on values of requests as data: a line of JSON for each type that is sent.

use serde_json::{Map, Value, json};

use crate::model::{Constraint, Field, Model, Record, Role, Type, TypeRef, Union};

/// The file of limits.
pub(super) fn emit(model: &Model) -> String {
    let lines = model.types.iter().filter_map(|(name, ty)| {
        let limits = match ty {
            Type::Record(it) if it.in_requests => record(it),
            Type::Union(it) if it.in_requests => union(it),
            _ => return None,
        };
        (!limits.is_empty())
            .then(|| format!("{}:{}", json!(name), Value::Object(limits)))
    });
    let lines: Vec<_> = lines.collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

fn union(union: &Union) -> Map<String, Value> {
    let choices = union.choices.iter().map(|it| (it.wire.clone(), json!(it.ty)));
    [("choices".to_owned(), Value::Object(choices.collect()))].into_iter().collect()
}

fn record(record: &Record) -> Map<String, Value> {
    let mut limits = Map::new();
    let rules: Vec<_> = record.constraints.iter().map(rule).collect();
    if !rules.is_empty() {
        limits.insert("rules".to_owned(), Value::Array(rules));
    }
    let fields =
        record.fields.iter().map(|it| (it.wire.clone(), field(it, record.role)));
    let fields: Map<_, _> = fields.filter(|(_, limits)| *limits != json!({})).collect();
    if !fields.is_empty() {
        limits.insert("fields".to_owned(), Value::Object(fields));
    }
    limits
}

fn rule(rule: &Constraint) -> Value {
    without_nulls(json!({
        "kind": rule.kind, "fields": rule.fields, "condition": rule.condition,
    }))
}

fn field(field: &Field, role: Role) -> Value {
    let flag = |holds: bool| holds.then_some(true);
    let limits = without_nulls(json!({
        "required": flag(field.presence.required && !field.rules.may_be_empty()),
        "non_empty": flag(field.rules.reject_empty(role)),
        "in": inner(&field.ty), "map": flag(matches!(field.ty, TypeRef::Map(_))),
    }));
    let Value::Object(mut limits) = limits else { return limits };
    let other_forms = field.rules.accept_other_forms();
    let checked = field
        .rules
        .iter()
        .filter(|rule| rule.is_for_clients() && !(other_forms && rule.is_of_form()));
    limits.extend(checked.map(|rule| (rule.key().to_owned(), rule.to_value())));
    Value::Object(limits)
}

/// The record or union in a field, or in its elements.
fn inner(ty: &TypeRef) -> Option<&str> {
    match ty.element() {
        TypeRef::Record(name) => Some(name),
        _ => None,
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            entries.into_iter().filter(|(_, value)| !value.is_null()).collect()
        }
        other => other,
    }
}

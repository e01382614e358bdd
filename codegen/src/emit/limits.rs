//! What the values of requests may be, as data: a line of JSON for each type that is sent.

use serde_json::{Map, Value, json};

use crate::model::{
    Constraint, ConstraintKind, Field, Limits, Model, Record, Role, Type, TypeRef, Union,
};

/// The rules that the client can judge; the others need the server.
const RULES: &[&str] = &[
    "charset",
    "distinct",
    "forbidden_chars",
    "item_prefix",
    "known_keys",
    "lowest_address",
    "null_if",
    "only_if",
    "port",
    "required_unless",
    "wildcard",
    "wildcard_label",
];

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
    let kind = match rule.kind {
        ConstraintKind::OneOf => "one_of",
        ConstraintKind::AtMostOneOf => "at_most_one_of",
        ConstraintKind::Together => "together",
        ConstraintKind::Requires => "requires",
    };
    without_nulls(json!({
        "kind": kind, "fields": rule.fields, "condition": rule.condition,
    }))
}

fn field(field: &Field, role: Role) -> Value {
    let Limits { max_bytes, max_len, min, max, min_items, .. } = &field.limits;
    let rules = &field.limits.rules;
    let other_forms = rules.contains_key("accepts") || rules.contains_key("open");
    let format = |name: &Option<String>| name.clone().filter(|_| !other_forms);
    let one_of = &field.limits.one_of;
    let closed = !one_of.is_empty() && !other_forms;
    let flag = |holds: bool| holds.then_some(true);
    let empty = rules.contains_key("may_be_empty");
    let non_empty = is_non_empty(field, role);
    let required = field.presence.required && !empty;
    let limits = without_nulls(json!({
        "required": flag(required), "non_empty": flag(non_empty),
        "max_bytes": max_bytes, "max_len": max_len, "min": min, "max": max,
        "min_items": min_items, "one_of": closed.then_some(one_of),
        "format": format(&field.limits.format), "key_format": format(&field.limits.key_format),
        "in": inner(&field.ty), "map": flag(matches!(field.ty, TypeRef::Map(_))),
    }));
    let Value::Object(mut limits) = limits else { return limits };
    for name in RULES {
        let judged = *name != "known_keys" || !other_forms;
        if let Some(rule) = rules.get(*name).filter(|_| judged) {
            limits.insert((*name).to_owned(), rule.clone());
        }
    }
    Value::Object(limits)
}

/// Whether the server refuses an empty value in requests of this kind.
fn is_non_empty(field: &Field, role: Role) -> bool {
    let places = field.limits.rules.get("non_empty").and_then(Value::as_array);
    let place = match role {
        Role::Create => "create",
        Role::Update => "update",
        Role::Resource | Role::Nested => "all",
    };
    let mut places = places.into_iter().flatten().filter_map(Value::as_str);
    places.any(|it| it == "all" || it == place)
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

//! Constraints on values of requests as data: a line of JSON for each type that is sent.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::model::{Field, Model, Record, Role, Type, TypeRef, Union};

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
    let choices = union.choices.iter().map(|it| (&it.wire, &it.ty));
    without_nulls(json!({ "choices": choices.collect::<BTreeMap<_, _>>() }))
}

fn record(record: &Record) -> Map<String, Value> {
    let rules = record.constraints.iter().map(|rule| {
        without_nulls(json!({
            "kind": rule.kind, "fields": rule.fields, "condition": rule.condition,
        }))
    });
    let rules: Vec<_> = rules.collect();
    let fields = record.fields.iter().map(|it| (&it.wire, field(it, record.role)));
    let fields: BTreeMap<_, _> = fields.filter(|(_, it)| !it.is_empty()).collect();
    without_nulls(json!({
        "rules": Some(&rules).filter(|rules| !rules.is_empty()),
        "fields": Some(&fields).filter(|fields| !fields.is_empty()),
    }))
}

fn field(field: &Field, role: Role) -> Map<String, Value> {
    let flag = |holds: bool| holds.then_some(true);
    // The record or union in the field, or in its elements.
    let inner = match field.ty.element() {
        TypeRef::Record(name) => Some(name),
        _ => None,
    };
    let mut limits = without_nulls(json!({
        "required": flag(field.presence.required && !field.rules.may_be_empty()),
        "non_empty": flag(field.rules.reject_empty(role)),
        "in": inner, "map": flag(matches!(field.ty, TypeRef::Map(_))),
    }));
    let other_forms = field.rules.accept_other_forms();
    let checked = field
        .rules
        .iter()
        .filter(|rule| rule.is_for_clients() && !(other_forms && rule.is_of_form()));
    limits.extend(checked.map(|rule| (rule.key().to_owned(), rule.to_value())));
    limits
}

fn without_nulls(object: Value) -> Map<String, Value> {
    let Value::Object(mut entries) = object else { return Map::new() };
    entries.retain(|_, value| !value.is_null());
    entries
}

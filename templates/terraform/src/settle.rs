//! States from responses: what was planned, or was the state before, keeps its form where the response means the same.

use serde_json::Value as Json;

use crate::compare::same;
use crate::convert;
use crate::schema::{Attribute, Role, Type};
use crate::value::Value;

/// Returns the state after a creation or an update: Terraform requires what was planned, and the rest comes from the
/// response.
pub(crate) fn applied(
    attributes: &[Attribute],
    planned: &Value,
    response: &Json,
) -> Value {
    let actual = convert::read_object(attributes, response);
    with_aliases(attributes, object(attributes, planned, &actual))
}

fn object(attributes: &[Attribute], planned: &Value, actual: &Value) -> Value {
    let settled = attributes.iter().map(|it| {
        let value = value(&it.ty, planned.get(&it.name), actual.get(&it.name));
        (it.name.clone(), value)
    });
    Value::Object(settled.collect())
}

fn value(ty: &Type, planned: &Value, actual: &Value) -> Value {
    match (ty, planned) {
        (_, Value::Unknown) => actual.clone(),
        (_, planned) if planned.is_known() => planned.clone(),
        (Type::Object(inner), planned) => object(inner, planned, actual),
        (Type::List(item), Value::List(items)) => {
            let settled = items.iter().enumerate().map(|(at, planned)| {
                value(item, planned, like(item, planned, at, actual))
            });
            Value::List(settled.collect())
        }
        (Type::Map(item), Value::Object(fields)) => {
            let settled = fields.iter();
            let settled =
                settled.map(|(key, it)| (key.clone(), value(item, it, actual.get(key))));
            Value::Object(settled.collect())
        }
        (_, planned) => planned.clone(),
    }
}

/// Returns the element of a response that a planned one became: one that is the same, or the one at its place.
fn like<'a>(item: &Type, planned: &Value, at: usize, actual: &'a Value) -> &'a Value {
    let Value::List(items) = actual else { return &Value::Null };
    let same = |it: &&Value| match item {
        Type::Object(inner) => crate::compare::same_object(inner, planned, it),
        _ => false,
    };
    items.iter().find(same).or_else(|| items.get(at)).unwrap_or(&Value::Null)
}

/// Returns the state of a resource that was read: what means the same as before keeps its form.
pub(crate) fn refreshed(
    attributes: &[Attribute],
    prior: &Value,
    response: &Json,
    blocks: bool,
) -> Value {
    let actual = convert::read_object(attributes, response);
    let refreshed = attributes.iter().map(|it| {
        let (before, now) = (prior.get(&it.name), actual.get(&it.name));
        let value = refreshed_value(it, before, now, blocks);
        (it.name.clone(), value)
    });
    with_aliases(attributes, Value::Object(refreshed.collect()))
}

fn refreshed_value(
    attribute: &Attribute,
    before: &Value,
    now: &Value,
    blocks: bool,
) -> Value {
    match attribute.role {
        Role::WriteOnly(_) => return Value::Null,
        Role::Version(_) | Role::Retired | Role::Alias(_) => return before.clone(),
        Role::Api => {}
    }
    // Secrets are returned once or never, and those that are returned later may be masked.
    if attribute.read.is_none() || attribute.sensitive {
        return before.clone();
    }
    if !attribute.is_stated() {
        return now.clone();
    }
    if before.is_null() {
        // A block that is not stated is not there, whatever the server decided on.
        let hidden = blocks && crate::schema::is_block(attribute);
        let unset = !attribute.required && !attribute.computed && now.is_empty();
        return if hidden || unset {
            Value::Null
        } else {
            without_secrets(attribute, now)
        };
    }
    // What was set on creation and is not returned cannot have changed.
    let unreturned = now.is_empty() && !attribute.is_updatable();
    if unreturned || same(attribute, before, now) {
        merged(&attribute.ty, before, now)
    } else {
        drifted(attribute, before, now)
    }
}

/// Returns a value as it was, with what the server decides on as it is now.
fn merged(ty: &Type, before: &Value, now: &Value) -> Value {
    match (ty, before, now) {
        (Type::Object(inner), Value::Object(_), Value::Object(_)) => {
            let merged = inner.iter().map(|it| {
                let (before, now) = (before.get(&it.name), now.get(&it.name));
                (it.name.clone(), refreshed_value(it, before, now, false))
            });
            Value::Object(merged.collect())
        }
        _ => before.clone(),
    }
}

/// Returns a value as it is now, with the secrets that were there before.
fn drifted(attribute: &Attribute, before: &Value, now: &Value) -> Value {
    match (&attribute.ty, before, now) {
        (Type::Object(_), Value::Object(_), Value::Object(_)) => {
            merged(&attribute.ty, before, now)
        }
        _ if now.is_empty() && !attribute.required && !attribute.computed => Value::Null,
        _ => without_secrets(attribute, now),
    }
}

/// Removes what must not be stored unless it was stated.
fn without_secrets(attribute: &Attribute, now: &Value) -> Value {
    match (&attribute.ty, now) {
        (Type::Object(inner), Value::Object(_)) => {
            let kept = inner.iter().map(|it| {
                let value = refreshed_value(it, &Value::Null, now.get(&it.name), false);
                (it.name.clone(), value)
            });
            Value::Object(kept.collect())
        }
        _ => now.clone(),
    }
}

/// Gives earlier names the value of the attribute, unless theirs means the same.
fn with_aliases(attributes: &[Attribute], state: Value) -> Value {
    let Value::Object(mut fields) = state else { return state };
    for attribute in attributes {
        let Role::Alias(of) = &attribute.role else { continue };
        let Some(own) = crate::schema::find(attributes, of) else { continue };
        let value = fields.get(of).cloned().unwrap_or(Value::Null);
        let known = fields
            .get(&attribute.name)
            .filter(|it| !it.is_null() && same(own, it, &value));
        if known.is_none() {
            fields.insert(attribute.name.clone(), value);
        }
    }
    Value::Object(fields)
}

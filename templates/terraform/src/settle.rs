//! States from responses: what was planned, or was the state before, keeps its form where the response means the same.

use serde_json::Value as Json;

use crate::alias;
use crate::compare::same;
use crate::convert::{self, in_response};
use crate::schema::{Attribute, Role, Type};
use crate::value::Value;

/// Returns the state after a creation or an update: Terraform requires what was planned, and the rest comes from the
/// response.
pub(crate) fn applied(
    attributes: &[Attribute],
    planned: &Value,
    response: &Json,
) -> Value {
    let actual = convert::read_object(attributes, response, in_response);
    alias::filled(attributes, &Value::Null, object(attributes, planned, &actual))
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
    let actual = convert::read_object(attributes, response, in_response);
    let refreshed = refreshed_object(attributes, prior, &actual, blocks);
    alias::filled(attributes, &Value::Null, refreshed)
}

fn refreshed_object(
    attributes: &[Attribute],
    before: &Value,
    now: &Value,
    blocks: bool,
) -> Value {
    let refreshed = attributes.iter().map(|it| {
        let (before, now) = (before.get(&it.name), now.get(&it.name));
        (it.name.clone(), refreshed_value(it, before, now, blocks))
    });
    Value::Object(refreshed.collect())
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
    // What was set on creation and is not returned cannot have changed.
    let unreturned = now.is_empty() && !attribute.is_updatable();
    let kept = !before.is_null() && (unreturned || same(attribute, before, now));
    let unset = now.is_empty() && !attribute.required && !attribute.computed;
    // A block that is not stated is not there, whatever the server decided on.
    let hidden = blocks && before.is_null() && crate::schema::is_block(attribute);
    match (&attribute.ty, before, now) {
        _ if hidden || unset && before.is_null() => Value::Null,
        (Type::Object(inner), Value::Object(_) | Value::Null, Value::Object(_)) => {
            refreshed_object(inner, before, now, false)
        }
        _ if kept => before.clone(),
        _ if unset => Value::Null,
        _ => now.clone(),
    }
}

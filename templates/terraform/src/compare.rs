//! Compares values of attributes that may be equivalent in different notations.

use ngrok_api_model::Equality;
use ngrok_state_core::{equivalent, same_elements};
use serde_json::Value as Json;

use crate::convert::{in_response, read};
use crate::schema::{Attribute, Role, Type};
use crate::value::Value;

/// Returns whether a stated value and an actual one are the same. What the server decides and is not stated is ignored.
pub(crate) fn same(attribute: &Attribute, stated: &Value, actual: &Value) -> bool {
    same_value(&attribute.ty, attribute.equal, stated, actual)
}

fn same_value(
    ty: &Type,
    equal: Option<Equality>,
    stated: &Value,
    actual: &Value,
) -> bool {
    if stated == actual {
        return true;
    }
    if *stated == Value::Unknown || *actual == Value::Unknown {
        return false;
    }
    match (ty, stated, actual) {
        (Type::Object(inner), Value::Object(_), Value::Object(_)) => {
            same_object(inner, stated, actual)
        }
        (_, stated, actual) if stated.is_empty() => actual.is_empty(),
        (Type::List(item), Value::List(stated), Value::List(actual)) => {
            let (unordered, inner) = match equal {
                Some(Equality::Unordered) => (true, None),
                other => (false, other),
            };
            same_elements(unordered, stated, actual, |_, stated, actual| {
                same_value(item, inner, stated, actual)
            })
        }
        (Type::Map(item), Value::Object(stated), Value::Object(actual)) => {
            stated.len() == actual.len()
                && stated.iter().all(|(key, value)| {
                    let mut found =
                        actual.iter().filter(|(it, _)| it.eq_ignore_ascii_case(key));
                    found.any(|(_, actual)| same_value(item, equal, value, actual))
                })
        }
        (Type::Number, stated, actual) => number(stated) == number(actual),
        _ => equivalent(equal, &stated.to_json(), &actual.to_json()),
    }
}

/// Returns whether two objects are the same, attribute by attribute.
pub(crate) fn same_object(
    attributes: &[Attribute],
    stated: &Value,
    actual: &Value,
) -> bool {
    attributes.iter().all(|it| {
        let value = stated.get(&it.name);
        let ignored = match it.role {
            Role::WriteOnly(_) | Role::Alias(_) => true,
            Role::Version(_) | Role::Retired => false,
            Role::Api => {
                !it.is_stated()
                    || it.computed && matches!(value, Value::Null | Value::Unknown)
            }
        };
        ignored || same(it, value, actual.get(&it.name))
    })
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Returns whether a response has these values of a natural key.
pub(crate) fn has_key(key: &[(&Attribute, Value)], response: &Json) -> bool {
    let matches = |(attribute, value): &(&Attribute, Value)| {
        same(attribute, value, &read(attribute, response, in_response))
    };
    !key.is_empty() && key.iter().all(matches)
}

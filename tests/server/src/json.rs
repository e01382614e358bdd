//! Predicates and accessors for JSON values.

use serde_json::Value;

/// Returns the string under a key; empty if there is none.
pub(crate) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Returns true if servers written in Go treat a value as absent: empty, or zero.
pub(crate) fn is_zero(value: &Value) -> bool {
    is_empty(value) || value.as_f64() == Some(0.0)
}

/// Returns true if a value is empty. Numbers and booleans never are.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

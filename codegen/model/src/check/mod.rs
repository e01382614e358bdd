//! Validates JSON against a type of the model, such as a request body.
//!
//! Takes a model, the name of a type and a value; returns every violation with the path of the field and the documented error code. Checks
//! that require the server (whether a reference exists, whether a value is unique) and unknown formats are omitted.

mod document;
mod fields;
mod records;
mod values;
mod violation;

use serde_json::Value;

use crate::Model;

pub use values::{
    Breach, check_count, check_key, check_list, check_number, check_string,
};
pub use violation::{Violation, ViolationKind};

/// Validates a request body, or a part of one, of the type with this name.
///
/// Returns all violations in the order of the value: unknown fields and bad values first, then missing fields and
/// rules over several fields. An unknown type name has no rules, so nothing violates them. `null` counts as absent.
#[must_use]
pub fn validate<'m>(model: &'m Model, ty: &str, value: &Value) -> Vec<Violation<'m>> {
    let mut walk = Walk { model, violations: Vec::new() };
    walk.named(ty, value, "");
    walk.violations
}

/// The state of one validation.
struct Walk<'m> {
    model: &'m Model,
    violations: Vec<Violation<'m>>,
}

/// Appends a key to a path.
fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Returns true if a value counts as absent in rules over several fields: servers in Go do not distinguish zero from absence.
fn is_absent(value: &Value) -> bool {
    is_empty(value) || value.as_f64() == Some(0.0)
}

/// Returns true if a value is empty. Numbers and booleans never are.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

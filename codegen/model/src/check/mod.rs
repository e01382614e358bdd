//! Validates JSON against a type of the model, such as a request body.
//!
//! Takes a model, the name of a type and a value; returns every violation with the path of the field and the documented error code. Checks
//! that require the server (whether a reference exists, whether a value is unique) and unknown formats are omitted.

mod document;
mod fields;
mod records;
mod values;
mod violation;

use serde::Serialize;
use serde_json::Value;

use crate::{Model, Record, pointer};

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
    walk(model, Mode::Request, ty, value)
}

/// Compares a recorded body with the type of this name, for one side of an exchange of an operation.
///
/// What a server accepted or sent cannot be wrong, so more is reported than by [`validate`]: values that an open enum
/// lacks, and every null and absence that the description does not mention. Responses use empty strings for unset fields.
#[must_use]
pub fn compare_recorded<'m>(
    model: &'m Model,
    side: Side,
    operation: &str,
    ty: &str,
    value: &Value,
) -> Vec<Violation<'m>> {
    walk(model, Mode::Recorded { side, operation }, ty, value)
}

fn walk<'m>(
    model: &'m Model,
    mode: Mode<'_>,
    ty: &str,
    value: &Value,
) -> Vec<Violation<'m>> {
    let mut walk = Walk { model, mode, owner: None, violations: Vec::new() };
    walk.named(ty, value, &Path::default());
    walk.violations
}

/// A half of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The request.
    Request,
    /// The response.
    Response,
}

/// What a value is compared for.
#[derive(Clone, Copy)]
enum Mode<'o> {
    /// A request before it is sent or processed.
    Request,
    /// A body that was sent, and accepted.
    Recorded { side: Side, operation: &'o str },
}

/// The state of one validation.
struct Walk<'m, 'o> {
    model: &'m Model,
    mode: Mode<'o>,
    /// The record whose fields are validated.
    owner: Option<&'m Record>,
    violations: Vec<Violation<'m>>,
}

impl Walk<'_, '_> {
    fn is_recorded(&self) -> bool {
        !matches!(self.mode, Mode::Request)
    }

    /// Returns the operation, if the value is a response to it.
    fn responding(&self) -> Option<&str> {
        match self.mode {
            Mode::Recorded { side: Side::Response, operation } => Some(operation),
            _ => None,
        }
    }
}

/// The location of a value in a body.
#[derive(Clone, Default)]
struct Path {
    /// For people: `rules[2].cidr`.
    shown: String,
    /// JSON pointer: `/rules/2/cidr`.
    pointer: String,
}

impl Path {
    fn key(&self, key: &str) -> Self {
        let dot = if self.shown.is_empty() { "" } else { "." };
        Self {
            shown: format!("{}{dot}{key}", self.shown),
            pointer: pointer::join(&self.pointer, key),
        }
    }

    fn index(&self, index: usize) -> Self {
        Self {
            shown: format!("{}[{index}]", self.shown),
            pointer: format!("{}/{index}", self.pointer),
        }
    }
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

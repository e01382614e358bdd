//! Redaction of secrets in values by their types.

use ngrok_api_model::Model;
use serde_json::Value;

use crate::lookup::Shape;

/// Replacement of a secret.
pub(crate) const REDACTED: &str = "[redacted]";

/// Replaces the secrets of a value, except those that only the operation named `operation` returns.
pub(crate) fn redact(
    model: &Model,
    shape: Shape<'_>,
    operation: Option<&str>,
    value: &mut Value,
) {
    match value {
        Value::Array(items) => {
            for item in items {
                redact(model, shape.element(), operation, item);
            }
        }
        Value::Object(object) => {
            for (key, value) in object {
                let place = shape.member(model, key);
                let (secret, returned_once) = match place.field {
                    Some(field) => {
                        let only = field.only_on.as_deref();
                        (field.secret, only.is_some() && only == operation)
                    }
                    None => (
                        matches!(place.shape, Shape::Unknown)
                            && is_secret_key(model, key),
                        false,
                    ),
                };
                let empty = value.is_null() || value.as_str() == Some("");
                if secret && !returned_once && !empty {
                    *value = REDACTED.into();
                } else {
                    redact(model, place.shape, operation, value);
                }
            }
        }
        _ => {}
    }
}

/// Returns true if any type has a secret under this key, for values without a description.
fn is_secret_key(model: &Model, key: &str) -> bool {
    model.types.values().any(|ty| match ty {
        ngrok_api_model::Type::Record(record) => {
            record.fields.iter().any(|field| field.secret && field.wire == key)
        }
        _ => false,
    })
}

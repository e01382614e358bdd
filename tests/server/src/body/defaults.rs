//! Default values of fields that a request does not set.

use ngrok_api_model::{Field, Model, Record, Scalar, Type, TypeRef};
use serde_json::{Map, Value};

/// Sets the fields that have a default and no value.
pub(super) fn fill(model: &Model, record: &Record, set: &mut Map<String, Value>) {
    for field in record.fields.iter().filter(|field| !field.presence.required) {
        if let (false, Some(value)) =
            (set.contains_key(&field.wire), default(model, field))
        {
            set.insert(field.wire.clone(), value.clone());
        }
    }
}

/// Returns the default, if it is a value. Some defaults describe what only the API can know, such as the caller.
fn default<'a>(model: &Model, field: &'a Field) -> Option<&'a Value> {
    let value = field.default.as_ref()?;
    let is_value = match (&field.ty, value) {
        (TypeRef::Scalar(Scalar::Bool), Value::Bool(_))
        | (TypeRef::Scalar(_), Value::Number(_))
        | (TypeRef::List(_), Value::Array(_))
        | (TypeRef::Map(_), Value::Object(_)) => true,
        (TypeRef::Enum(name), Value::String(text)) => match model.types.get(name) {
            Some(Type::Enum(known)) => known.variants.iter().any(|it| it.wire == *text),
            _ => false,
        },
        _ => false,
    };
    is_value.then_some(value)
}

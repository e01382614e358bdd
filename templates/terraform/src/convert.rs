//! Conversion between values of attributes and JSON of the API.

use ngrok_state_core::Field;
use serde_json::{Map, Number, Value as Json};

use crate::schema::{Attribute, Role, Type};
use crate::value::Value;

/// Returns the value that a response has for an attribute.
pub(crate) fn read(attribute: &Attribute, response: &Json) -> Value {
    let Some(json) = attribute.read.as_ref().and_then(|key| response.get(key)) else {
        return Value::Null;
    };
    match (&attribute.element, json) {
        (Some(element), Json::Array(items)) => {
            let items = items.iter().map(|it| it.get(element).unwrap_or(it));
            Value::List(items.map(|it| from_api(&Type::String, it)).collect())
        }
        (_, json) => from_api(&attribute.ty, json),
    }
}

/// Returns an object of a response; every attribute is present.
pub(crate) fn read_object(attributes: &[Attribute], response: &Json) -> Value {
    let read = |it: &Attribute| (it.name.clone(), read(it, response));
    Value::Object(attributes.iter().map(read).collect())
}

fn from_api(ty: &Type, json: &Json) -> Value {
    match (ty, json) {
        (_, Json::Null) => Value::Null,
        // A reference is its ID; one that leads nowhere has none.
        (Type::String, Json::Object(reference)) => match reference.get("id") {
            Some(Json::String(id)) if !id.is_empty() => Value::String(id.clone()),
            _ => Value::Null,
        },
        (Type::String, Json::String(text)) => Value::String(text.clone()),
        (Type::String, other) => Value::String(other.to_string()),
        (Type::Bool, Json::Bool(set)) => Value::Bool(*set),
        (Type::Number, Json::Number(number)) => Value::Number(number.clone()),
        (Type::Number, Json::String(text)) => {
            number(text).map_or(Value::Null, Value::Number)
        }
        (Type::List(item), Json::Array(items)) => {
            Value::List(items.iter().map(|it| from_api(item, it)).collect())
        }
        (Type::Map(item), Json::Object(fields)) => {
            let fields =
                fields.iter().map(|(key, it)| (key.clone(), from_api(item, it)));
            Value::Object(fields.collect())
        }
        (Type::Object(inner), json) => read_object(inner, json),
        _ => Value::Null,
    }
}

/// Returns the body that states an object: what is null or unknown is left out.
pub(crate) fn body(attributes: &[Attribute], stated: &Value) -> Map<String, Json> {
    let mut body = Map::new();
    for attribute in attributes {
        if let Some((field, json)) = sent(attribute, attributes, stated) {
            body.insert(field.name.clone(), json);
        }
    }
    body
}

/// Returns the field and the value that are sent for an attribute of an object, if one is stated.
pub(crate) fn sent<'a>(
    attribute: &'a Attribute,
    attributes: &[Attribute],
    stated: &Value,
) -> Option<(&'a Field, Json)> {
    let field = attribute.write.as_ref()?;
    let twin =
        attributes.iter().find(|it| it.role == Role::WriteOnly(attribute.name.clone()));
    let alias =
        attributes.iter().find(|it| it.role == Role::Alias(attribute.name.clone()));
    let others = [twin, alias].into_iter().flatten().map(|it| stated.get(&it.name));
    let mut values = std::iter::once(stated.get(&attribute.name)).chain(others);
    let value = values.find(|it| !matches!(it, Value::Null | Value::Unknown));
    let json = match (value, &attribute.sent_default) {
        (Some(value), _) => to_api(attribute, value),
        (None, Some(default)) => default.clone(),
        (None, None) => return None,
    };
    Some((field, json))
}

/// Returns a value as it is sent.
pub(crate) fn to_api(attribute: &Attribute, value: &Value) -> Json {
    match (&attribute.element, value) {
        (Some(element), Value::List(items)) => {
            let item = |it: &Value| {
                Json::Object(Map::from_iter([(element.clone(), it.to_json())]))
            };
            items.iter().filter(|it| it.is_known()).map(item).collect()
        }
        (_, value) => value_to_api(&attribute.ty, value),
    }
}

fn value_to_api(ty: &Type, value: &Value) -> Json {
    match (ty, value) {
        (Type::Number, Value::String(text)) => {
            number(text).map_or(Json::Null, Json::Number)
        }
        (Type::List(item), Value::List(items)) => {
            let known = items.iter().filter(|it| **it != Value::Unknown);
            known.map(|it| value_to_api(item, it)).collect()
        }
        (Type::Map(item), Value::Object(fields)) => {
            let fields = fields.iter();
            let fields = fields.map(|(key, it)| (key.clone(), value_to_api(item, it)));
            Json::Object(fields.collect())
        }
        (Type::Object(inner), value @ Value::Object(_)) => {
            Json::Object(body(inner, value))
        }
        (_, value) => value.to_json(),
    }
}

/// Reads a number that travels as text; those without a fraction are integers.
fn number(text: &str) -> Option<Number> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(number.into());
    }
    text.parse().ok().and_then(Number::from_f64)
}

//! Conversion between values of attributes and JSON of the API.

use ngrok_state_core::Field;
use serde_json::{Map, Number, Value as Json};

use crate::schema::{Attribute, Role, Type};
use crate::value::Value;

/// Returns the key of an object in JSON that has the value of an attribute.
pub(crate) type Key = fn(&Attribute) -> Option<&String>;

/// Returns the key of an attribute in responses.
pub(crate) fn in_response(attribute: &Attribute) -> Option<&String> {
    attribute.read.as_ref()
}

/// Returns the value that an object has for an attribute.
pub(crate) fn read(attribute: &Attribute, object: &Json, key: Key) -> Value {
    let Some(json) = key(attribute).and_then(|key| object.get(key)) else {
        return Value::Null;
    };
    match (&attribute.element, json) {
        (Some(element), Json::Array(items)) => {
            let items = items.iter().map(|it| it.get(element).unwrap_or(it));
            Value::List(items.map(|it| read_value(&Type::String, it, key)).collect())
        }
        (_, json) => read_value(&attribute.ty, json, key),
    }
}

/// Returns an object in which every attribute is present.
pub(crate) fn read_object(attributes: &[Attribute], object: &Json, key: Key) -> Value {
    let read = |it: &Attribute| (it.name.clone(), read(it, object, key));
    Value::Object(attributes.iter().map(read).collect())
}

fn read_value(ty: &Type, json: &Json, key: Key) -> Value {
    match (ty, json) {
        (_, Json::Null) => Value::Null,
        // A reference is its ID; one that leads nowhere has none.
        (Type::String, Json::Object(reference)) => match reference.get("id") {
            Some(Json::String(id)) if !id.is_empty() => Value::String(id.clone()),
            _ => Value::Null,
        },
        (Type::String, Json::String(text)) => Value::String(text.clone()),
        (Type::String, other) => Value::String(other.to_string()),
        (Type::Number, Json::String(text)) => {
            number(text).map_or(Value::Null, Value::Number)
        }
        (Type::Bool, Json::Bool(_)) | (Type::Number, Json::Number(_)) => {
            Value::from_json(json)
        }
        (Type::List(item), Json::Array(items)) => {
            Value::List(items.iter().map(|it| read_value(item, it, key)).collect())
        }
        (Type::Map(item), Json::Object(fields)) => {
            let fields = fields.iter();
            let fields =
                fields.map(|(name, it)| (name.clone(), read_value(item, it, key)));
            Value::Object(fields.collect())
        }
        // States have blocks as lists of one object.
        (Type::Object(inner), Json::Array(items)) => {
            items.first().map_or(Value::Null, |it| read_object(inner, it, key))
        }
        (Type::Object(inner), json) => read_object(inner, json, key),
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
            items.iter().map(item).collect()
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
            items.iter().map(|it| value_to_api(item, it)).collect()
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

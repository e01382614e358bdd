//! States that an earlier version, another provider of the same API, or another name of the resource wrote.

use serde_json::Value as Json;

use super::{Provider, split};
use crate::diagnostic::error;
use crate::proto::{Diagnostic, Move, Moved, State, Upgrade};
use crate::schema::{Attribute, Resource, Role, Type};
use crate::value::Value;

impl Provider {
    pub(crate) fn upgrade(&self, request: &Upgrade) -> State {
        let raw = request.raw_state.clone().unwrap_or_default().json;
        let upgraded =
            self.resource(&request.type_name).and_then(|it| converted(it, &raw));
        let (state, diagnostics) = split(upgraded);
        State { state: state.map(|it| it.encode()), diagnostics }
    }

    pub(crate) fn move_state(&self, request: &Move) -> Moved {
        let raw = request.source_state.clone().unwrap_or_default().json;
        let moved = self.resource(&request.target_type_name).and_then(|target| {
            let source = self.schemas.resources.get(&request.source_type_name);
            if source.is_none_or(|it| it.kind.name != target.kind.name) {
                let detail = format!(
                    "A {} of {} is another resource than a {}.",
                    request.source_type_name,
                    request.source_provider_address,
                    request.target_type_name
                );
                return Err(error("The state cannot be moved", detail).into());
            }
            converted(target, &raw)
        });
        let (state, diagnostics) = split(moved);
        let target_state = state.map(|it| it.encode());
        Moved { target_state, diagnostics, target_private: Vec::new() }
    }
}

fn converted(resource: &Resource, raw: &[u8]) -> Result<Value, Box<Diagnostic>> {
    let json: Json = serde_json::from_slice(raw).map_err(|error| {
        Box::new(self::error("The state cannot be read", error.to_string()))
    })?;
    if json.is_null() {
        return Ok(Value::Null);
    }
    let Value::Object(mut state) = object(&resource.attributes, &json) else {
        return Ok(Value::Null);
    };
    for attribute in &resource.attributes {
        let Role::Alias(of) = &attribute.role else { continue };
        let former = state.get(&attribute.name).cloned().unwrap_or(Value::Null);
        let own = state.entry(of.clone()).or_insert(Value::Null);
        if own.is_null() {
            own.clone_from(&former);
        }
        let own = own.clone();
        if former.is_null() {
            state.insert(attribute.name.clone(), own);
        }
    }
    Ok(Value::Object(state))
}

fn object(attributes: &[Attribute], json: &Json) -> Value {
    let attribute = |it: &Attribute| {
        let value = json.get(&it.name).map_or(Value::Null, |json| value(&it.ty, json));
        (it.name.clone(), value)
    };
    Value::Object(attributes.iter().map(attribute).collect())
}

/// Converts a value; objects may be blocks, which are lists of one object.
fn value(ty: &Type, json: &Json) -> Value {
    match (ty, json) {
        (Type::Object(inner), Json::Object(_)) => object(inner, json),
        (Type::Object(inner), Json::Array(items)) => {
            items.first().map_or(Value::Null, |it| object(inner, it))
        }
        (Type::List(item), Json::Array(items)) => {
            Value::List(items.iter().map(|it| value(item, it)).collect())
        }
        (Type::Map(item), Json::Object(fields)) => {
            let fields = fields.iter().map(|(key, it)| (key.clone(), value(item, it)));
            Value::Object(fields.collect())
        }
        (Type::Bool, Json::Bool(_))
        | (Type::Number, Json::Number(_))
        | (Type::String, Json::String(_)) => Value::from_json(json),
        _ => Value::Null,
    }
}

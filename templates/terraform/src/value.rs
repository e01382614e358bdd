//! Values of Terraform: `MessagePack` or JSON of the protocol in and out, and JSON of the API.

use std::collections::BTreeMap;

use rmpv::Value as Packed;
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value as Json};

use crate::proto::DynamicValue;

/// A value of a configuration, a state or a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Value {
    /// Known after apply; null in JSON.
    #[serde(skip_deserializing)]
    Unknown,
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    List(Vec<Value>),
    Object(BTreeMap<String, Value>),
}

/// Absent attributes.
static NULL: Value = Value::Null;

impl Value {
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns whether no part of it is unknown.
    pub(crate) fn is_known(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::List(items) => items.iter().all(Self::is_known),
            Self::Object(fields) => fields.values().all(Self::is_known),
            _ => true,
        }
    }

    /// Returns whether it is what the API returns for something that was never set.
    pub(crate) fn is_empty(&self) -> bool {
        self.is_known() && ngrok_state_core::is_empty(&self.to_json())
    }

    /// Returns an attribute of an object; null where there is none.
    pub(crate) fn get(&self, name: &str) -> &Self {
        match self {
            Self::Object(fields) => fields.get(name).unwrap_or(&NULL),
            _ => &NULL,
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the same in JSON; unknown parts are null.
    pub(crate) fn to_json(&self) -> Json {
        serde_json::to_value(self).unwrap_or_default()
    }

    pub(crate) fn from_json(json: &Json) -> Self {
        Self::deserialize(json).unwrap_or(Self::Null)
    }

    /// Decodes a value of the protocol; an absent one is null.
    pub(crate) fn decode(value: Option<&DynamicValue>) -> Result<Self, String> {
        let Some(value) = value else { return Ok(Self::Null) };
        if value.msgpack.is_empty() {
            let json = if value.json.is_empty() { &b"null"[..] } else { &value.json };
            return serde_json::from_slice(json).map_err(|error| error.to_string());
        }
        let packed = rmpv::decode::read_value(&mut value.msgpack.as_slice());
        packed.map_err(|error| error.to_string()).and_then(unpack)
    }

    pub(crate) fn encode(&self) -> DynamicValue {
        let mut msgpack = Vec::new();
        // Writing to memory cannot fail.
        let written = rmpv::encode::write_value(&mut msgpack, &self.pack());
        debug_assert!(written.is_ok(), "{written:?}");
        DynamicValue { msgpack, json: Vec::new() }
    }

    fn pack(&self) -> Packed {
        match self {
            Self::Unknown => Packed::Ext(0, vec![0]),
            Self::Null => Packed::Nil,
            Self::Bool(set) => Packed::Boolean(*set),
            Self::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(number), _) => number.into(),
                (None, Some(number)) => number.into(),
                // Terraform's numbers are decimal: the text keeps 0.1 as it is.
                (None, None) => number.to_string().into(),
            },
            Self::String(text) => text.as_str().into(),
            Self::List(items) => Packed::Array(items.iter().map(Self::pack).collect()),
            Self::Object(fields) => {
                let fields = fields.iter();
                let fields = fields.map(|(key, it)| (key.as_str().into(), it.pack()));
                Packed::Map(fields.collect())
            }
        }
    }
}

fn unpack(value: Packed) -> Result<Value, String> {
    Ok(match value {
        Packed::Nil => Value::Null,
        Packed::Ext(..) => Value::Unknown,
        Packed::Boolean(set) => Value::Bool(set),
        Packed::Integer(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => Value::Number(number.into()),
            (None, number) => Value::Number(number.unwrap_or_default().into()),
        },
        Packed::F32(number) => float(number.into())?,
        Packed::F64(number) => float(number)?,
        Packed::String(text) => {
            Value::String(text.into_str().ok_or("a string is not UTF-8")?)
        }
        Packed::Array(items) => {
            Value::List(items.into_iter().map(unpack).collect::<Result<_, _>>()?)
        }
        Packed::Map(fields) => {
            let field = |(key, value): (Packed, Packed)| {
                let key = key.as_str().ok_or("a key is not a string")?.to_owned();
                Ok::<_, String>((key, unpack(value)?))
            };
            Value::Object(fields.into_iter().map(field).collect::<Result<_, _>>()?)
        }
        Packed::Binary(_) => return Err("binary values are not supported".to_owned()),
    })
}

fn float(number: f64) -> Result<Value, String> {
    let number = Number::from_f64(number);
    number.map(Value::Number).ok_or_else(|| "a number is not finite".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_survive_encoding() {
        let json = json!({"a": [1, -2, true, null, "text"], "b": {"c": u64::MAX}});
        let mut value = Value::from_json(&json);
        if let Value::Object(fields) = &mut value {
            fields.insert("d".to_owned(), Value::Unknown);
        }
        let decoded = Value::decode(Some(&value.encode())).unwrap();
        assert_eq!(decoded, value);
        assert!(!decoded.is_known());
    }

    #[test]
    fn fractions_travel_as_decimal_text() {
        let encoded = Value::from_json(&json!(0.1)).encode();
        assert_eq!(encoded.msgpack, b"\xa30.1");
    }

    #[test]
    fn refined_unknown_values_are_unknown() {
        let refined =
            DynamicValue { msgpack: vec![0xc7, 3, 12, 0x81, 1, 0xc2], json: Vec::new() };
        assert_eq!(Value::decode(Some(&refined)), Ok(Value::Unknown));
    }

    #[test]
    fn damaged_values_are_errors() {
        let damaged = DynamicValue { msgpack: vec![0x92, 1], json: Vec::new() };
        assert!(Value::decode(Some(&damaged)).is_err());
    }
}

//! Values of Terraform as JSON: `MessagePack` or JSON of the protocol in and out.

use rmpv::Value as Packed;
use serde_json::{Number, Value as Json};

use crate::proto::DynamicValue;

/// Stands for a value that is known after apply: a string that no configuration has, since it begins with NUL.
pub(crate) const UNKNOWN: &str = "\0unknown";

/// Returns whether a value is known after apply.
pub(crate) fn is_unknown(value: &Json) -> bool {
    value == UNKNOWN
}

/// Returns whether a value is null or known after apply.
pub(crate) fn is_open(value: &Json) -> bool {
    value.is_null() || is_unknown(value)
}

/// Returns whether no part of a value is unknown.
pub(crate) fn is_known(value: &Json) -> bool {
    match value {
        Json::Array(items) => items.iter().all(is_known),
        Json::Object(fields) => fields.values().all(is_known),
        other => !is_unknown(other),
    }
}

/// Decodes a value of the protocol; an absent one is null.
pub(crate) fn decode(value: Option<&DynamicValue>) -> Result<Json, String> {
    match value {
        Some(value) if !value.msgpack.is_empty() => {
            let packed = rmpv::decode::read_value(&mut value.msgpack.as_slice());
            packed.map_err(|error| error.to_string()).and_then(unpack)
        }
        Some(value) if !value.json.is_empty() => {
            serde_json::from_slice(&value.json).map_err(|error| error.to_string())
        }
        _ => Ok(Json::Null),
    }
}

/// Encodes a value for the protocol.
pub(crate) fn encode(value: &Json) -> DynamicValue {
    let mut msgpack = Vec::new();
    // Writing to memory cannot fail.
    let written = rmpv::encode::write_value(&mut msgpack, &pack(value));
    debug_assert!(written.is_ok(), "{written:?}");
    DynamicValue { msgpack, json: Vec::new() }
}

fn pack(value: &Json) -> Packed {
    match value {
        Json::Null => Packed::Nil,
        Json::Bool(set) => Packed::Boolean(*set),
        Json::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => number.into(),
            (None, Some(number)) => number.into(),
            // Terraform's numbers are decimal: the text keeps 0.1 as it is.
            (None, None) => number.to_string().into(),
        },
        unknown if is_unknown(unknown) => Packed::Ext(0, vec![0]),
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => Packed::Array(items.iter().map(pack).collect()),
        Json::Object(fields) => {
            let fields = fields.iter().map(|(key, it)| (key.as_str().into(), pack(it)));
            Packed::Map(fields.collect())
        }
    }
}

fn unpack(value: Packed) -> Result<Json, String> {
    let float = |number: f64| {
        let number = Number::from_f64(number).ok_or("a number is not finite")?;
        Ok::<_, String>(number.into())
    };
    Ok(match value {
        Packed::Nil => Json::Null,
        Packed::Ext(..) => UNKNOWN.into(),
        Packed::Boolean(set) => set.into(),
        Packed::Integer(number) => match number.as_i64() {
            Some(number) => number.into(),
            None => number.as_u64().into(),
        },
        Packed::F32(number) => float(number.into())?,
        Packed::F64(number) => float(number)?,
        Packed::String(text) => text.into_str().ok_or("a string is not UTF-8")?.into(),
        Packed::Array(items) => {
            items.into_iter().map(unpack).collect::<Result<_, _>>()?
        }
        Packed::Map(fields) => {
            let field = |(key, value): (Packed, Packed)| {
                let key = key.as_str().ok_or("a key is not a string")?.to_owned();
                Ok::<_, String>((key, unpack(value)?))
            };
            Json::Object(fields.into_iter().map(field).collect::<Result<_, _>>()?)
        }
        Packed::Binary(_) => return Err("binary values are not supported".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_survive_encoding() {
        let value = json!({"a": [1, -2, true, null, "text"], "b": {"c": u64::MAX}, "d": UNKNOWN});
        let decoded = decode(Some(&encode(&value))).unwrap();
        assert_eq!(decoded, value);
        assert!(!is_known(&decoded) && is_known(&decoded["a"]));
    }

    #[test]
    fn fractions_travel_as_decimal_text() {
        let encoded = encode(&json!(0.1));
        assert_eq!(encoded.msgpack, b"\xa30.1");
    }

    #[test]
    fn refined_unknown_values_are_unknown() {
        let refined =
            DynamicValue { msgpack: vec![0xc7, 3, 12, 0x81, 1, 0xc2], json: Vec::new() };
        assert_eq!(decode(Some(&refined)), Ok(json!(UNKNOWN)));
    }

    #[test]
    fn damaged_values_are_errors() {
        let damaged = DynamicValue { msgpack: vec![0x92, 1], json: Vec::new() };
        assert!(decode(Some(&damaged)).is_err());
    }
}

//! Values of Terraform as JSON: `MessagePack` or JSON of the protocol in and out.

use std::error::Error;

use rmpv::Value as Packed;
use serde_json::Value as Json;

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
            unpack(&value.msgpack).map_err(|error| error.to_string())
        }
        Some(value) if !value.json.is_empty() => {
            serde_json::from_slice(&value.json).map_err(|error| error.to_string())
        }
        _ => Ok(Json::Null),
    }
}

fn unpack(mut msgpack: &[u8]) -> Result<Json, Box<dyn Error>> {
    let mut packed = rmpv::decode::read_value(&mut msgpack)?;
    for_each_leaf(&mut packed, |leaf| {
        if leaf.is_ext() {
            *leaf = UNKNOWN.into();
        }
    });
    Ok(rmpv::ext::from_value(packed)?)
}

/// Encodes a value for the protocol.
pub(crate) fn encode(value: &Json) -> DynamicValue {
    // Conversion of JSON and writing to memory cannot fail.
    let mut packed = rmpv::ext::to_value(value).unwrap_or(Packed::Nil);
    for_each_leaf(&mut packed, |leaf| match leaf {
        Packed::String(text) if text.as_str() == Some(UNKNOWN) => {
            *leaf = Packed::Ext(0, vec![0]);
        }
        // Terraform's numbers are decimal: the text keeps 0.1 as it is.
        Packed::F64(number) => *leaf = number.to_string().into(),
        _ => {}
    });
    let mut msgpack = Vec::new();
    let written = rmpv::encode::write_value(&mut msgpack, &packed);
    debug_assert!(written.is_ok(), "{written:?}");
    DynamicValue { msgpack, json: Vec::new() }
}

/// Changes every value without parts.
fn for_each_leaf(value: &mut Packed, change: fn(&mut Packed)) {
    let parts: Vec<_> = match value {
        Packed::Array(items) => items.iter_mut().collect(),
        Packed::Map(fields) => fields.iter_mut().map(|(_, it)| it).collect(),
        leaf => return change(leaf),
    };
    for part in parts {
        for_each_leaf(part, change);
    }
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

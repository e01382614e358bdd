//! The types of the client, each behind functions from JSON to JSON.
//!
//! Takes JSON; returns JSON, or the error. The tests decide which values are correct.

use std::fmt::Debug;

use ngrok_client::{ErrorCode, Invalid, OpenEnum, Resource, WithSecrets};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A struct of the client.
#[derive(Debug)]
pub struct RecordType {
    /// Name.
    pub name: &'static str,
    /// Decodes a value and encodes it again.
    pub again: fn(&[u8]) -> Result<Value, String>,
    /// Decodes a value and prints it in both `Debug` forms.
    pub debug: fn(&[u8]) -> String,
    /// Decodes a value and encodes its fields one by one.
    pub fields: fn(&[u8]) -> Vec<(&'static str, Value)>,
    /// Returns the shapes of its fields.
    pub shapes: fn() -> Vec<(&'static str, String)>,
    /// Reads the ID, if there is one.
    pub id: Option<ReadId>,
    /// Test data for requests, if it is sent.
    pub request: Option<RequestType>,
}

/// Decodes a resource and returns the prefix of its IDs, and its ID.
pub type ReadId = fn(&[u8]) -> (&'static str, String);

/// A struct that is sent.
#[derive(Debug)]
pub struct RequestType {
    /// Encodes a value with required fields only.
    pub required: fn() -> Value,
    /// Encodes a value with all fields.
    pub full: fn() -> Value,
    /// Decodes a value and compares it with one with required fields only.
    pub is_required: fn(&[u8]) -> bool,
    /// Decodes a value and compares it with one with all fields.
    pub is_full: fn(&[u8]) -> bool,
    /// Decodes a value and validates it.
    pub validate: fn(&[u8]) -> Result<(), Invalid>,
    /// Setters.
    pub setters: &'static [Setter],
}

/// A setter, called on a value with required fields only.
#[derive(Debug)]
pub struct Setter {
    /// The field it sets.
    pub wire: &'static str,
    /// Calls it with a value.
    pub set: fn() -> Value,
    /// Calls it with `Null`, if it accepts that.
    pub null: Option<fn() -> Value>,
    /// Calls it with an empty list or map, if it accepts one.
    pub empty: Option<fn() -> Value>,
}

/// A union of the client.
#[derive(Debug)]
pub struct UnionType {
    /// Name.
    pub name: &'static str,
    /// Decodes a value and encodes it again.
    pub again: fn(&[u8]) -> Result<Value, String>,
    /// Decodes a value and prints it in both `Debug` forms.
    pub debug: fn(&[u8]) -> String,
    /// Decodes a value and returns the name of its variant; `None` if unknown.
    pub chosen: fn(&[u8]) -> Option<&'static str>,
    /// Alternatives, if it is sent.
    pub choices: &'static [ChoiceType],
}

/// An alternative of a union.
#[derive(Debug)]
pub struct ChoiceType {
    /// Key.
    pub wire: &'static str,
    /// Encodes an explicitly constructed variant.
    pub written: fn() -> Value,
    /// Encodes a variant converted from its value.
    pub converted: fn() -> Value,
}

/// An enum of the client.
#[derive(Debug)]
pub struct EnumType {
    /// Name.
    pub name: &'static str,
    /// Decodes a value and encodes it again.
    pub again: fn(&[u8]) -> Result<Value, String>,
    /// Returns the known names, as the enum lists them.
    pub known: fn() -> Vec<String>,
    /// Returns true if the name is unknown.
    pub is_unknown: fn(&str) -> bool,
    /// Values.
    pub values: &'static [EnumValue],
}

/// A value of an enum.
#[derive(Debug)]
pub struct EnumValue {
    /// Name.
    pub wire: &'static str,
    /// Returns true if all conversions of the variant give this name.
    pub is_same: fn() -> bool,
}

/// Returns the structs.
#[must_use]
pub fn records() -> &'static [RecordType] {
    generated::RECORDS
}

/// Returns the unions.
#[must_use]
pub fn unions() -> &'static [UnionType] {
    generated::UNIONS
}

/// Returns the enums.
#[must_use]
pub fn enums() -> &'static [EnumType] {
    generated::ENUMS
}

/// Returns the constants of error codes.
#[must_use]
pub fn error_codes() -> &'static [(u32, ErrorCode)] {
    generated::ERROR_CODES
}

#[allow(deprecated, reason = "deprecated types are included")]
#[allow(clippy::all, clippy::pedantic, reason = "generated")]
mod generated {
    use ngrok_client::types::*;
    use ngrok_client::{ErrorCode, Null, Validate};

    use super::{
        ChoiceType, EnumType, EnumValue, RecordType, RequestType, Setter, UnionType,
        again, debug, decode, encode, id_of, same, timestamp, without_elements,
    };
    use crate::arguments::Sample;
    use crate::shape::{self, Named};

    include!(concat!(env!("OUT_DIR"), "/types.rs"));
    include!(concat!(env!("OUT_DIR"), "/error_codes.rs"));
}

fn again<T: DeserializeOwned + Serialize>(json: &[u8]) -> Result<Value, String> {
    let value: T = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    Ok(encode(&value))
}

fn debug<T: DeserializeOwned + Debug>(json: &[u8]) -> String {
    let value: T = decode(json);
    format!("{value:?}\n{value:#?}")
}

fn id_of<T: DeserializeOwned + Resource>(json: &[u8]) -> (&'static str, String) {
    (T::PREFIX, decode::<T>(json).id().to_string())
}

fn same<T: OpenEnum + PartialEq>(variant: &T, name: &str) -> bool {
    variant.as_ref() == name
        && *variant == T::from(name)
        && *variant == T::from(name.to_owned())
        && encode(variant) == name
        && decode::<T>(Value::from(name).to_string().as_bytes()) == *variant
}

fn decode<T: DeserializeOwned>(json: &[u8]) -> T {
    match serde_json::from_slice(json) {
        Ok(value) => value,
        Err(error) => panic!("{error}: {}", String::from_utf8_lossy(json)),
    }
}

/// Encodes a value. The string must be as long as the JSON it represents: no key is repeated.
pub(crate) fn encode<T: Serialize>(value: &T) -> Value {
    parsed(&serde_json::to_vec(&WithSecrets(value)).expect("values can be encoded"))
}

fn parsed(text: &[u8]) -> Value {
    let json: Value = serde_json::from_slice(text).expect("values are encoded as JSON");
    assert_eq!(text.len(), json.to_string().len(), "duplicate key: {json}");
    json
}

/// Returns an empty list of elements of this type.
fn without_elements<T, const N: usize>(_: [T; N]) -> Vec<T> {
    Vec::new()
}

fn timestamp(text: &str) -> ngrok_client::Timestamp {
    text.parse().expect("examples have timestamps")
}

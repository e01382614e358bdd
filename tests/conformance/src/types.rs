//! The types of the client, each behind functions from JSON to JSON.
//!
//! Enters JSON text; leaves JSON, or what went wrong. Which values are right is for the tests to say.

use std::fmt::Debug;

use ngrok_client::{ErrorCode, Invalid, OpenEnum, Resource, WithSecrets};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A struct of the client.
#[derive(Debug)]
pub struct RecordType {
    /// Its name.
    pub name: &'static str,
    /// Decodes one and encodes it again.
    pub again: fn(&[u8]) -> Result<Value, String>,
    /// Decodes one and prints it in both ways.
    pub debug: fn(&[u8]) -> String,
    /// Decodes one and encodes its fields one by one.
    pub fields: fn(&[u8]) -> Vec<(&'static str, Value)>,
    /// How its id is read, if it has one.
    pub id: Option<ReadId>,
    /// How one is built, if it is sent.
    pub request: Option<RequestType>,
}

/// Decodes a resource and gives the prefix of such ids, and its id.
pub type ReadId = fn(&[u8]) -> (&'static str, String);

/// A struct that is sent.
#[derive(Debug)]
pub struct RequestType {
    /// Encodes one with what is required.
    pub required: fn() -> Value,
    /// Encodes one with everything.
    pub full: fn() -> Value,
    /// Decodes one and compares it to one with what is required.
    pub is_required: fn(&[u8]) -> bool,
    /// Decodes one and compares it to one with everything.
    pub is_full: fn(&[u8]) -> bool,
    /// Decodes one and holds it against what the API says of it.
    pub validate: fn(&[u8]) -> Result<(), Invalid>,
    /// The setters.
    pub setters: &'static [Setter],
}

/// A setter, called on a value with nothing but what is required.
#[derive(Debug)]
pub struct Setter {
    /// The field it sets.
    pub wire: &'static str,
    /// Called with a value.
    pub set: fn() -> Value,
    /// Called with `Null`, if it takes that.
    pub null: Option<fn() -> Value>,
    /// Called with an empty list or map, if it takes one.
    pub empty: Option<fn() -> Value>,
}

/// A union of the client.
#[derive(Debug)]
pub struct UnionType {
    /// Its name.
    pub name: &'static str,
    /// Decodes one and encodes it again.
    pub again: fn(&[u8]) -> Result<Value, String>,
    /// Decodes one and prints it in both ways.
    pub debug: fn(&[u8]) -> String,
    /// Decodes one and tells which it is; `None` for what is unknown.
    pub chosen: fn(&[u8]) -> Option<&'static str>,
    /// Its choices, if it is sent.
    pub choices: &'static [ChoiceType],
}

/// One choice of a union.
#[derive(Debug)]
pub struct ChoiceType {
    /// The key.
    pub wire: &'static str,
    /// Encodes one whose variant is written out.
    pub written: fn() -> Value,
    /// Encodes one that is made of what the variant holds.
    pub converted: fn() -> Value,
}

/// An enum of the client.
#[derive(Debug)]
pub struct EnumType {
    /// Its name.
    pub name: &'static str,
    /// Decodes one and encodes it again.
    pub again: fn(&[u8]) -> Result<Value, String>,
    /// The names it knows, as it lists them.
    pub known: fn() -> Vec<String>,
    /// Whether it does not know a name.
    pub is_unknown: fn(&str) -> bool,
    /// Its values.
    pub values: &'static [EnumValue],
}

/// A value of an enum.
#[derive(Debug)]
pub struct EnumValue {
    /// Its name.
    pub wire: &'static str,
    /// Whether the variant has this name in every form that it can take.
    pub is_same: fn() -> bool,
}

/// The structs.
#[must_use]
pub fn records() -> &'static [RecordType] {
    generated::RECORDS
}

/// The unions.
#[must_use]
pub fn unions() -> &'static [UnionType] {
    generated::UNIONS
}

/// The enums.
#[must_use]
pub fn enums() -> &'static [EnumType] {
    generated::ENUMS
}

/// The constants for error codes.
#[must_use]
pub fn error_codes() -> &'static [(u32, ErrorCode)] {
    generated::ERROR_CODES
}

#[allow(deprecated, reason = "what is deprecated is still offered")]
#[allow(clippy::all, clippy::pedantic, reason = "generated")]
mod generated {
    use std::collections::BTreeMap;

    use ngrok_client::types::*;
    use ngrok_client::{
        AnyResource, ErrorCode, Id, Null, Patch, Ref, Sensitive, Timestamp, Validate,
    };

    use super::{
        ChoiceType, EnumType, EnumValue, RecordType, RequestType, Setter, UnionType,
        again, debug, decode, encode, id_of, same, timestamp,
    };
    use crate::arguments::Sample;

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

/// Encodes a value. The text must be as long as that of the JSON it stands for: no key comes twice.
pub(crate) fn encode<T: Serialize>(value: &T) -> Value {
    let text = serde_json::to_vec(&WithSecrets(value)).expect("values can be encoded");
    let json: Value = serde_json::from_slice(&text).expect("values are encoded as JSON");
    assert_eq!(text.len(), json.to_string().len(), "a key comes twice: {json}");
    json
}

fn timestamp(text: &str) -> ngrok_client::Timestamp {
    text.parse().expect("examples have timestamps")
}

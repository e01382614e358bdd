//! Values and their codec, with types declared like those of generated modules.

#![allow(
    unreachable_pub,
    reason = "macros make public items, and the types here are private"
)]

mod conversions;
mod decoding;
mod encoding;
mod filters;
#[cfg(any(feature = "async", feature = "blocking"))]
mod following;
mod ids;
mod models;
mod open_enums;
mod optional;
mod recursion;
mod requests;
mod secrets;
mod timestamps;
mod unions;

use serde_core::de::DeserializeOwned;
use serde_json::Value;

use ngrok_client_core::json_path;

use crate::runtime::WithSecrets;

/// Decodes valid JSON.
fn decode<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// Decodes invalid JSON: returns the path of the error, and the message without line and column.
fn decode_error<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> (String, String) {
    let error = serde_json::from_str::<T>(json).expect_err(json);
    let message = error.to_string();
    let (message, _) = message.rsplit_once(" at line ").expect("a place");
    (json_path(json.as_bytes(), error.line(), error.column()), message.to_owned())
}

/// Returns the encoded value.
fn encode<T: serde_core::Serialize>(value: &T) -> Value {
    serde_json::to_value(WithSecrets(value)).expect("values can be written")
}

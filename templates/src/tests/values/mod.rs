//! Values and their codec, on types declared the way generated modules declare theirs.

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

/// Decodes text that must be fine.
fn decode<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// Decodes text that must not be fine: the path where that is found, and the message without line and column.
fn decode_error<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> (String, String) {
    let error = serde_json::from_str::<T>(json).expect_err(json);
    let message = error.to_string();
    let (message, _) = message.rsplit_once(" at line ").expect("a place");
    (json_path(json.as_bytes(), error.line(), error.column()), message.to_owned())
}

/// What a value is written as.
fn encode<T: serde_core::Serialize>(value: &T) -> Value {
    serde_json::to_value(WithSecrets(value)).expect("values can be written")
}

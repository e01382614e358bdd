//! Whether a JSON value is a scalar of a type.

use ngrok_api_model::Scalar;
use serde_json::Value;

use crate::clock;
use crate::errors::{Outcome, Problem};

/// Refuses a value that is not of this type.
pub(super) fn check(scalar: Scalar, value: &Value, path: &str) -> Outcome<()> {
    let (fits, what) = match scalar {
        Scalar::String => (value.is_string(), "a string"),
        Scalar::Bool => (value.is_boolean(), "true or false"),
        Scalar::Int32 => (is_in::<i32, _>(value.as_i64()), "a 32-bit number"),
        Scalar::Int64 => (value.is_i64(), "a 64-bit number"),
        Scalar::Uint32 => (is_in::<u32, _>(value.as_u64()), "a 32-bit number from 0 up"),
        Scalar::Uint64 => (value.is_u64(), "a 64-bit number from 0 up"),
        Scalar::Float64 => (value.is_number(), "a number"),
        Scalar::Timestamp => match value.as_str() {
            Some(text) if !clock::is_timestamp(text) => {
                return Err(Problem::bad_timestamp(path));
            }
            text => (text.is_some(), "a string"),
        },
    };
    if fits { Ok(()) } else { Err(Problem::bad_body(format!("{path} is not {what}."))) }
}

fn is_in<T: TryFrom<N>, N>(number: Option<N>) -> bool {
    number.is_some_and(|number| T::try_from(number).is_ok())
}

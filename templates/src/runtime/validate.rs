//! Client-side validation: takes a body, returns all problems. The constraints are data of the API; the core checks them.

use ngrok_client_core::limits;

use crate::runtime::codec::Record;
use crate::runtime::facts::API;
use crate::runtime::values::WithSecrets;

pub use ngrok_client_core::limits::{Invalid, Problem};

/// Bodies that can be validated against the constraints of the API.
///
/// Checks lengths, numbers, formats, required fields, and rules over several fields. Rules that depend on other
/// resources of the account are checked by the server only.
#[doc = include_str!("../overview/validate.md")]
pub trait Validate {
    /// Returns all problems of the body.
    fn validate(&self) -> Result<(), Invalid>;
}

impl<T: Record> Validate for T {
    fn validate(&self) -> Result<(), Invalid> {
        // A body that cannot be encoded is rejected when it is sent.
        let body = serde_json::to_value(WithSecrets(self)).unwrap_or_default();
        limits::check(API.limits, T::NAME, &body)
    }
}

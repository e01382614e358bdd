//! Bodies that check themselves before they travel: a body goes in, all that is wrong
//! with it comes out. What may be in which field is data of the API; how it is held
//! against that, is for the core.

use ngrok_client_core::limits;

use crate::runtime::codec::Record;
use crate::runtime::facts::API;
use crate::runtime::values::WithSecrets;

pub use ngrok_client_core::limits::{Invalid, Problem};

/// Bodies that can be held against what the API says of their fields.
///
/// Checked are lengths, numbers, formats, what must be given, and rules over several
/// fields. What depends on other things in the account is for the server to say.
#[doc = include_str!("../overview/validate.md")]
pub trait Validate {
    /// Everything that is wrong with it, at once.
    fn validate(&self) -> Result<(), Invalid>;
}

impl<T: Record> Validate for T {
    fn validate(&self) -> Result<(), Invalid> {
        // What cannot be encoded is refused when it is sent.
        let body = serde_json::to_value(WithSecrets(self)).unwrap_or_default();
        limits::check(API.limits, T::NAME, &body)
    }
}

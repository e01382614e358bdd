//! Client-side validation of bodies. Takes JSON and the constraints of its type; returns all problems, each with
//! the path of the field. The constraints are JSON data; no API is known here.
//!
//! All functions are `#[inline]`, so that programs without validation do not compile them.
//!
//! Rules that only a server can check, and unknown formats, are accepted.

pub mod formats;
mod invalid;
mod text;
mod walk;

pub use invalid::{Invalid, Problem};

use std::sync::OnceLock;

use serde_json::Value;

/// The constraints of all types of an API: JSON, which is parsed on first use.
#[derive(Debug)]
pub struct BodyLimits {
    text: &'static str,
    parsed: OnceLock<Value>,
}

impl BodyLimits {
    /// Creates constraints that are parsed later.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, parsed: OnceLock::new() }
    }

    #[inline]
    fn value(&self) -> &Value {
        // A client embeds its constraints as a constant; invalid JSON has none.
        self.parsed.get_or_init(|| self.text.parse().unwrap_or_default())
    }
}

/// Validates the JSON of a body of a type against the constraints of all types.
pub type Check =
    fn(limits: &BodyLimits, name: &'static str, body: &[u8]) -> Result<(), Invalid>;

/// Implements [`Check`].
#[inline]
pub fn check_text(
    limits: &BodyLimits,
    name: &'static str,
    body: &[u8],
) -> Result<(), Invalid> {
    // Invalid JSON is not rejected here.
    let body = str::from_utf8(body).ok().and_then(|body| body.parse().ok());
    check(limits, name, &body.unwrap_or_default())
}

/// Validates a body of a type against the constraints of all types.
#[inline]
pub fn check(
    limits: &BodyLimits,
    name: &'static str,
    body: &Value,
) -> Result<(), Invalid> {
    let mut walk = walk::Walk::new(limits.value());
    walk.named(name, body, "");
    Invalid::unless_empty(name, walk.problems)
}

//! Bodies held against what an API says of them, before they travel. JSON and the limits
//! of its type go in; everything that is wrong with it comes out, each with the path of
//! the field. The limits are data, in JSON themselves; no API is known here.
//!
//! All functions are `#[inline]`, so that a program that holds no body against anything does not compile them.
//!
//! What only a server can judge, and formats that are not known here, count as right.

pub mod formats;
mod invalid;
mod text;
mod walk;

pub use invalid::{Invalid, Problem};

use std::sync::OnceLock;

use serde_json::Value;

/// The limits of all types of an API: JSON, which is parsed when it is first needed.
#[derive(Debug)]
pub struct BodyLimits {
    text: &'static str,
    parsed: OnceLock<Value>,
}

impl BodyLimits {
    /// Limits that are still to be parsed.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, parsed: OnceLock::new() }
    }

    #[inline]
    fn value(&self) -> &Value {
        // A client states its limits in a constant; what is not JSON limits nothing.
        self.parsed.get_or_init(|| self.text.parse().unwrap_or_default())
    }
}

/// Checks the text of a body of a type against the limits of all types.
pub type Check =
    fn(limits: &BodyLimits, name: &'static str, body: &[u8]) -> Result<(), Invalid>;

/// A [`Check`].
#[inline]
pub fn check_text(
    limits: &BodyLimits,
    name: &'static str,
    body: &[u8],
) -> Result<(), Invalid> {
    // What is not JSON is not for this to refuse.
    let body = str::from_utf8(body).ok().and_then(|body| body.parse().ok());
    check(limits, name, &body.unwrap_or_default())
}

/// Checks a body of a type against the limits of all types.
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

//! Bodies held against what an API says of them, before they travel. JSON and the limits
//! of its type go in; everything that is wrong with it comes out, each with the path of
//! the field. The limits are data, in JSON themselves; no API is known here.
//!
//! What only a server can judge, and formats that are not known here, count as right.

pub mod formats;
mod invalid;
mod text;
mod walk;

pub use invalid::{Invalid, Problem};

use serde_json::Value;

/// Holds a body of a type against the limits of all types.
pub fn check(limits: &str, name: &'static str, body: &Value) -> Result<(), Invalid> {
    // A client states its limits in a constant; what is not JSON limits nothing.
    let limits: Value = limits.parse().unwrap_or_default();
    let mut walk = walk::Walk::new(&limits);
    walk.named(name, body, "");
    Invalid::unless_empty(name, walk.problems)
}

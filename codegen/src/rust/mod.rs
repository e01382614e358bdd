//! Everything specific to Rust: identifiers, rustdoc, code and its layout.
//!
//! The model knows none of it: names are those on the wire, prose is as written.

pub mod docs;
pub mod emit;
pub mod fields;
pub mod format;
pub mod names;

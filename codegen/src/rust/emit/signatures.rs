//! Types of a part of a model in Rust, for people to read.
//!
//! Takes the model; returns text from the same tokens as the generated files, so that it cannot differ.

use crate::format::spaced;
use crate::model::{Field, Operation, Record, TypeRef};

use super::{operations, tokens};

/// Returns the type of a field: `Option<Vec<String>>`.
#[must_use]
pub fn field_type(field: &Field, record: &Record) -> String {
    spaced(tokens::field_type(field, record))
}

/// Returns a type without its wrapper: `Vec<String>`.
#[must_use]
pub fn bare_type(ty: &TypeRef, secret: bool) -> String {
    spaced(tokens::bare_type(ty, secret))
}

/// Returns the argument type for a value of a type: `impl IntoId<IpPolicy>`.
#[must_use]
pub fn argument(ty: &TypeRef, secret: bool) -> String {
    spaced(tokens::argument_type(ty, secret))
}

/// Returns the return type of an operation: `Call<IpPolicy, C>`.
#[must_use]
pub fn returned(operation: &Operation) -> String {
    spaced(operations::returned(operation))
}

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

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn signatures_are_spaced_as_people_write_them() {
        for (tokens, expected) in [
            (quote! { Option<Vec<String>> }, "Option<Vec<String>>"),
            (
                quote! { BTreeMap<String, Option<Box<Node>>> },
                "BTreeMap<String, Option<Box<Node>>>",
            ),
            (
                quote! { pub fn get(&self, id: impl IntoId<Thing>, body: &Body) -> Call<(), C> },
                "pub fn get(&self, id: impl IntoId<Thing>, body: &Body) -> Call<(), C>",
            ),
            (
                quote! { pub fn f<C: ApiClient>(&self, client: &C) -> std::result::Result<A, B> },
                "pub fn f<C: ApiClient>(&self, client: &C) -> std::result::Result<A, B>",
            ),
            (quote! { pub fn new() -> Self }, "pub fn new() -> Self"),
        ] {
            assert_eq!(spaced(tokens), expected);
        }
    }
}

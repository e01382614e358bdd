//! Rust code of a part of a model, for people to read: types, and signatures without bodies.
//!
//! Takes the model; returns text from the same tokens as the generated files, so that it cannot differ. Expansions of
//! the runtime's macros (setters) are written out.

use quote::quote;

use crate::format::spaced;
use crate::model::{Field, Operation, QueryParameter, Record, TypeRef, Wrapper};

use super::tokens::{argument_type, ident};
use super::{operations, records, tokens};

/// Returns the type of a field: `Option<Vec<String>>`.
#[must_use]
pub fn field_type(field: &Field) -> String {
    spaced(tokens::field_type(field))
}

/// Returns a type without its wrapper: `Vec<String>`.
#[must_use]
pub fn bare_type(ty: &TypeRef, secret: bool) -> String {
    spaced(tokens::bare_type(ty, secret))
}

/// Returns the argument type for a value of a type: `impl IntoId<IpPolicy>`.
#[must_use]
pub fn argument(ty: &TypeRef, secret: bool) -> String {
    spaced(argument_type(ty, secret))
}

/// Returns the return type of an operation: `Call<IpPolicy, C>`.
#[must_use]
pub fn returned(operation: &Operation) -> String {
    spaced(operations::returned(operation))
}

/// Returns the method of an operation.
#[must_use]
pub fn method(operation: &Operation) -> String {
    spaced(operations::signature(operation))
}

/// Returns the method of an operation on a resource, if it has one.
#[must_use]
pub fn instance_method(operation: &Operation) -> Option<String> {
    operations::instance_signature(operation).map(spaced)
}

/// Returns the setter of a query parameter of a list.
#[must_use]
pub fn query_setter(parameter: &QueryParameter) -> String {
    spaced(operations::query_signature(parameter))
}

/// Returns the constructor of a record that is sent.
#[must_use]
pub fn constructor(record: &Record) -> String {
    spaced(records::constructor_signature(record))
}

/// Returns the setter of a field of a record that is sent; none for a field that the constructor sets.
#[must_use]
pub fn setter(field: &Field) -> Option<String> {
    let name = ident(&field.name);
    let bare = tokens::bare_type(&field.ty, field.secret);
    let argument = match field.wrapper {
        _ if field.presence.required => return None,
        Wrapper::Plain => return None,
        Wrapper::Option => quote! { impl IntoOption<#bare> },
        Wrapper::Patch => quote! { impl IntoPatch<#bare> },
        Wrapper::Boxed => quote! { impl IntoOption<Box<#bare>> },
    };
    Some(spaced(quote! { pub fn #name(self, #name: #argument) -> Self }))
}

#[cfg(test)]
mod tests {
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

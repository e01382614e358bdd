//! Rust identifiers.

use ngrok_codegen::names::{field_name, variant_name};
use proc_macro2::{Ident, Span};

/// Returns the identifier for a name that is one already, such as that of a type.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Returns the field, method or module of this name.
pub(crate) fn member(name: &str) -> Ident {
    ident(&field_name(name))
}

/// Returns the variant for a key or value.
pub(crate) fn variant(wire: &str) -> Ident {
    ident(&variant_name(wire))
}

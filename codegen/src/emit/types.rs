//! All types under one roof, for imports that need not know where each lives.

use quote::quote;

use crate::format::rust_file;
use crate::model::{Model, Service};

use super::tokens::{gate, ident};

/// The file that re-exports all types.
pub(super) fn emit(model: &Model) -> String {
    let lines = model.services.iter().map(|service| {
        let gate = gate(service.deprecated.as_ref());
        let path = service.accessor.iter().map(|part| ident(part));
        let mut names: Vec<_> = present(service, model).map(ident).collect();
        names.sort();
        match names.as_slice() {
            [] => quote! {},
            [one] => quote! { #gate pub use crate::resources #(::#path)* ::#one; },
            many => {
                quote! { #gate pub use crate::resources #(::#path)* ::{#(#many),*}; }
            }
        }
    });
    let tokens = quote! {
        //! Every type of the API: resources, what creates and updates them, and their parts.
        //!
        //! Each is described in the module of its resource, below [`resources`](crate::resources).

        #(#lines)*
    };
    rust_file("resources/", &tokens)
}

/// The types of a service that are written out: a body without fields is not.
fn present<'m>(service: &'m Service, model: &'m Model) -> impl Iterator<Item = &'m str> {
    service
        .types
        .iter()
        .map(String::as_str)
        .filter(|name| model.types.contains_key(*name))
}

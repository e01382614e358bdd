//! All types in one module, for imports independent of their resource.

use quote::quote;

use crate::format::rust_file;
use crate::model::{Model, Service, Type};

use super::tokens::{gate, ident};

/// Emits the file that re-exports all types.
pub(super) fn emit(model: &Model) -> String {
    let lines = model.services.iter().map(|service| {
        let gate = gate(service.deprecated.as_ref());
        let path = service.accessor.iter().map(|part| ident(part));
        let mut names: Vec<_> =
            present(service, model).map(|name| ident(&name)).collect();
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
        //! Every type of the API: resources, bodies that create and update them, and their parts.
        //!
        //! Each is documented in the module of its resource, below [`resources`](crate::resources).

        #(#lines)*
    };
    rust_file("resources/", &tokens)
}

/// Returns the emitted types of a service (a body without fields is not emitted), and those of required fields.
fn present(service: &Service, model: &Model) -> impl Iterator<Item = String> {
    let types =
        service.types.iter().filter_map(|name| Some((name, model.types.get(name)?)));
    types.flat_map(|(name, ty)| {
        let required = match ty {
            Type::Record(record) if record.in_requests && record.names_required() => {
                Some(record.required_name())
            }
            _ => None,
        };
        [name.clone()].into_iter().chain(required)
    })
}

//! The struct of a service, its methods, and the methods of its resource.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Service;

use super::operations;
use super::tokens::{ident, outer_docs};

/// Emits the struct of a service and its methods.
pub(super) fn emit(service: &Service) -> TokenStream {
    let name = ident(&service.name);
    let docs = outer_docs(&struct_docs(service));
    let methods = service
        .operations
        .iter()
        .map(|operation| operations::method(operation, service));
    let queries = service
        .operations
        .iter()
        .map(|operation| operations::query_items(operation, service));
    quote! {
        service! { #docs #name }

        impl<C: ApiClient> #name<C> {
            #(#methods)*
        }

        #(#queries)*
    }
}

/// Emits the methods of a resource.
pub(super) fn instance_items(service: &Service) -> TokenStream {
    let resource = ident(&service.resource);
    let methods: Vec<_> = service
        .operations
        .iter()
        .filter_map(|operation| operations::instance_method(operation, service))
        .collect();
    let methods = (!methods.is_empty()).then(|| {
        quote! {
            impl #resource {
                #(#methods)*
            }
        }
    });
    let fetch = fetch(service);
    quote! { #methods #fetch }
}

/// Emits the fetching of IDs and references of a resource.
fn fetch(service: &Service) -> Option<TokenStream> {
    service.fetch.as_ref()?;
    let (resource, name) = (ident(&service.resource), ident(&service.name));
    Some(quote! { fetch! { #resource from #name } })
}

fn struct_docs(service: &Service) -> Vec<String> {
    let path = service.accessor.join("().");
    vec![format!("Calls about {}, from `client.{path}()`.", service.nouns)]
}

//! One file for each file of the description: its service, then its types; and all types in one module.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use crate::example::LifeCycle;
use crate::file_tree::FileTree;
use crate::format::{rust_file, rust_file_with};
use crate::model::{Model, Service, Type};
use crate::names::{module_names, required_name};
use crate::rust::docs;
use crate::rust::fields::names_required;

use super::tokens::{gate, ident, inner_docs, outer_docs};
use super::{choices, examples, filters, imports, operations, records};

pub(super) fn emit(
    service: &Service,
    life_cycle: Option<&LifeCycle>,
    model: &Model,
    tree: &mut FileTree,
) {
    let docs = inner_docs(&module_docs(service));
    let life_cycle = life_cycle.map(|_| examples::module_attribute(service));
    let parts = service_items(service);
    let types = service.types.iter().filter_map(|name| model.types.get(name));
    let types = types.map(|ty| type_items(ty, service, model));
    let tokens = quote! { #docs #life_cycle #parts #(#types)* };
    let own: BTreeSet<&str> = service.types.iter().map(String::as_str).collect();
    let imports = |items: &[Item]| imports::lines(items, &own, model);
    let path = format!("src/resources/{}.rs", module_names(&service.accessor).join("/"));
    tree.insert(&path, rust_file_with(&service.source, &tokens, imports));
}

fn module_docs(service: &Service) -> Vec<String> {
    let mut docs = docs::lines(&service.docs);
    if let Some(url) = &service.docs_url {
        docs.extend([
            String::new(),
            format!("See the [documentation of the API]({url})."),
        ]);
    }
    docs
}

/// Emits a type, and its related items.
fn type_items(ty: &Type, service: &Service, model: &Model) -> TokenStream {
    match ty {
        Type::Record(record) => {
            let own = record.name == service.resource;
            let instance = own.then(|| instance_items(service));
            let filters = filters::emit(record, model);
            let record = records::emit(record, model);
            quote! { #record #filters #instance }
        }
        Type::Union(union) => choices::union(union, model),
        Type::Enum(enumeration) => choices::open_enum(enumeration),
    }
}

/// Emits the struct of a service and its methods.
fn service_items(service: &Service) -> TokenStream {
    let name = ident(&service.name);
    let path = module_names(&service.accessor).join("().");
    let docs = format!("Operations on {}, from `client.{path}()`.", service.nouns);
    let docs = outer_docs(&[docs]);
    let operations = || service.operations.iter();
    let methods = operations().map(|it| operations::method(it, service));
    let queries = operations().map(|it| operations::query_items(it, service));
    quote! {
        service! { #docs #name }

        impl<C: ApiClient> #name<C> {
            #(#methods)*
        }

        #(#queries)*
    }
}

/// Emits the methods of a resource, and the fetching of its IDs and references.
fn instance_items(service: &Service) -> TokenStream {
    let (resource, name) = (ident(&service.resource), ident(&service.name));
    let operations = service.operations.iter().filter(|it| it.instance);
    let methods = operations.map(|it| operations::instance_method(it, service));
    let methods: Vec<_> = methods.collect();
    let methods = (!methods.is_empty()).then(|| {
        quote! {
            impl #resource {
                #(#methods)*
            }
        }
    });
    let fetch = service.fetch.as_ref();
    let fetch = fetch.map(|_| quote! { fetch! { #resource from #name } });
    quote! { #methods #fetch }
}

/// Emits the file that re-exports all types.
pub(super) fn all_types(model: &Model) -> String {
    let lines = model.services.iter().map(|service| {
        let gate = gate(service.deprecated.as_ref());
        let path = module_names(&service.accessor);
        let path = path.iter().map(|part| ident(part));
        let mut names: Vec<_> =
            present(service, model).map(|name| ident(&name)).collect();
        names.sort();
        let exports =
            quote! { #gate pub use crate::resources #(::#path)* ::{#(#names),*}; };
        (!names.is_empty()).then_some(exports)
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
        let by_name =
            matches!(ty, Type::Record(it) if it.in_requests && names_required(it));
        std::iter::once(name.clone()).chain(by_name.then(|| required_name(name)))
    })
}

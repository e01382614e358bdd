//! Groups of services: their modules, the structs with their accessors, and the accessors of both clients.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::file_tree::FileTree;
use crate::format::rust_file;
use crate::model::{Deprecation, Model, Service};
use crate::names::{field_name, group_name, module_names};

use super::tokens::{deprecated, gate, ident, inner_docs, outer_docs};

/// Emits the file of each group, and the one with the modules of the first level.
pub(super) fn emit(model: &Model, tree: &mut FileTree) {
    let docs =
        "The resources of the API: a module for each, with its calls and its types.";
    let (docs, modules) = (inner_docs(&[docs.to_owned()]), modules(model, &[]));
    tree.insert("src/resources.rs", rust_file("resources/", &quote! { #docs #modules }));
    let accessors = model.services.iter().map(|service| service.accessor.as_slice());
    let groups = accessors.flat_map(|path| (1..path.len()).map(|end| &path[..end]));
    for path in groups.collect::<BTreeSet<_>>() {
        let file = format!("src/resources/{}.rs", module_names(path).join("/"));
        tree.insert(&file, group_file(model, path));
    }
}

fn group_file(model: &Model, path: &[String]) -> String {
    let accessor = module_names(path).join("().");
    let module_docs = inner_docs(&[format!("Services below `client.{accessor}()`.")]);
    let docs = outer_docs(&[format!("The services below `client.{accessor}()`.")]);
    let (modules, name) = (modules(model, path), ident(&group_name(path)));
    let accessors = accessors(model, path);
    let tokens = quote! {
        #module_docs
        use crate::runtime::group;
        #modules
        group! { #docs #name { #accessors } }
    };
    rust_file(&format!("resources/{}/", path.join("/")), &tokens)
}

/// Returns the direct members of a group by name, each with the services in it, or the service that it is.
fn members<'m>(
    model: &'m Model,
    path: &[String],
) -> BTreeMap<&'m String, Vec<&'m Service>> {
    let mut members = BTreeMap::<_, Vec<_>>::new();
    for service in &model.services {
        if let Some([name, ..]) = service.accessor.strip_prefix(path) {
            members.entry(name).or_default().push(service);
        }
    }
    members
}

/// Returns the deprecation of a member in which everything is deprecated.
fn deprecation<'m>(services: &[&'m Service]) -> Option<&'m Deprecation> {
    let all = services.iter().all(|service| service.deprecated.is_some());
    services.first().filter(|_| all)?.deprecated.as_ref()
}

fn modules(model: &Model, path: &[String]) -> TokenStream {
    let modules = members(model, path).into_iter().map(|(name, services)| {
        let (gate, name) = (gate(deprecation(&services)), ident(&field_name(name)));
        quote! { #gate pub mod #name; }
    });
    quote! { #(#modules)* }
}

/// Returns the direct members of a group in the syntax of the runtime's macros: `module::Service;`.
fn accessors(model: &Model, path: &[String]) -> TokenStream {
    let lines = members(model, path).into_iter().map(|(name, services)| {
        let own = [path, std::slice::from_ref(name)].concat();
        let (docs, service) = match services.as_slice() {
            [service] if service.accessor == own => {
                (format!("{}.", capitalised(&service.nouns)), service.name.clone())
            }
            _ => (format!("The services of `{name}`."), group_name(&own)),
        };
        let said = deprecation(&services);
        let (docs, gate, marks) = (outer_docs(&[docs]), gate(said), deprecated(said));
        let (name, service) = (ident(&field_name(name)), ident(&service));
        quote! { #docs #gate #marks #name::#service; }
    });
    quote! { #(#lines)* }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

pub(super) fn clients(model: &Model) -> String {
    let accessors = accessors(model, &[]);
    let tokens = quote! {
        //! Accessors of services.

        use crate::runtime::client_services;

        client_services! { #accessors }
    };
    rust_file("resources/", &tokens)
}

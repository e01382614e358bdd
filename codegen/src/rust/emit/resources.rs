//! One file for each file of the description: its service, then its types.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::file_tree::FileTree;
use crate::format::rust_file;
use crate::model::{Model, Service, Type};
use crate::rust::docs;

use super::{enums, examples, filters, imports, records, services, tokens, unions};

/// Emits the file of a service.
pub(super) fn emit(service: &Service, model: &Model, tree: &mut FileTree) {
    let path = format!("src/resources/{}.rs", service.accessor.join("/"));
    tree.insert(&path, file(service, model));
}

fn file(service: &Service, model: &Model) -> String {
    let docs = tokens::inner_docs(&module_docs(service));
    let parts = services::emit(service);
    let types = service
        .types
        .iter()
        .filter_map(|name| model.types.get(name))
        .map(|ty| type_items(ty, service, model));
    let body = quote! { #parts #(#types)* };
    let own: BTreeSet<&str> = service.types.iter().map(String::as_str).collect();
    let imports = imports::lines(&body, &own, model);
    let life_cycle = examples::module_attribute(service, model);
    rust_file(&service.source, &quote! { #docs #life_cycle #imports #body })
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
            let instance = own.then(|| services::instance_items(service));
            let filters = filters::emit(record, model);
            let record = records::emit(record, model);
            quote! { #record #filters #instance }
        }
        Type::Union(union) => unions::emit(union, model),
        Type::Enum(enumeration) => enums::emit(enumeration),
    }
}

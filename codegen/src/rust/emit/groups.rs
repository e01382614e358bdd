//! Groups of services: their modules, the structs with their accessors, and the accessors of both clients.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::file_tree::FileTree;
use crate::format::rust_file;
use crate::model::{Deprecation, Model, Service};
use crate::names::{group_name, module_names};

use super::tokens::{deprecated, gate, ident, inner_docs, outer_docs};

/// A group: its direct members, by name.
#[derive(Default)]
pub(super) struct Group<'m> {
    pub(super) services: BTreeMap<String, &'m Service>,
    pub(super) groups: BTreeMap<String, Group<'m>>,
}

impl<'m> Group<'m> {
    /// Returns the groups of the accessors of a model.
    pub(super) fn of(model: &'m Model) -> Self {
        let mut root = Self::default();
        for service in &model.services {
            let modules = module_names(&service.accessor);
            let Some((last, folders)) = modules.split_last() else { continue };
            let mut group = &mut root;
            for folder in folders {
                group = group.groups.entry(folder.clone()).or_default();
            }
            group.services.insert(last.clone(), service);
        }
        root
    }

    fn any_service(&self) -> Option<&'m Service> {
        let inner = || self.groups.values().find_map(Self::any_service);
        self.services.values().next().copied().or_else(inner)
    }

    /// Returns the deprecation of a group in which everything is deprecated.
    pub(super) fn deprecated(&self) -> Option<&'m Deprecation> {
        let mut all = self.services.values().map(|service| service.deprecated.as_ref());
        let mut inner = self.groups.values().map(Self::deprecated);
        let first = all.next().or_else(|| inner.next())??;
        let rest = all.chain(inner).all(|said| said.is_some());
        rest.then_some(first)
    }
}

/// Emits the files of all groups.
pub(super) fn emit(model: &Model, tree: &mut FileTree) {
    let root = Group::of(model);
    let docs = inner_docs(&[
        "The resources of the API: a module for each, with its calls and its types."
            .to_owned(),
    ]);
    let modules = modules(&root);
    tree.insert("src/resources.rs", rust_file("resources/", &quote! { #docs #modules }));
    folders(&root, &mut Vec::new(), tree);
}

fn folders<'g>(group: &'g Group, path: &mut Vec<&'g str>, tree: &mut FileTree) {
    for (name, inner) in &group.groups {
        path.push(name);
        let file = format!("src/resources/{}.rs", path.join("/"));
        tree.insert(&file, folder_file(inner, path));
        folders(inner, path, tree);
        path.pop();
    }
}

fn folder_file(group: &Group, path: &[&str]) -> String {
    let module_docs =
        inner_docs(&[format!("Services below `client.{}()`.", path.join("()."))]);
    let docs =
        outer_docs(&[format!("The services below `client.{}()`.", path.join("()."))]);
    let (modules, name) = (modules(group), ident(&group_name(path)));
    let accessors = accessors(group, path);
    let tokens = quote! {
        #module_docs
        use crate::runtime::group;
        #modules
        group! { #docs #name { #accessors } }
    };
    rust_file(&source(group, path.len()), &tokens)
}

/// Returns the directory of the description that a group is generated from: part of the path of any file in it.
fn source(group: &Group, depth: usize) -> String {
    let service = group.any_service().map_or("", |service| service.source.as_str());
    let folders: Vec<&str> = service.split('/').take(depth + 1).collect();
    folders.join("/") + "/"
}

fn modules(group: &Group) -> TokenStream {
    let services =
        group.services.iter().map(|(name, service)| (name, service.deprecated.as_ref()));
    let groups = group.groups.iter().map(|(name, inner)| (name, inner.deprecated()));
    let modules: BTreeMap<_, _> = services.chain(groups).collect();
    let modules = modules.into_iter().map(|(name, said)| {
        let (gate, name) = (gate(said), ident(name));
        quote! { #gate pub mod #name; }
    });
    quote! { #(#modules)* }
}

/// Returns the direct members of a group in the syntax of the runtime's macros: `module::Service;`.
pub(super) fn accessors(group: &Group, path: &[&str]) -> TokenStream {
    let services = group.services.iter().map(|(name, service)| {
        let docs = format!("{}.", capitalised(&service.nouns));
        (name, (docs, service.deprecated.as_ref(), service.name.clone()))
    });
    let groups = group.groups.iter().map(|(name, inner)| {
        let inner_path: Vec<&str> =
            path.iter().copied().chain([name.as_str()]).collect();
        let docs = format!("The services of `{name}`.");
        (name, (docs, inner.deprecated(), group_name(&inner_path)))
    });
    let all: BTreeMap<_, _> = services.chain(groups).collect();
    let lines = all.into_iter().map(|(name, (docs, said, service))| {
        let (docs, gate, marks) = (outer_docs(&[docs]), gate(said), deprecated(said));
        let (name, service) = (ident(name), ident(&service));
        quote! { #docs #gate #marks #name::#service; }
    });
    quote! { #(#lines)* }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

/// Emits the file with the accessors.
pub(super) fn clients(model: &Model) -> String {
    let accessors = accessors(&Group::of(model), &[]);
    let tokens = quote! {
        //! Accessors of services.

        use crate::runtime::client_services;

        client_services! { #accessors }
    };
    rust_file("resources/", &tokens)
}

//! Groups of services: their modules, the structs with their accessors, and the accessors of both clients.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::file_tree::FileTree;
use crate::format::rust_file;
use crate::model::{Deprecation, Model, Service};
use crate::names::{field_name, group_name, module_names};

use super::tokens::{deprecated, gate, ident, inner_docs, outer_docs};

/// A group: its direct members, by name.
type Group<'m> = BTreeMap<&'m str, Member<'m>>;

enum Member<'m> {
    Service(&'m Service),
    Group(Group<'m>),
}

impl<'m> Member<'m> {
    /// Returns the deprecation of a service, or of a group in which everything is deprecated.
    fn deprecated(&self) -> Option<&'m Deprecation> {
        match self {
            Self::Service(service) => service.deprecated.as_ref(),
            Self::Group(members) => {
                let mut all = members.values().map(Self::deprecated);
                let first = all.next()?;
                first.filter(|_| all.all(|said| said.is_some()))
            }
        }
    }
}

/// Returns the members of the client itself.
fn members(model: &Model) -> Group<'_> {
    let mut root = Group::new();
    'services: for service in &model.services {
        let Some((last, folders)) = service.accessor.split_last() else { continue };
        let mut group = &mut root;
        for folder in folders {
            let known = group.entry(folder);
            let known = known.or_insert_with(|| Member::Group(Group::new()));
            // No file has the name of a folder.
            let Member::Group(inner) = known else { continue 'services };
            group = inner;
        }
        group.insert(last, Member::Service(service));
    }
    root
}

/// Emits the files of all groups.
pub(super) fn emit(model: &Model, tree: &mut FileTree) {
    let root = members(model);
    let docs = inner_docs(&[
        "The resources of the API: a module for each, with its calls and its types."
            .to_owned(),
    ]);
    let modules = modules(&root);
    tree.insert("src/resources.rs", rust_file("resources/", &quote! { #docs #modules }));
    folders(&root, &mut Vec::new(), tree);
}

fn folders(group: &Group, path: &mut Vec<String>, tree: &mut FileTree) {
    for (name, member) in group {
        let Member::Group(inner) = member else { continue };
        path.push((*name).to_owned());
        let file = format!("src/resources/{}.rs", module_names(path).join("/"));
        tree.insert(&file, folder_file(inner, path));
        folders(inner, path, tree);
        path.pop();
    }
}

fn folder_file(group: &Group, path: &[String]) -> String {
    let accessor = module_names(path).join("().");
    let module_docs = inner_docs(&[format!("Services below `client.{accessor}()`.")]);
    let docs = outer_docs(&[format!("The services below `client.{accessor}()`.")]);
    let (modules, name) = (modules(group), ident(&group_name(path)));
    let accessors = accessors(group, path);
    let tokens = quote! {
        #module_docs
        use crate::runtime::group;
        #modules
        group! { #docs #name { #accessors } }
    };
    rust_file(&format!("resources/{}/", path.join("/")), &tokens)
}

fn modules(group: &Group) -> TokenStream {
    let modules = group.iter().map(|(name, member)| {
        let (gate, name) = (gate(member.deprecated()), ident(&field_name(name)));
        quote! { #gate pub mod #name; }
    });
    quote! { #(#modules)* }
}

/// Returns the direct members of a group in the syntax of the runtime's macros: `module::Service;`.
fn accessors(group: &Group, path: &[String]) -> TokenStream {
    let lines = group.iter().map(|(name, member)| {
        let (docs, service) = match member {
            Member::Service(service) => {
                (format!("{}.", capitalised(&service.nouns)), service.name.clone())
            }
            Member::Group(_) => {
                let path = [path, &[(*name).to_owned()]].concat();
                (format!("The services of `{name}`."), group_name(&path))
            }
        };
        let said = member.deprecated();
        let (docs, gate, marks) = (outer_docs(&[docs]), gate(said), deprecated(said));
        let (name, service) = (ident(&field_name(name)), ident(&service));
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
    let accessors = accessors(&members(model), &[]);
    let tokens = quote! {
        //! Accessors of services.

        use crate::runtime::client_services;

        client_services! { #accessors }
    };
    rust_file("resources/", &tokens)
}

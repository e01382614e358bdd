//! The `use` lines of a generated file: what its tokens mention, and nothing else.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::model::Model;

use super::tokens::ident;

/// What the runtime offers to generated code.
const RUNTIME: &[&str] = &[
    "AnyResource", "ApiClient", "Call", "Fetch", "Filterable", "Filtered", "Id", "IntoId", "IntoPatch", "IntoValue",
    "List", "Paged", "Patch", "Ref", "Sensitive", "Timestamp", "Unfiltered", "UnknownVariant", "Unpaged",
    "fetch", "group", "open_enum", "record", "resource", "service", "setters", "union",
];

/// The imports that `body` needs, in a file that itself defines `own`.
pub(super) fn lines(body: &TokenStream, own: &BTreeSet<&str>, model: &Model) -> TokenStream {
    let mut mentioned = BTreeSet::new();
    collect(body.clone(), &mut mentioned);
    let runtime = RUNTIME.iter().filter(|name| mentioned.contains(**name)).map(|name| ident(name));
    let types = model.types.keys().map(String::as_str);
    let types = types.filter(|name| mentioned.contains(*name) && !own.contains(name)).map(ident);
    let maps = mentioned.contains("BTreeMap").then(|| quote! { use std::collections::BTreeMap; });
    let runtime = group(&quote! { crate::runtime }, runtime.collect());
    let types = group(&quote! { crate::types }, types.collect());
    quote! { #maps #runtime #types }
}

fn group(path: &TokenStream, mut names: Vec<proc_macro2::Ident>) -> TokenStream {
    // The order of rustfmt: capitals first, then by name.
    names.sort_by_key(|name| {
        let name = name.to_string();
        (name.starts_with(char::is_lowercase), name)
    });
    match names.as_slice() {
        [] => TokenStream::new(),
        [one] => quote! { use #path::#one; },
        many => quote! { use #path::{#(#many),*}; },
    }
}

fn collect(tokens: TokenStream, names: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => {
                names.insert(name.to_string());
            }
            TokenTree::Group(group) => collect(group.stream(), names),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

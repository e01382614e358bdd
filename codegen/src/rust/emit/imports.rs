//! The `use` lines of a generated file: exactly the names that its items use.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Fields, Item};

use crate::model::Model;
use crate::names::RUNTIME_TYPES;

use super::tokens::ident;

/// Returns the imports that items need, in a file that itself defines `own`.
pub(super) fn lines(items: &[Item], own: &BTreeSet<&str>, model: &Model) -> TokenStream {
    let mut mentions = Mentions::default();
    for item in items {
        mentions.item(item);
    }
    let Mentions { types: mentioned, macros } = mentions;
    let runtime = RUNTIME_TYPES.iter().copied().filter(|name| mentioned.contains(*name));
    let runtime = runtime.chain(macros.iter().map(String::as_str)).map(ident);
    let types = model.types.keys().map(String::as_str);
    let types = types.filter(|name| mentioned.contains(*name) && !own.contains(name));
    let maps = mentioned.contains("BTreeMap");
    let maps = maps.then(|| quote! { use std::collections::BTreeMap; });
    let runtime = group(&quote! { crate::runtime }, runtime.collect());
    let types = group(&quote! { crate::types }, types.map(ident).collect());
    quote! { #maps #runtime #types }
}

fn group(path: &TokenStream, mut names: Vec<proc_macro2::Ident>) -> TokenStream {
    // The order of rustfmt: capitals first, then by name.
    names.sort_by_key(|name| {
        let name = name.to_string();
        (name.starts_with(char::is_lowercase), name)
    });
    if names.is_empty() {
        return TokenStream::new();
    }
    quote! { use #path::{#(#names),*}; }
}

/// The names that items use for types and macros. Names of fields and variants do not count, and arguments of macros
/// are also in the item before them, except for bodies, and for the fields of filters.
#[derive(Default)]
struct Mentions {
    types: BTreeSet<String>,
    macros: BTreeSet<String>,
}

impl Mentions {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Macro(call) => {
                self.macros.extend(call.mac.path.get_ident().map(ToString::to_string));
                if ["filters", "body"].iter().any(|name| call.mac.path.is_ident(name)) {
                    self.tokens(call.mac.tokens.clone());
                }
            }
            Item::Struct(definition) => self.fields(&definition.fields),
            Item::Enum(definition) => {
                definition.variants.iter().for_each(|it| self.fields(&it.fields));
            }
            other => self.tokens(other.to_token_stream()),
        }
    }

    fn fields(&mut self, fields: &Fields) {
        fields.iter().for_each(|field| self.tokens(field.ty.to_token_stream()));
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    self.types.insert(name.to_string());
                }
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

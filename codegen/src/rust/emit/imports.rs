//! The `use` lines of a generated file: exactly the names that its items use.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Item;

use crate::model::Model;

use super::tokens::ident;

/// Types and traits that the runtime provides to generated code.
const TYPES: &[&str] = &[
    "AnyResource",
    "ApiClient",
    "Call",
    "Fetch",
    "Filterable",
    "Filtered",
    "Id",
    "IntoId",
    "IntoPatch",
    "IntoValue",
    "List",
    "Paged",
    "Ref",
    "Sensitive",
    "Timestamp",
    "UnknownVariant",
    "Unpaged",
];

/// Returns the imports that items need, in a file that itself defines `own`.
pub(super) fn lines(items: &[Item], own: &BTreeSet<&str>, model: &Model) -> TokenStream {
    let Mentions { types: mentioned, macros } = Mentions::of(items);
    let runtime = TYPES.iter().copied().filter(|name| mentioned.contains(*name));
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
    match names.as_slice() {
        [] => TokenStream::new(),
        [one] => quote! { use #path::#one; },
        many => quote! { use #path::{#(#many),*}; },
    }
}

/// The names that items use for types and macros. Names of fields and variants do not count, and arguments of macros
/// are also in the item before them, except for bodies, and for the fields of filters.
#[derive(Default)]
struct Mentions {
    types: BTreeSet<String>,
    macros: BTreeSet<String>,
}

impl Mentions {
    fn of(items: &[Item]) -> Self {
        let mut mentions = Self::default();
        for item in items {
            mentions.item(item);
        }
        mentions
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Macro(call) => {
                self.macros.extend(call.mac.path.get_ident().map(ToString::to_string));
                if ["filters", "body"].iter().any(|name| call.mac.path.is_ident(name)) {
                    self.tokens(call.mac.tokens.clone());
                }
            }
            Item::Struct(definition) => {
                for field in &definition.fields {
                    self.tokens(field.ty.to_token_stream());
                }
            }
            Item::Enum(definition) => {
                let fields =
                    definition.variants.iter().flat_map(|variant| &variant.fields);
                for field in fields {
                    self.tokens(field.ty.to_token_stream());
                }
            }
            other => self.tokens(other.to_token_stream()),
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::RESERVED_TYPES;

    #[test]
    fn no_type_of_an_api_has_a_name_of_the_runtime() {
        for name in TYPES {
            assert!(RESERVED_TYPES.contains(name), "{name}");
        }
    }

    #[test]
    fn fields_and_variants_are_no_mentions() {
        let body = quote! {
            pub struct Thing { pub record: Id<Thing>, pub group: Option<Part> }
            record! { Thing { record, group } }
            pub enum Kind { List, Other(Payload) }
            impl Thing { fn call(&self) -> Call<Thing, C> {} }
        };
        let file: syn::File = syn::parse2(body).expect("valid items");
        let mentions = Mentions::of(&file.items);
        let types = ["C", "Call", "Id", "Option", "Part", "Payload", "Thing"];
        for name in types {
            assert!(mentions.types.contains(name), "{name}");
        }
        assert!(!mentions.types.contains("List"));
        assert_eq!(mentions.macros.into_iter().collect::<Vec<_>>(), ["record"]);
    }
}

//! Open enums over strings.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Enum;
use crate::rust::docs;

use super::tokens::{ident, outer_docs};

/// Emits an enum.
pub(super) fn emit(enumeration: &Enum) -> TokenStream {
    let name = ident(&enumeration.name);
    let docs = outer_docs(&docs::lines(&enumeration.docs));
    let variants = enumeration.variants.iter().map(|variant| {
        let (docs, variant) =
            (outer_docs(&docs::lines(&variant.docs)), ident(&variant.name));
        quote! { #docs #variant, }
    });
    let codec = enumeration.variants.iter().map(|variant| {
        let (name, wire) = (ident(&variant.name), &variant.wire);
        quote! { #name = #wire }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value unknown to this version of the crate.
            Unknown(String),
        }

        open_enum! { #name { #(#codec),* } }
    }
}

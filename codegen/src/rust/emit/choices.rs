//! Open enums over strings, and enums over records: objects of which exactly one field is set.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Enum, Model, Union};
use crate::names::variant_name;
use crate::rust::docs;

use super::tokens::{self, ident, outer_docs};

pub(super) fn open_enum(enumeration: &Enum) -> TokenStream {
    let name = ident(&enumeration.name);
    let docs = outer_docs(&docs::lines(&enumeration.docs));
    let variants = enumeration.variants.iter().map(|variant| {
        let docs = outer_docs(&docs::lines(&variant.docs));
        let variant = ident(&variant_name(&variant.wire));
        quote! { #docs #variant, }
    });
    let codec = enumeration.variants.iter().map(|variant| {
        let wire = &variant.wire;
        let name = ident(&variant_name(wire));
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

pub(super) fn union(union: &Union, model: &Model) -> TokenStream {
    let equality = tokens::equality(&union.name, model);
    let name = ident(&union.name);
    let docs = outer_docs(&docs::lines(&union.docs));
    let variants = union.choices.iter().map(|choice| {
        let docs = outer_docs(&docs::lines(&choice.docs));
        let (variant, ty) = (ident(&variant_name(&choice.wire)), ident(&choice.ty));
        quote! { #docs #variant(#ty), }
    });
    let codec = union.choices.iter().map(|choice| {
        let (ty, wire) = (ident(&choice.ty), &choice.wire);
        let variant = ident(&variant_name(wire));
        quote! { #variant(#ty) = #wire }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, #equality)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// An alternative unknown to this version of the crate, or none.
            Unknown(UnknownVariant),
        }

        union! { #name { #(#codec),* } }
    }
}

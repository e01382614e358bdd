//! Enums over records: objects of which exactly one field is set.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Model, Union};
use crate::rust::docs;

use super::derives;
use super::tokens::{ident, outer_docs};

/// Emits a union.
pub(super) fn emit(union: &Union, model: &Model) -> TokenStream {
    let equality = derives::equality(&union.name, model);
    let name = ident(&union.name);
    let docs = outer_docs(&docs::lines(&union.docs));
    let variants = union.choices.iter().map(|choice| {
        let (docs, variant, ty) = (
            outer_docs(&docs::lines(&choice.docs)),
            ident(&choice.name),
            ident(&choice.ty),
        );
        quote! { #docs #variant(#ty), }
    });
    let codec = union.choices.iter().map(|choice| {
        let (variant, ty, wire) = (ident(&choice.name), ident(&choice.ty), &choice.wire);
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

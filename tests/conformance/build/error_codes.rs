//! Constants of error codes.

use ngrok_codegen::model::Model;
use ngrok_codegen::names::constant_name;
use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;

/// Emits each number with its expected constant.
pub(crate) fn emit(model: &Model) -> TokenStream {
    let codes = model.error_codes.codes.iter().map(|(number, code)| {
        let constant = ident(&constant_name(&code.name));
        quote! { (#number, ErrorCode::#constant) }
    });
    quote! {
        pub(super) static ERROR_CODES: &[(u32, ErrorCode)] = &[#(#codes),*];
    }
}

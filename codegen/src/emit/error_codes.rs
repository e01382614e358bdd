//! The table of error codes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::format::rust_file;
use crate::model::{Model, Retry};

use super::tokens::ident;

/// The file with the table.
pub(super) fn emit(model: &Model) -> String {
    let codes = model.error_codes.codes.iter().map(|(number, code)| {
        let constant = ident(&code.constant);
        let number = Literal::u32_unsuffixed(*number);
        let (name, meaning) = (&code.name, &code.meaning);
        let retry = retry(code.retry);
        let in_use = code.in_use.then(|| quote! { , in_use });
        let docs = code.docs.join("\n");
        let docs = (!code.docs.is_empty()).then(|| quote! { , docs: #docs });
        quote! { #constant = #number, #name, retry: #retry #in_use, #meaning #docs; }
    });
    let tokens = quote! {
        //! The error codes that have names.

        use crate::runtime::error_codes;

        error_codes! { #(#codes)* }
    };
    rust_file("errors.yaml", &tokens)
}

/// The variant of the client's `RetryClass`.
fn retry(retry: Retry) -> TokenStream {
    match retry {
        Retry::Never => quote! { Never },
        Retry::Later => quote! { Later },
        Retry::AfterChange => quote! { AfterChange },
    }
}

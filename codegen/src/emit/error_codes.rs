//! The table of error codes.

use quote::quote;

use crate::format::rust_file;
use crate::model::Model;

use super::tokens::ident;

/// The file with the table.
pub(super) fn emit(model: &Model) -> String {
    let codes = model.error_codes.codes.iter().map(|(number, code)| {
        let constant = ident(&code.constant);
        let number = proc_macro2::Literal::u32_unsuffixed(*number);
        let (name, retry, meaning) = (&code.name, code.retry, &code.meaning);
        // Most texts are the same for rustdoc.
        let docs = code.docs.join("\n");
        let docs = (code.docs.join(" ") != *meaning).then(|| quote! { , docs: #docs });
        quote! { #constant = #number, #name, retry: #retry, #meaning #docs; }
    });
    let tokens = quote! {
        //! The error codes that have names.

        use crate::runtime::error_codes;

        error_codes! { #(#codes)* }
    };
    rust_file("errors.yaml", &tokens)
}

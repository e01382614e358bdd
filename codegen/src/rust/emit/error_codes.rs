//! The table of error codes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::format::rust_file;
use crate::model::{ErrorCode, Model, Retry};
use crate::names::constant_name;
use crate::rust::docs;

use super::tokens::ident;

pub(super) fn emit(model: &Model) -> String {
    let codes = model.error_codes.codes.iter().map(|(number, code)| {
        let constant = ident(&constant_name(&code.name));
        let number = Literal::u32_unsuffixed(*number);
        let (name, meaning) = (&code.name, &code.meaning);
        // Where documentation needs other text than the message, such as escapes, it has its own.
        let docs = docs::lines(meaning);
        let differs = docs.join(" ") != *meaning;
        let docs = docs.join("\n");
        let docs = differs.then(|| quote! { , docs: #docs });
        quote! { #constant = #number, #name, #meaning #docs; }
    });
    let retryable = numbers(model, |code| code.retry == Retry::Later);
    let after_change = numbers(model, |code| code.retry == Retry::AfterChange);
    let in_use = numbers(model, |code| code.in_use);
    let tokens = quote! {
        //! Named error codes.

        use crate::runtime::error_codes;

        error_codes! {
            retryable: #retryable;
            after_change: #after_change;
            in_use: #in_use;
            #(#codes)*
        }
    };
    rust_file("errors.yaml and errors/", &tokens)
}

/// Returns the numbers of the codes that meet a condition.
fn numbers(model: &Model, condition: impl Fn(&ErrorCode) -> bool) -> TokenStream {
    let codes = model.error_codes.codes.iter();
    let numbers = codes.filter(|(_, code)| condition(code));
    let numbers = numbers.map(|(number, _)| Literal::u32_unsuffixed(*number));
    quote! { [#(#numbers),*] }
}
